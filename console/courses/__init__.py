"""Courses: list, edits, import, links, telling who wanted such a one.

Rules and statements do not enter: they are in `store/`.
"""
