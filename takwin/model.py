"""The trained model: whether it still fits what it was trained on, and training it anew.

A model is named after the fingerprint of everything it depends on, so that "nothing changed" is a file that exists.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from takwin.settings import ROOT, Settings

ENGINE_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
MODELS = ROOT / "models"
SOURCES = (
    "data/nlu",
    "data/rules",
    "data/stories",
    "data/gazetteer",
    "data/expected.yml",
    "data/concepts.yml",
    "domain.yml",
    "config.yml",
    "bot",
)
_FINGERPRINT_LENGTH = 16


class TrainingFailed(RuntimeError):
    """The engine's training ended with an error; its output has been shown."""


class EngineMissing(RuntimeError):
    """The engine's environment is not installed."""


def fingerprint(root: Path = ROOT) -> str:
    """A short hash of names and contents of all that the model depends on."""
    digest = hashlib.sha256()
    for path in _sources(root):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_FINGERPRINT_LENGTH]


def _sources(root: Path) -> Iterator[Path]:
    for name in SOURCES:
        top = root / name
        if top.is_file():
            yield top
            continue
        for path in sorted(top.rglob("*")):
            hidden = any(
                part.startswith(".") or part == "__pycache__" for part in path.relative_to(root).parts
            )
            if (
                path.is_file()
                and not hidden
                and path.suffix in (".py", ".yml", ".lock", ".toml", ".json", ".txt")
            ):
                yield path


def current_model() -> Path | None:
    """The model of the present data, None where it is yet to be trained; TAKWIN_MODEL names another."""
    chosen = Settings().model
    if chosen is not None:
        return chosen
    path = MODELS / f"takwin-{fingerprint()}.tar.gz"
    return path if path.exists() else None


def train(*, force: bool = False) -> Path:
    """Train unless nothing changed; returns the model.

    Raises:
        EngineMissing: bot/.venv is not there.
        TrainingFailed: the training ended with an error.
    """
    present = current_model()
    if present and not force:
        return present
    if not ENGINE_PYTHON.exists():
        raise EngineMissing("bot/.venv is missing: run `make install`")
    name = f"takwin-{fingerprint()}"
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
    command = [str(ENGINE_PYTHON), "-m", "bot.train", "--name", name]
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0:
        raise TrainingFailed("training failed; the lines above say why")
    model = MODELS / f"{name}.tar.gz"
    if not model.exists():
        raise TrainingFailed(f"training ended without writing {model.relative_to(ROOT)}")
    return model
