"""The command line: `takwin --help` lists what an operator can do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console

from takwin import advisers_cli, channels_cli, models_cli, understanding_cli
from takwin import doctor as doctor_checks
from takwin.model import ENGINE_PYTHON, TrainingFailed, current_model, fitting_model
from takwin.model import train as train_model
from takwin.settings import ROOT, Settings

app = typer.Typer(no_args_is_help=True, help="Takwin: free, certifying courses for Moroccan jobseekers.")
catalogue = typer.Typer(no_args_is_help=True, help="The course catalogue.")
people = typer.Typer(no_args_is_help=True, help="One person's data.")
app.add_typer(catalogue, name="catalogue")
app.add_typer(people, name="people")
app.add_typer(advisers_cli.advisers, name="advisers")
app.add_typer(models_cli.models, name="models")
app.add_typer(channels_cli.messages, name="messages")
app.add_typer(channels_cli.telegram, name="telegram")
app.add_typer(channels_cli.whatsapp, name="whatsapp")
app.add_typer(understanding_cli.understanding, name="understanding")
console = Console()

CATALOGUE = ROOT / "data" / "catalogue"
Folder = Annotated[Path, typer.Argument(help="Folder of courses.csv, providers.csv, agencies.csv.")]


def fail(message: str) -> typer.Exit:
    console.print(f"[red]{message}[/red]", highlight=False)
    return typer.Exit(1)


@app.command()
def serve(role: Annotated[str, typer.Option(help="all, webhooks, worker or console.")] = "all") -> None:
    """Serve: web server, worker and engine together, or one role of them."""
    from takwin import serve as serving

    if role not in serving.ROLES:
        raise fail(f"--role {role}: one of {', '.join(serving.ROLES)} is expected")
    try:
        serving.serve(Settings(), role, console)
    except (serving.CannotServe, serving.EmbeddedError, ValueError) as error:
        raise fail(str(error)) from error


@app.command()
def train(force: Annotated[bool, typer.Option(help="Train even if nothing changed.")] = False) -> None:
    """Train the understanding, unless the model fits the present data already."""
    present = fitting_model()
    if present and not force:
        console.print(f"nothing changed since {present.relative_to(ROOT)}")
        return
    try:
        model = train_model(force=force)
    except (TrainingFailed, RuntimeError) as error:
        raise fail(str(error)) from error
    console.print(f"trained {model.relative_to(ROOT)}")


@app.command()
def understand(
    source: Annotated[
        Path | None, typer.Argument(help="JSON lines with `text`, and `variety` where known.")
    ] = None,
    target: Annotated[Path | None, typer.Argument(help="Where the answers go, one line each.")] = None,
    explain: Annotated[str | None, typer.Option(help="A message: say why it is understood as it is.")] = None,
) -> None:
    """What the trained model understands of each line of a file, or why of one message."""
    model = current_model()
    if model is None:
        raise fail("no trained model for the present data: run `make train`")
    command = [str(ENGINE_PYTHON), "-m", "bot.understand"]
    if explain is not None:
        command += ["--explain", explain]
    elif source is None or target is None:
        raise fail("understand: IN.jsonl and OUT.jsonl are needed, or --explain TEXT")
    else:
        command += [str(source.resolve()), str(target.resolve())]
    raise typer.Exit(subprocess.run([*command, "--model", str(model)], cwd=ROOT, check=False).returncode)


@app.command()
def chat(
    url: Annotated[str, typer.Option(help="Address of a running Takwin; yours when not given.")] = "",
) -> None:
    """Talk to a running Takwin in the terminal."""
    from channels.terminal import chat as talk

    raise typer.Exit(talk(url or Settings().address))


@app.command()
def doctor() -> None:
    """Say what is missing, and how to mend it."""
    findings = doctor_checks.examine(Settings())
    for finding in findings:
        mark = "[green]ok[/green]" if finding.ok else "[red]missing[/red]"
        console.print(f"{mark}  {finding.what}", highlight=False)
        if not finding.ok:
            console.print(f"    → {finding.mend}", highlight=False)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


@catalogue.command("import")
def catalogue_import(folder: Folder = CATALOGUE) -> None:
    """Import the catalogue: all of it, or nothing if a row is wrong."""
    from bot.nlu.folding import fold
    from store.catalogue_import import CatalogueErrors, apply, read_csv_catalogue
    from takwin.stores import EmbeddedError, open_database

    try:
        read = read_csv_catalogue(folder)
        with open_database(Settings()) as (database, _), database.session() as session:
            report = apply(session, read, fold)
    except CatalogueErrors as errors:
        raise _refused(errors) from errors
    except EmbeddedError as error:
        raise fail(str(error)) from error
    console.print(f"{len(read.courses)} courses: {len(report.added)} new, {len(report.changed)} changed, "
                  f"{len(report.withdrawn)} withdrawn")  # fmt: skip


@catalogue.command("check")
def catalogue_check(folder: Folder = CATALOGUE) -> None:
    """Check the files of a catalogue without importing them."""
    from store.catalogue_import import CatalogueErrors, read_csv_catalogue

    try:
        read = read_csv_catalogue(folder)
    except CatalogueErrors as errors:
        raise _refused(errors) from errors
    console.print(
        f"{len(read.courses)} courses, {len(read.providers)} providers, {len(read.agencies)} agencies: all good"
    )


@catalogue.command("export")
def catalogue_export(folder: Folder) -> None:
    """Write the catalogue of the database as files."""
    from store.catalogue_import import export
    from takwin.stores import open_database

    with open_database(Settings()) as (database, _), database.session() as session:
        export(session, folder)
    console.print(f"written to {folder}")


@catalogue.command("check-links")
def catalogue_check_links() -> None:
    """Ask every link of the catalogue whether it still leads anywhere; the dead ones are printed."""
    from store import link_checks
    from store.clock import utc_now
    from store.course_lists import is_dead
    from takwin.link_check import LinkChecker, check_due
    from takwin.stores import EmbeddedError, open_database

    try:
        with open_database(Settings()) as (database, _):
            began = utc_now()
            with database.session() as session:
                asked = link_checks.ask(session, began)
            checker = LinkChecker()
            done = 0
            with console.status("") as waiting:
                while some := check_due(database, checker, utc_now):
                    done += some
                    waiting.update(f"{done} of {asked} links asked")
            with database.session() as session:
                rows = link_checks.checked(session, began)
                dead = [row for row in rows if is_dead(row)]
                unasked = [row for row in rows if row.problem == "not-public"]
                for row in (*dead, *unasked):
                    said = f"{row.status or row.problem}  {row.url}"
                    console.print(said, highlight=False, markup=False, soft_wrap=True)
    except (EmbeddedError, ValueError) as error:
        raise fail(str(error)) from error
    console.print(f"{asked} links, {len(dead)} lead nowhere", highlight=False)
    if unasked:
        console.print(f"{len(unasked)} not asked: addresses that are not public", highlight=False)


@people.command("export")
def people_export(person_id: Annotated[UUID, typer.Argument(help="The person's id.")]) -> None:
    """Everything kept about one person, as JSON on standard output."""
    from store import privacy
    from store.people import PersonUnknown
    from takwin.stores import open_database

    try:
        with open_database(Settings()) as (database, _), database.session() as session:
            found = privacy.export_person(session, person_id)
    except PersonUnknown as error:
        raise fail(str(error)) from error
    json.dump(found, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


@people.command("erase")
def people_erase(
    person_id: Annotated[UUID, typer.Argument(help="The person's id.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase one person from the store and from the engine's record; prints the receipt."""
    from store import privacy
    from store.people import PersonUnknown
    from store.tracker import TrackerStore
    from takwin.stores import open_database

    if not yes:
        typer.confirm("Erase this person for good?", abort=True)
    try:
        with open_database(Settings()) as (database, stores):
            with database.session() as session:
                receipt = privacy.erase_person(session, person_id)
            TrackerStore(stores.tracker_url).erase(person_id)
    except PersonUnknown as error:
        raise fail(str(error)) from error
    console.print(f"erased, receipt {receipt.reference}")


@people.command("expire")
def people_expire(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
) -> None:
    """Drop what had its time, as the worker does each hour: people who went silent, profiles, messages."""
    from store.tracker import TrackerStore
    from takwin.retention import Retention, RetentionFailed, periods_of
    from takwin.stores import open_database

    settings = Settings()
    with open_database(settings) as (database, stores):
        retention = Retention(database, TrackerStore(stores.tracker_url), periods_of(settings))
        try:
            counts = retention.due() if dry_run else retention.drop()
        except RetentionFailed as error:
            raise fail(f"could not be dropped: {error}") from error
    for kind, count in counts.items():
        console.print(f"{kind}: {count}", highlight=False)


def _refused(errors: Exception) -> typer.Exit:
    console.print(str(errors), highlight=False, markup=False)
    return fail("nothing was imported")


def main() -> None:
    app()


if __name__ == "__main__":
    main()
