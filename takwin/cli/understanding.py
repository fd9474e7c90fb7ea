"""The command line of understanding: approved examples out of the review, and proposed to the training data."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from console.review.files import Example, added
from takwin.model.proposal import Proposal, propose
from takwin.model.scoring import Case, Comparison, Score, Understand, compare
from takwin.settings import ROOT, Settings

understanding = typer.Typer(
    no_args_is_help=True, help="Examples that advisers approved, for the training data."
)
console = Console()

NLU = ROOT / "data" / "nlu"
PATCH = ROOT / "var" / "understanding" / "proposal.patch"
_SHOWN = 12


def _fail(message: str) -> typer.Exit:
    console.print(f"[red]{message}[/red]", highlight=False)
    return typer.Exit(1)


@understanding.command("export")
def export(folder: Annotated[Path, typer.Argument(help="Where to: FOLDER/<variety>/<intent>.yml.")]) -> None:
    """Write the approved examples, made anonymous, as files of training data: these alone."""
    examples = approved(Settings())
    for path, text in sorted(added({}, examples).items()):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    console.print(f"{len(examples)} examples written to {folder}", highlight=False)


@understanding.command("propose")
def propose_command(
    patch: Annotated[Path, typer.Option(help="Where the change goes as a patch.")] = PATCH,
    change: Annotated[bool, typer.Option(help="Make the change in data/nlu too.")] = True,
    scores: Annotated[bool, typer.Option(help="Train twice, and print scores before and after.")] = True,
) -> None:
    """Put the approved examples into data/nlu, for an engineer to look at, with scores before and after.

    Nothing is committed. Training happens in a scratch folder; the model in use stays as it is.
    """
    from takwin.model import scratch_training

    run(Settings(), NLU, patch, change=change, understand=scratch_training.understand if scores else None)


def run(
    settings: Settings, nlu: Path, patch: Path, *, change: bool, understand: Understand | None
) -> Proposal:
    """Proposes what is approved to the training data of a folder. Raises typer.Exit where there is nothing, or where
    the files have changes that would be mixed up with these.
    """
    from bot.nlu.folding import fold
    from takwin.model.model import EngineMissing, TrainingFailed

    found = propose(approved(settings), nlu, fold)
    _say(found)
    if not found.examples:
        raise _fail("nothing new to propose")
    if change and (dirty := uncommitted(nlu)):
        raise _fail(f"{nlu} has changes that are not committed: {', '.join(dirty)}. Commit them first")
    if understand is not None:
        try:
            _print(compare(found.present, found.examples, understand))
        except (EngineMissing, TrainingFailed) as error:
            raise _fail(str(error)) from error
    patch.parent.mkdir(parents=True, exist_ok=True)
    patch.write_text(found.patch(), encoding="utf-8")
    console.print(f"the change as a patch: {patch}", highlight=False)
    if change:
        for path in found.write(nlu):
            console.print(f"changed {path}", highlight=False)
        console.print("Look at it with `git diff data/nlu`, then train and commit, or take it back.")
    return found


def approved(settings: Settings) -> list[Example]:
    """The approved examples that add something."""
    from store.review import examples as review_examples
    from takwin.stores import EmbeddedError, open_database

    try:
        with open_database(settings) as (database, _), database.session() as session:
            return [Example.of(each) for each in review_examples.approved(session)]
    except (EmbeddedError, ValueError) as error:
        raise _fail(str(error)) from error


def uncommitted(nlu: Path) -> list[str]:
    """Files below a folder with changes that git has not; none where it is in no repository."""
    command = ["git", "status", "--porcelain", "--", "."]
    try:
        done = subprocess.run(command, cwd=nlu, capture_output=True, text=True, check=False)
    except OSError:
        return []
    return [line[3:] for line in done.stdout.splitlines()] if done.returncode == 0 else []


def _say(found: Proposal) -> None:
    console.print(f"{len(found.examples)} examples are new, in {len(found.files)} files", highlight=False)
    for example, line in found.taught[:_SHOWN]:
        console.print(f"left out, taught already: {example.path} as {line.path}", highlight=False)
    for example, line in found.clashes[:_SHOWN]:
        console.print(
            f"left out, for you to decide: approved as {example.intent}, but {line.path} says the same",
            highlight=False,
        )


def _print(found: Comparison) -> None:
    table = Table(
        "messages that were not learnt from", "count", "intents right", "entities right", "macro F1"
    )
    for name, (before, after) in (
        ("reviewed, kept aside", found.reviewed),
        ("lines of data/nlu", found.lines),
    ):
        table.add_row(
            name, str(before.count), _change(before, after, "intents"), _change(before, after, "entities"),
            f"{before.macro_f1:.3f} → {after.macro_f1:.3f}",
        )  # fmt: skip
    console.print(table)
    for word, cases in (("mended", found.mended), ("broken", found.broken)):
        console.print(f"{word}: {len(cases)}", highlight=False)
        _list(cases)


def _change(before: Score, after: Score, of: str) -> str:
    return f"{getattr(before, of)} → {getattr(after, of)}"


def _list(cases: Sequence[Case]) -> None:
    for case in cases[:_SHOWN]:
        console.print(f"  {case.variety} {case.intent}: {case.text}", highlight=False, markup=False)
