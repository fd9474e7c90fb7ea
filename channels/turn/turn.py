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

from channels.contract.capabilities import CAPABILITIES
from channels.contract.errors import ChannelError, GiveUp
from channels.contract.metrics import PUT_ASIDE, TURN_SECONDS, TURNS
from channels.contract.steps import Settled
from channels.queue.deferrer import Deferrer
from channels.steps.danger import JUDGED_WITHIN, Understanding, needs_care, variety_of_care
from channels.turn.engine import Answer, Engine, Question
from channels.turn.reading import Pending, Reading
from channels.turn.variety_kept import settle
from channels.wording.render import Renderer, RenderError
from channels.wording.replies import to_records
from store.conversations import conversations, danger, deliveries, next_message
from store.conversations.deliveries import Leaving
from store.conversations.messages import (
    MessageUnknown,
    count_try,
    get_message,
    is_younger,
    mark_done,
    mark_failed,
    mark_quiet,
    record_understanding,
)
from store.conversations.outbound import OutboundRecord, store_replies, store_unprompted
from store.conversations.replies import Reply
from store.core.database import Database
from store.core.vocabulary import DEFAULT_VARIETY
from store.people import people
from store.queue import job_claims
from store.queue.job_claims import Ended, JobClaim
from store.tables import Message

log = logging.getLogger(__name__)

TURN_FAILED = "turn-failed"
TOO_LONG = "message-too-long"
WORKER_DIED = "worker-died"

_T = TypeVar("_T")


@dataclass(frozen=True)
class Begun:
    """A delivery begun with the turn that made it: its job, and what leaves."""

    job: Job
    leaving: Leaving


