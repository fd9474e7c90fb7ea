"""What had its time goes, and nothing else does."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from bot.nlu.folding import fold
from store import consents, conversations, engine_erasures, facts, profiles, registrations, retention
from store.conversations import InboundRecord, OutboundRecord
from store.database import Database
from store.retention import KINDS, Kind, Limits
from store.tables import (
    Address,
    AuditEntry,
    Consent,
    ConversationFacts,
    Erasure,
    Feedback,
    FigureProgress,
    Message,
    Note,
    Person,
    Registration,
)
from tests.store.making import NOW, TODAY, course, load, person

YEARS = timedelta(days=730)
PERIODS: dict[Kind, timedelta] = {
    "people": YEARS,
    "profiles": YEARS,
    "said": YEARS,
    "raw": timedelta(days=90),
    "audit": timedelta(days=1825),
}
LONG_AGO = NOW - YEARS - timedelta(days=1)
LATELY = NOW - YEARS + timedelta(days=1)


def words(text: str) -> list[list[str]]:
    return [[word] for word in fold(text).split()]


def somebody(
    database: Database, at: datetime, *, name: str = "s-1", heard: datetime | None = None
) -> uuid.UUID:
    """A person who came, agreed and told of themselves at one time, and was last heard of at another."""
    with database.session() as session:
        someone = person(session, name)
        consents.record_consent(session, someone, "registration", "1", True, at)
        profiles.update_profile(session, someone, name="Fatima Zahra", city="fes")
        session.get_one(Person, someone).created_at = at
        session.execute(
            update(Address).where(Address.person_id == someone).values(last_inbound_at=heard or at)
        )
        return someone


def says(database: Database, text: str, at: datetime, name: str = "s-1") -> uuid.UUID:
    with database.session() as session:
        record = InboundRecord("web", name, f"{name}:{at}", text, raw={"said": text}, received_at=at)
        stored = conversations.store_inbound(session, record)
        answers = conversations.store_replies(session, stored.message_id, [OutboundRecord("hello", "ok")])
        for message in (*answers, session.get_one(Message, stored.message_id)):
            message.created_at = at
        return stored.message_id


def added_up(database: Database, until: datetime = NOW) -> None:
    with database.session() as session:
        session.merge(FigureProgress(one=1, until=until))


def until(database: Database, now: datetime = NOW) -> Limits:
    with database.session() as session:
        return retention.limits(session, PERIODS, now)


def due(database: Database, now: datetime = NOW) -> dict[Kind, int]:
    with database.session() as session:
        return {
            kind: count
            for kind, count in retention.due(session, retention.limits(session, PERIODS, now)).items()
            if count
        }


def drop(database: Database, kind: Kind, now: datetime = NOW, most: int = 500) -> int:
    """All of a kind; how many there were."""
    dropped = 0
    while True:
        with database.session() as session:
            some = retention.drop(session, kind, retention.limits(session, PERIODS, now), most)
        if not some:
            return dropped
        dropped += some


def count(database: Database, table: type) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_who_went_silent_is_erased_with_all_about_them(database: Database) -> None:
    gone = somebody(database, LONG_AGO)
    stays = somebody(database, LONG_AGO, name="s-2", heard=LATELY)
    assert due(database)["people"] == 1
    assert drop(database, "people") == 1
    with database.session() as session:
        assert session.scalars(select(Person.id)).all() == [stays]
        assert engine_erasures.due(session, datetime.max.replace(tzinfo=NOW.tzinfo)) == [gone]
    assert count(database, Erasure) == 1
    assert drop(database, "people") == 0


def test_who_was_registered_of_late_is_not_silent(database: Database) -> None:
    someone = somebody(database, LONG_AGO)
    with database.session() as session:
        load(session, course("a-course", starts_on=TODAY))
        registrations.register(session, someone, "a-course", now=NOW)
        session.execute(update(Registration).values(created_at=LATELY))
    assert "people" not in due(database)
    assert drop(database, "people") == 0


def test_places_of_the_silent_go_to_who_waits(database: Database) -> None:
    gone = somebody(database, LONG_AGO)
    waits = somebody(database, LATELY, name="s-2")
    with database.session() as session:
        load(session, course("small", capacity=1, starts_on=TODAY))
        for someone in (gone, waits):
            registrations.register(session, someone, "small", now=NOW)
        session.execute(
            update(Registration).where(Registration.person_id == gone).values(created_at=LONG_AGO)
        )
    drop(database, "people")
    with database.session() as session:
        (left,) = registrations.of_person(session, waits)
        assert left.state == "confirmed"


def test_a_profile_lapses_with_its_consent(database: Database) -> None:
    someone = somebody(database, LONG_AGO, heard=NOW)
    somebody(database, LATELY, name="s-2", heard=NOW)
    assert due(database) == {"profiles": 1}
    assert drop(database, "profiles") == 1
    with database.session() as session:
        assert profiles.profile(session, someone) == profiles.Profile()
        assert not consents.has_consent(session, someone, "registration")
        assert session.scalar(select(func.count()).select_from(Consent)) == 1
    assert drop(database, "profiles") == 0


def test_who_agreed_again_keeps_their_profile(database: Database) -> None:
    someone = somebody(database, LONG_AGO, heard=NOW)
    with database.session() as session:
        consents.record_consent(session, someone, "registration", "2", True, LATELY)
    assert due(database) == {}
    assert drop(database, "profiles") == 0


@pytest.mark.parametrize(("purpose", "lapses"), [("alerts", True), ("registration", False)])
def test_agreeing_to_something_else_keeps_no_profile(
    database: Database, purpose: consents.Purpose, lapses: bool
) -> None:
    someone = somebody(database, LONG_AGO, heard=NOW)
    with database.session() as session:
        consents.record_consent(session, someone, purpose, "1", True, NOW)
    assert drop(database, "profiles") == int(lapses)
    with database.session() as session:
        # What they agreed to lately stands.
        assert consents.has_consent(session, someone, purpose)


def test_what_was_said_goes_and_is_not_found_any_more(database: Database) -> None:
    someone = somebody(database, LONG_AGO, heard=NOW)
    says(database, "bghit formation", LONG_AGO)
    says(database, "choukran bezzaf", LATELY)
    with database.session() as session:
        session.add(Note(person_id=someone, text="call her", at=LONG_AGO))
        session.add(Feedback(person_id=someone, kind="praise", text="zwin", created_at=LONG_AGO))
        facts.take_in(session, words)
    added_up(database)
    assert due(database)["said"] == 4
    assert drop(database, "said") == 4
    with database.session() as session:
        assert set(session.scalars(select(Message.text))) == {"choukran bezzaf", "ok"}
        facts.take_in(session, words)
        found = session.scalars(select(ConversationFacts.facts)).one()
    assert fold("choukran") in found
    assert fold("formation") not in found
    assert count(database, Note) == count(database, Feedback) == 0


def test_a_conversation_without_a_message_is_found_by_nothing(database: Database) -> None:
    somebody(database, LONG_AGO, heard=NOW)
    says(database, "bghit formation", LONG_AGO)
    with database.session() as session:
        facts.take_in(session, words)
    added_up(database)
    drop(database, "said")
    assert count(database, ConversationFacts) == 0


def test_what_the_figures_do_not_have_yet_stays(database: Database) -> None:
    somebody(database, LONG_AGO, heard=NOW)
    says(database, "bghit formation", LONG_AGO)
    assert drop(database, "said") == 0
    added_up(database, LONG_AGO - timedelta(days=1))
    assert drop(database, "said") == 0
    assert count(database, Message) == 2


def test_what_providers_sent_is_emptied_day_by_day(database: Database) -> None:
    somebody(database, LATELY, heard=NOW)
    old = [says(database, f"salam {days}", NOW - timedelta(days=days)) for days in (400, 200, 91)]
    young = says(database, "salam", NOW - timedelta(days=89))
    assert due(database) == {"raw": 3}
    assert drop(database, "raw", most=1) == 3
    with database.session() as session:
        kept = session.scalars(select(Message.id).where(Message.raw_encrypted.is_not(None))).all()
        assert kept == [young]
        assert session.get_one(Message, old[0]).text == "salam 400"
    assert due(database) == {}
    # What becomes old later is found from where it came to.
    assert drop(database, "raw", NOW + timedelta(days=2)) == 1


def test_the_audit_has_its_time_too(database: Database) -> None:
    with database.session() as session:
        for days in (1824, 1826):
            session.add(AuditEntry(action="person-read", at=NOW - timedelta(days=days)))
    assert due(database) == {"audit": 1}
    assert drop(database, "audit") == 1
    assert count(database, AuditEntry) == 1


def test_nothing_is_due_where_nothing_is(database: Database) -> None:
    assert due(database) == {}
    assert [drop(database, kind) for kind in KINDS] == [0] * len(KINDS)
    assert until(database) == replace(until(database), people=NOW - YEARS)


def test_until_when_somebody_is_kept(database: Database) -> None:
    someone = somebody(database, NOW - timedelta(days=300), heard=NOW - timedelta(days=10))
    with database.session() as session:
        kept = retention.kept_until(session, someone, PERIODS)
        assert kept.everything == (NOW + timedelta(days=720)).date()
        assert kept.profile == (NOW + timedelta(days=430)).date()
        profiles.update_profile(session, someone, name=None, city=None)
        session.flush()
        assert retention.kept_until(session, someone, PERIODS).profile is None
