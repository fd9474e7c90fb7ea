"""The outbox: messages to people, handed to the provider of their channel once they are stored.

    take     the message and where it goes; it is marked as being sent, by its turn already or here
    look     at the provider, where an earlier try ended without an answer: it may have arrived
    send     and keep the provider's id of it, and with it the end of the job

A worker that dies between sending and keeping leaves the message marked as being sent: the next try looks it up. A
provider that cannot be asked gets it again: twice is better than never, and the number of tries tells.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from channels.contract.capabilities import CAPABILITIES
from channels.contract.errors import Ambiguous, GiveUp, RetryLater
from channels.contract.messages import Capabilities, Option, Outbound, Template
from channels.contract.metrics import DELIVERIES
from channels.contract.provider import Provider, Reader, Sender, Sent
from channels.delivery.danger_replies import note_failed
from channels.delivery.pacing import PacedSender
from channels.wording.layout import lay_out
from store.conversations import deferred_replies, deliveries
from store.conversations.deliveries import DeliveryState
from store.conversations.messages import MessageUnknown, count_try, get_message, is_younger
from store.conversations.window import Window
from store.core.clock import utc_now
from store.core.database import Database
from store.core.vocabulary import DEFAULT_VARIETY
from store.people import addresses
from store.people.addresses import AddressView
from store.queue import job_claims
from store.queue.job_claims import Ended, JobClaim
from store.tables import Message

log = logging.getLogger(__name__)

_MAYBE_SENT = ("sending", "unknown")

_T = TypeVar("_T")

TemplateOf = Callable[[str, str, list[str]], Template]


@dataclass(frozen=True)
class Words:
    """The words that belong to a channel's form rather than to a reply. Both are asked with the variety."""

    menu_label: Callable[[str], str] = lambda _: ""
    template: TemplateOf | None = None


@dataclass(frozen=True)
class _Leaving:
    message: Outbound
    provider: str | None
    maybe_sent: bool
    written_at: datetime


