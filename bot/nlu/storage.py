"""How what was learnt is kept in files of a model: arrays in one file, under dotted names, and plain data as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Dict

import numpy as np

State = Mapping[str, Any]
"""Arrays by name: what ``state`` of a part gives and its ``from_state`` takes."""


def joined(**parts: State) -> Dict[str, Any]:
    """The states of parts as one, each array named ``<part>.<name>``."""
    return {f"{part}.{name}": array for part, state in parts.items() for name, array in state.items()}


def part_of(state: State, part: str) -> Dict[str, Any]:
    """The state of one part of what ``joined`` gave; empty where it has none."""
    before = f"{part}."
    return {name[len(before) :]: array for name, array in state.items() if name.startswith(before)}


def save_arrays(file: Path, state: State) -> None:
    """Write arrays to one file."""
    with file.open("wb") as target:
        np.savez(target, **state)


def load_arrays(file: Path) -> Dict[str, Any]:
    """Read what ``save_arrays`` wrote."""
    with np.load(file) as stored:
        return {name: stored[name] for name in stored.files}


def save_json(file: Path, content: Any) -> None:
    """Write plain data."""
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def load_json(file: Path) -> Any:
    """Read what ``save_json`` wrote."""
    return json.loads(file.read_text(encoding="utf-8"))
