"""Registrations: list, one of them, moving it, export.

Rules and statements do not enter: they are in `store/`.
"""
