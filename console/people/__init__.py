"""People: list, one person, their rights.

Rules and statements do not enter: they are in `store/`.
"""
