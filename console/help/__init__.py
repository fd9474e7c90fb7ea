"""Help: pages of the manual.

Rules and statements do not enter: they are in `store/`.
"""
