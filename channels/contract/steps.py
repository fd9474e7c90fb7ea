"""What is settled before the engine is asked: each step looks at a message and settles it, or lets it pass.

Steps run in the order in which `takwin/` lists them, in one transaction with what they change.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from store.conversations.replies import Reply
from store.people.addresses import AddressView


@dataclass(frozen=True)
class Incoming:
    """A message whose turn it is. `text` is as written, `plain` as words are compared (lower case, one shape for each
    letter, no accents, no punctuation, single spaces); both empty where there are no words. `offered` are the options
    that were last offered in the conversation: what a bare "2" refers to. `forwarded`: somebody else wrote it.
    `understanding` is what the engine makes of it, where it was asked before the steps were taken.
    """

    message_id: UUID
    person_id: UUID
    conversation_id: UUID
    channel: str
    address: AddressView | None
    variety: str | None
    text: str
    plain: str
    at: datetime
    sent_at: datetime | None = None
    media: Mapping[str, Any] | None = None
    option_id: str | None = None
    opt_word: str | None = None
    forwarded: bool = False
    understanding: Mapping[str, Any] = field(default_factory=dict)
    offered: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Unprompted:
    """Replies that go to another conversation than the one the message came from."""

    conversation_id: UUID
    replies: Sequence[Reply]


@dataclass(frozen=True)
class Settled:
    """The answer of a step. `quiet`: a reason code; the message is kept without an answer. `flag`: an adviser should
    look at it. `forget`: people whose record at the engine is to be erased.
    `needs_judgement`: the words may speak of danger, so that the engine is asked first; not where the whole message is
    a word of a list.
    """

    replies: Sequence[Reply] = ()
    quiet: str | None = None
    flag: bool = False
    elsewhere: Sequence[Unprompted] = ()
    forget: Sequence[UUID] = ()
    needs_judgement: bool = True


@dataclass(frozen=True)
class Meant:
    """A step's reading of a message that had no words: what the engine is told instead (an intent with entities)."""

    intent: str
    entities: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Before:
    """The engine is asked all the same, and these replies come before its answer."""

    replies: Sequence[Reply]


Step = Callable[[Session, Incoming], Settled | Meant | Before | None]
