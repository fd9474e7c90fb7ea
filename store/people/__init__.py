"""Who writes: persons, their addresses and profiles, what they agreed to, codes that link two channels.

What they wrote is in `conversations/`, how they are erased or merged in `lifecycle/`.
"""
