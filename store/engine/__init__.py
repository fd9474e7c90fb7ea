"""What the store knows of the engine's own record: slots to read, people it is to forget.

Nothing is written to that record but erasures.
"""
