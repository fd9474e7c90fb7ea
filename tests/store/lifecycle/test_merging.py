"""Two persons who are one: nothing of either is lost, and there is one of what there may be one of."""

import threading
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from store.advisers import advisers, notes, tags
from store.advisers.advisers import NewAdviser
from store.conversations import conversations, feedback
from store.conversations.inbound import InboundRecord, store_inbound
from store.conversations.messages import history
from store.conversations.outbound import OutboundRecord, outbound_after, store_replies, store_unprompted
from store.core.database import Database
from store.handover import requests as adviser_requests
from store.lifecycle.merging import lock_both, merge
from store.outreach import alerts
from store.people import addresses, consents, link_codes, people
from store.people.people import PersonUnknown
from store.registrations import registrations as regs
from store.tables import (
    Address,
    AdviserRequest,
    Alert,
    Base,
    Conversation,
    ConversationRead,
    ErasureBacklog,
    Message,
    Person,
    Registration,
)
from tests.store.making import NOW, TODAY, course, load

EARLIER, LATER = NOW - timedelta(days=2), NOW - timedelta(days=1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.session() as opened:
        yield opened


def somebody(session: Session, channel: str, address: str) -> uuid.UUID:
    made = people.find_or_create(session, channel, address).id
    for purpose in ("registration", "alerts", "adviser"):
        consents.record_consent(session, made, purpose, "1", True, NOW)  # type: ignore[arg-type]
    return made


@pytest.fixture
def two(session: Session) -> tuple[uuid.UUID, uuid.UUID]:
    return somebody(session, "sms", "+212600000001"), somebody(session, "whatsapp", "212600000002")


def hear(session: Session, channel: str, address: str, said: str, minute: int, answer: str) -> Message:
    """A message of a minute, and the answer to it half a minute later."""
    at = NOW + timedelta(minutes=minute)
    stored = store_inbound(
        session, InboundRecord(channel, address, f"{channel}:{said}", said, received_at=at)
    )
    (reply,) = store_replies(session, stored.message_id, [OutboundRecord(("echo",), answer)])
    reply.created_at = at + timedelta(seconds=30)
    session.flush()
    return reply


def test_addresses_conversations_and_history_follow(session: Session, two: tuple[uuid.UUID, ...]) -> None:
    keep, gone = two
    hear(session, "sms", "+212600000001", "one", 1, "1")
    hear(session, "whatsapp", "212600000002", "two", 2, "2")
    merged = merge(session, keep, gone, NOW)
    assert (merged.kept, merged.gone, merged.conversations) == (keep, gone, {})
    assert session.get(Person, gone) is None
    assert [each.channel for each in addresses.addresses_of(session, keep)] == ["sms", "whatsapp"]
    assert [each.text for each in history(session, keep)] == ["one", "1", "two", "2"]
    assert people.find_or_create(session, "whatsapp", "212600000002").id == keep


def test_two_conversations_on_one_channel_are_numbered_by_time(session: Session) -> None:
    keep, gone = somebody(session, "web", "a"), somebody(session, "web", "b")
    for minute, who in enumerate("abbaab"):
        hear(session, "web", who, f"said {minute}", minute, f"answer {minute}")
    mine, theirs = (
        session.scalars(select(Conversation).where(Conversation.person_id == each)).one()
        for each in two_of(keep, gone)
    )
    mine.segments_sent, theirs.segments_sent = 2, 3
    theirs.state, theirs.adviser_id = "adviser", uuid.uuid4()
    adviser = theirs.adviser_id
    before = {each.id: each.n for each in outbound_after(session, mine.id, 0)}
    kept_id, gone_id = mine.id, theirs.id
    assert merge(session, keep, gone, NOW).conversations == {gone_id: kept_id}
    session.expire_all()
    one = session.scalars(select(Conversation)).one()
    assert (one.id, one.person_id, one.segments_sent, one.state, one.adviser_id) == (
        kept_id, keep, 5, "adviser", adviser,
    )  # fmt: skip
    said = outbound_after(session, one.id, 0)
    assert [(each.n, each.text) for each in said] == [(n + 1, f"answer {n}") for n in range(6)]
    assert all(each.n is not None and each.n >= (before.get(each.id) or 0) for each in said)
    assert one.last_n == 6
    (last,) = store_unprompted(session, one.id, [OutboundRecord(("x",), "y")])
    assert last.n == 7
    assert session.scalar(select(func.count()).where(Message.conversation_id == one.id)) == 13


def two_of(keep: uuid.UUID, gone: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    return keep, gone


STATES = ("waiting", "requested", "confirmed", "in_progress")


@pytest.mark.parametrize("mine", STATES)
@pytest.mark.parametrize("theirs", STATES)
def test_of_two_registrations_the_better_one_stays(
    session: Session, two: tuple[uuid.UUID, ...], mine: str, theirs: str
) -> None:
    keep, gone = two
    load(session, course("excel"), course("word"))
    for person, state in ((keep, mine), (gone, theirs)):
        made = regs.register(session, person, "excel", now=NOW)
        assert isinstance(made, Registration)
        made.state = state
    regs.register(session, gone, "word", now=NOW)
    session.flush()
    merge(session, keep, gone, NOW)
    active = regs.of_person(session, keep, active_only=True)
    assert {each.course_id: each.state for each in active} == {
        "excel": max(mine, theirs, key=STATES.index),
        "word": "requested",
    }
    (ended,) = [each for each in regs.of_person(session, keep) if each.state == "cancelled"]
    change = regs.changes_of(session, ended.id)[-1]
    assert (change.to_state, change.author, change.note) == ("cancelled", "system", "merged")


def test_the_place_that_is_one_too_many_goes_to_who_waits(
    session: Session, two: tuple[uuid.UUID, ...]
) -> None:
    keep, gone = two
    load(session, course("small", capacity=2, starts_on=TODAY))
    for person in (keep, gone):
        regs.register(session, person, "small", now=NOW)
    third = regs.register(session, somebody(session, "telegram", "3"), "small", now=NOW)
    assert isinstance(third, Registration)
    assert third.state == "waiting"
    waiting = third.id
    merge(session, keep, gone, NOW)
    assert regs.find(session, waiting).state == "confirmed"


def test_alerts_and_requests_are_not_doubled(session: Session, two: tuple[uuid.UUID, ...]) -> None:
    keep, gone = two
    alerts.subscribe(session, keep, ["cloud"])
    alerts.subscribe(session, keep, ["cloud"], "fes")
    alerts.subscribe(session, gone, ["cloud"])
    alerts.subscribe(session, gone, ["cloud"], "sale")
    adviser_requests.request(session, keep, "access", "cannot enter")
    adviser_requests.request(session, keep, "job", "first")
    adviser_requests.request(session, gone, "access", "the page is empty")
    adviser_requests.request(session, gone, "data_copy")
    taken = adviser_requests.request(session, gone, "job", "second")
    taken.state = "taken"
    kept_taken = taken.id
    merge(session, keep, gone, NOW)
    assert [(each.topics, each.city) for each in alerts.of_person(session, keep)] == [
        (["cloud"], None), (["cloud"], "fes"), (["cloud"], "sale"),
    ]  # fmt: skip
    assert session.scalar(select(func.count()).select_from(Alert)) == 4
    open_ones = {
        each.reason: (each.state, each.detail)
        for each in adviser_requests.of_person(session, keep)
        if each.state != "closed"
    }
    assert open_ones == {
        "access": ("open", "cannot enter\nthe page is empty"),
        "job": ("taken", "first\nsecond"),
        "data_copy": ("open", None),
    }
    job = session.get_one(AdviserRequest, kept_taken)
    assert (job.state, job.person_id) == ("taken", keep)


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ({"name": "Amina", "city": None}, {"name": "A.", "city": "fes"}, {"name": "Amina", "city": "fes"}),
        ({"variety": None}, {"variety": "fr", "variety_source": "detected"}, {"variety": "fr"}),
        (
            {"variety": "ary", "variety_source": "detected"},
            {"variety": "fr", "variety_source": "detected"},
            {"variety": "ary"},
        ),
        (
            {"variety": "ary", "variety_source": "detected"},
            {"variety": "fr", "variety_source": "chosen"},
            {"variety": "fr", "variety_source": "chosen"},
        ),
        (
            {"variety": "ary", "variety_source": "chosen"},
            {"variety": "fr", "variety_source": "chosen"},
            {"variety": "ary"},
        ),
        ({"profile_name": None}, {"profile_name": "Amina 🌷"}, {"profile_name": "Amina 🌷"}),
    ],
)
def test_what_they_told_of_themselves(
    session: Session,
    two: tuple[uuid.UUID, ...],
    mine: dict[str, Any],
    theirs: dict[str, Any],
    both: dict[str, Any],
) -> None:
    keep, gone = two
    for person, values in ((keep, mine), (gone, theirs)):
        for name, value in values.items():
            setattr(people.get(session, person), name, value)
    merge(session, keep, gone, NOW)
    kept = people.get(session, keep)
    assert {name: getattr(kept, name) for name in both} == both


