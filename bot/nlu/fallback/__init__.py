"""Saying "I did not understand" rather than guessing."""
