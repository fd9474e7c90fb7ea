"""A turn: one message of a person, and the answer to it.

    load     the message, what it picks, who wrote it
    ask      the engine, outside any transaction (an answer of our own where there is nothing to ask)
    store    understanding, variety, replies in words, deliveries: in one transaction

A turn that stops anywhere is taken again from the start: the engine gives the same answer to the same
message, and replies are stored once for each message.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from channels.capabilities import CAPABILITIES
from channels.cleaning import for_engine
from channels.engine import Answer, Engine, Question
from channels.errors import GiveUp
from channels.numbers import bare_number
from channels.queue import Deferrer
from channels.render import Renderer, RenderError
from channels.replies import to_records
from channels.variety import DEFAULT_VARIETY, Evidence, decide, evidence
from store import conversations, deliveries, people
from store.conversations import MessageUnknown, OutboundRecord
from store.database import Database
from store.tables import Message, Person

log = logging.getLogger(__name__)

NOTHING_TO_READ = "not-understood-empty"
OPTION_EXPIRED = "option-expired"
TURN_FAILED = "turn-failed"

_MESSAGES_LOOKED_BACK = 20


@dataclass(frozen=True)
class Pending:
    """A message to answer, with what is known of its writer. `text` is None where an option was picked."""

    message_id: UUID
    person_id: UUID
    channel: str
    sender: str | None
    variety: str | None
    text: str | None
    option: Mapping[str, Any] | None
    own_answer: str | None = None


class Turns:
    """Takes turns. One for the process; any number of turns at once, though only one for a person (the
    queue's lock).
    """

    def __init__(
        self,
        database: Database,
        engine: Engine,
        renderer: Renderer,
        deferrer: Deferrer,
        forget: Callable[[UUID], object] | None = None,
        plain: Callable[[str], str] = str.casefold,
    ) -> None:
        """`forget` erases the engine's own record of a person, after a turn that erased them here. `plain` is the
        form in which a typed text and the title of a choice are compared.
        """
        self._database = database
        self._engine = engine
        self._renderer = renderer
        self._deferrer = deferrer
        self._forget = forget
        self._plain = plain

    async def take(self, message_id: UUID) -> None:
        """Answer a message, unless that is done already. Raises RetryLater, GiveUp."""
        pending = await asyncio.to_thread(self._load, message_id)
        if pending is None:
            return
        if pending.own_answer is not None:
            answer = _says(pending.own_answer)
        else:
            answer = await self._engine.ask(_question(pending))
        try:
            await asyncio.to_thread(self._store, pending, answer)
        except RenderError as error:
            log.error("replies not rendered: %s", error)
            raise GiveUp("reply-not-rendered") from None

    async def give_up(self, message_id: UUID, reason: str) -> None:
        """Put a message aside with its reason, and tell the person that it did not work."""
        log.error("message put aside", extra={"message_id": str(message_id), "reason": reason})
        await asyncio.to_thread(self._put_aside, message_id, reason)

    def _load(self, message_id: UUID) -> Pending | None:
        with self._database.session() as session:
            try:
                message = conversations.get_message(session, message_id)
            except MessageUnknown:
                return None  # erased with its writer
            if message.state != "received":
                return None
            person = people.get(session, message.person_id)
            address = people.address_on(session, person.id, message.channel)
            text, option, own_answer = _said(session, message, self._plain)
            return Pending(
                message_id=message_id,
                person_id=person.id,
                channel=message.channel,
                sender=None if address is None else address.provider_id,
                variety=person.variety,
                text=text,
                option=option,
                own_answer=own_answer,
            )

    def _store(self, pending: Pending, answer: Answer) -> None:
        with self._database.session() as session:
            try:
                message = conversations.get_message(session, pending.message_id)
            except MessageUnknown:
                self._store_for_newcomer(session, pending, answer)
                return
            # The person's row before the conversation's, here as in the inbox: two orders could deadlock.
            variety = _settle_variety(session, message, pending, answer)
            records = self._in_words(pending.channel, answer.replies, variety)
            if answer.understanding:
                conversations.record_understanding(session, message.id, answer.understanding)
            self._send(session, conversations.store_replies(session, message.id, records))
            conversations.mark_done(session, message.id)

    def _store_for_newcomer(self, session: Session, pending: Pending, answer: Answer) -> None:
        """The turn erased its writer and all they wrote: that it did so is told to somebody unknown again."""
        if self._forget is not None:
            self._forget(pending.person_id)
        if pending.sender is None:
            return
        person = people.find_or_create(session, pending.channel, pending.sender)
        conversation = conversations.open_conversation(session, person.id, pending.channel)
        records = self._in_words(pending.channel, answer.replies, pending.variety or DEFAULT_VARIETY)
        self._send(session, conversations.store_unprompted(session, conversation.id, records))

    def _put_aside(self, message_id: UUID, reason: str) -> None:
        with self._database.session() as session:
            try:
                message = conversations.get_message(session, message_id)
            except MessageUnknown:
                return
            if message.state != "received":
                return
            variety = people.get(session, message.person_id).variety or DEFAULT_VARIETY
            if self._renderer.knows(TURN_FAILED):
                records = self._in_words(message.channel, _says(TURN_FAILED).replies, variety)
                self._send(session, conversations.store_replies(session, message.id, records))
            conversations.mark_failed(session, message.id, reason)

    def _in_words(
        self, channel: str, replies: Sequence[Mapping[str, Any]], variety: str
    ) -> list[OutboundRecord]:
        capabilities = CAPABILITIES[channel]
        rendered = [
            self._renderer.render(reply, variety, capabilities.form, isolates=capabilities.isolates)
            for reply in replies
        ]
        return to_records(replies, rendered, capabilities)

    def _send(self, session: Session, messages: Sequence[Message]) -> None:
        for message in messages:
            if CAPABILITIES[message.channel].pushed:
                self._deferrer.delivery(
                    session, message_id=message.id, conversation_id=message.conversation_id
                )
            else:
                deliveries.record_delivery(session, message.id, "sent")


def _said(
    session: Session, message: Message, plain: Callable[[str], str]
) -> tuple[str | None, Mapping[str, Any] | None, str | None]:
    """What a message says: its text for the engine, or the option it picks, or the key of our own answer.

    An option is picked by its number or by its title, typed as it was shown.
    """
    if message.option is not None:
        picked = conversations.find_option(session, message.conversation_id, str(message.option.get("id")))
        return None, picked, None if picked else OPTION_EXPIRED
    text = for_engine(message.text or "")
    if not text:
        return None, None, NOTHING_TO_READ
    options = conversations.last_options(session, message.conversation_id)
    number = bare_number(text)
    if number is not None and 1 <= number <= len(options):
        return None, options[number - 1], None
    said = plain(text)
    titled = [option for option in options if plain(option["title"]) == said] if said else []
    return (None, titled[0], None) if len(titled) == 1 else (text, None, None)


def _question(pending: Pending) -> Question:
    option = pending.option
    return Question(
        message_id=str(pending.message_id),
        person_id=str(pending.person_id),
        channel=pending.channel,
        variety=pending.variety,
        text=pending.text,
        option=option and {"intent": option["intent"], "entities": option.get("entities") or []},
    )


def _says(key: str) -> Answer:
    return Answer(({"reply": key, "args": {}, "options": []},))


def _settle_variety(session: Session, message: Message, pending: Pending, answer: Answer) -> str:
    """The variety to answer in, kept with the person where it changed."""
    person = people.get(
        session, message.person_id
    )  # read again: the turn itself may have set what was chosen
    now = evidence(pending.text, answer.understanding)
    before = _evidence_before(session, person, message) if now.weight == "some" else Evidence(None, "none")
    change = decide(person.variety, person.variety_source, now, before)
    if change is not None:
        people.set_variety(session, person.id, change, "detected")
        session.flush()
    return person.variety or DEFAULT_VARIETY


def _evidence_before(session: Session, person: Person, message: Message) -> Evidence:
    earlier = [
        each
        for each in conversations.history(session, person.id, limit=_MESSAGES_LOOKED_BACK)
        if each.direction == "in" and each.id != message.id and each.created_at <= message.created_at
    ]
    if not earlier or earlier[-1].understanding is None:
        return Evidence(None, "none")
    return evidence(for_engine(earlier[-1].text or ""), earlier[-1].understanding)
