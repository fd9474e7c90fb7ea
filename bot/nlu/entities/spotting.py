"""What a message names, found before its intent is known: by the gazetteer and its rules alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.nlu.entities.extractor import Extractor
from bot.nlu.features.grams import Spot


def spotter(gazetteer: Mapping[str, Any], most_characters: int = 2000) -> Callable[[str], Sequence[Spot]]:
    """A function from a text to its spots. ``gazetteer``: what ``read_gazetteer`` gives.

    Nothing is looked for beyond ``most_characters`` of a text.
    """
    extractor = Extractor(gazetteer)

    def spots(text: str) -> Sequence[Spot]:
        return [(found.start, found.end, found.entity) for found in extractor.extract(text[:most_characters])]

    return spots


def fingerprint(folder: Path) -> str:
    """A hash of the files of a gazetteer."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yml")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