class Outbox:
    """Delivers stored messages through the providers that are on."""

    def __init__(
        self,
        database: Database,
        providers: Mapping[str, Provider] | None = None,
        words: Words | None = None,
        *,
        tries: int = 8,
        worth_hours: float = 24.0,
        executor: Executor | None = None,
    ) -> None:
        """After `tries` that speak against a message, or when it is older than `worth_hours`, it is given up."""
        self._database = database
        self._words = words or Words()
        self._tries = tries
        self._worth = timedelta(hours=worth_hours)
        self._executor = executor
        self._senders: dict[str, dict[str, PacedSender]] = {}
        for name, provider in (providers or {}).items():
            for channel, sender in provider.senders.items():
                self._senders.setdefault(channel, {})[name] = PacedSender(sender, provider.limits)
        self._courtesies: set[asyncio.Task[None]] = set()

    async def deliver(
        self, message_id: UUID, claim: JobClaim | None = None, begun: deliveries.Leaving | None = None
    ) -> Ended | None:
        """Send a message, unless a provider has it. How the job of this claim ended, if it did with that.
        Raises RetryLater, GiveUp.

        `begun` is the message, where it was marked as being sent when it was stored.
        """
        leaving = None if begun is None else self._as_begun(begun)
        if leaving is None:
            leaving = await self._run(self._take, message_id)
        if leaving is None:
            return None
        sender = self._sender(leaving)
        try:
            sent = await self._found_or_sent(sender, leaving)
        except Ambiguous as error:
            DELIVERIES.labels(leaving.message.channel, "unknown").inc()
            await self._run(self._put_back, message_id, "unknown", error.reason)
            raise
        except RetryLater as error:
            DELIVERIES.labels(leaving.message.channel, "put-off").inc()
            await self._run(self._put_back, message_id, "pending", error.reason)
            raise
        except GiveUp as error:
            DELIVERIES.labels(leaving.message.channel, "refused").inc()
            if error.refusal is not None:
                await self._run(self._refuse, message_id, error)
            raise
        ended = await self._run(self._record, message_id, sent, claim)
        DELIVERIES.labels(leaving.message.channel, "sent").inc()
        self._show_read(sender.inner, leaving.message)
        return ended

    async def count_try(self, message_id: UUID) -> bool:
        """Count a try that speaks against a message. True where it was the last."""
        return await self._run(self._count, message_id)

    async def worth_answering(self, message_id: UUID, seconds: float) -> bool:  # noqa: ARG002 - ours is our own
        """Whether a message is young enough to be sent."""
        return await self._run(self._is_young, message_id)

    async def give_up(self, message_id: UUID, reason: str) -> None:
        """Record that a message will not be delivered, and why."""
        log.error("delivery given up", extra={"message_id": str(message_id), "reason": reason})
        await self._run(self._fail, message_id, reason)

    async def _found_or_sent(self, sender: PacedSender, leaving: _Leaving) -> Sent:
        if leaving.maybe_sent:
            found = await sender.find(leaving.message, leaving.written_at)
            if found is not None:
                return found
        return await sender.send(leaving.message)

    def _sender(self, leaving: _Leaving) -> PacedSender:
        there = self._senders.get(leaving.message.channel)
        if not there:
            raise GiveUp("channel-off")
        return there.get(leaving.provider or "") or next(iter(there.values()))

    def _show_read(self, sender: Sender, message: Outbound) -> None:
        if message.in_reply_to is None or not isinstance(sender, Reader):
            return
        task = asyncio.create_task(sender.mark_read(message.in_reply_to, message.to))
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)

    async def _run(self, work: Callable[..., _T], *arguments: Any) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work, *arguments)

    def _as_begun(self, begun: deliveries.Leaving) -> _Leaving | None:
        """What leaves, first tried now. None where a form goes instead of it: that is kept with the message."""
        usable = _usable(begun.address, begun.message)
        if self._template(begun.message, usable) is not None:
            return None
        return self._leaving(begun, usable, None, maybe_sent=False)

    def _take(self, message_id: UUID) -> _Leaving | None:
        with self._database.session() as session:
            found = deliveries.locked_for_sending(session, message_id)
            if found is None:
                return None  # sent already, or erased with the person it was for
            message = found.message
            self._check_worth(message)
            usable = _usable(found.address, message)
            before = message.delivery_state
            template = self._template(message, usable)
            deferred_replies.mark(message, template is not None and _waits(message))
            deliveries.mark_sending(message)
            return self._leaving(found, usable, template, maybe_sent=before in _MAYBE_SENT)

    def _leaving(
        self, found: deliveries.Leaving, usable: AddressView, template: Template | None, *, maybe_sent: bool
    ) -> _Leaving:
        return _Leaving(
            message=self._outbound(found.message, usable, template, found.answers),
            provider=usable.provider,
            maybe_sent=maybe_sent,
            written_at=found.message.created_at,
        )

    def _check_worth(self, message: Message) -> None:
        if (message.tries or 0) >= self._tries:
            raise GiveUp("worker-died")
        if utc_now() - message.created_at > self._worth:
            raise GiveUp("too-old")

    def _template(self, message: Message, address: AddressView) -> Template | None:
        window = Window(CAPABILITIES[message.channel].window_hours, address.last_inbound_at)
        if window.is_open(utc_now()):
            return None
        wanted = message.content_template
        if wanted is None or self._words.template is None:
            raise GiveUp("outside-window")
        return self._words.template(
            str(wanted["key"]), _variety(message), [str(value) for value in wanted.get("values") or ()]
        )

    def _outbound(
        self, message: Message, address: AddressView, template: Template | None, answers: str | None
    ) -> Outbound:
        text = message.text or ""
        capabilities: Capabilities = CAPABILITIES[message.channel]
        layout = lay_out(text, [_option(option) for option in message.options or ()], capabilities)
        # Options that became numbers stand in the stored text.
        listed = layout.kind in ("buttons", "list")
        return Outbound(
            message_id=str(message.id),
            channel=message.channel,
            to=address.provider_id,
            text=text,
            kind="buttons" if layout.kind == "buttons" else "list" if layout.kind == "list" else "text",
            options=layout.options if listed else (),
            descriptions=layout.descriptions if listed else (),
            menu_label=self._words.menu_label(_variety(message)) if layout.kind == "list" else "",
            conversation_id=str(message.conversation_id),
            template=template,
            in_reply_to=answers,
            attempt=(message.delivery_attempts or 0),
        )

    def _record(self, message_id: UUID, sent: Sent, claim: JobClaim | None) -> Ended | None:
        with self._database.session() as session:
            with contextlib.suppress(MessageUnknown):
                deliveries.record_sent(session, message_id, sent.provider_message_id)
            return None if claim is None else job_claims.end(session, claim)

    def _put_back(self, message_id: UUID, state: DeliveryState, reason: str) -> None:
        with self._database.session() as session, contextlib.suppress(MessageUnknown):
            deliveries.put_back(session, message_id, state, reason)

    def _refuse(self, message_id: UUID, error: GiveUp) -> None:
        with self._database.session() as session, contextlib.suppress(MessageUnknown):
            message = get_message(session, message_id)
            if error.refusal is not None:
                addresses.refuse_address(
                    session, message.person_id, message.channel, error.refusal.state, error.refusal.reason
                )

    def _count(self, message_id: UUID) -> bool:
        with self._database.session() as session:
            return count_try(session, message_id) >= self._tries

    def _is_young(self, message_id: UUID) -> bool:
        with self._database.session() as session:
            return is_younger(session, message_id, self._worth.total_seconds())

    def _fail(self, message_id: UUID, reason: str) -> None:
        with self._database.session() as session, contextlib.suppress(MessageUnknown):
            if deliveries.record_delivery(session, message_id, "failed", detail=reason):
                note_failed(session, get_message(session, message_id))


def _usable(address: AddressView | None, message: Message) -> AddressView:
    if address is None:
        raise GiveUp("no-address")
    last_word = address.state == "opted_out" and message.despite_opt_out
    if address.state != "active" and not last_word:
        raise GiveUp(f"address-{address.state}")
    return address


def _waits(message: Message) -> bool:
    """Whether the form promises words of its message's own: who chose the form itself has said all there is."""
    wanted = message.content_template or {}
    return wanted.get("key") == deferred_replies.WAITING and message.reply_keys != [deferred_replies.WAITING]


def _variety(message: Message) -> str:
    return message.variety or DEFAULT_VARIETY


def _option(stored: Mapping[str, object]) -> Option:
    return Option(
        id=str(stored["id"]),
        title=str(stored["title"]),
        intent=str(stored["intent"]),
        in_text=bool(stored.get("in_text")),
    )
