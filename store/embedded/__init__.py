"""The PostgreSQL that an installation without one of its own runs with: programs, account, start and stop.

Nothing here knows what is stored in it.
"""
