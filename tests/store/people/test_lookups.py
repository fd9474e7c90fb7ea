"""Looking finds what is there and makes nothing."""

from store.conversations.inbound import InboundRecord, store_inbound
from store.conversations.messages import mark_done
from store.core.database import Database
from store.people.lookups import awaits_answer, conversation_at
from store.tables import Person


def test_nobody_is_made_by_looking(database: Database) -> None:
    with database.session() as session:
        assert conversation_at(session, "web", "amina") is None
        assert session.query(Person).count() == 0


def test_a_conversation_is_found_by_channel_and_address(database: Database) -> None:
    with database.session() as session:
        stored = store_inbound(session, InboundRecord("web", "amina", "m1", text="salam"))
        found = conversation_at(session, "web", "amina")
        assert found is not None
        assert found.id == stored.conversation_id
        assert conversation_at(session, "sms", "amina") is None
        assert conversation_at(session, "web", "salma") is None


def test_a_message_awaits_its_answer_until_its_turn_is_over(database: Database) -> None:
    with database.session() as session:
        stored = store_inbound(session, InboundRecord("web", "amina", "m1", text="salam"))
        conversation = conversation_at(session, "web", "amina")
        assert conversation is not None
        assert awaits_answer(session, conversation)
        mark_done(session, stored.message_id)
        assert not awaits_answer(session, conversation)
