"""Run by the engine's Python: the costliest texts through the trained model, and what each took of the processor.

python costly_in_engine.py MODEL < {"lengths": [...], "texts": [...]}

prints {"took": {kind: [milliseconds by length]}, "read": [...], "slowness": ...}. A machine of slowness 1 adds five
million numbers in .36 s, one of 2 in twice that.
"""

import json
import sys
import time
from pathlib import Path

from bot.hot_paths import quicken
from bot.understanding import Understanding
from tests.costly_texts import KINDS

WARM = ("salam, bghit chi formation f casa", "je ne sais pas trop quoi faire de ma vie")


ADDED, SECONDS = 5_000_000, 0.36


def slowness() -> float:
    """How much longer than the machine on which the bar was set this one takes, at least 1."""
    started, total = time.process_time(), 0
    for number in range(ADDED):
        total += number
    return max(1.0, (time.process_time() - started) / SECONDS)


def main() -> None:
    asked = json.load(sys.stdin)
    understanding = Understanding(Path(sys.argv[1]))
    understanding.of([{"text": text} for text in WARM])
    quicken()
    took = {}
    for kind, text_of in KINDS.items():
        took[kind] = []
        for length in asked["lengths"]:
            text = text_of(length).strip() or "."
            started = time.process_time()
            understanding.of([{"text": text}])
            took[kind].append(1000 * (time.process_time() - started))
    read = understanding.of([{"text": text} for text in asked["texts"]])
    print(json.dumps({"took": took, "read": read, "slowness": slowness()}))


if __name__ == "__main__":
    main()