def test_the_last_answer_about_consent_counts_whoever_gave_it(
    session: Session, two: tuple[uuid.UUID, ...]
) -> None:
    keep, gone = two
    consents.record_consent(session, gone, "alerts", "1", False, NOW + timedelta(hours=1))
    merge(session, keep, gone, NOW)
    assert not consents.has_consent(session, keep, "alerts")
    assert consents.has_consent(session, keep, "registration")


def test_codes_of_either_open_nothing_more(session: Session, two: tuple[uuid.UUID, ...]) -> None:
    keep, gone = two
    code = link_codes.create_code(session, gone, "whatsapp")
    assert code is not None
    merge(session, keep, gone, NOW)
    stored = store_inbound(session, InboundRecord("telegram", "5", "m", code))
    assert link_codes.claim(session, stored.message_id, code) == "expired"


@pytest.mark.parametrize(
    ("mine", "theirs", "joined"),
    [
        (None, None, None),
        (LATER, None, LATER),
        (None, EARLIER, EARLIER),
        (EARLIER, LATER, LATER),
        (LATER, EARLIER, LATER),
    ],
)
def test_danger_of_either_is_known_of_both(
    session: Session, mine: datetime | None, theirs: datetime | None, joined: datetime | None
) -> None:
    keep, gone = somebody(session, "web", "a"), somebody(session, "web", "b")
    for who, at in ((keep, mine), (gone, theirs)):
        adviser_requests.request(session, who, adviser_requests.URGENT)
        conversations.open_conversation(session, who, "web").danger_at = at
        if at is not None:
            adviser_requests.note_undelivered(session, who, at)
    for address in session.scalars(select(Address).where(Address.person_id == gone)):
        address.told_return_at = EARLIER
    merge(session, keep, gone, NOW)
    assert session.scalars(select(Conversation.danger_at)).all() == [joined]
    urgent = select(AdviserRequest.undelivered_at).where(AdviserRequest.state != "closed")
    assert session.scalars(urgent).all() == [joined]
    told = select(Address.told_return_at).where(Address.person_id == keep)
    assert set(session.scalars(told)) == {None, EARLIER}


