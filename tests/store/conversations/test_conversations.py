"""Conversations: each message in once, its replies once and in order."""

import uuid
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.conversations import conversations, next_message
from store.conversations.inbound import InboundRecord, StoredInbound, store_inbound
from store.conversations.messages import (
    MessageUnknown,
    get_message,
    history,
    mark_done,
    mark_failed,
    record_understanding,
)
from store.conversations.outbound import (
    OutboundRecord,
    find_option,
    outbound_after,
    store_replies,
    store_unprompted,
)
from store.core.database import Database
from store.people import addresses, people
from store.tables import Conversation, Message
from tests.store.making import NOW, at_once


def _inbound(number: str = "1", **values: Any) -> InboundRecord:
    return InboundRecord("web", "session-1", f"session-1:{number}", **{"text": "salam", **values})


def _menu(*ids: str) -> OutboundRecord:
    options = [{"id": one, "title": one.upper(), "intent": "inform", "entities": []} for one in ids]
    return OutboundRecord(("menu",), "1. A", args={"name": "x"}, options=options, segments=1, encoding="gsm7")


def test_a_message_is_stored_with_its_writer(database: Database) -> None:
    record = _inbound(option={"id": "a"}, raw={"From": "+212600000001"}, received_at=NOW, profile_name="Ali")
    with database.session() as session:
        stored = store_inbound(session, record)
        message = get_message(session, stored.message_id)
        assert (message.text, message.option, message.state, message.direction) == (
            "salam",
            {"id": "a"},
            "received",
            "in",
        )
        assert (message.person_id, message.conversation_id) == (stored.person_id, stored.conversation_id)
        assert not stored.duplicate
        assert message.raw_encrypted is not None
        assert "212600000001" not in message.raw_encrypted
        [address] = addresses.addresses_of(session, stored.person_id)
        assert address.last_inbound_at == NOW


def test_the_same_message_again_is_a_duplicate(database: Database) -> None:
    with database.session() as session:
        first = store_inbound(session, _inbound())
        again = store_inbound(session, _inbound(text="something else"))
        assert again.duplicate
        assert again.message_id == first.message_id
        assert get_message(session, first.message_id).text == "salam"
        other = store_inbound(session, _inbound("2"))
        assert (other.duplicate, other.conversation_id) == (False, first.conversation_id)


def test_a_message_delivered_many_times_at_once_is_stored_once(database: Database) -> None:
    def receive() -> StoredInbound:
        with database.session() as session:
            return store_inbound(session, _inbound())

    stored = at_once(*[receive] * 6)
    assert [one.duplicate for one in stored].count(False) == 1
    assert len({one.message_id for one in stored}) == 1


def test_text_that_postgresql_cannot_keep(database: Database) -> None:
    nasty = {"a\x00": ["\ud800", "\\u0000", "\\\x00"], "b": "\x00"}
    with database.session() as session:
        stored = store_inbound(session, _inbound(text="a\x00b\udfff", option=nasty, raw=nasty))
        record_understanding(session, stored.message_id, nasty)
    with database.session() as session:
        message = get_message(session, stored.message_id)
        assert message.text == "a�b�"
        assert message.understanding == {"a�": ["�", "\\u0000", "\\�"], "b": "�"}


def test_replies_are_numbered_and_stored_once(database: Database) -> None:
    with database.session() as session:
        inbound = store_inbound(session, _inbound())
        first = store_replies(session, inbound.message_id, [_menu("a"), OutboundRecord(("more",), "?")])
        again = store_replies(session, inbound.message_id, [OutboundRecord(("other",), "!")])
        assert [(one.n, one.reply, one.position) for one in again] == [(1, "menu", 0), (2, "more", 1)]
        assert [one.id for one in first] == [one.id for one in again]
        assert (first[0].args, first[0].segments, first[0].encoding) == ({"name": "x"}, 1, "gsm7")
        assert {one.delivery_state for one in first} == {"pending"}
        [reminder] = store_unprompted(session, inbound.conversation_id, [OutboundRecord(("reminder",), "!")])
        assert (reminder.n, reminder.in_reply_to) == (3, None)


def test_no_reply_is_an_answer_too(database: Database) -> None:
    with database.session() as session:
        inbound = store_inbound(session, _inbound())
        assert store_replies(session, inbound.message_id, []) == []


