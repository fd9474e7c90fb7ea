"""What had its time goes, and nothing else does."""

import uuid
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from bot.nlu.folding import fold
from store.conversations.inbound import InboundRecord, store_inbound
from store.conversations.outbound import OutboundRecord, store_replies
from store.core.clock import moroccan_day, utc_now
from store.core.database import Database
from store.engine import erasures as engine_erasures
from store.figures import rollup as figure_rolling
from store.handover.requests import URGENT
from store.inbox import search_index
from store.lifecycle import retention
from store.lifecycle.kinds.people import erase_if_silent, silent_people
from store.lifecycle.retention import KINDS, Limits
from store.people import consents, profiles
from store.people.consents import ConsentMissing
from store.registrations import registrations
from store.tables import (
    Address,
    AdviserRequest,
    AuditEntry,
    Consent,
    ConversationIndex,
    Erasure,
    Feedback,
    FigureDay,
    FigureProgress,
    Message,
    Note,
    Person,
    Registration,
)
from tests.store.making import TODAY, course, load, person

YEARS = timedelta(days=730)
PERIODS: dict[str, timedelta] = {
    "people": YEARS,
    "profiles": YEARS,
    "messages": YEARS,
    "urgent": timedelta(days=365),
    "raw": timedelta(days=90),
    "audit": timedelta(days=1825),
}
#: Ids begin with the time they are made at, so what is old here is of now, and it is looked at later.
NOW = utc_now() + YEARS
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
        record = InboundRecord("web", name, f"{name}:{at}", text, raw={"messages": text}, received_at=at)
        stored = store_inbound(session, record)
        answers = store_replies(session, stored.message_id, [OutboundRecord(("hello",), "ok")])
        for message in (*answers, session.get_one(Message, stored.message_id)):
            message.created_at = at
        return stored.message_id


def added_up(database: Database, until: datetime = NOW) -> None:
    with database.session() as session:
        session.merge(FigureProgress(one=1, until=until))


def until(database: Database, now: datetime = NOW) -> Limits:
    with database.session() as session:
        return retention.limits(session, PERIODS, now)


def due(database: Database, now: datetime = NOW) -> dict[str, int]:
    with database.session() as session:
        return {
            kind: count
            for kind, count in retention.expired(session, retention.limits(session, PERIODS, now)).items()
            if count
        }


def drop(database: Database, kind: str, now: datetime = NOW, most: int = 500) -> int:
    """All of a kind; how many there were."""
    dropped = 0
    if kind == "people":
        with database.session() as session:
            found = silent_people(session, until(database, now)["people"])
        for person_id in found:
            with database.session() as session:
                dropped += erase_if_silent(session, person_id, until(database, now)["people"])
        return dropped
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
        assert engine_erasures.pending(session, datetime.max.replace(tzinfo=NOW.tzinfo)) == [gone]
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


def test_agreeing_to_something_else_keeps_no_profile_and_stands(database: Database) -> None:
    someone = somebody(database, LONG_AGO, heard=NOW)
    with database.session() as session:
        consents.record_consent(session, someone, "alerts", "1", True, LONG_AGO)
    assert drop(database, "profiles") == 1
    with database.session() as session:
        assert consents.has_consent(session, someone, "alerts")
        with pytest.raises(ConsentMissing):
            profiles.update_profile(session, someone, name="Fatima")


def test_with_a_profile_what_the_engine_knows_goes_and_the_figures_lead_to_nobody(database: Database) -> None:
    someone = somebody(database, LONG_AGO, heard=NOW)
    says(database, "bghit formation", LONG_AGO)
    with database.session() as session:
        figure_rolling.roll_up(session, NOW, most_days=10)
        assert session.scalars(select(FigureDay.who)).all() == [someone]
    drop(database, "profiles")
    with database.session() as session:
        (who,) = session.scalars(select(FigureDay.who)).all()
        assert who != someone
        assert engine_erasures.pending(session, NOW) == [someone]


def test_who_is_heard_of_meanwhile_is_not_erased(database: Database) -> None:
    someone = somebody(database, LONG_AGO)
    with database.session() as session:
        assert silent_people(session, until(database)["people"]) == [someone]
        session.execute(update(Address).values(last_inbound_at=NOW))
    with database.session() as session:
        assert not erase_if_silent(session, someone, until(database)["people"])
        session.execute(update(Address).values(last_inbound_at=LONG_AGO))
    with database.session() as session, database.session() as writing:
        # Somebody who is written about just now is left for later.
        writing.get_one(Person, someone, with_for_update={"key_share": True})
        assert not erase_if_silent(session, someone, until(database)["people"])


