"""Review: what messages mean, disagreements, gaps, examples to export.

Rules and statements do not enter: they are in `store/`.
"""
