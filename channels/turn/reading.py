"""What a message says: settled by a step, an option that was picked, or words for the engine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from channels.contract.numbers import bare_number
from channels.contract.steps import Before, Incoming, Meant, Settled, Step
from channels.intake.cleaning import for_engine
from channels.steps.danger import Danger
from channels.wording.paging import next_page
from store.conversations import danger
from store.conversations.next_message import Next
from store.conversations.outbound import find_option
from store.conversations.replies import Reply
from store.people.addresses import AddressView
from store.tables import Message

NOTHING_TO_READ = "not-understood-empty"
OPTION_EXPIRED = "option-expired"


@dataclass(frozen=True)
class Pending:
    """A message to answer, with what is known of its writer.

    Exactly one of `text`, `option` and `settled` says what it comes to; `before` are replies that go before the answer.
    `written` are its words, whatever they come to, and `plain` the same as words are compared. `interrupted`: something
    was said to its writer since the dialogue last spoke. `danger_open`: they wrote of danger before. `stopped`: they
    stopped our messages, and are answered all the same.
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
    written: str = ""
    plain: str = ""
    forwarded: bool = False
    interrupted: bool = False
    danger_open: bool = False
    stopped: bool = False

    @property
    def is_unjudged(self) -> bool:
        """Whether it would be settled although nobody looked for danger in its words."""
        return self.settled is not None and bool(self.written) and self.settled.needs_judgement


class Reading:
    """Reads messages with the steps of this installation. `plain` is the form in which words are compared."""

    def __init__(
        self,
        steps: Sequence[Step] = (),
        plain: Callable[[str], str] = str.casefold,
        danger: Danger | None = None,
    ) -> None:
        self._steps = tuple(steps)
        self._plain = plain
        self.danger = danger or Danger({})

    def read(self, session: Session, waiting: Next, understood: Mapping[str, Any] | None = None) -> Pending:
        """The message with what it says. `understood`: what the engine makes of it, where it was asked."""
        message = waiting.message
        incoming = replace(self._incoming(waiting), understanding=understood or {})
        pending = Pending(
            message_id=message.id,
            person_id=message.person_id,
            conversation_id=message.conversation_id,
            channel=message.channel,
            address=incoming.address,
            variety=incoming.variety,
            written="" if message.option is not None else incoming.text,
            plain=incoming.plain,
            forwarded=incoming.forwarded,
            interrupted=waiting.interrupted,
            danger_open=danger.is_open(waiting.conversation),
            stopped=incoming.address is not None and incoming.address.state == "opted_out",
        )
        care = self.danger.settle(session, incoming)
        if care is not None:
            return replace(pending, settled=care)
        before: list[Reply] = []
        for step in self._steps:
            match step(session, incoming):
                case Settled() as settled:
                    return replace(pending, settled=settled)
                case Meant(intent, entities):
                    option = {"intent": intent, "entities": list(entities)}
                    return replace(pending, option=option, before=tuple(before))
                case Before(replies):
                    before.extend(replies)
        return replace(self._picked_or_written(session, message, pending, incoming), before=tuple(before))

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
            opt_word=message.opt_word,
            forwarded=message.forwarded,
            offered=waiting.offered if text else (),
        )

    def _picked_or_written(
        self, session: Session, message: Message, pending: Pending, incoming: Incoming
    ) -> Pending:
        """An option is picked by its id, by its number, or by its title, typed as it was shown."""
        if message.option is not None:
            wanted = str(message.option.get("id"))
            picked = find_option(session, message.conversation_id, wanted)
            return replace(pending, option=picked) if picked else _answered(pending, OPTION_EXPIRED)
        text, options = incoming.text, incoming.offered
        if not text:
            return _answered(pending, NOTHING_TO_READ)
        page = next_page(options, text, self._plain)
        if page is not None:
            return replace(pending, settled=Settled((page,)))
        if incoming.forwarded:
            return replace(pending, text=text)
        number = bare_number(text)
        if number is not None and 1 <= number <= len(options):
            return replace(pending, option=options[number - 1])
        plain = incoming.plain
        titled = [option for option in options if self._plain(option["title"]) == plain] if plain else []
        return replace(pending, option=titled[0]) if len(titled) == 1 else replace(pending, text=text)


def _answered(pending: Pending, key: str) -> Pending:
    return replace(pending, settled=Settled((Reply(key),)))
