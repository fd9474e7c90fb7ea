"""Thousands of sentence vectors on all cores: one process a core, each with one thread, twice as fast as threads.

Run as a module it is such a process: a JSON list of texts on its input, rows of float32 on its output.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import numpy as np

from bot.nlu.features.arrays import Floats
from bot.nlu.features.encoder import BATCH, DIMENSION, encode

Progress = Callable[[int, int], None]
"""Called with (done, to do)."""

_ROOT = Path(__file__).resolve().parents[3]


def encode_in_processes(texts: Sequence[str], progress: Progress) -> Floats:
    """One row a text.

    Raises:
        subprocess.CalledProcessError: a process failed; what it had to say is on standard error.
    """
    count = os.cpu_count() or 1
    rows = np.zeros((len(texts), DIMENSION), dtype=np.float32)
    lock, done = Lock(), 0

    def run(share: int) -> None:
        nonlocal done
        command = [sys.executable, "-m", "bot.nlu.features.encoding"]
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(_ROOT)}
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        assert process.stdin is not None
        assert process.stdout is not None
        with process:
            process.stdin.write(json.dumps(texts[share::count]).encode())
            process.stdin.close()
            for index in range(share, len(texts), count):
                row = process.stdout.read(4 * DIMENSION)
                if len(row) < 4 * DIMENSION:
                    raise subprocess.CalledProcessError(process.wait(), command)
                rows[index] = np.frombuffer(row, dtype=np.float32)
                with lock:
                    done += 1
                    progress(done, len(texts))

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(run, range(count)))
    return rows


def _main() -> None:
    texts = json.loads(sys.stdin.buffer.read())
    for at in range(0, len(texts), BATCH):
        sys.stdout.buffer.write(
            np.ascontiguousarray(encode(texts[at : at + BATCH]), dtype=np.float32).tobytes()
        )
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main()
