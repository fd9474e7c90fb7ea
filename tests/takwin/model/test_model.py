"""A model is trained again when, and only when, something it depends on has changed."""

from pathlib import Path

import pytest

from takwin.model.model import fingerprint


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name, text in {
        "data/nlu/fr/greet.yml": "salut",
        "data/rules/intents.yml": "rules",
        "data/gazetteer/city.yml": "fes",
        "data/replies/fr/a.ftl": "words",
        "data/catalogue/courses.csv": "id",
        "domain.yml": "domain",
        "config.yml": "config",
        "bot/nlu/intents/model.py": "code",
        "bot/train.py": "code",
        "bot/turn.py": "code of the running engine",
        "bot/.venv/lib/x.py": "not ours",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    "changed",
    [
        "data/nlu/fr/greet.yml",
        "data/rules/intents.yml",
        "data/gazetteer/city.yml",
        "domain.yml",
        "config.yml",
        "bot/nlu/intents/model.py",
        "bot/train.py",
    ],
)
def test_what_the_model_depends_on_changes_its_name(checkout: Path, changed: str) -> None:
    before = fingerprint(checkout)
    (checkout / changed).write_text("something else")
    assert fingerprint(checkout) != before


@pytest.mark.parametrize(
    "changed", ["data/replies/fr/a.ftl", "data/catalogue/courses.csv", "bot/turn.py", "bot/.venv/lib/x.py"]
)
def test_other_changes_do_not(checkout: Path, changed: str) -> None:
    before = fingerprint(checkout)
    (checkout / changed).write_text("something else")
    assert fingerprint(checkout) == before


def test_a_new_or_renamed_file_counts(checkout: Path) -> None:
    before = fingerprint(checkout)
    (checkout / "data/nlu/fr/greet.yml").rename(checkout / "data/nlu/fr/goodbye.yml")
    assert fingerprint(checkout) != before
