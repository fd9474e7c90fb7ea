"""Advisers of the service: roles, access scope, sign-in, hours, and their notes, tags, answers and audit.

What they do with a conversation is in `handover/`, what they see in `inbox/`.
"""
