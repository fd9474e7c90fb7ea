"""The end of data: erasure and its receipt, merging of two persons, what is kept no longer.

Each kind of data has its time here and nowhere else.
"""
