"""A conversation: its messages, marks, notes, taking over and answering.

Rules and statements do not enter: they are in `store/`.
"""