def test_one_process_drops_at_a_time(database: Database) -> None:
    somebody(database, LONG_AGO, heard=NOW)
    with database.session() as one, database.session() as other:
        assert retention.drop(one, "profiles", until(database)) == 1
        assert retention.drop(other, "profiles", until(database)) == 0


def test_what_was_said_goes_and_is_not_found_any_more(database: Database) -> None:
    someone = somebody(database, LONG_AGO, heard=NOW)
    says(database, "bghit formation", LONG_AGO)
    says(database, "choukran bezzaf", LATELY)
    with database.session() as session:
        session.add(Note(person_id=someone, text="call her", at=LONG_AGO))
        session.add(Feedback(person_id=someone, kind="praise", text="zwin", created_at=LONG_AGO))
        search_index.take_in(session, words)
    added_up(database)
    assert due(database)["messages"] == 4
    assert drop(database, "messages") == 4
    with database.session() as session:
        assert set(session.scalars(select(Message.text))) == {"choukran bezzaf", "ok"}
        search_index.take_in(session, words)
        found = session.scalars(select(ConversationIndex.facts)).one()
    assert fold("choukran") in found
    assert fold("formation") not in found
    assert count(database, Note) == count(database, Feedback) == 0


def test_calls_for_help_have_a_time_of_their_own_from_when_they_are_closed(database: Database) -> None:
    someone = somebody(database, NOW - timedelta(days=300), heard=NOW)
    year, day = timedelta(days=365), timedelta(days=1)
    with database.session() as session:
        for name, reason, made, closed in (
            ("gone", URGENT, LONG_AGO, NOW - year - day),
            ("closed of late", URGENT, LONG_AGO, NOW - year + day),
            ("open", URGENT, LONG_AGO, None),
            ("another reason", "asked", NOW - year - day, NOW - year - day),
            ("another reason, long ago", "asked", LONG_AGO, LONG_AGO),
        ):
            session.add(
                AdviserRequest(
                    person_id=someone, reason=reason, detail=name, created_at=made, closed_at=closed,
                    state="open" if closed is None else "closed",
                )
            )  # fmt: skip
    assert drop(database, "urgent") == 0  # the figures count them first
    added_up(database)
    assert due(database) == {"messages": 1, "urgent": 1}
    assert drop(database, "messages") == 1
    assert drop(database, "urgent") == 1
    with database.session() as session:
        left = set(session.scalars(select(AdviserRequest.detail)))
    assert left == {"closed of late", "open", "another reason"}


def test_a_conversation_without_a_message_is_found_by_nothing(database: Database) -> None:
    somebody(database, LONG_AGO, heard=NOW)
    says(database, "bghit formation", LONG_AGO)
    with database.session() as session:
        search_index.take_in(session, words)
    added_up(database)
    drop(database, "messages")
    assert count(database, ConversationIndex) == 0


def test_what_the_figures_do_not_have_yet_stays(database: Database) -> None:
    somebody(database, LONG_AGO, heard=NOW)
    says(database, "bghit formation", LONG_AGO)
    assert drop(database, "messages") == 0
    added_up(database, LONG_AGO - timedelta(days=1))
    assert drop(database, "messages") == 0
    assert count(database, Message) == 2


def test_what_providers_sent_is_emptied_day_by_day(database: Database) -> None:
    somebody(database, LATELY, heard=NOW)
    today = utc_now()
    # One was fetched from a provider's list, and stored two days after it came.
    old = [says(database, f"salam {hours}", today - timedelta(hours=hours)) for hours in (48, 6, 0)]
    young = says(database, "salam", today + timedelta(hours=30))
    then = today + timedelta(days=91)
    assert due(database, then)["raw"] == 3
    assert drop(database, "raw", then, most=1) == 3
    with database.session() as session:
        kept = session.scalars(select(Message.id).where(Message.raw_encrypted.is_not(None))).all()
        assert kept == [young]
        assert session.get_one(Message, old[0]).text == "salam 48"
    assert "raw" not in due(database, then)
    # What becomes old later is found from where it came to.
    assert drop(database, "raw", then + timedelta(days=2)) == 1


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


def test_until_when_somebody_is_kept(database: Database) -> None:
    someone = somebody(database, NOW - timedelta(days=300), heard=NOW - timedelta(days=10))
    with database.session() as session:
        kept = retention.kept_until(session, someone, PERIODS)
        assert kept.everything == moroccan_day(NOW + timedelta(days=720))
        assert kept.profile == moroccan_day(NOW + timedelta(days=430))
        profiles.update_profile(session, someone, name=None, city=None)
        session.flush()
        assert retention.kept_until(session, someone, PERIODS).profile is None
