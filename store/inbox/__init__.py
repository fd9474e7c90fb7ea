"""Conversations and people as advisers find them: lists, filters, the search's index, mentions, saved views.

Everything is read within an access scope. Nothing here changes a conversation.
"""