def test_nothing_in_any_table_is_lost(session: Session) -> None:
    """Every table that names a person or a conversation, with a row of each that both have."""
    keep, gone = somebody(session, "web", "a"), somebody(session, "web", "b")
    adviser = advisers.add(session, NewAdviser("nadia", "Nadia", "no password")).id
    for who, person in (("a", keep), ("b", gone)):
        reply = hear(session, "web", who, f"salam {who}", 1, "salam")
        conversation = conversations.get(session, reply.conversation_id)
        feedback.record(session, person, "praise", f"merci {who}")
        notes.write(session, conversation, adviser, f"note {who}", NOW)
        tags.put(session, "person", person, "both", adviser)
        tags.put(session, "person", person, f"only {who}", adviser)
        tags.put(session, "conversation", conversation.id, "both", adviser)
        tags.put(session, "message", reply.id, "both", adviser)
        session.add(ConversationRead(adviser_id=adviser, conversation_id=conversation.id, read_at=NOW))
        session.flush()
    merge(session, keep, gone, NOW)
    session.flush()
    counts = {
        table: session.scalar(text(f"select count(*) from {table}"))
        for table in (
            "persons",
            "conversations",
            "messages",
            "feedback",
            "notes",
            "taggings",
            "conversation_reads",
        )
    }
    assert counts == {
        "persons": 1,
        "conversations": 1,
        "messages": 4,
        "feedback": 2,
        "notes": 2,
        # both, only a, only b on the person; both on the conversation; both on each of two messages
        "taggings": 6,
        "conversation_reads": 1,
    }
    for table in Base.metadata.sorted_tables:
        if table.name != ErasureBacklog.__tablename__:  # until the engine has forgotten them
            rows = str(session.execute(text(f"select t::text from {table.name} t")).all())
            assert str(gone) not in rows, table.name


