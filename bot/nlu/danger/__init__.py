"""Whether somebody is in danger, or is to be asked kindly how they are: a detector over all of a message.

Here stand what the detector learns from (``data/danger``), the detector and its component. What is answered belongs to
the app.
"""
