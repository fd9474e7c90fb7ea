"""The command line of one person's data: copy, erasure, what had its time."""

import json
import sys
from typing import Annotated
from uuid import UUID

import typer

from takwin.cli.terminal_output import console, fail
from takwin.settings import Settings

people = typer.Typer(no_args_is_help=True, help="One person's data.")


@people.command("export")
def people_export(person_id: Annotated[UUID, typer.Argument(help="The person's id.")]) -> None:
    """Everything kept about one person, as JSON on standard output."""
    from store.lifecycle import privacy
    from store.people.people import PersonUnknown
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
    from store.engine.tracker import TrackerStore
    from store.lifecycle import privacy
    from store.people.people import PersonUnknown
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
    from store.engine.tracker import TrackerStore
    from takwin.jobs.retention import Retention, RetentionFailed, periods_of
    from takwin.stores import open_database

    settings = Settings()
    with open_database(settings) as (database, stores):
        retention = Retention(database, TrackerStore(stores.tracker_url), periods_of(settings))
        try:
            counts = retention.expired() if dry_run else retention.drop()
        except RetentionFailed as error:
            raise fail(f"could not be dropped: {error}") from error
    for kind, count in counts.items():
        console.print(f"{kind}: {count}", highlight=False)
