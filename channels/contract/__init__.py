"""What every channel's code may rely on: messages, capabilities, errors, providers, steps, metrics.

Types and values only: nothing here reads a database or calls anybody.
"""
