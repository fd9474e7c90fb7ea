"""The desk of a reviewer: the queue as an address says it, a message as it is to be judged, names to hide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from fastapi import Depends
from sqlalchemy.orm import Session

from console.review.anonymous import Anonymous
from console.review.notation import Line, Span
from console.review.taught import taught_by
from console.review.values import is_value
from console.web.services import ConsoleServices
from console.web.visit import Visit, VisitHere
from store.core.vocabulary import CHANNELS, VARIETIES
from store.review import intake as review_intake
from store.review.queue import REASONS, TABS, Cursor, ReviewFilter, Tab
from store.tables import Message, Person

_FIELDS = ("tab", "variety", "intent", "channel", "reason", "after", "before")
#: At most so many messages are taken into the queue while somebody waits for a page; a worker does the rest.
_AT_ONCE = 500


class Desk:
    """What all pages of the review share."""

    def __init__(self, services: ConsoleServices) -> None:
        reviewing = services.reviewing
        self._services = services
        self.intents = reviewing.intents
        self.taught = taught_by(reviewing.nlu, services.fold)
        self.anonymous = Anonymous(
            services.index_words, reviewing.stand_ins, reviewing.openers, reviewing.everyday
        )

    def take_in(self, session: Session) -> int:
        """Takes what is due into the queue, as far as it is little."""
        return review_intake.take_in(
            session, self._services.fold, self._services.reviewing.complains, _AT_ONCE
        )

    def names(self, person: Person) -> list[str]:
        """Every name by which the person is known: told and kept, of the channel, or said in the dialogue now."""
        text = self._services.slots_of(person.id)
        return [each for each in (person.name, person.profile_name, *_names(text)) if each]

    def line(self, message: Message, person: Person) -> Line:
        """A message made anonymous, with the entities that were understood in it."""
        text = message.text or ""
        return self.anonymous.line(text, _spans(text, message.understanding or {}), self.names(person))


def desk_of(visit: VisitHere) -> Desk:
    return Desk(visit.services)


#: An argument of a page: the desk of who is signed in.
DeskHere = Annotated[Desk, Depends(desk_of)]


def _names(slots: Mapping[str, Any]) -> Iterable[str]:
    for slot, value in slots.items():
        if slot.endswith("name") and isinstance(value, str):
            yield value
        elif isinstance(value, dict) and isinstance(value.get("name"), str):
            yield value["name"]


def _spans(text: str, understanding: Mapping[str, Any]) -> list[Span]:
    """The entities where they stand in the stored text: the engine does not see slashes and spaces before it."""
    shift = len(text) - len(text.lstrip(" /\t\r\n"))
    found = []
    for each in understanding.get("entities") or ():
        start, end, entity, value = (each.get(key) for key in ("start", "end", "entity", "value"))
        if not isinstance(start, int) or not isinstance(end, int) or not isinstance(entity, str):
            continue
        if start < end <= len(text) - shift and is_value(entity, str(value)):
            found.append(Span(start + shift, end + shift, entity, str(value)))
    return found


def ranking(message: Message) -> list[tuple[str, float]]:
    """The three likeliest intents of a message, without the fallback."""
    found = (message.understanding or {}).get("ranking") or ()
    pairs = [(str(each[0]), float(each[1])) for each in found if each[0] != review_intake.FALLBACK]
    reading = review_intake.reading_of(message.understanding)
    return pairs[:3] or ([(reading.intent, reading.confidence)] if reading else [])


@dataclass(frozen=True)
class QueueRequest:
    """Which items an address is for: a tab and a filter, as typed; what cannot be is left out."""

    tab: Tab = "queue"
    wanted: ReviewFilter = field(default_factory=ReviewFilter)
    after: Cursor | None = None

    @property
    def fields(self) -> dict[str, str]:
        wanted = self.wanted
        text = {
            "tab": "" if self.tab == "queue" else self.tab,
            "variety": wanted.variety, "intent": wanted.intent, "channel": wanted.channel,
            "reason": wanted.reason,
            "after": wanted.after.isoformat() if wanted.after else "",
            "before": wanted.before.isoformat() if wanted.before else "",
        }  # fmt: skip
        return {name: value for name, value in text.items() if value}

    @property
    def query(self) -> str:
        """The filter for an address, as a form carries it along."""
        return urlencode(self.fields)

    def address(self, path: str = "/console/review", **more: str) -> str:
        """An address with this filter, and something more."""
        return _address(path, {**self.fields, **more})

    def in_tab(self, tab: Tab) -> str:
        return _address("/console/review", {**replace(self, tab=tab).fields})


def _address(path: str, fields: Mapping[str, str]) -> str:
    text = urlencode({name: value for name, value in fields.items() if value})
    return f"{path}?{text}" if text else path


def queue_request(values: Mapping[str, str], intents: Iterable[str]) -> QueueRequest:
    """The items that the parameters of an address ask for."""
    tab = values.get("tab", "")
    return QueueRequest(
        tab if tab in TABS else "queue",
        ReviewFilter(
            variety=_one(values.get("variety"), VARIETIES),
            intent=_one(values.get("intent"), intents),
            channel=_one(values.get("channel"), CHANNELS),
            reason=_one(values.get("reason"), REASONS),
            after=_day(values.get("after")),
            before=_day(values.get("before")),
        ),
        read_cursor(values.get("from", "")),
    )


def request_of(visit: Visit, desk: Desk) -> QueueRequest:
    """The items that a request asks for."""
    return queue_request({name: visit.query(name, 120) for name in visit.request.query_params}, desk.intents)


def told_of(visit: Visit) -> str:
    """What became of the example before, to be said above the next; empty where there is nothing to say."""
    told = visit.query("told", 40)
    return told if told in ("taught", "sure", "disputed") else ""


def carried(query: str, intents: Iterable[str]) -> QueueRequest:
    """The same from what a form carried along."""
    return queue_request({name: value for name, value in parse_qsl(query) if name in _FIELDS}, intents)


def _one(value: str | None, among: Iterable[str]) -> str:
    return value if value and value in among else ""


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def written_cursor(cursor: Cursor) -> str:
    """A place in the queue, for an address."""
    return f"{cursor.rank}_{cursor.sureness!r}_{cursor.item_id.hex}"


def read_cursor(written: str) -> Cursor | None:
    """The place that an address names; None for anything else."""
    try:
        rank, sureness, item_id = written.split("_")
        return Cursor(int(rank), float(sureness), UUID(item_id))
    except ValueError:
        return None
