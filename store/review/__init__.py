"""What advisers say messages mean: the queue, answers, approved examples, gaps of content.

The training data itself is written by `takwin/model` only.
"""
