"""Figures of a varied store are what one counts by hand: added up or read as they are, however they are narrowed."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.advisers.access_scope import AccessScope
from store.core.clock import moroccan_day
from store.core.database import MIGRATIONS, Database
from store.core.regions import CITIES_OF_REGION
from store.figures.figures import Figures
from store.figures.filters import FigureFilter
from store.figures.funnel import DETAIL_REPLIES, LIST_REPLIES, SEARCH_INTENTS, stage_of
from store.figures.rollup import start_of
from store.tables import AdviserRequest, Conversation, Message, Person, Registration, RegistrationChange
from store.tables.conversations import UNANSWERED_REPLIES
from tests.store.figures.talks import DAY, added_up, of_days, seen
from tests.store.figures.varied import DAYS, fill

LAST_DAY = DAY + timedelta(days=DAYS)
#: A day of which, and of what comes after, nothing is added up.
OPEN_FROM = (DAY, DAY + timedelta(days=2), LAST_DAY + timedelta(days=2))
NARROWED: tuple[dict[str, Any], ...] = (
    {},
    {"since": DAY + timedelta(days=1), "until": DAY + timedelta(days=3)},
    {"channel": "whatsapp"},
    {"variety": "ary-Latn"},
    {"city": "fes"},
    {"region": "fes_meknes"},
    {"city": "oujda", "channel": "sms"},
    {"scope": AccessScope(("rabat", "meknes"))},
    {"scope": AccessScope((), "Oriental")},
    {"scope": AccessScope(("fes",), "Al Haouz"), "variety": "fr"},
)
_DIMENSIONS = ("channel", "variety", "city", "region", "education", "employment_status")


@dataclass(frozen=True)
class Event:
    """Something that happened to somebody, and what it adds to."""

    person: Person
    channel: str
    at: datetime
    stage: int
    adds: Counter[str]

    def value(self, dimension: str) -> str | None:
        if dimension == "channel":
            return self.channel
        value = getattr(self.person, dimension)
        known = dimension != "region" or value in (None, "Oriental", "Al Haouz")
        return value if known else None  # a place in words of one's own is told to nobody


def events(session: Session) -> Iterator[Event]:
    people = {each.id: each for each in session.scalars(select(Person))}
    latest: dict[Any, str] = {}
    for conversation in session.scalars(select(Conversation).order_by(Conversation.last_message_at)):
        latest[conversation.person_id] = conversation.channel
    for message in session.scalars(select(Message)):
        stage, adds = of_message(message)
        yield Event(people[message.person_id], message.channel, message.created_at, stage, adds)
    for request in session.scalars(select(AdviserRequest)):
        at, adds = request.created_at, Counter({"handed_over": 1})
        yield Event(people[request.person_id], latest[request.person_id], at, 0, adds)
    changes = select(RegistrationChange, Registration.person_id).join(Registration)
    for change, person_id in session.execute(changes):
        done = change.to_state == "completed"
        adds = Counter({"completions" if done else "registrations": 1})
        stage = stage_of("completed" if done else "registered")
        yield Event(people[person_id], latest[person_id], change.at, stage, adds)


def of_message(message: Message) -> tuple[int, Counter[str]]:
    """The stage somebody comes to with a message, and what it adds to."""
    if message.direction == "out":
        keys = set(message.reply_keys or ())
        stage = (
            stage_of("detail")
            if keys & {*DETAIL_REPLIES}
            else stage_of("shown")
            if keys & {*LIST_REPLIES}
            else 0
        )
        unanswered = int(bool(keys & {*UNANSWERED_REPLIES}))
        return stage, Counter(messages_out=1, segments=message.segments or 0, unanswered=unanswered)
    intent = (message.understanding or {}).get("intent")
    adds = Counter(
        messages_in=1, fallbacks=int(intent == "nlu_fallback"), out_of_scope=int(intent == "out_of_scope")
    )
    return stage_of("asked") if intent in SEARCH_INTENTS else 0, adds


def is_wanted(event: Event, wanted: FigureFilter) -> bool:
    return (
        wanted.since <= moroccan_day(event.at) <= wanted.until
        and wanted.channel in (None, event.channel)
        and wanted.variety in (None, event.person.variety)
        and wanted.city in (None, event.person.city)
        and (wanted.region is None or event.person.city in CITIES_OF_REGION[wanted.region])
        and wanted.scope.includes(event.person.city, event.person.region)
    )


def counted(found: list[Event]) -> dict[str, Any]:
    """The numbers of some events, by name."""
    sums: Counter[str] = Counter()
    stages: dict[Any, int] = {}
    for event in found:
        sums.update(event.adds)
        stages[event.person.id] = max(event.stage, stages.get(event.person.id, 0))
    reached = Counter(stages.values())

    def people(adding: str) -> int:
        return len({event.person.id for event in found if event.adds[adding]})

    new = {
        event.person.id for event in found if moroccan_day(event.person.created_at) == moroccan_day(event.at)
    }
    return {
        **{name: sums[name] for name in (
            "messages_in", "messages_out", "fallbacks", "out_of_scope", "unanswered", "segments", "registrations",
            "completions",
        )},
        "people": len(stages), "new_people": len(new), "handed_over": people("handed_over"),
        "registered_people": people("registrations"), "completed_people": people("completions"),
        "stages": tuple(reached[number] for number in range(6)),
    }  # fmt: skip


def by_hand(events: list[Event], key: Callable[[Event], Any]) -> dict[Any, dict[str, Any]]:
    values = {key(event) for event in events}
    return {value: counted([event for event in events if key(event) == value]) for value in values}


def assert_counted(found: Figures, wanted: FigureFilter, events: list[Event]) -> None:
    """That the numbers are what one counts by hand, together, by each dimension and by day."""
    these = [event for event in events if is_wanted(event, wanted)]
    assert vars(found.total) == counted(these)
    for dimension in _DIMENSIONS:
        numbers = {value: vars(each) for value, each in found.numbers.get(dimension, {}).items()}
        assert numbers == by_hand(these, lambda event, of=dimension: event.value(of)), dimension  # type: ignore[misc]
    days = by_hand(these, lambda event: moroccan_day(event.at).isoformat())
    names = ("people", "new_people", "messages_in", "messages_out", "unanswered", "segments", "completions")
    told = found.numbers.get("day", {})
    assert {day: [getattr(each, name) for name in names] for day, each in told.items()} == {
        day: [each[name] for name in names] for day, each in days.items()
    }


@pytest.mark.parametrize("open_from", OPEN_FROM)
def test_figures_are_what_one_counts_by_hand(database: Database, open_from: Any) -> None:
    fill(database)
    with database.session() as session:
        happened = list(events(session))
    filters = [of_days(**{"until": LAST_DAY, **narrowed}) for narrowed in NARROWED]
    before = [seen(database, wanted).counts for wanted in filters]
    added_up(database, start_of(open_from) + timedelta(hours=1))
    for wanted, counts in zip(filters, before, strict=True):
        found = seen(database, wanted)
        assert_counted(found, wanted, happened)
        assert found.counts == counts
    assert set(before[0]) == {"shown", "told", "unanswered", "failed", "answered", "adviser-answered", "handed-over",
                              "registered", "completed"}  # fmt: skip


def _migrate(database: Database, way: Callable[[Config, str], None], revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        way(config, revision)


def test_the_views_of_a_filled_store_come_and_go(database: Database) -> None:
    fill(database)
    added_up(database, start_of(OPEN_FROM[1]) + timedelta(hours=1))
    before = seen(database, of_days(until=LAST_DAY))
    _migrate(database, command.downgrade, "0015")
    with database.engine.connect() as connection:
        views = (
            "select count(*) from pg_views where schemaname = 'public' and starts_with(viewname, 'figure_')"
        )
        assert connection.exec_driver_sql(views).scalar() == 0
    _migrate(database, command.upgrade, "head")
    assert seen(database, of_days(until=LAST_DAY)) == before
