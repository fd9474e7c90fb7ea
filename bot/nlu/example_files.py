"""Folders of examples: ``<folder>/<variety>/<group>/<name>.txt``, an example a line."""

from __future__ import annotations

from pathlib import Path
from typing import List, NamedTuple


class ExamplesError(ValueError):
    """A folder of examples does not have the shape that its reader describes; the message names the file."""


class ExampleFile(NamedTuple):
    """One file; ``lines`` are those with something in them, without blanks around it."""

    path: Path
    variety: str
    group: str
    name: str
    lines: List[str]


def read_example_files(folder: Path) -> List[ExampleFile]:
    """All files below ``folder``, in order.

    Raises:
        ExamplesError: there is no example in them.
    """
    found = [
        ExampleFile(path, path.parent.parent.name, path.parent.name, path.stem, _lines(path))
        for path in sorted(folder.glob("*/*/*.txt"))
    ]
    if not any(file.lines for file in found):
        raise ExamplesError(f"{folder}: no examples")
    return found


def _lines(path: Path) -> List[str]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]
