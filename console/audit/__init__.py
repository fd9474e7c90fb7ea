"""The audit as it is read.

Rules and statements do not enter: they are in `store/`.
"""
