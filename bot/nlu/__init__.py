"""Rasa's components for Moroccan text: folding, features, intents, entities, variety, danger, answers.

Nothing here knows a dialogue, an action or a channel.
"""
