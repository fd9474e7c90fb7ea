"""Going back to a model that was trained before."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from takwin.cli import models as models_cli
from takwin.model import model
from takwin.model.model import PIN, all_models, choose, chosen_model


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for age, name in enumerate(("takwin-new.tar.gz", "takwin-old.tar.gz", "other.txt")):
        (tmp_path / name).write_bytes(b"model")
        os.utime(tmp_path / name, (1_000_000 - age, 1_000_000 - age))
    return tmp_path


def test_models_are_told_the_last_first(folder: Path) -> None:
    assert [path.name for path in all_models(folder)] == ["takwin-new.tar.gz", "takwin-old.tar.gz"]


def test_a_model_is_chosen_and_let_go(folder: Path) -> None:
    assert chosen_model(folder) is None
    choose("takwin-old.tar.gz", folder)
    assert chosen_model(folder) == folder / "takwin-old.tar.gz"
    choose(None, folder)
    choose(None, folder)
    assert chosen_model(folder) is None


@pytest.mark.parametrize("name", ["takwin-no.tar.gz", "other.txt", "../takwin-old.tar.gz", ""])
def test_what_is_no_model_is_not_chosen(folder: Path, name: str) -> None:
    with pytest.raises(LookupError):
        choose(name, folder)
    (folder / PIN).write_text(name)
    assert chosen_model(folder) is None or name == "other.txt"


def test_a_chosen_model_that_was_deleted_is_chosen_no_more(folder: Path) -> None:
    choose("takwin-old.tar.gz", folder)
    (folder / "takwin-old.tar.gz").unlink()
    assert chosen_model(folder) is None


def test_the_command_says_what_there_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TAKWIN_MODEL", raising=False)
    monkeypatch.setattr(models_cli, "all_models", lambda: all_models(folder))
    monkeypatch.setattr(models_cli, "chosen_model", lambda: folder / "takwin-old.tar.gz")
    monkeypatch.setattr(models_cli, "current_model", lambda: folder / "takwin-old.tar.gz")
    told = CliRunner().invoke(models_cli.models, ["list"]).output
    assert "  takwin-new.tar.gz" in told
    assert "* takwin-old.tar.gz" in told
    assert "chosen" in told
    refused = CliRunner().invoke(models_cli.models, ["use", "nothing"])
    assert (refused.exit_code, "there is no model nothing" in refused.output) == (1, True)


def test_training_asks_for_the_model_of_the_present_data_not_for_the_chosen_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "MODELS", folder)
    monkeypatch.delenv("TAKWIN_MODEL", raising=False)
    choose("takwin-old.tar.gz", folder)
    assert model.fitting_model() is None
    monkeypatch.setattr(model, "ENGINE_PYTHON", folder / "no-python")
    with pytest.raises(model.EngineMissing):
        model.train()
