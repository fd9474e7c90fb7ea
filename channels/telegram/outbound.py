"""One message of ours as one `sendMessage`.

Texts are plain: without a parse mode nothing in a person's words or a course's title can be read as markup. There is no
way to look up what was sent, so an answer that was lost stays unknown.
"""

import logging

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from channels.contract.errors import GiveUp
from channels.contract.messages import Option, Outbound
from channels.contract.provider import Sent
from channels.telegram.api import Bot
from channels.telegram.errors import policy
from channels.wording.layout import numbered

log = logging.getLogger(__name__)

MAX_TEXT = 4096  # UTF-16 units, as Telegram counts
MAX_CALLBACK_DATA = 64  # bytes
MAX_BUTTONS = 100  # a keyboard with more is cut by Telegram

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramSender:
    """The way out."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, message: Outbound) -> Sent:
        """Hand a message to Telegram. Raises RetryLater, Ambiguous, GiveUp."""
        chat = _chat(message.to)
        keyboard = keyboard_of(message)
        text = message.text
        if keyboard is None and message.options and message.kind != "text":
            text = numbered(text, message.options, isolates=True)
        try:
            sent = await self._bot.send_message(
                chat, within(text), reply_markup=keyboard, link_preview_options=_NO_PREVIEW
            )
        except Exception as error:
            raise policy(error) from None
        return Sent(f"{chat}:{sent.message_id}")


def keyboard_of(message: Outbound) -> InlineKeyboardMarkup | None:
    """The options as buttons, one a row; None where they stand in the text, or no keyboard can carry them."""
    options = message.options
    if message.kind == "text" or not options or len(options) > MAX_BUTTONS:
        return None
    if not all(_fits(option) for option in options):
        log.warning("options as numbers: telegram-option-id-too-long")
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(option.title, callback_data=option.id)] for option in options]
    )


def within(text: str, units: int = MAX_TEXT) -> str:
    """The text within so many UTF-16 units, cut between whole letters and marked with an ellipsis."""
    if _units(text) <= units:
        return text
    log.warning("text cut: telegram-too-long")
    # "ignore" drops half of a letter that needs two units.
    cut = text.encode("utf-16-le")[: 2 * (units - 1)].decode("utf-16-le", "ignore")
    return cut.rstrip() + "…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _fits(option: Option) -> bool:
    return 0 < len(option.id.encode()) <= MAX_CALLBACK_DATA


def _chat(to: str) -> int:
    try:
        return int(to)
    except ValueError:
        raise GiveUp("telegram-address-not-a-number") from None
