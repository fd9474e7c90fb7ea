"""The turn that an action answers: what was understood, what is in view, what is said; and what actions may use."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from sqlalchemy.orm import Session

from store.conversations.replies import Reply
from store.core.database import Database

REQUESTED_SLOT = "requested_slot"


@dataclass(frozen=True)
class Services:
    """What actions may use of the world.

    `fold` makes the common skeleton of a text in any script, `word_key` the plain form of one word, by which the
    lists are looked up. `consent_versions` names the wording in force per purpose.

    calm_words: insults
    name_openers: ways to say "my name is"
    not_names: words that are no name
    no_subject: words of a wish that do not say what to learn
    common_words: words of everyday speech
    negations: words that take back the one after them
    undecided: phrases of who does not know or mind
    little_time: phrases of who has little time
    compare_words: words that ask for courses side by side
    copy_words: words that ask for a copy
    one_words: words for another course than the one in view
    question_words: words that begin a question
    level_in: the level of schooling that a text tells in everyday words, or None
    city_of: the city that a text names and says nothing else, or None
    remarks_in: the kinds of what a text says in the course of a talk that no intent has
    helplines: a number to call by its service (data/places/helplines.csv)
    """

    database: Database
    fold: Callable[[str], str]
    word_key: Callable[[str], str]
    consent_versions: Mapping[str, str]
    calm_words: frozenset[str] = frozenset()
    name_openers: tuple[tuple[str, ...], ...] = ()
    not_names: frozenset[str] = frozenset()
    no_subject: frozenset[str] = frozenset()
    common_words: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    undecided: tuple[tuple[str, ...], ...] = ()
    little_time: tuple[tuple[str, ...], ...] = ()
    compare_words: frozenset[str] = frozenset()
    copy_words: frozenset[str] = frozenset()
    one_words: frozenset[str] = frozenset()
    question_words: frozenset[str] = frozenset()
    remarks_in: Callable[[str], frozenset[str]] = field(default=lambda _: frozenset())
    level_in: Callable[[str], str | None] = field(default=lambda _: None)
    city_of: Callable[[str], str | None] = field(default=lambda _: None)
    helplines: Mapping[str, str] = field(default_factory=dict)
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    #: The arguments of "they are back on ..." where no adviser is there at that time; None where one is.
    advisers_away: Callable[[datetime], Mapping[str, Any] | None] = field(default=lambda _: None)

    def today(self) -> date:
        return self.now().date()


@dataclass(frozen=True)
class Option:
    """A choice offered with a reply: a title to show and what choosing it means.

    `in_text`: the reply's own text already shows it with its number.
    """

    title_key: str
    intent: str
    entities: Mapping[str, Any] = field(default_factory=dict)
    title_args: Mapping[str, Any] = field(default_factory=dict)
    in_text: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": secrets.token_urlsafe(6),
            "title_key": self.title_key,
            "title_args": dict(self.title_args),
            "intent": self.intent,
            "entities": [{"entity": name, "value": value} for name, value in self.entities.items()],
            "in_text": self.in_text,
        }


class Turn:
    """One message of a person, what is in view, and what is answered."""

    def __init__(self, tracker: Tracker, session: Session, services: Services) -> None:
        message: Mapping[str, Any] = tracker.latest_message or {}
        self.session = session
        self.services = services
        self.person_id = UUID(tracker.sender_id)
        self.message_id: str | None = message.get("message_id")
        self.text: str = message.get("text") or ""
        self.intent: str = (message.get("intent") or {}).get("name") or ""
        self.confidence: float = (message.get("intent") or {}).get("confidence") or 0.0
        self.ranking: list[dict[str, Any]] = list(message.get("intent_ranking") or [])
        self.variety: str | None = message.get("variety")
        metadata: Mapping[str, Any] = message.get("metadata") or {}
        self.from_option: bool = bool(metadata.get("option"))
        self.channel: str = str(metadata.get("channel") or "")
        self.open_question: str | None = metadata.get("asked")
        """The question last asked, where it still stands (bot/turn.py)."""
        self.answer: str | None = message.get("answer")
        """What the message answers to a confirmation: "yes", "no", "neither"; None where there was none."""
        self.concern: bool = bool(message.get("concern"))
        """Whether a kind word is called for."""
        self.entity_spans = _meant(list(message.get("entities") or []), self.text, services)
        self.spans = [(e.get("start", 0), e.get("end", 0)) for e in message.get("entities") or []]
        self.entities: dict[str, list[Any]] = {}
        for entity in self.entity_spans:
            values = self.entities.setdefault(entity["entity"], [])
            if entity["value"] not in values:
                values.append(entity["value"])
        self.slots: dict[str, Any] = dict(tracker.slots)
        self.form: str | None = (tracker.active_loop or {}).get("name")
        self.offered: dict[str, Any] = self.slots.get("offer") or {}
        """What a yes would have meant before this message, even where it lapses with it."""
        self.replies: list[Reply] = []
        self._changed: dict[str, Any] = {}
        self._next_action: str | None = None
        self._leaves_form = False

    def entity(self, name: str) -> Any:
        """The first value of an entity in the message, or None."""
        values = self.entities.get(name)
        return values[0] if values else None

    def say(self, key: str, options: Sequence[Option] = (), **args: Any) -> None:
        """Answer with a reply key, its arguments and the choices it offers."""
        self.replies.append(Reply(key, args, [o.as_dict() for o in options]))

    def say_first(self, key: str) -> None:
        """Put a line before all that was said."""
        self.replies.insert(0, Reply(key))

    def offer(self, options: Sequence[Option]) -> None:
        """Put choices under the last reply."""
        self.replies[-1] = replace(self.replies[-1], options=[o.as_dict() for o in options])

    def withdraw_options(self) -> None:
        """Take back the choices that were offered so far."""
        self.replies = [replace(reply, options=()) for reply in self.replies]

    def send_despite_opt_out(self) -> None:
        """Have the last reply leave although the person takes no more messages."""
        self.replies[-1] = replace(self.replies[-1], despite_opt_out=True)

    def changes(self, slot: str) -> bool:
        """Whether this turn has set the slot."""
        return slot in self._changed

    def set(self, slot: str, value: Any) -> None:
        self.slots[slot] = value
        self._changed[slot] = value

    def go_on_with(self, action: str) -> None:
        """Let another action answer in this turn, or a form go on from here."""
        self._next_action = action

    @property
    def goes_on(self) -> bool:
        """Whether a form asks next."""
        return self._next_action is not None

    def take_next(self) -> str | None:
        """The action to go on with, taken over by who runs it."""
        following, self._next_action = self._next_action, None
        return following

    @property
    def words(self) -> list[str]:
        return self.text.split()

    def says_any(self, keys: frozenset[str]) -> bool:
        """Whether a word of the message is on a word list."""
        return not self.from_option and any(self.services.word_key(word) in keys for word in self.words)

    def says_phrase(self, phrases: Sequence[tuple[str, ...]]) -> bool:
        """Whether one of the phrases, given as word keys, stands in the message."""
        keys = [self.services.word_key(word) for word in self.words]
        return not self.from_option and any(
            tuple(keys[at : at + len(phrase)]) == phrase for phrase in phrases for at in range(len(keys))
        )

    @property
    def beside_entities(self) -> str:
        """The message without the words that entities were found in."""
        rest = self.text
        for start, end in self.spans:
            rest = rest[:start] + " " * (end - start) + rest[end:]
        return rest

    @property
    def asks(self) -> bool:
        """Whether the message is written as a question."""
        return "?" in self.text or "؟" in self.text

    @property
    def is_bare_number(self) -> bool:
        """Whether the message is a number of a list in words and nothing else: "the second"."""
        return set(self.entities) == {"ordinal"} and not self.beside_entities.strip(" .!")

    def take_option(self, number: int) -> bool:
        """Read the message as the choice of this number (-1 the last) of the last answer; False where it has none."""
        offered: list[dict[str, Any]] = self.slots.get("options") or []
        index = len(offered) - 1 if number == -1 else number - 1
        if not 0 <= index < len(offered):
            return False
        self.intent, self.from_option = offered[index]["intent"], True
        self.entities = {}
        self.answer = None
        for entity in offered[index]["entities"]:
            self.entities.setdefault(entity["entity"], []).append(entity["value"])
        return True

    def is_sure(self, confidence: float) -> bool:
        """Whether the message was understood with so much confidence, or is a choice."""
        return self.from_option or self.confidence >= confidence

    def leave_form(self) -> None:
        """End the form in progress without its closing action."""
        if self.form:
            self._leaves_form = True

    @property
    def in_form(self) -> bool:
        return self.form is not None and not self._leaves_form

    def events(self) -> list[dict[str, Any]]:
        """Rasa events for all that changed; inside a form, the form goes on after an answered digression."""
        offered = [o for reply in self.replies for o in reply.options]
        if self.replies:
            self.set("options", [{"intent": o["intent"], "entities": o["entities"]} for o in offered])
        events: list[dict[str, Any]] = [SlotSet(name, value) for name, value in self._changed.items()]
        if self._leaves_form:
            events += [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None)]
        following = self._next_action or (self.form if self.in_form else None)
        if following:
            events.append(FollowupAction(following))
        return events


def _meant(found: list[dict[str, Any]], text: str, services: Services) -> list[dict[str, Any]]:
    """Of several values of one kind, those not taken back: "not Tangier, Agadir"."""

    def taken_back(entity: Mapping[str, Any]) -> bool:
        before = text[: entity.get("start", 0)].split()
        return bool(before) and services.word_key(before[-1]) in services.negations

    kept = {entity["entity"] for entity in found if not taken_back(entity)}
    return [entity for entity in found if not taken_back(entity) or entity["entity"] not in kept]
