"""Pressed buttons are answered, so that the clock on them stops: beside the webhook, which does not wait for it."""

import asyncio
import logging

from telegram.error import TelegramError

from channels.telegram.api import Bot
from channels.telegram.errors import policy

log = logging.getLogger(__name__)


class Callbacks:
    """Answers button presses in the background."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._running: set[asyncio.Task[None]] = set()

    def answer(self, callback_id: str) -> None:
        """Answer one; what goes wrong is logged by its code, since the press itself is stored."""
        task = asyncio.get_running_loop().create_task(self._answer(callback_id))
        self._running.add(task)  # a task that nobody holds may be collected before it has run
        task.add_done_callback(self._running.discard)

    async def close(self) -> None:
        """Wait for those on their way; each ends within the time of a call."""
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _answer(self, callback_id: str) -> None:
        try:
            await self._bot.answer_callback_query(callback_id)
        except TelegramError as error:
            # Most often the press is older than Telegram lets it be answered.
            log.info("callback not answered: %s", policy(error).reason)
        except Exception as error:
            log.warning("callback not answered: %s", type(error).__name__)
