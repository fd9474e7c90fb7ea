"""`python -m benchmarks.load`: rates, idle, overload, processes, stock Rasa, and a store with many people in it."""