@dataclass(frozen=True)
class Judged:
    """What the engine, or the list, made of a message that a step would settle."""

    message_id: UUID
    understood: Understanding


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

    async def take(self, message_id: UUID, claim: JobClaim | None = None) -> Taken:
        """Answer the oldest message that the writer of this one waits for an answer to: mostly this one, but one
        written before it may have come after it. Raises RetryLater, GiveUp, which name the message they speak of.

        `claim` is that of the turn's job: only with it is there anything in the result.
        """
        with TURN_SECONDS.time():
            return await self._take(message_id, claim)

    async def _take(self, message_id: UUID, claim: JobClaim | None) -> Taken:
        try:
            pending = await self._run(self._load, message_id, None)
            # While one is judged an older one may come in: that is then judged itself.
            while pending is not None and pending.is_unjudged:
                judged = Judged(pending.message_id, await self._judge(pending))
                pending = await self._run(self._load, message_id, judged)
        except RenderError as error:
            raise _not_rendered(error, message_id) from None
        if pending is None:
            return Taken()
        try:
            answer = await self._ask(pending)
            too_long = (Reply(TOO_LONG),) if answer.understanding.get("cut") else ()
            answer = replace(answer, replies=(*pending.before, *too_long, *answer.replies))
            taken = await self._run(self._store, pending, answer, claim)
            TURNS.labels("answered").inc()
            return taken
        except ChannelError as error:
            error.message_id = pending.message_id
            TURNS.labels("put-off").inc()
            raise
        except RenderError as error:
            raise _not_rendered(error, pending.message_id) from None

    async def _judge(self, pending: Pending) -> Understanding:
        """What the engine makes of words that would be settled without it; the list's word where it is silent."""
        try:
            async with asyncio.timeout(JUDGED_WITHIN):
                return await self._engine.understand(_question(replace(pending, text=pending.written)))
        except (ChannelError, TimeoutError) as error:
            log.warning("judged by the list alone: %s", type(error).__name__)
            return self._reading.danger.listed(pending.plain) or {"stays": pending.danger_open}

    async def _ask(self, pending: Pending) -> Answer:
        """The engine's answer; where the list knows the words for danger it is not waited for long."""
        listed = self._reading.danger.listed(pending.plain) if pending.text is not None else None
        try:
            async with asyncio.timeout(None if listed is None else JUDGED_WITHIN):
                return await self._engine.ask(_question(pending))
        except (ChannelError, TimeoutError) as error:
            if listed is None:
                raise
            log.warning("judged by the list alone: %s", type(error).__name__)
            return Answer((), listed)

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

    def _load(self, message_id: UUID, judged: Judged | None) -> Pending | None:
        with self._database.session() as session:
            waiting = next_message.oldest(session, message_id)
            if waiting is None:
                return None  # answered already, or erased with its writer
            message = waiting.message
            if (message.tries or 0) >= self._tries:
                # It never came to an end: each time the worker died.
                died = GiveUp(WORKER_DIED)
                died.message_id = message.id
                raise died
            understood = judged.understood if judged and judged.message_id == message.id else None
            pending = self._reading.read(session, waiting, understood)
            if pending.settled is None:
                return pending
            if understood is None and pending.is_unjudged:
                session.rollback()  # the steps are taken again once it is judged
                return pending
            self._store_settled(session, message, pending, pending.settled, understood or {})
        for person_id in pending.settled.forget:
            if self._forget is not None:
                self._forget(person_id)
        return None

    def _store_settled(
        self,
        session: Session,
        message: Message,
        pending: Pending,
        settled: Settled,
        understood: Understanding,
    ) -> None:
        # The step may have joined this writer to another person.
        session.refresh(message)
        if settled.replies:
            answer = Answer(tuple(settled.replies), understood)
            self._send(session, self._answer(session, message, pending, answer))
        if understood and pending.danger_open and not needs_care(understood):
            danger.note_over(session, message.conversation_id)
        for unprompted in settled.elsewhere:
            conversation = conversations.get(session, unprompted.conversation_id)
            variety = people.get(session, conversation.person_id).variety or DEFAULT_VARIETY
            records = self._in_words(conversation.channel, unprompted.replies, variety)
            self._send(session, store_unprompted(session, conversation.id, records))
        message.flagged = message.flagged or settled.flag
        if settled.quiet is not None and not settled.replies:
            mark_quiet(session, message.id, settled.quiet)
        else:
            mark_done(session, message.id, settled.quiet)

    def _count_try(self, message_id: UUID) -> bool:
        with self._database.session() as session:
            return count_try(session, message_id) >= self._tries

    def _is_younger(self, message_id: UUID, seconds: float) -> bool:
        with self._database.session() as session:
            return is_younger(session, message_id, seconds)

    def _store(self, pending: Pending, answer: Answer, claim: JobClaim | None) -> Taken:
        with self._database.session() as session:
            try:
                waiting = next_message.claim(session, pending.message_id)
            except MessageUnknown:
                self._store_for_newcomer(session, pending, answer)
                return Taken()
            message = waiting.message
            if message.state != "received":
                return Taken()
            answer = self._cared_for(session, message, pending, answer)
            replies = self._answer(session, message, pending, answer, claimed=True)
            mark_done(session, message.id)
            if claim is None:
                self._send(session, replies)
                return Taken()
            return self._end(session, claim, pending, message, replies)

    def _cared_for(self, session: Session, message: Message, pending: Pending, answer: Answer) -> Answer:
        """The answer, or help numbers where those are needed; who was given them before has led away with any other."""
        if needs_care(answer.understanding):
            replies = self._reading.danger.answer(
                session,
                message.person_id,
                message.conversation_id,
                pending.written,
                answer.understanding,
            )
            message.flagged = True
            return replace(answer, replies=replies)
        if pending.danger_open:
            danger.note_over(session, message.conversation_id)
        if not pending.stopped:
            return answer
        # An answer to what somebody just wrote leaves, although they take no messages that nobody asked for.
        return replace(answer, replies=[replace(reply, despite_opt_out=True) for reply in answer.replies])

    def _answer(
        self, session: Session, message: Message, pending: Pending, answer: Answer, *, claimed: bool = False
    ) -> Sequence[Message]:
        # The person's row before the conversation's, here as in the inbox: two orders could deadlock.
        variety = settle(session, message, pending.text or pending.written, answer.understanding)
        if needs_care(answer.understanding):
            variety = variety_of_care(answer.understanding, variety) or DEFAULT_VARIETY
        records = self._in_words(message.channel, answer.replies, variety)
        replies = store_replies(session, message.id, records, claimed=claimed)
        if answer.understanding:
            record_understanding(session, message.id, answer.understanding)
        return replies

    def _end(
        self,
        session: Session,
        claim: JobClaim,
        pending: Pending,
        message: Message,
        replies: Sequence[Message],
    ) -> Taken:
        """The end of the turn's job. An answer that is one message its worker goes on with; others wait their turn."""
        if len(replies) != 1 or not CAPABILITIES[message.channel].pushed:
            self._send(session, replies)
            return Taken(job_claims.end(session, claim))
        [reply] = replies
        with session.no_autoflush:  # as what the reply is stored depends on this
            handed = self._deferrer.hand_on(
                session, claim, message_id=reply.id, conversation_id=reply.conversation_id
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
        self._send(session, store_unprompted(session, conversation.id, records))

    def _put_aside(self, message_id: UUID, reason: str) -> None:
        with self._database.session() as session:
            try:
                message = get_message(session, message_id)
            except MessageUnknown:
                return
            if message.state != "received":
                return
            variety = people.get(session, message.person_id).variety or DEFAULT_VARIETY
            if self._renderer.knows(TURN_FAILED):
                records = self._in_words(message.channel, (Reply(TURN_FAILED),), variety)
                self._send(session, store_replies(session, message.id, records))
            mark_failed(session, message.id, reason)

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
        forwarded=pending.forwarded,
        interrupted=pending.interrupted,
        danger_open=pending.danger_open,
    )
