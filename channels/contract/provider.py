"""What a provider's folder gives to the application: its routes, its ways out, and what it does by itself.

Each of `channels/twilio/`, `channels/meta/`, `channels/telegram/` and `channels/kannel/` has one `build(...)` that
returns a `Provider`; nothing outside that folder knows anything else of it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from fastapi import APIRouter

from channels.contract.messages import Outbound
from channels.contract.periodic import Periodic


@dataclass(frozen=True)
class Sent:
    """What a provider said when it took a message: its id there, by which its statuses will come."""

    provider_message_id: str | None = None


class Sender(Protocol):
    """One channel's way out through a provider."""

    async def send(self, message: Outbound) -> Sent:
        """Hand a message to the provider. Raises RetryLater, Ambiguous or GiveUp, the provider's code in the reason."""


@runtime_checkable
class Finder(Protocol):
    """A sender that can look up whether a message whose answer was lost did arrive."""

    async def find(self, message: Outbound, since: datetime) -> Sent | None:
        """The message at the provider, if it has it. Raises RetryLater where it cannot be asked now."""


@runtime_checkable
class Reader(Protocol):
    """A sender that can show a person that their message was read (blue ticks, "typing")."""

    async def mark_read(self, provider_message_id: str, to: str) -> None:
        """Tell the provider. Raises nothing: it is a courtesy."""


@dataclass(frozen=True)
class Provider:
    """A provider that is on. `senders` are its ways out by channel; `periodic` is done in the worker from time to
    time; `close` ends its connections.
    """

    name: str
    router: APIRouter
    senders: Mapping[str, Sender]
    periodic: Sequence[Periodic] = ()
    close: Callable[[], Awaitable[None]] | None = None
    limits: "Limits" = field(default_factory=lambda: Limits())


@dataclass(frozen=True)
class Limits:
    """How fast a provider takes messages from us: a second in all, and to one person (seconds between two, and how many
    may go at once before that counts).
    """

    per_second: float = 50.0
    per_person_every: float = 0.0
    per_person_burst: int = 1
