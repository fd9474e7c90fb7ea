"""The command line of advisers: who may sign in to the console."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from console.web.passwords import hash_password, one_time_password
from console.web.services import PasswordCost
from store.advisers import advisers as stored
from store.advisers import audit
from store.advisers.advisers import LastAdministrator, LoginTaken, NewAdviser
from store.advisers.roles import ROLES
from store.core.clock import utc_now
from takwin.settings import Settings

advisers = typer.Typer(no_args_is_help=True, help="Who may sign in to the console.")
screen = Console()

#: How long a one-time password may be used for the first time.
ONE_TIME_FOR = timedelta(days=7)
Login = Annotated[str, typer.Argument(help="The login.")]


def _fail(message: str) -> typer.Exit:
    screen.print(f"[red]{message}[/red]", highlight=False)
    return typer.Exit(1)


@advisers.command("add")
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="The name people are told.")] = "",
    role: Annotated[str, typer.Option(help=", ".join(ROLES))] = "adviser",
    city: Annotated[list[str] | None, typer.Option(help="A city they serve; all without any.")] = None,
    agency: Annotated[str, typer.Option(help="The id of their agency.")] = "",
    region: Annotated[str, typer.Option(help="A region they serve.")] = "",
    language: Annotated[str, typer.Option(help="fr or ar.")] = "fr",
) -> None:
    """Add an adviser; prints a one-time password."""
    from takwin.stores import open_database

    chosen = next((each for each in ROLES if each == role), None)
    if chosen is None or language not in ("fr", "ar"):
        raise _fail(f"--role is one of {', '.join(ROLES)}, --language fr or ar")
    password = one_time_password()
    new = NewAdviser(
        login=login,
        display_name=name or login,
        password_hash=hash_password(password, PasswordCost()),
        role=chosen,
        agency_id=agency or None,
        cities=tuple(city or ()),
        region=region or None,
        language=language,
        password_expires_at=utc_now() + ONE_TIME_FOR,
    )
    try:
        with open_database(Settings()) as (database, _), database.session() as session:
            added = stored.add(session, new)
            audit.record(session, None, "adviser-added", adviser=str(added.id), role=added.role)
    except LoginTaken:
        raise _fail(f"{login} is taken") from None
    except ValueError as error:
        raise _fail(str(error)) from error
    screen.print(f"{added.login}: one-time password {password}", highlight=False, markup=False)


@advisers.command("list")
def listed() -> None:
    """List the advisers."""
    from takwin.stores import open_database

    table = Table("login", "name", "role", "scope", "state")
    with open_database(Settings()) as (database, _), database.session() as session:
        for each in stored.everyone(session):
            scope = ", ".join(each.cities) or each.region or "everywhere"
            state = "disabled" if each.disabled_at else "new" if each.must_change else "active"
            table.add_row(each.login, each.display_name, each.role, scope, state)
    screen.print(table)


@advisers.command("disable")
def disable(login: Login) -> None:
    """Take an adviser's access away, at once."""
    from takwin.stores import open_database

    try:
        with open_database(Settings()) as (database, _), database.session() as session:
            adviser = stored.by_login(session, login)
            if adviser is None:
                raise _fail(f"no adviser {login}")
            stored.disable(session, adviser.id)
            audit.record(session, None, "adviser-disabled", adviser=str(adviser.id))
    except LastAdministrator:
        raise _fail("one administrator must remain") from None
    screen.print(f"{login} is disabled", highlight=False)


@advisers.command("reset-password")
def reset_password(
    login: Login,
    second_step: Annotated[bool, typer.Option(help="Turn the second step off too.")] = False,
) -> None:
    """Give an adviser a new one-time password, and access again; prints it."""
    from store.advisers import sign_ins
    from takwin.stores import open_database

    password = one_time_password()
    with open_database(Settings()) as (database, _), database.session() as session:
        adviser = stored.by_login(session, login)
        if adviser is None:
            raise _fail(f"no adviser {login}")
        kept = hash_password(password, PasswordCost())
        stored.set_password(session, adviser.id, kept, must_change=True, expires_at=utc_now() + ONE_TIME_FOR)
        stored.enable(session, adviser.id)
        sign_ins.forgive(session, f"account:{adviser.login}")
        if second_step:
            sign_ins.set_totp(session, adviser, None, [])
        audit.record(session, None, "adviser-password", adviser=str(adviser.id))
    screen.print(f"{login}: one-time password {password}", highlight=False, markup=False)
