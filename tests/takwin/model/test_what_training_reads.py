"""All that config.yml names is part of what a model is known by, and stands where a trial training reads."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from takwin.model.model import SOURCES
from takwin.model.scratch_training import READ_BESIDE
from takwin.settings import ROOT


def named(settings: Any) -> Iterator[str]:
    """Files and folders of the repository among settings."""
    if isinstance(settings, dict):
        for value in settings.values():
            yield from named(value)
    elif isinstance(settings, list):
        for value in settings:
            yield from named(value)
    elif isinstance(settings, str) and settings.startswith("data/"):
        yield settings


NAMED = sorted(set(named(yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8")))))


def test_config_names_files() -> None:
    assert "data/words/courtesies.yml" in NAMED


@pytest.mark.parametrize("path", NAMED)
@pytest.mark.parametrize("sources", [SOURCES, READ_BESIDE], ids=["fingerprint", "scratch"])
def test_training_reads_nothing_else(path: str, sources: tuple[str, ...]) -> None:
    assert (ROOT / path).exists()
    assert any(path == source or path.startswith(f"{source}/") for source in sources), path
