"""Jobs put into the queue in the transaction of what they are about.

Nothing is taken out of it here: that is `worker/`.
"""
