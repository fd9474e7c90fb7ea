"""Approved examples on the command line: written, proposed as a change that git takes, scored before and after."""

import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.nlu.folding import fold
from console.review.files import Example, added
from store.core.clock import utc_now
from store.core.database import Database
from store.core.ids import new_id
from store.tables import ReviewExample, ReviewItem
from takwin.cli import understanding as understanding_cli
from takwin.cli.main import app
from takwin.model import scratch_training
from takwin.model.proposal import propose
from takwin.model.scoring import Answer, Case, compare, held_out, parted, score
from takwin.settings import Settings

FES = '[fes]{"entity": "city", "value": "fes"}'


def approve(database: Database, *examples: tuple[str, str, str], worth: str = "new") -> None:
    """Approved examples: variety, intent, line."""
    with database.session() as session:
        for variety, intent, marked in examples:
            item = ReviewItem(
                digest=str(new_id()), variety=variety, intent=intent, confidence=0.5, sureness=0.5,
                last_written_at=utc_now(), state="settled",
            )  # fmt: skip
            session.add(item)
            session.flush()
            session.add(
                ReviewExample(item_id=item.id, intent=intent, variety=variety, marked=marked, worth=worth)
            )


@pytest.fixture
def settings(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """An installation whose database this is."""
    monkeypatch.setenv("TAKWIN_DATABASE_URL", database_url)
    monkeypatch.setenv("TAKWIN_TRACKER_URL", database_url)
    monkeypatch.setenv("TAKWIN_SECRET", "a secret that only tests know, and long")
    monkeypatch.setenv("TAKWIN_VAR", str(tmp_path / "var"))
    return Settings()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with training data of two intents."""
    nlu = tmp_path / "repository" / "data" / "nlu"
    lines = [
        *(Example("fr", "greet", f"bonjour numéro {word}") for word in ["un", "deux", "trois", "quatre"]),
        *(
            Example("fr", "find_course", f"une formation de {word}")
            for word in ["vente", "cuisine", "couture"]
        ),
    ]
    for path, text in added({}, lines).items():
        (nlu / path).parent.mkdir(parents=True, exist_ok=True)
        (nlu / path).write_text(text, encoding="utf-8")
    _git(nlu, "init", "-q")
    _git(nlu, "add", "-A")
    _git(nlu, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "Data")
    return nlu


def _git(folder: Path, *arguments: str) -> str:
    top = folder.parent.parent
    return subprocess.run(["git", *arguments], cwd=top, capture_output=True, text=True, check=True).stdout


def by_words(files: Mapping[str, str], cases: Sequence[Case]) -> Sequence[Answer]:
    """A small model: the intent whose lines have most of a message's words; no entities."""
    words = {
        path.removesuffix(".yml").split("/")[1]: Counter(
            word for line in text.splitlines() if line.startswith("      - ") for word in line.lower().split()
        )
        for path, text in files.items()
    }
    return [
        Answer(
            max(
                sorted(words), key=lambda intent: sum(words[intent][w] > 0 for w in case.text.lower().split())
            )
        )
        for case in cases
    ]


@pytest.mark.usefixtures("settings")
def test_examples_are_exported_as_files(database: Database, tmp_path: Path) -> None:
    approve(database, ("fr", "greet", "bonsoir la compagnie"), ("ary-Latn", "inform", f"ana mn {FES}"))
    approve(database, ("fr", "greet", "bonjour"), worth="taught")
    done = CliRunner().invoke(app, ["understanding", "export", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert "2 examples written" in done.output
    found = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.yml")}
    assert found == {"fr/greet.yml", "ary-Latn/inform.yml"}
    assert f"      - ana mn {FES}\n" in (tmp_path / "out" / "ary-Latn" / "inform.yml").read_text(
        encoding="utf-8"
    )


def test_a_proposal_is_a_patch_and_a_change_that_nobody_committed(
    settings: Settings,
    database: Database,
    repository: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    approve(database, ("fr", "greet", "bonsoir la compagnie"), ("fr", "thank", "merci infiniment"))
    patch = tmp_path / "p" / "proposal.patch"
    before = _git(repository, "rev-parse", "HEAD")
    understanding_cli.run(settings, repository, patch, change=True, understand=by_words)
    assert "intents right" in capsys.readouterr().out
    assert _git(repository, "rev-parse", "HEAD") == before
    changed = {
        path: (repository / path).read_text(encoding="utf-8") for path in ("fr/greet.yml", "fr/thank.yml")
    }
    assert changed["fr/greet.yml"].endswith("      - bonsoir la compagnie\n")
    _git(repository, "checkout", "-q", ".")
    (repository / "fr" / "thank.yml").unlink()
    _git(repository, "apply", str(patch))
    assert {path: (repository / path).read_text(encoding="utf-8") for path in changed} == changed


def test_with_a_patch_alone_the_files_stay(
    settings: Settings, database: Database, repository: Path, tmp_path: Path
) -> None:
    approve(database, ("fr", "greet", "bonsoir la compagnie"))
    understanding_cli.run(settings, repository, tmp_path / "x.patch", change=False, understand=None)
    assert _git(repository, "status", "--porcelain") == ""
    assert "+      - bonsoir la compagnie" in (tmp_path / "x.patch").read_text(encoding="utf-8")


def test_files_with_other_changes_are_left_alone(
    settings: Settings,
    database: Database,
    repository: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    approve(database, ("fr", "greet", "bonsoir la compagnie"))
    with (repository / "fr" / "greet.yml").open("a", encoding="utf-8") as file:
        file.write("      - en cours\n")
    with pytest.raises(typer.Exit):
        understanding_cli.run(settings, repository, tmp_path / "x.patch", change=True, understand=None)
    assert "not committed" in capsys.readouterr().out
    assert "bonsoir" not in (repository / "fr" / "greet.yml").read_text(encoding="utf-8")


def test_nothing_approved_is_nothing_to_propose(settings: Settings, repository: Path, tmp_path: Path) -> None:
    with pytest.raises(typer.Exit):
        understanding_cli.run(settings, repository, tmp_path / "x.patch", change=True, understand=None)
    assert not (tmp_path / "x.patch").exists()


def test_what_the_data_say_is_left_out_and_clashes_are_named(repository: Path) -> None:
    found = propose(
        [
            Example("fr", "greet", "Bonjour, numéro UN !"),
            Example("fr", "greet", "une formation de vente"),
            Example("fr", "greet", "salut toute la compagnie"),
            Example("fr", "greet", "Salut toute la compagnie !"),
        ],
        repository,
        fold,
    )
    assert [each.marked for each in found.examples] == ["salut toute la compagnie"]
    assert [(each.marked, place.path) for each, place in found.taught] == [
        ("Bonjour, numéro UN !", "fr/greet.yml:8")
    ]
    assert [place.path for _, place in found.clashes] == ["fr/find_course.yml:8"]


def test_scores_before_and_after_show_what_was_mended_and_what_broke() -> None:
    present = {
        **added({}, [Example("fr", "greet", f"salut s{n}") for n in range(60)]),
        **added({}, [Example("fr", "thank", f"merci m{n}") for n in range(60)]),
    }
    new = [Example("fr", "thank", f"barak b{n}") for n in range(40)]
    found = compare(present, new, by_words)
    before, after = found.reviewed
    assert before.count == after.count == len(parted(new)[1]) > 0
    assert before.intents == 0
    assert after.intents == after.count
    assert (before.macro_f1, after.macro_f1) == (0.0, 1.0)
    assert found.lines[0] == found.lines[1]
    assert found.lines[0].count > 0
    assert len(found.mended) == before.count
    assert found.broken == ()
    harmful = compare(present, [Example("fr", "thank", f"salut salut {n}") for n in range(60)], by_words)
    assert harmful.lines[1].intents <= harmful.lines[0].intents


def test_nothing_that_is_asked_was_learnt_from() -> None:
    import random

    present = added({}, [Example("fr", "greet", f"salut {n} {FES}") for n in range(200)])
    lines, cases = held_out(present, random.Random(1))
    left = {line[8:] for line in lines["fr/greet.yml"].splitlines() if line.startswith("      - ")}
    assert len(left) + len(cases) == 200
    assert not {case.text for case in cases} & {line.replace(FES, "fes") for line in left}
    assert cases[0].meaning == (("city", "fes"),)
    kept, aside = parted([Example("fr", "greet", f"oui {n}") for n in range(400)])
    assert 60 < len(aside) < 140
    assert parted([*aside, *kept])[1] == aside


def test_scores() -> None:
    cases = [
        Case("x", "fr", intent, meaning, False)
        for intent, meaning in (("a", ()), ("a", ()), ("b", (("c", "d"),)))
    ]
    found = score(cases, [Answer("a"), Answer("b"), Answer("b", (("c", "d"),))])
    assert (found.count, found.intents, found.entities) == (3, 2, 3)
    assert found.macro_f1 == pytest.approx(2 / 3)
    assert score([], []).macro_f1 == 0.0


@pytest.mark.engine
@pytest.mark.slow
def test_the_engine_learns_in_a_scratch_folder() -> None:
    """A real training, of few lines: the model in use and the data are not touched."""
    from takwin.model.model import fingerprint
    from takwin.settings import ROOT

    before = fingerprint(), sorted((ROOT / "models").iterdir())
    files = {}
    for path in sorted((ROOT / "data" / "nlu" / "fr").glob("*.yml")):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        files[f"fr/{path.name}"] = "".join(lines[:20])
    asked = [
        Case("bonjour", "fr", "greet", (), False),
        Case("je veux m'inscrire à casa", "fr", "register", (), False),
    ]
    answers = scratch_training.understand(files, asked)
    assert [answer.intent for answer in answers] == ["greet", "register"]
    assert ("city", "casablanca") in answers[1].meaning
    assert (fingerprint(), sorted((ROOT / "models").iterdir())) == before
