"""What is done by itself from time to time, one module a job; `registry` hands all of them to the worker.

A job calls the store and the channels; it decides nothing by itself.
"""
