"""What leaves without being asked: alerts and whom they match, opting out of all of it, where somebody is reached.

Answers do not enter: they are in `conversations/`.
"""
