"""The gazetteer: entities, numbers and rules of context as plain data, read from a folder of YAML files.

``<entity>.yml`` holds canonical value → variety → phrases. ``context/`` holds what is no entity: numbers in words,
small words, everyday words, cues and decisions. No entity, value or word is named in code.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict

Data = Dict[str, Any]

_CONTEXT = "context"
_CONTEXT_FILES = ("numbers", "fillers", "everyday", "cues", "decisions")


class GazetteerError(ValueError):
    """A gazetteer file does not have the shape described in this module; the message names the file."""


def read_gazetteer(folder: Path) -> Data:
    """Everything under ``folder`` as JSON-ready data. Raises ``GazetteerError``."""
    if not folder.is_dir():
        raise GazetteerError(f"{folder}: no such folder")
    entities = {path.stem: _entity_file(path) for path in sorted(folder.glob("*.yml"))}
    data: Data = {"entities": entities}
    for name in _CONTEXT_FILES:
        path = folder / _CONTEXT / f"{name}.yml"
        data[name] = _load(path) if path.is_file() else {}
    return data


def read_phrases(path: Path) -> list[str]:
    """All phrases of one file, whatever their value and variety. Raises ``GazetteerError``."""
    return [phrase for phrases in _entity_file(path).values() for phrase in phrases]


def _entity_file(path: Path) -> dict[str, list[str]]:
    """Canonical value → all phrases, whatever their variety."""
    values = _load(path)
    found: dict[str, list[str]] = {}
    for value, varieties in values.items():
        if not isinstance(varieties, dict):
            raise GazetteerError(f"{path}: {value}: expected varieties with lists of phrases")
        phrases = [str(phrase) for listed in varieties.values() for phrase in listed or ()]
        found[str(value)] = list(dict.fromkeys(phrases))
    return found


def _load(path: Path) -> dict[str, Any]:
    import yaml

    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise GazetteerError(f"{path}: {error}") from error
    if not isinstance(content, dict):
        raise GazetteerError(f"{path}: expected a mapping at the top")
    return content
