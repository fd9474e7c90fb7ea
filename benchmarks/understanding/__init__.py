"""`python -m benchmarks.understanding` and its learning curve, run by the engine's Python (`bot/.venv/bin/python`)."""
