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
    "data/answers",
    "data/danger",
    "data/words/courtesies.yml",
    "data/words/danger",
    "domain.yml",
    "config.yml",
    "bot/nlu",
    "bot/train.py",
    "bot/training_paths.py",
    "bot/without_tensorflow.py",
    "bot/pyproject.toml",
    "bot/uv.lock",
)
_TYPES = frozenset({".py", ".yml", ".lock", ".toml", ".json", ".txt"})
_FINGERPRINT_LENGTH = 16
#: Beside the models: the name of the one that an operator chose.
PIN = "chosen.txt"


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
        yield from sorted(path for path in _files(top) if path.suffix in _TYPES)


def _files(top: Path) -> Iterator[Path]:
    """All files below, but those of hidden folders: the engine's environment is one, and vast."""
    for path in top.iterdir() if top.is_dir() else ():
        if path.name.startswith(".") or path.name == "__pycache__":
            continue
        if path.is_dir():
            yield from _files(path)
        else:
            yield path


def current_model() -> Path | None:
    """The model to serve, None where it is yet to be trained: what TAKWIN_MODEL names, else the one that was chosen
    (`takwin models use`), else that of the present data.
    """
    return Settings().model or chosen_model() or fitting_model()


def fitting_model() -> Path | None:
    """The model of the present data, None where it is yet to be trained."""
    path = MODELS / f"takwin-{fingerprint()}.tar.gz"
    return path if path.exists() else None


def chosen_model(folder: Path = MODELS) -> Path | None:
    """The model that an operator chose; None where none is, or it is there no more."""
    pin = folder / PIN
    name = pin.read_text(encoding="utf-8").strip() if pin.exists() else ""
    path = folder / name
    return path if name == path.name and path.is_file() else None


def choose(name: str | None, folder: Path = MODELS) -> None:
    """Chooses a model by the name of its file; None: that of the present data again. Raises LookupError."""
    if name is None:
        (folder / PIN).unlink(missing_ok=True)
        return
    if name not in {path.name for path in all_models(folder)}:
        raise LookupError(name)
    # Renamed into place: a server that starts meanwhile reads one or the other.
    new = folder / f"{PIN}.new"
    new.write_text(name + "\n", encoding="utf-8")
    new.replace(folder / PIN)


def all_models(folder: Path = MODELS) -> list[Path]:
    """The models there are, the last trained first."""
    return sorted(folder.glob("takwin-*.tar.gz"), key=lambda path: (-path.stat().st_mtime, path.name))


def train(*, force: bool = False) -> Path:
    """Train unless nothing changed; returns the model.

    Raises:
        EngineMissing: bot/.venv is not there.
        TrainingFailed: the training ended with an error.
    """
    present = fitting_model()
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
