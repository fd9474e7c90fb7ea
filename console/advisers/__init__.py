"""Advisers: adding, changing, ending their access.

Rules and statements do not enter: they are in `store/`.
"""
