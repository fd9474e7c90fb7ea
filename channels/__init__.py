"""How messages come in and answers go out, the same for every provider; a folder each for the providers.

Course knowledge and dialogue do not enter: they are the engine's and `actions/`.
"""
