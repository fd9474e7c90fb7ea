"""What a message means at this point of the talk, where no intent of its own says so.

Here remarks are found and weighed against what was done and asked for. Answers are given beside this room.
"""
