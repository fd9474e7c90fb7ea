"""What an error of the Bot API means for a message: python-telegram-bot's exceptions to our policies.

Telegram has no codes finer than the HTTP status, only descriptions in English, which have been the same for years
(https://core.telegram.org/bots/api#making-requests); one that is not listed is told by its status.
"""

from collections.abc import Sequence
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from channels.contract.errors import Ambiguous, ChannelError, GiveUp, RetryLater
from channels.contract.messages import AddressState, Refusal
from channels.telegram.api import ServerFailed

#: Part of a description in lower case, our code for it, and what becomes of the address (None: nothing).
REFUSED: Sequence[tuple[str, str, AddressState | None]] = (
    ("bot was blocked by the user", "blocked", "blocked"),
    ("bot was kicked", "kicked", "blocked"),
    ("user is deactivated", "user-deactivated", "unreachable"),
    ("input_user_deactivated", "user-deactivated", "unreachable"),
    ("can't initiate conversation", "never-started", "unreachable"),
    ("can't send messages to bots", "is-a-bot", "unreachable"),
    ("chat not found", "chat-not-found", "unreachable"),
    ("user not found", "user-not-found", "unreachable"),
    ("peer_id_invalid", "peer-invalid", "unreachable"),
    ("not enough rights", "no-rights", "unreachable"),
    ("chat_write_forbidden", "no-rights", "unreachable"),
    ("message is too long", "too-long", None),
    ("message text is empty", "text-empty", None),
    ("must be non-empty", "text-empty", None),
    ("button_data_invalid", "button-data-invalid", None),
    ("reply markup", "keyboard-invalid", None),
    ("can't parse", "unreadable", None),
)

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


def policy(error: Exception) -> ChannelError:
    """The policy for an error raised by a call of the Bot API."""
    match error:
        case RetryAfter():
            return RetryLater("telegram-429", after=_seconds(error.retry_after), counts=False)
        case Forbidden():
            return _refused("403", error.message, _UNREACHABLE)
        case BadRequest():  # a kind of NetworkError, so it stands before it
            return _refused("400", error.message, None)
        case ChatMigrated():
            return GiveUp("telegram-chat-migrated", refusal=Refusal("unreachable", "telegram-chat-migrated"))
        case InvalidToken():
            # A mistake in our settings: an operator mends it, the message need not be lost.
            return RetryLater("telegram-token-refused", counts=False)
        case ServerFailed():
            return _server_failed(error.status)
        case NetworkError():
            return _not_through(error)
    # What is left is an answer with status 200 that nobody could read.
    return Ambiguous("telegram-answer-unreadable")


_UNREACHABLE: AddressState = "unreachable"


def _refused(status: str, description: str, otherwise: AddressState | None) -> GiveUp:
    reason = description.casefold()
    for part, code, state in REFUSED:
        if part in reason:
            return _give_up(f"telegram-{status}-{code}", state)
    return _give_up(f"telegram-{status}", otherwise)


def _give_up(reason: str, state: AddressState | None) -> GiveUp:
    return GiveUp(reason, refusal=None if state is None else Refusal(state, reason))


def _server_failed(status: int) -> RetryLater:
    if status == httpx.codes.GATEWAY_TIMEOUT:
        return Ambiguous(f"telegram-{status}")  # something behind the gateway may have done it
    # 502 and 503 are Telegram's restarts. A 500 may be this very message.
    return RetryLater(f"telegram-{status}", counts=status == httpx.codes.INTERNAL_SERVER_ERROR)


def _not_through(error: NetworkError) -> RetryLater:
    cause = error.__cause__
    if isinstance(cause, _NEVER_SENT):
        return RetryLater("telegram-unreachable", counts=False)
    if isinstance(error, TimedOut):
        return Ambiguous("telegram-timeout")
    if cause is not None and not isinstance(
        cause, TelegramError
    ):  # that one is an error page nobody could read
        return Ambiguous("telegram-broke-off")
    limited = "too many requests" in error.message.casefold()
    return RetryLater("telegram-429" if limited else "telegram-status", counts=not limited)


def _seconds(after: int | timedelta) -> float:
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
