"""Agencies: their list and their facts.

Rules and statements do not enter: they are in `store/`.
"""
