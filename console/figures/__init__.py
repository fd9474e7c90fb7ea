"""Figures: periods, tables, charts, exports.

Rules and statements do not enter: they are in `store/`.
"""