def test_no_number_falls_where_the_first_messages_are_kept_no_longer(session: Session) -> None:
    keep, gone = somebody(session, "web", "a"), somebody(session, "web", "b")
    for minute in range(4):
        hear(session, "web", "a", f"a {minute}", minute * 2, "A")
        hear(session, "web", "b", f"b {minute}", minute * 2 + 1, "B")
    first = select(Message.id).where(Message.direction == "out", Message.n <= 3)
    session.execute(delete(Message).where(Message.id.in_(first)))
    before = {message.id: message.n for message in session.scalars(select(Message).where(Message.n == 4))}
    merge(session, keep, gone, NOW)
    conversation = conversations.open_conversation(session, keep, "web")
    after = {
        message.id: message.n for message in session.scalars(select(Message).where(Message.n.is_not(None)))
    }
    assert all(after[each] >= number for each, number in before.items())
    assert sorted(after.values()) == [7, 8]
    assert conversation.last_n == 8


def test_who_is_not_there_cannot_be_joined(session: Session, two: tuple[uuid.UUID, ...]) -> None:
    keep, gone = two
    with pytest.raises(ValueError, match="themselves"):
        merge(session, keep, keep)
    with pytest.raises(PersonUnknown):
        merge(session, keep, uuid.uuid4())
    lock_both(session, gone, keep)
    merge(session, keep, gone, NOW)
    with pytest.raises(PersonUnknown):
        merge(session, keep, gone)


@pytest.mark.parametrize("what", ["a message", "a word of thanks"])
def test_what_comes_at_the_same_moment_is_not_lost(database: Database, what: str) -> None:
    """It is stored when the merging begins, and not yet committed: the merging waits for it, and takes it along."""
    with database.session() as session:
        keep, gone = somebody(session, "sms", "1"), somebody(session, "whatsapp", "2")
    stored, merging = threading.Event(), threading.Event()

    def write() -> None:
        with database.session() as session:
            if what == "a message":
                store_inbound(session, InboundRecord("whatsapp", "2", "late", "just in time"))
            else:
                feedback.record(session, gone, "praise", "just in time")
            session.flush()
            stored.set()
            merging.wait(5)
            for _ in range(200):  # until the merging waits for us
                if session.scalar(text("select count(*) from pg_locks where not granted")):
                    break
                session.execute(text("select pg_sleep(0.01)"))

    writer = threading.Thread(target=write)
    writer.start()
    assert stored.wait(5)
    with database.session() as session:
        merging.set()
        merge(session, keep, gone)
    writer.join()
    with database.session() as session:
        kept = [each.text for each in history(session, keep)]
        kept += [each.text for each in feedback.of_person(session, keep)]
        assert kept == ["just in time"]
