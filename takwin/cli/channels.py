"""The command line of channels: messages put aside, Telegram's webhook, WhatsApp's templates."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from takwin.settings import ROOT, Settings

if TYPE_CHECKING:
    from channels.telegram import Config as TelegramConfig

messages = typer.Typer(no_args_is_help=True, help="Messages that were put aside.")
telegram = typer.Typer(no_args_is_help=True, help="Telegram's webhook and menu of commands.")
whatsapp = typer.Typer(no_args_is_help=True, help="WhatsApp's approved templates.")
console = Console()

COMMANDS = ROOT / "data" / "telegram" / "commands.json"


def _fail(message: str) -> typer.Exit:
    console.print(f"[red]{message}[/red]", highlight=False)
    return typer.Exit(1)


@messages.command("dead")
def dead(limit: Annotated[int, typer.Option(help="How many at most.")] = 50) -> None:
    """List messages that got no answer or were not delivered, latest first, with the reason. Never their text."""
    from store.conversations.dead_letters import dead_letters
    from takwin.stores import open_database

    with open_database(Settings()) as (database, _), database.session() as session:
        found = dead_letters(session, limit=limit)
    table = Table("message", "way", "channel", "reason", "at", "tries")
    for letter in found:
        way = "in" if letter.direction == "in" else "out"
        table.add_row(
            str(letter.message_id),
            way,
            letter.channel,
            letter.reason,
            f"{letter.at:%Y-%m-%d %H:%M}",
            str(letter.tries),
        )
    console.print(table if found else "no message was put aside")


@messages.command("retry")
def retry(message_ids: Annotated[list[UUID], typer.Argument(help="Ids that `messages dead` lists.")]) -> None:
    """Have messages answered, or delivered, after all."""
    from channels.queue.deferrer import Deferrer
    from store.conversations.dead_letters import NotDead
    from store.conversations.dead_letters import retry as again
    from store.conversations.messages import MessageUnknown
    from takwin.stores import open_database

    deferrer = Deferrer()
    with open_database(Settings()) as (database, _):
        for message_id in message_ids:
            try:
                with database.session() as session:
                    queued = again(session, message_id)
                    if queued.direction == "in":
                        deferrer.turn(session, message_id=queued.message_id, person_id=queued.person_id)
                    else:
                        deferrer.delivery(
                            session, message_id=queued.message_id, conversation_id=queued.conversation_id
                        )
            except (MessageUnknown, NotDead) as error:
                raise _fail(f"{message_id}: it is not among those that were put aside") from error
    console.print(f"{len(message_ids)} put back into the queue")


@telegram.command("set-webhook")
def set_webhook() -> None:
    """Have Telegram send updates to TAKWIN_PUBLIC_URL, and fill its menu of commands."""
    from channels.telegram.webhook import WebhookFailed, set_commands
    from channels.telegram.webhook import set_webhook as tell

    config, settings = _telegram()
    if not settings.public_url:
        raise _fail("TAKWIN_PUBLIC_URL is not set: Telegram must know where to call")
    try:
        url = asyncio.run(tell(config, settings.public_url))
        languages = asyncio.run(set_commands(config, COMMANDS))
    except WebhookFailed as error:
        raise _fail(str(error)) from error
    console.print(f"updates go to {url}; commands set for: {', '.join(languages)}")


@telegram.command("info")
def info() -> None:
    """Where Telegram sends updates, how many wait, and what went wrong last."""
    from channels.telegram.webhook import WebhookFailed, webhook_info

    config, _ = _telegram()
    try:
        found = asyncio.run(webhook_info(config))
    except WebhookFailed as error:
        raise _fail(str(error)) from error
    console.print(f"webhook: {found.url or 'none'}\nwaiting: {found.waiting}")
    if found.error:
        console.print(f"last error: {found.error} ({found.error_at})")


@telegram.command("delete-webhook")
def delete_webhook() -> None:
    """Have Telegram send nothing; it keeps updates for a day."""
    from channels.telegram.webhook import WebhookFailed
    from channels.telegram.webhook import delete_webhook as tell

    config, _ = _telegram()
    try:
        asyncio.run(tell(config))
    except WebhookFailed as error:
        raise _fail(str(error)) from error
    console.print("the webhook is gone")


@whatsapp.command("templates")
def templates() -> None:
    """Print the templates to submit to Meta or Twilio, word for word."""
    from channels.wording.templates import describe, load
    from takwin.compose.channels import TEMPLATES

    for line in describe(load(TEMPLATES)):
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _telegram() -> tuple[TelegramConfig, Settings]:
    from takwin.compose.channels import telegram_config

    settings = Settings()
    try:
        return telegram_config(settings), settings
    except ValueError as error:
        raise _fail(str(error)) from error
