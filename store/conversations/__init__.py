"""What was written and answered: messages stored once, where each delivery stands, what waits or was put aside.

Who reads them is in `inbox/`, who answers them in `handover/`. No words for people are made here.
"""
