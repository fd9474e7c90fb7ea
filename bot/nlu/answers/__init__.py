"""What a message answers to the question of a confirmation: yes, no, or neither.

Here stand the reader of answers, what it learns from (``data/answers``), and what its reading does to the intent. No
action on an answer belongs here.
"""
