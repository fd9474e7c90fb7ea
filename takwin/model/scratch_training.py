"""Training in a scratch folder, beside the model in use: what a model of other training data would understand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from takwin.model.model import ENGINE_PYTHON, EngineMissing, TrainingFailed
from takwin.model.scoring import Answer, Case
from takwin.settings import ROOT

#: What training reads beside `data/nlu`.
_FILES = (
    "config.yml",
    "domain.yml",
    "data/expected.yml",
    "data/concepts.yml",
    "data/words/courtesies.yml",
)
_FOLDERS = (
    "data/rules",
    "data/stories",
    "data/gazetteer",
    "data/answers",
    "data/danger",
    "data/words/danger",
)
READ_BESIDE = (*_FILES, *_FOLDERS)
_NAME = "scratch"


def understand(files: Mapping[str, str], cases: Sequence[Case]) -> Sequence[Answer]:
    """Trains a model of these files (by path below `data/nlu`) and asks it. Takes a minute or two; the model in use and
    the working tree are left as they are.

    Raises:
        EngineMissing: bot/.venv is not there.
        TrainingFailed: the training, or asking the model, ended with an error.
    """
    if not ENGINE_PYTHON.exists():
        raise EngineMissing("bot/.venv is missing: run `make install`")
    with tempfile.TemporaryDirectory(prefix="takwin-scratch-") as folder:
        root = Path(folder)
        _lay_out(root, files)
        _run(root, "bot.train", "--name", _NAME, "--output", "models")
        questions, answers = root / "asked.jsonl", root / "answered.jsonl"
        questions.write_text("".join(_line({"text": case.text}) for case in cases), encoding="utf-8")
        _run(root, "bot.understand", str(questions), str(answers), "--model", f"models/{_NAME}.tar.gz")
        return [_answer(line) for line in answers.read_text(encoding="utf-8").splitlines()]


def _lay_out(root: Path, files: Mapping[str, str]) -> None:
    for name in READ_BESIDE:
        source, target = ROOT / name, root / name
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(source)
    for path, text in files.items():
        target = root / "data" / "nlu" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    # Sentence vectors that were computed before are not computed again; new ones stay in the scratch folder.
    known = ROOT / "var" / "vectors"
    if known.is_dir():
        shutil.copytree(known, root / "var" / "vectors")


def _run(root: Path, module: str, *arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"}
    command = [str(ENGINE_PYTHON), "-m", module, *arguments]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        # The end of what it said names the component; messages are not in it.
        raise TrainingFailed(f"{module} ended with {done.returncode}: {done.stderr.strip()[-400:]}")


def _line(row: Mapping[str, str]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _answer(line: str) -> Answer:
    answer = json.loads(line)
    entities = [(each["entity"], str(each["value"])) for each in answer["entities"]]
    return Answer(answer["intent"], tuple(sorted(entities)))
