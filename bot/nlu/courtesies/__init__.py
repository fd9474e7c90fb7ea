"""What stands around a request and asks for nothing: greetings, thanks, a word to begin with, blessings.

Here they are found at either end of a message. What it means without them is the intents' room, what answers an open
question the answers'.
"""
