"""Messages that were put aside: listed without their words, and tried again whole."""

import uuid

import pytest
from sqlalchemy import select

from store.conversations import dead_letters, deliveries
from store.conversations.dead_letters import NotDead, Retried
from store.conversations.inbound import InboundRecord, store_inbound
from store.conversations.messages import MessageUnknown, get_message, mark_done, mark_failed
from store.conversations.outbound import OutboundRecord, store_replies
from store.core.database import Database
from store.tables import Message


def put_aside(database: Database) -> tuple[uuid.UUID, uuid.UUID]:
    """An inbound message that failed and was told so, and an outbound one that no provider took."""
    with database.session() as session:
        first = store_inbound(session, InboundRecord("sms", "+2126", "in-1", "secret words"))
        store_replies(session, first.message_id, [OutboundRecord(("turn-failed",), "sorry")])
        mark_failed(session, first.message_id, "engine-422")
        get_message(session, first.message_id).tries = 8
        second = store_inbound(session, InboundRecord("telegram", "77", "in-2", "salam"))
        (sent,) = store_replies(session, second.message_id, [OutboundRecord(("greet",), "salam")])
        mark_done(session, second.message_id)
        deliveries.record_delivery(session, sent.id, "sending")
        deliveries.record_delivery(session, sent.id, "failed", provider_message_id="P1", detail="30003")
        return first.message_id, sent.id


def test_the_list_says_which_and_why_and_no_words(database: Database) -> None:
    failed, undelivered = put_aside(database)
    with database.session() as session:
        found = dead_letters.dead_letters(session)
        assert [
            (each.message_id, each.direction, each.channel, each.reason, each.tries) for each in found
        ] == [
            (undelivered, "out", "telegram", "30003", 1),
            (failed, "in", "sms", "engine-422", 8),
        ]
        assert "secret" not in str(found)
        assert [each.message_id for each in dead_letters.dead_letters(session, limit=1)] == [undelivered]


def test_an_inbound_one_waits_for_its_turn_again_and_may_be_answered(database: Database) -> None:
    failed, _ = put_aside(database)
    with database.session() as session:
        due = dead_letters.retry(session, failed)
        message = get_message(session, failed)
        assert due == Retried(failed, "in", message.person_id, message.conversation_id)
        assert (message.state, message.failure, message.finished_at, message.tries) == (
            "received", None, None, None,
        )  # fmt: skip
        (answer,) = store_replies(session, failed, [OutboundRecord(("greet",), "salam")])
        assert answer.reply == "greet"
        said = session.scalars(
            select(Message.reply).where(Message.conversation_id == due.conversation_id, Message.n > 0)
        )
        assert set(said) == {"turn-failed", "greet"}


def test_an_outbound_one_waits_for_its_delivery_again(database: Database) -> None:
    _, undelivered = put_aside(database)
    with database.session() as session:
        assert dead_letters.retry(session, undelivered).direction == "out"
        assert get_message(session, undelivered).delivery_state == "pending"
        assert deliveries.record_delivery(session, undelivered, "sending")
        assert deliveries.record_delivery(session, undelivered, "sent", provider_message_id="P2")
        assert deliveries.find_sent(session, "telegram", "P1") is None


def test_what_is_not_dead_is_left(database: Database) -> None:
    failed, undelivered = put_aside(database)
    with database.session() as session:
        for message_id in (failed, undelivered):
            dead_letters.retry(session, message_id)
            with pytest.raises(NotDead):
                dead_letters.retry(session, message_id)
        with pytest.raises(MessageUnknown):
            dead_letters.retry(session, uuid.uuid4())
        assert dead_letters.dead_letters(session) == []
