"""Canned answers, in every variety.

Rules and statements do not enter: they are in `store/`.
"""
