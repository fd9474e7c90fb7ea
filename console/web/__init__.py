"""What every page of the console stands on: a request and who makes it, permissions, templates, words, refusals.

Nothing here knows a page group; what a page shows or does is in its group.
"""
