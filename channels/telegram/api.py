"""Our line to the Bot API: python-telegram-bot without its updater, bounded in time, silent in the log.

The bot is not initialised: `initialize()` asks Telegram who it is, and a service that starts must not need the network.
"""

import asyncio
import logging
import os
from http import HTTPStatus
from typing import Any

from telegram.error import TelegramError, TimedOut
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from channels.telegram.config import Config

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 20.0
MESSAGES_PER_SECOND = 30  # the Bot API's own limit for one bot

Bot = ExtBot[int]  # the argument of AIORateLimiter: how often to try again


class ServerFailed(TelegramError):
    """Telegram, or what stands before it, answered with a status of 500 or more."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


class BoundedRequest(HTTPXRequest):
    """Calls that end within so many seconds, whatever the connection does."""

    def __init__(self, seconds: float = TOTAL_SECONDS) -> None:
        self._seconds = seconds
        super().__init__(
            connection_pool_size=64,
            connect_timeout=CONNECT_SECONDS,
            read_timeout=seconds,
            write_timeout=seconds,
            pool_timeout=CONNECT_SECONDS,
            httpx_kwargs={"trust_env": False},
        )

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        try:
            async with asyncio.timeout(self._seconds):
                status, payload = await super().do_request(*args, **kwargs)
        except TimeoutError as error:
            raise TimedOut from error
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ServerFailed(status)
        return status, payload


def open_bot(config: Config, seconds: float = TOTAL_SECONDS) -> Bot:
    """A bot ready to call. The outbox paces and tries again: the limiter here only keeps to the overall rate when
    several callers share the bot, and tries nothing twice. `seconds` is the most that a call may take.
    """
    _quiet()
    root = config.api_url.rstrip("/")
    return ExtBot(
        token=config.token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=BoundedRequest(seconds),
        get_updates_request=BoundedRequest(seconds),
        rate_limiter=AIORateLimiter(overall_max_rate=MESSAGES_PER_SECOND, max_retries=0),
    )


async def close_bot(bot: Bot) -> None:
    """End its connections."""
    for request in bot._request:  # `bot.shutdown()` does nothing for a bot that was not initialised
        await request.shutdown()


def _quiet() -> None:
    os.environ.setdefault(
        "PTB_TIMEDELTA", "true"
    )  # how the library is told that its coming behaviour is wanted
    # These write URLs (with the token in them) and whole answers (with people's words in them).
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
