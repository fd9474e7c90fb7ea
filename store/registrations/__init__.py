"""Who has a seat in which session of a course, who waits, and every change of it.

Words and alerts about it do not enter.
"""
