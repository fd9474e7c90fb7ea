"""`python -m benchmarks.crash`: processes are killed while people write; then every message is accounted for."""
