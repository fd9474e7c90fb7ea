"""The trained model: whether it fits its data, training, proposals of examples and their score.

Nothing here understands a message: that is `bot/`.
"""