def test_the_same_turn_run_twice_at_once_replies_once(database: Database) -> None:
    with database.session() as session:
        inbound = store_inbound(session, _inbound())

    def reply() -> list[int | None]:
        with database.session() as session:
            return [one.n for one in store_replies(session, inbound.message_id, [_menu("a"), _menu("b")])]

    assert at_once(*[reply] * 4) == [[1, 2]] * 4


def test_turns_of_one_conversation_at_once_never_share_a_number(database: Database) -> None:
    with database.session() as session:
        ids = [store_inbound(session, _inbound(str(n))).message_id for n in range(6)]

    def reply(message_id: uuid.UUID) -> None:
        with database.session() as session:
            store_replies(session, message_id, [_menu("a"), _menu("b")])

    at_once(*[lambda message_id=message_id: reply(message_id) for message_id in ids])
    with database.session() as session:
        numbers = session.scalars(select(Message.n).where(Message.n.is_not(None)).order_by(Message.n))
        assert list(numbers) == list(range(1, 13))


def test_what_was_sent_after_a_number(database: Database) -> None:
    with database.session() as session:
        inbound = store_inbound(session, _inbound())
        store_replies(session, inbound.message_id, [_menu("a"), _menu("b"), _menu("c")])
        assert [one.n for one in outbound_after(session, inbound.conversation_id, 1)] == [2, 3]
        assert outbound_after(session, inbound.conversation_id, 3) == []
        assert [one.direction for one in history(session, inbound.person_id)] == [
            "in",
            "out",
            "out",
            "out",
        ]
        assert [one.n for one in history(session, inbound.person_id, limit=1)] == [3]


def _offered(session: Session, message_id: uuid.UUID) -> list[str]:
    waiting = next_message.oldest(session, message_id)
    assert waiting is not None
    return [option["id"] for option in waiting.offered]


def test_a_number_refers_to_the_last_menu_and_a_button_to_its_own(database: Database) -> None:
    with database.session() as session:
        inbound = store_inbound(session, _inbound())
        there = inbound.conversation_id
        assert _offered(session, inbound.message_id) == []
        assert find_option(session, there, "a") is None
        store_replies(session, inbound.message_id, [_menu("a", "b"), _menu("c"), OutboundRecord(("x",), "x")])
        assert _offered(session, inbound.message_id) == ["c"]
        old = find_option(session, there, "b")
        assert old is not None
        assert (old["title"], old["intent"]) == ("B", "inform")


def test_the_end_of_a_turn(database: Database) -> None:
    with database.session() as session:
        inbound = store_inbound(session, _inbound())
        mark_failed(session, inbound.message_id, "engine_down")
        message = get_message(session, inbound.message_id)
        assert (message.state, message.failure) == ("failed", "engine_down")
        mark_done(session, inbound.message_id)
        assert (message.state, message.failure) == ("done", None)
        assert message.finished_at is not None


def test_no_message_of_that_id(database: Database) -> None:
    with database.session() as session, pytest.raises(MessageUnknown):
        get_message(session, uuid.uuid4())


def test_one_conversation_per_person_and_channel(database: Database) -> None:
    with database.session() as session:
        someone = people.find_or_create(session, "web", "s").id

    def begin() -> uuid.UUID:
        with database.session() as session:
            return conversations.open_conversation(session, someone, "web").id

    assert len(set(at_once(*[begin] * 4))) == 1
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Conversation)) == 1
        assert conversations.open_conversation(session, someone, "sms").last_n == 0


@pytest.mark.parametrize(
    ("before", "after"), [("unreachable", "active"), ("blocked", "active"), ("opted_out", "opted_out")]
)
def test_who_writes_can_be_reached_again(
    database: Database, before: addresses.AddressState, after: addresses.AddressState
) -> None:
    with database.session() as session:
        stored = store_inbound(session, InboundRecord("whatsapp", "212600000000", "m-1", "salam"))
        address = addresses.address_on(session, stored.person_id, "whatsapp")
        assert address is not None
        addresses.set_address_state(session, address.id, before, "meta-131026")
        store_inbound(session, InboundRecord("whatsapp", "212600000000", "m-2", "salam"))
    with database.session() as session:
        address = addresses.address_on(session, stored.person_id, "whatsapp")
        assert address is not None
        assert address.state == after
