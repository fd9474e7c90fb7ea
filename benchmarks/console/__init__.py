"""`python -m benchmarks.console`: the advisers' console on a million messages."""
