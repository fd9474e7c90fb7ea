"""The notifier: all that is sent to people unasked goes through it, in the caller's transaction.

    notify      on the channel they were last on
    notify_in   in one conversation
    send        what was put together already: an adviser's own words

Who begged in danger that nobody writes is sent no notice while that request is open; an adviser's words may be.
Outside the window the notice's template leaves instead of its words; one without a template is not sent.

How to add something that is sent unasked: docs/adding/unasked-message.md.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from store.conversations.outbound import ContentTemplate, OutboundRecord, store_unprompted
from store.core.clock import utc_now
from store.core.vocabulary import DEFAULT_VARIETY
from store.handover import takeover
from store.handover.requests import begs_no_contact
from store.outreach.reachable import Reach, reach, reachable_conversation
from store.people import people
from store.tables import Conversation, Message

Deliver = Callable[[Session, Message], None]


class Render(Protocol):
    """A reply (key, arguments, options) in words of a variety, as a channel carries it."""

    def __call__(
        self,
        key: str,
        args: Mapping[str, Any],
        variety: str,
        channel: str,
        options: Sequence[Mapping[str, Any]] = (),
    ) -> OutboundRecord: ...


@dataclass(frozen=True)
class Notice:
    """What somebody is to be told: a reply, its arguments and options, and what leaves where free words may not."""

    key: str
    args: Mapping[str, Any] = field(default_factory=dict)
    options: Sequence[Mapping[str, Any]] = ()
    template: ContentTemplate | None = None


@dataclass(frozen=True)
class Notifier:
    """Tells people what answers nothing they wrote.

    render: a reply in words of a variety, as a channel carries it
    deliver: defers the delivery of a stored outbound message, in the session's transaction
    window_hours: of each channel that has a window
    """

    render: Render
    deliver: Deliver
    window_hours: Mapping[str, int]

    def notify(
        self, session: Session, person_id: uuid.UUID, notice: Notice, adviser_id: uuid.UUID | None = None
    ) -> str | None:
        """Tells a person something; why they were not told (a code), or None where they were. Raises PersonUnknown.

        `adviser_id`: whose message it is; None for the assistant's.
        """
        conversation = reachable_conversation(session, person_id)
        if conversation is None:
            return "no-address"
        if begs_no_contact(session, person_id):
            return "no-contact"
        if notice.template is None:
            return self.notify_in(session, conversation, notice, utc_now(), adviser_id)
        self._send_notice(session, conversation, notice, adviser_id)
        return None

    def notify_in(
        self,
        session: Session,
        conversation: Conversation,
        notice: Notice,
        now: datetime,
        adviser_id: uuid.UUID | None = None,
    ) -> str | None:
        """Tells the person of a conversation something there; otherwise as `notify`."""
        if begs_no_contact(session, conversation.person_id):
            return "no-contact"
        reached = self.reach(session, conversation)
        if reached.state != "active":
            return "no-address"
        if notice.template is None and not reached.window.is_open(now):
            return "outside-window"
        self._send_notice(session, conversation, notice, adviser_id)
        return None

    def send(
        self,
        session: Session,
        conversation_id: uuid.UUID,
        record: OutboundRecord,
        adviser_id: uuid.UUID | None = None,
    ) -> None:
        """Stores a message and has it delivered. Whether it may leave is for the caller to ask: see `reach`."""
        stored = store_unprompted(session, conversation_id, [record])
        if adviser_id is not None:
            takeover.write_author(session, [message.id for message in stored], adviser_id)
        for message in stored:
            self.deliver(session, message)

    def reach(self, session: Session, conversation: Conversation) -> Reach:
        """Whether the person of a conversation may be written to there."""
        hours = self.window_hours.get(conversation.channel, 0)
        return reach(session, conversation.person_id, conversation.channel, hours)

    def _send_notice(
        self, session: Session, conversation: Conversation, notice: Notice, adviser_id: uuid.UUID | None
    ) -> None:
        variety = people.get(session, conversation.person_id).variety or DEFAULT_VARIETY
        record = self.render(notice.key, notice.args, variety, conversation.channel, notice.options)
        if self.window_hours.get(conversation.channel):
            # The window may have closed by the time it leaves.
            record = replace(record, content_template=notice.template)
        self.send(session, conversation.id, record, adviser_id)
