"""What a message says: settled by a step, an option that was picked, or words for the engine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from channels.cleaning import for_engine
from channels.numbers import bare_number
from channels.paging import next_page
from channels.steps import Before, Incoming, Reply, Said, Settled, Step
from store import conversations
from store.addresses import AddressView
from store.tables import Message
from store.unanswered import Next

NOTHING_TO_READ = "not-understood-empty"
OPTION_EXPIRED = "option-expired"


@dataclass(frozen=True)
class Pending:
    """A message to answer, with what is known of its writer.

    Exactly one of `text`, `option` and `settled` says what it comes to; `before` are replies that go before the answer.
    """

    message_id: UUID
    person_id: UUID
    conversation_id: UUID
    channel: str
    address: AddressView | None
    variety: str | None
    text: str | None = None
    option: Mapping[str, Any] | None = None
    settled: Settled | None = None
    before: tuple[Reply, ...] = ()


class Reading:
    """Reads messages with the steps of this installation. `plain` is the form in which words are compared."""

    def __init__(self, steps: Sequence[Step] = (), plain: Callable[[str], str] = str.casefold) -> None:
        self._steps = tuple(steps)
        self._plain = plain

    def read(self, session: Session, waiting: Next) -> Pending:
        """The message with what it says."""
        message = waiting.message
        incoming = self._incoming(waiting)
        pending = Pending(
            message_id=message.id,
            person_id=message.person_id,
            conversation_id=message.conversation_id,
            channel=message.channel,
            address=incoming.address,
            variety=incoming.variety,
        )
        before: list[Reply] = []
        for step in self._steps:
            match step(session, incoming):
                case Settled() as settled:
                    return replace(pending, settled=settled)
                case Said(intent, entities):
                    option = {"intent": intent, "entities": list(entities)}
                    return replace(pending, option=option, before=tuple(before))
                case Before(replies):
                    before.extend(replies)
        return replace(self._picked_or_said(session, message, pending, incoming), before=tuple(before))

    def _incoming(self, waiting: Next) -> Incoming:
        message = waiting.message
        text = for_engine(message.text or "")
        return Incoming(
            message_id=message.id,
            person_id=message.person_id,
            conversation_id=message.conversation_id,
            channel=message.channel,
            address=waiting.address,
            variety=waiting.person.variety,
            text=text,
            plain=self._plain(text) if text else "",
            at=message.created_at,
            sent_at=message.sent_at,
            media=message.media,
            option_id=None if message.option is None else str(message.option.get("id")),
            opt_word=(message.args or {}).get("$opt"),
            offered=waiting.offered if text else (),
        )

    def _picked_or_said(
        self, session: Session, message: Message, pending: Pending, incoming: Incoming
    ) -> Pending:
        """An option is picked by its id, by its number, or by its title, typed as it was shown."""
        if message.option is not None:
            wanted = str(message.option.get("id"))
            picked = conversations.find_option(session, message.conversation_id, wanted)
            return replace(pending, option=picked) if picked else _answered(pending, OPTION_EXPIRED)
        text, options = incoming.text, incoming.offered
        if not text:
            return _answered(pending, NOTHING_TO_READ)
        page = next_page(options, text, self._plain)
        if page is not None:
            return replace(pending, settled=Settled((page,)))
        number = bare_number(text)
        if number is not None and 1 <= number <= len(options):
            return replace(pending, option=options[number - 1])
        said = incoming.plain
        titled = [option for option in options if self._plain(option["title"]) == said] if said else []
        return replace(pending, option=titled[0]) if len(titled) == 1 else replace(pending, text=text)


def says(key: str) -> Reply:
    """A reply of a key alone."""
    return {"reply": key, "args": {}, "options": []}


def _answered(pending: Pending, key: str) -> Pending:
    return replace(pending, settled=Settled((says(key),)))
