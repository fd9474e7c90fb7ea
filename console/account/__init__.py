"""An adviser's own account: password, second step, presence.

Rules and statements do not enter: they are in `store/`.
"""
