"""The engine: everything that runs inside Rasa, on its own Python."""

import os

# Sentence vectors are computed by OpenMP threads. Threads that spin while they wait make two busy processes on one
# machine up to ten times slower each (measured). OpenMP reads this when it is first loaded, by whatever library.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
