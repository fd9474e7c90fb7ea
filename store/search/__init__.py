"""Finding courses: constraints and free text, what was given up, the order and its reasons.

Nothing is written here.
"""
