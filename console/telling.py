"""Telling a person something that answers nothing: on the channel they were last on, in their variety, if they may be
written to. Outside a channel's window the approved form goes out instead of the words.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from console.services import Deliver, Render
from store import conversations, people, reaching, takeover
from store.tables import Course

TEMPLATE = "$template"
DEFAULT_VARIETY = "fr"
_RIGHT_TO_LEFT = ("ar", "ary")


@dataclass(frozen=True)
class Told:
    """Something to tell: a reply, its arguments and options, and the approved form with its values."""

    key: str
    args: Mapping[str, Any]
    template: str
    values: Sequence[str]
    options: Sequence[Mapping[str, Any]] = field(default=())


@dataclass(frozen=True)
class Teller:
    """What telling needs of the world. `windows`: the hours of a channel's window, for those that have one."""

    render: Render
    deliver: Deliver
    windows: Mapping[str, int]

    def tell(self, session: Session, person_id: UUID, told: Told, adviser_id: UUID | None) -> str | None:
        """Stores and sends it; why it was not (a code), or None where it was. Raises PersonUnknown."""
        conversation = reaching.reachable_conversation(session, person_id)
        if conversation is None:
            return "no-address"
        variety = people.get(session, person_id).variety or DEFAULT_VARIETY
        record = self.render(told.key, told.args, variety, conversation.channel, told.options)
        if self.windows.get(conversation.channel):
            form = {"key": told.template, "values": list(told.values)}
            record = replace(record, args={**record.args, TEMPLATE: form})
        stored = conversations.store_unprompted(session, conversation.id, [record])
        if adviser_id is not None:
            takeover.write_author(session, [message.id for message in stored], adviser_id)
        for message in stored:
            self.deliver(session, message)
        return None

    def term(self, key: str, variety: str) -> str:
        """The name of a value in words of a variety."""
        return self.render(key, {}, variety, "web").text


def title_of(course: Course) -> dict[str, Any]:
    """A course's title as an argument of a reply."""
    known = {"fr": course.title_fr, "ar": course.title_ar, "en": course.title}
    return {"$": "text", "by": {language: title for language, title in known.items() if title}}


def title_in(course: Course, variety: str) -> str:
    """A course's title where only plain words go."""
    translated = course.title_ar if variety in _RIGHT_TO_LEFT else course.title_fr
    return translated or course.title


def option(title_key: str, intent: str, course_id: str) -> dict[str, Any]:
    """A choice about a course, as the assistant reads it when it is made."""
    return {
        "id": secrets.token_urlsafe(6),
        "title_key": title_key,
        "title_args": {},
        "intent": intent,
        "entities": [{"entity": "course", "value": course_id}],
        "in_text": False,
    }
