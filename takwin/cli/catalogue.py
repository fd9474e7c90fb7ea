"""The command line of the catalogue: importing, checking, exporting, links."""

from pathlib import Path
from typing import Annotated

import typer

from store.catalogue.importers import Importer, importers
from takwin.cli.terminal_output import console, fail
from takwin.settings import ROOT, Settings

catalogue = typer.Typer(no_args_is_help=True, help="The course catalogue.")

CATALOGUE = ROOT / "data" / "catalogue"
Source = Annotated[Path, typer.Argument(help="Folder or file to read.")]
Format = Annotated[str, typer.Option("--format", help=f"One of {', '.join(importers())}.")]


@catalogue.command("import")
def catalogue_import(source: Source = CATALOGUE, format_: Format = "csv-folder") -> None:
    """Import the catalogue: all of it, or nothing if a row is wrong."""
    from bot.nlu.folding import fold
    from store.catalogue.importing import CatalogueErrors, apply
    from takwin.stores import EmbeddedError, open_database

    try:
        read = _importer(format_)(source)
        with open_database(Settings()) as (database, _), database.session() as session:
            report = apply(session, read, fold)
    except CatalogueErrors as errors:
        raise _refused(errors) from errors
    except EmbeddedError as error:
        raise fail(str(error)) from error
    console.print(f"{len(read.courses)} courses: {len(report.added)} new, {len(report.changed)} changed, "
                  f"{len(report.withdrawn)} withdrawn")  # fmt: skip


@catalogue.command("check")
def catalogue_check(source: Source = CATALOGUE, format_: Format = "csv-folder") -> None:
    """Check the files of a catalogue without importing them."""
    from store.catalogue.importing import CatalogueErrors

    try:
        read = _importer(format_)(source)
    except CatalogueErrors as errors:
        raise _refused(errors) from errors
    console.print(
        f"{len(read.courses)} courses, {len(read.providers)} providers, {len(read.agencies)} agencies: all good"
    )


@catalogue.command("export")
def catalogue_export(
    folder: Annotated[Path, typer.Argument(help="Folder to write the CSV files to.")],
) -> None:
    """Write the catalogue of the database as files."""
    from store.catalogue.importing import export
    from takwin.stores import open_database

    with open_database(Settings()) as (database, _), database.session() as session:
        export(session, folder)
    console.print(f"written to {folder}")


@catalogue.command("check-links")
def catalogue_check_links() -> None:
    """Ask every link of the catalogue whether it still leads anywhere; the dead ones are printed."""
    from store.catalogue import link_checks
    from store.catalogue.lists import is_dead
    from store.core.clock import utc_now
    from takwin.jobs.link_check import LinkChecker, check_next
    from takwin.stores import EmbeddedError, open_database

    try:
        with open_database(Settings()) as (database, _):
            began = utc_now()
            with database.session() as session:
                requested = link_checks.ask(session, began)
            checker = LinkChecker()
            done = 0
            with console.status("") as waiting:
                while some := check_next(database, checker, utc_now):
                    done += some
                    waiting.update(f"{done} of {requested} links asked")
            with database.session() as session:
                rows = link_checks.checked(session, began)
                dead = [row for row in rows if is_dead(row)]
                unasked = [row for row in rows if row.problem == "not-public"]
                for row in (*dead, *unasked):
                    line = f"{row.status or row.problem}  {row.url}"
                    console.print(line, highlight=False, markup=False, soft_wrap=True)
    except (EmbeddedError, ValueError) as error:
        raise fail(str(error)) from error
    console.print(f"{requested} links, {len(dead)} lead nowhere", highlight=False)
    if unasked:
        console.print(f"{len(unasked)} not asked: addresses that are not public", highlight=False)


def _importer(name: str) -> Importer:
    known = importers()
    if name not in known:
        raise fail(f"--format {name}: one of {', '.join(known)} is expected")
    return known[name]


def _refused(errors: Exception) -> typer.Exit:
    console.print(str(errors), highlight=False, markup=False)
    return fail("nothing was imported")
