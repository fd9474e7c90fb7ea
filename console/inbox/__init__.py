"""The inbox: list, filters, saved views, many at once, live changes.

Rules and statements do not enter: they are in `store/`.
"""
