"""`make bench-noise`: requests read by themselves, with a greeting before and a blessing after them, and misspelt.

Nobody learnt from the requests; who wrote greetings and blessings had not seen data/words. Each request
is tried with several of them, always the same. What counts is the likeliest intent.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.harms.danger import understood
from benchmarks.rig.fleet import trained_model

DATA = Path(__file__).parent / "data"
EACH = 5
SEED = 14
#: Points of a hundred that may be lost.
BARS = {"greeting before": 2.0, "ending after": 2.0, "one typo": 4.0}
SHORTEST_MISSPELT = 4


@dataclass(frozen=True)
class Request:
    variety: str
    intent: str
    text: str


def requests() -> list[Request]:
    return [Request(*row) for row in _rows(DATA / "requests.tsv")]


def courtesies(name: str) -> Mapping[str, Sequence[str]]:
    """Those of a file, by variety."""
    found = defaultdict(list)
    for variety, text in _rows(DATA / name):
        found[variety].append(text)
    return found


def _rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]


def typo(text: str, draw: random.Random) -> str:
    """Two neighbouring letters of one longer word change places, or one is lost, or written twice."""
    words = text.split()
    long_ones = [at for at, word in enumerate(words) if len(word) >= SHORTEST_MISSPELT]
    if not long_ones:
        return text
    at = draw.choice(long_ones)
    word, place = words[at], draw.randrange(1, len(words[at]) - 1)
    one, other = word[place], word[place + 1]
    words[at] = word[:place] + draw.choice((other + one, other, one + one + other)) + word[place + 2 :]
    return " ".join(words)


def variants() -> Mapping[str, Callable[[Request, random.Random], str]]:
    """How each kind of noise is put on a request."""
    openers, endings = courtesies("openers.tsv"), courtesies("endings.tsv")
    return {
        "by itself": lambda request, _: request.text,
        "greeting before": lambda request, draw: f"{draw.choice(openers[request.variety])} {request.text}",
        "ending after": lambda request, draw: f"{request.text} {draw.choice(endings[request.variety])}",
        "one typo": lambda request, draw: typo(request.text, draw),
    }


def main() -> None:
    model, asked = trained_model(), requests()
    varieties = sorted({request.variety for request in asked})
    table = Table("", *varieties, "all", "lost", title="requests read right, of 100")
    alone = 0.0
    for name, put_on in variants().items():
        draw = random.Random(SEED)
        tried = [(request, put_on(request, draw)) for _ in range(EACH) for request in asked]
        found = understood(model, [text for _, text in tried])
        right: dict[str, list[bool]] = defaultdict(list)
        for (request, _), answer in zip(tried, found, strict=True):
            right[request.variety].append(answer["intent"] == request.intent)
        shares = [100 * sum(right[variety]) / len(right[variety]) for variety in varieties]
        mean = sum(shares) / len(shares)
        alone = alone or mean
        bar = f" (<= {BARS[name]:.0f})" if name in BARS else ""
        table.add_row(name, *(f"{share:.1f}" for share in shares), f"{mean:.1f}", f"{alone - mean:.1f}{bar}")
    Console().print(table)


if __name__ == "__main__":
    main()
