"""Stored messages on their way to a provider: order, pace, windows, what to do when one is refused.

What is said does not enter: it is stored already, or worded by `wording/`.
"""
