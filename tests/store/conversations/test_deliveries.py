"""Deliveries: statuses come late, twice and out of order, and only move forward."""

import uuid

import pytest

from store.conversations import conversations, deliveries
from store.conversations.inbound import InboundRecord, store_inbound
from store.conversations.messages import MessageUnknown, get_message
from store.conversations.outbound import OutboundRecord, store_replies
from store.core.database import Database


@pytest.fixture
def sent(database: Database) -> uuid.UUID:
    with database.session() as session:
        inbound = store_inbound(session, InboundRecord("sms", "+2126", "in-1", "salam"))
        [message] = store_replies(session, inbound.message_id, [OutboundRecord(("hello",), "salam")])
        return message.id


def test_a_delivery_moves_forward_only(database: Database, sent: uuid.UUID) -> None:
    with database.session() as session:
        assert get_message(session, sent).delivery_state == "pending"
        assert deliveries.record_delivery(session, sent, "sending")
        assert deliveries.record_delivery(session, sent, "sending")
        assert deliveries.record_delivery(session, sent, "sent", provider_message_id="SM1")
        assert deliveries.record_delivery(session, sent, "delivered")
        assert not deliveries.record_delivery(session, sent, "sent")
        assert not deliveries.record_delivery(session, sent, "delivered")
        assert not deliveries.record_delivery(session, sent, "failed", detail="30003")
        message = get_message(session, sent)
        assert (message.delivery_state, message.delivery_attempts, message.delivery_detail) == (
            "delivered",
            2,
            None,
        )
        found = deliveries.find_sent(session, "sms", "SM1")
        assert found is not None
        assert found.id == sent
        assert deliveries.find_sent(session, "sms", "SM2") is None


def test_what_is_not_delivered(database: Database, sent: uuid.UUID) -> None:
    with database.session() as session:
        with pytest.raises(MessageUnknown):
            deliveries.record_delivery(session, uuid.uuid4(), "sent")
        inbound = get_message(session, sent).in_reply_to
        assert inbound is not None
        with pytest.raises(ValueError, match="inbound"):
            deliveries.record_delivery(session, inbound, "sent")


@pytest.mark.parametrize(
    "told", [("sent", "delivered"), ("delivered", "sent"), ("sent", "sent"), ("delivered", "read")]
)
def test_segments_are_counted_once_whatever_tells_first(database: Database, told: tuple[str, str]) -> None:
    """A report of delivery may come before our own note that the message was taken."""
    with database.session() as session:
        inbound = store_inbound(session, InboundRecord("sms", "+2126", "in-1", "salam"))
        record = OutboundRecord(("hello",), "salam", segments=2, encoding="GSM-7")
        [message] = store_replies(session, inbound.message_id, [record])
        deliveries.record_delivery(session, message.id, "sending")
        for state in told:
            deliveries.record_delivery(session, message.id, state)  # type: ignore[arg-type]
        deliveries.record_sent(session, message.id, None)
        session.expire_all()
        assert conversations.get(session, message.conversation_id).segments_sent == 2
