"""Signing in and out, the second step, the language.

Rules and statements do not enter: they are in `store/`.
"""
