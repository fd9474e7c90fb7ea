"""A turn: one message of a person, and the answer to it.

    load     the person's oldest unanswered message, what it says, who wrote it
    ask      the engine, outside any transaction
    store    understanding, variety, replies in words, deliveries: in one transaction, and the end of the turn's own job

Where a step settles the message, nobody is asked, and what the step changed is stored with its answer. A turn
that stops anywhere is taken again from the start: the engine gives the same answer to the same message, and
replies are stored once for each message.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from procrastinate.jobs import Job
from sqlalchemy.orm import Session

from channels.capabilities import CAPABILITIES
from channels.engine import Answer, Engine, Question
from channels.errors import ChannelError, GiveUp
from channels.metrics import PUT_ASIDE, TURN_SECONDS, TURNS
from channels.queue import Deferrer
from channels.reading import Pending, Reading, says
from channels.render import Renderer, RenderError
from channels.replies import to_records
from channels.steps import Reply, Settled
from channels.variety import DEFAULT_VARIETY
from channels.variety_kept import settle
from store import conversations, deliveries, people, queued, unanswered
from store.conversations import MessageUnknown, OutboundRecord
from store.database import Database
from store.deliveries import Leaving
from store.queued import Ended, Place
from store.tables import Message

log = logging.getLogger(__name__)

TURN_FAILED = "turn-failed"
WORKER_DIED = "worker-died"

_T = TypeVar("_T")


@dataclass(frozen=True)
class Begun:
    """A delivery begun with the turn that made it: its job, and what leaves."""

    job: Job
    leaving: Leaving


@dataclass(frozen=True)
class Taken:
    """How a turn ended: its own job, where that ended with it, and the delivery that the worker is to go on with."""

    job: Ended | None = None
    delivery: Begun | None = None


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
        reading: Reading | None = None,
        *,
        tries: int = 8,
        executor: Executor | None = None,
    ) -> None:
        """`forget` erases the engine's own record of a person, after a turn that erased them here. After `tries`
        a message is put aside.
        """
        self._database = database
        self._engine = engine
        self._renderer = renderer
        self._deferrer = deferrer
        self._forget = forget
        self._reading = reading or Reading()
        self._tries = tries
        self._executor = executor

    async def take(self, message_id: UUID, place: Place | None = None) -> Taken:
        """Answer the oldest message that the writer of this one waits for an answer to: mostly this one, but one
        written before it may have come after it. Raises RetryLater, GiveUp, which name the message they speak of.

        `place` is where the turn's job is being done: only with it is there anything in the result.
        """
        with TURN_SECONDS.time():
            return await self._take(message_id, place)

    async def _take(self, message_id: UUID, place: Place | None) -> Taken:
        try:
            pending = await self._run(self._load, message_id)
        except RenderError as error:
            raise _not_rendered(error, message_id) from None
        if pending is None:
            return Taken()
        try:
            answer = await self._engine.ask(_question(pending))
            answer = replace(answer, replies=(*pending.before, *answer.replies))
            taken = await self._run(self._store, pending, answer, place)
            TURNS.labels("answered").inc()
            return taken
        except ChannelError as error:
            error.message_id = pending.message_id
            TURNS.labels("put-off").inc()
            raise
        except RenderError as error:
            raise _not_rendered(error, pending.message_id) from None

    async def count_try(self, message_id: UUID) -> bool:
        """Count a failed try against a message. True where it was the last."""
        return await self._run(self._count_try, message_id)

    async def worth_answering(self, message_id: UUID, seconds: float) -> bool:
        """Whether a message is not older than so many seconds."""
        return await self._run(self._is_younger, message_id, seconds)

    async def give_up(self, message_id: UUID, reason: str) -> None:
        """Put a message aside with its reason, and tell the person that it did not work."""
        log.error("message put aside", extra={"message_id": str(message_id), "reason": reason})
        PUT_ASIDE.labels(reason).inc()
        await self._run(self._put_aside, message_id, reason)

    async def _run(self, work: Callable[..., _T], *arguments: Any) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work, *arguments)

    def _load(self, message_id: UUID) -> Pending | None:
        with self._database.session() as session:
            waiting = unanswered.oldest(session, message_id)
            if waiting is None:
                return None  # answered already, or erased with its writer
            message = waiting.message
            if (message.tries or 0) >= self._tries:
                # It never came to an end: each time the worker died.
                died = GiveUp(WORKER_DIED)
                died.message_id = message.id
                raise died
            pending = self._reading.read(session, waiting)
            if pending.settled is None:
                return pending
            self._store_settled(session, message, pending, pending.settled)
        for person_id in pending.settled.forget:
            if self._forget is not None:
                self._forget(person_id)
        return None

    def _store_settled(self, session: Session, message: Message, pending: Pending, settled: Settled) -> None:
        # The step may have joined this writer to another person.
        session.refresh(message)
        if settled.replies:
            self._send(session, self._answer(session, message, pending, Answer(tuple(settled.replies))))
        for said in settled.elsewhere:
            conversation = conversations.get(session, said.conversation_id)
            variety = people.get(session, conversation.person_id).variety or DEFAULT_VARIETY
            records = self._in_words(conversation.channel, said.replies, variety)
            self._send(session, conversations.store_unprompted(session, conversation.id, records))
        message.flagged = message.flagged or settled.flag
        if settled.quiet is not None and not settled.replies:
            conversations.mark_quiet(session, message.id, settled.quiet)
        else:
            conversations.mark_done(session, message.id, settled.quiet)

    def _count_try(self, message_id: UUID) -> bool:
        with self._database.session() as session:
            return conversations.count_try(session, message_id) >= self._tries

    def _is_younger(self, message_id: UUID, seconds: float) -> bool:
        with self._database.session() as session:
            return conversations.is_younger(session, message_id, seconds)

    def _store(self, pending: Pending, answer: Answer, place: Place | None) -> Taken:
        with self._database.session() as session:
            try:
                waiting = unanswered.claim(session, pending.message_id)
            except MessageUnknown:
                self._store_for_newcomer(session, pending, answer)
                return Taken()
            message = waiting.message
            if message.state != "received":
                return Taken()
            replies = self._answer(session, message, pending, answer, claimed=True)
            conversations.mark_done(session, message.id)
            if place is None:
                self._send(session, replies)
                return Taken()
            return self._end(session, place, pending, message, replies)

    def _answer(
        self, session: Session, message: Message, pending: Pending, answer: Answer, *, claimed: bool = False
    ) -> Sequence[Message]:
        # The person's row before the conversation's, here as in the inbox: two orders could deadlock.
        variety = settle(session, message, pending.text, answer.understanding)
        records = self._in_words(message.channel, answer.replies, variety)
        replies = conversations.store_replies(session, message.id, records, claimed=claimed)
        if answer.understanding:
            conversations.record_understanding(session, message.id, answer.understanding)
        return replies

    def _end(
        self, session: Session, place: Place, pending: Pending, message: Message, replies: Sequence[Message]
    ) -> Taken:
        """The end of the turn's job. An answer that is one message its worker goes on with; others wait their turn."""
        if len(replies) != 1 or not CAPABILITIES[message.channel].pushed:
            self._send(session, replies)
            return Taken(queued.end(session, place))
        [reply] = replies
        with session.no_autoflush:  # as what the reply is stored depends on this
            handed = self._deferrer.hand_on(
                session, place, message_id=reply.id, conversation_id=reply.conversation_id
            )
        if handed.job is None:
            self._send(session, replies)
            return Taken(handed.ended)
        deliveries.mark_sending(reply)
        leaving = Leaving(reply, pending.address, message.provider_message_id)
        return Taken(handed.ended, Begun(handed.job, leaving))

    def _store_for_newcomer(self, session: Session, pending: Pending, answer: Answer) -> None:
        """The turn erased its writer and all they wrote: that it did so is told to somebody unknown again."""
        if self._forget is not None:
            self._forget(pending.person_id)
        if pending.address is None:
            return
        person = people.find_or_create(session, pending.channel, pending.address.provider_id)
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
                records = self._in_words(message.channel, (says(TURN_FAILED),), variety)
                self._send(session, conversations.store_replies(session, message.id, records))
            conversations.mark_failed(session, message.id, reason)

    def _in_words(self, channel: str, replies: Sequence[Reply], variety: str) -> list[OutboundRecord]:
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


def _not_rendered(error: RenderError, message_id: UUID) -> GiveUp:
    log.error("replies not rendered: %s", error)
    refused = GiveUp("reply-not-rendered")
    refused.message_id = message_id
    return refused


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
