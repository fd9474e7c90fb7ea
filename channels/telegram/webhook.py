"""What an operator tells Telegram once: where updates go, with which secret, and the commands of the menu."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from telegram import BotCommand
from telegram.error import BadRequest, TelegramError

from channels.telegram.api import Bot, close_bot, open_bot
from channels.telegram.config import Config
from channels.telegram.errors import policy
from channels.telegram.inbound import ALLOWED_UPDATES
from channels.telegram.routes import PATH

MAX_CONNECTIONS = 40


class WebhookFailed(RuntimeError):
    """Telegram refused, or was not reached; the text says which, and holds no token."""


@dataclass(frozen=True)
class WebhookInfo:
    """What Telegram has in its books. `waiting`: updates not yet delivered; `error` is the last delivery's failure."""

    url: str
    waiting: int
    allowed_updates: tuple[str, ...]
    max_connections: int | None
    error: str | None
    error_at: datetime | None


async def set_webhook(config: Config, public_url: str) -> str:
    """Have updates sent to this installation; returns the address. What waits there is kept. Raises WebhookFailed."""
    url = public_url.rstrip("/") + PATH
    async with _bot(config) as bot:
        await bot.set_webhook(
            url,
            secret_token=config.secret_token,
            allowed_updates=ALLOWED_UPDATES,
            max_connections=MAX_CONNECTIONS,
            drop_pending_updates=False,
        )
    return url


async def webhook_info(config: Config) -> WebhookInfo:
    """Where updates go now, and how that fares. Raises WebhookFailed."""
    async with _bot(config) as bot:
        info = await bot.get_webhook_info()
    return WebhookInfo(
        url=info.url,
        waiting=info.pending_update_count,
        allowed_updates=tuple(info.allowed_updates or ()),
        max_connections=info.max_connections,
        error=info.last_error_message,
        error_at=info.last_error_date,
    )


async def delete_webhook(config: Config) -> None:
    """Have no updates sent; what waits is kept for a day. Raises WebhookFailed."""
    async with _bot(config) as bot:
        await bot.delete_webhook(drop_pending_updates=False)


async def set_commands(config: Config, path: Path) -> Sequence[str]:
    """Fill the menu of commands from `data/telegram/commands.json`; returns the languages set. Raises WebhookFailed."""
    book = read_commands(path)
    async with _bot(config) as bot:
        for language, commands in book.items():
            # Without a language: for everybody whose Telegram speaks none of those that are set.
            code = None if language == "default" else language
            await bot.set_my_commands([BotCommand(*pair) for pair in commands], language_code=code)
    return tuple(book)


def read_commands(path: Path) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The commands and their descriptions by language, "default" among them. Raises OSError, ValueError."""
    content = json.loads(path.read_text(encoding="utf-8"))
    book = {
        language: tuple((entry["command"], entry["description"]) for entry in entries)
        for language, entries in content["languages"].items()
    }
    return {"default": book[content["default"]], **book}


@asynccontextmanager
async def _bot(config: Config) -> AsyncIterator[Bot]:
    bot = open_bot(config)
    try:
        yield bot
    except BadRequest as error:
        raise WebhookFailed(f"Telegram refused: {error.message}") from None
    except TelegramError as error:
        raise WebhookFailed(f"Telegram was not reached: {policy(error).reason}") from None
    finally:
        await close_bot(bot)
