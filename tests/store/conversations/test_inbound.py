"""What comes in under several names, again, at once, or after it was erased."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.conversations import tombstones
from store.conversations.inbound import InboundRecord, MessageErased, StoredInbound, store_inbound
from store.conversations.messages import get_message
from store.core.database import Database
from store.people import addresses, people
from store.tables import Address, Conversation, Message, Person
from tests.store.making import NOW, at_once


def record(number: int = 1, sender: str = "212600000000", **values: Any) -> InboundRecord:
    return InboundRecord("whatsapp", sender, f"m-{number}", **{"text": "salam", **values})


def count(session: Session, table: type[Any]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def provider_ids(session: Session, stored: StoredInbound) -> set[str]:
    return {address.provider_id for address in addresses.addresses_of(session, stored.person_id)}


def test_all_of_a_message_is_kept_for_a_newcomer_and_for_who_is_known(database: Database) -> None:
    told = {
        "option": {"id": "a"},
        "media": {"kind": "image"},
        "raw": {"From": "+212600000000"},
        "provider": "twilio",
        "received_at": NOW,
        "sent_at": NOW - timedelta(seconds=3),
        "opt_word": "stop",
        "forwarded": True,
        "profile_name": "Amina",
    }
    with database.session() as session:
        both = [store_inbound(session, record(number, **told)) for number in (1, 2)]
    with database.session() as session:
        rows = [get_message(session, each.message_id) for each in both]
        for row, stored in zip(rows, both, strict=True):
            assert (row.person_id, row.conversation_id) == (stored.person_id, stored.conversation_id)
            assert (row.direction, row.state, row.channel, row.text) == (
                "in",
                "received",
                "whatsapp",
                "salam",
            )
            assert (row.option, row.media, row.flagged) == ({"id": "a"}, {"kind": "image"}, True)
            assert (row.provider, row.created_at, row.sent_at) == ("twilio", NOW, NOW - timedelta(seconds=3))
            assert (row.opt_word, row.forwarded, row.args) == ("stop", True, None)
            assert row.raw_encrypted is not None
            assert "212600000000" not in row.raw_encrypted
        person = people.get(session, both[0].person_id)
        conversation = session.get_one(Conversation, both[0].conversation_id)
        [address] = addresses.addresses_of(session, person.id)
        assert (person.profile_name, address.provider, address.last_inbound_at) == ("Amina", "twilio", NOW)
        assert (conversation.last_message_at, conversation.last_n, conversation.state) == (
            NOW,
            0,
            "assistant",
        )


def test_another_name_is_taken_over_and_none_changes_nothing(database: Database) -> None:
    with database.session() as session:
        stored = store_inbound(session, record(1, profile_name="Amina"))
        store_inbound(session, record(2, profile_name=None))
        assert people.get(session, stored.person_id).profile_name == "Amina"
    with database.session() as session:
        store_inbound(session, record(3, profile_name="Amina B."))
        assert people.get(session, stored.person_id).profile_name == "Amina B."


def test_a_newcomer_is_known_by_each_of_their_aliases(database: Database) -> None:
    with database.session() as session:
        first = store_inbound(session, record(1, aliases=["MA.1", "212600000000"]))
        by_alias = store_inbound(session, record(2, "MA.1"))
        with_one_more = store_inbound(session, record(3, aliases=["MA.1", "MA.2"]))
        both_known = store_inbound(session, record(4, aliases=["MA.2"]))
        assert {each.person_id for each in (by_alias, with_one_more, both_known)} == {first.person_id}
        assert {each.conversation_id for each in (by_alias, with_one_more)} == {first.conversation_id}
        assert provider_ids(session, first) == {"212600000000", "MA.1", "MA.2"}
        assert [count(session, table) for table in (Person, Conversation, Message)] == [1, 1, 4]


def test_an_alias_of_somebody_else_stays_theirs(database: Database) -> None:
    with database.session() as session:
        other = store_inbound(session, record(1, "MA.1"))
        one = store_inbound(session, record(2))
    for number in (3, 4):
        with database.session() as session:
            again = store_inbound(session, record(number, aliases=["MA.1"], received_at=NOW))
            assert (again.person_id, again.duplicate) == (one.person_id, False)
    with database.session() as session:
        assert provider_ids(session, other) == {"MA.1"}
        [address] = addresses.addresses_of(session, one.person_id)
        assert address.last_inbound_at == NOW


def test_who_opted_out_did_so_under_a_new_alias_too(database: Database) -> None:
    with database.session() as session:
        stored = store_inbound(session, record(1))
        [address] = session.scalars(select(Address))
        addresses.set_address_state(session, address.id, "opted_out", "word")
        store_inbound(session, record(2, aliases=["MA.1"]))
        assert {each.state for each in addresses.addresses_of(session, stored.person_id)} == {"opted_out"}


def test_a_conversation_begins_anew_for_who_has_none(database: Database) -> None:
    with database.session() as session:
        known = people.find_or_create(session, "whatsapp", "212600000000").id
    with database.session() as session:
        stored = store_inbound(session, record(received_at=NOW))
    with database.session() as session:
        assert (stored.person_id, stored.duplicate) == (known, False)
        assert session.get_one(Conversation, stored.conversation_id).last_message_at == NOW
        assert addresses.addresses_of(session, known)[0].last_inbound_at == NOW


def test_a_message_again_changes_nothing(database: Database) -> None:
    with database.session() as session:
        first = store_inbound(session, record(received_at=NOW, profile_name="Amina"))
        later = {"received_at": NOW + timedelta(hours=1), "profile_name": "Fatima", "aliases": ["MA.1"]}
        for sender in ("212600000000", "212699999999"):
            again = store_inbound(session, record(sender=sender, **later))
            assert again == StoredInbound(first.message_id, first.person_id, first.conversation_id, True)
    with database.session() as session:
        assert [count(session, table) for table in (Person, Address, Message)] == [1, 1, 1]
        assert people.get(session, first.person_id).profile_name == "Amina"
        assert addresses.addresses_of(session, first.person_id)[0].last_inbound_at == NOW


@pytest.mark.parametrize("aliases", [[], ["MA.1"]])
def test_what_was_erased_does_not_come_back(database: Database, aliases: list[str]) -> None:
    with database.session() as session:
        stored = store_inbound(session, record(provider="twilio"))
        tombstones.forget_messages(session, stored.person_id, NOW)
        session.delete(session.get_one(Person, stored.person_id))
    with database.session() as session:
        with pytest.raises(MessageErased):
            store_inbound(session, record(provider="twilio", aliases=aliases))
        assert [count(session, table) for table in (Person, Address, Message)] == [0, 0, 0]
        assert not store_inbound(session, record(2, provider="twilio")).duplicate
        # Their newer message made them known again: the erased one stays away even so.
        with pytest.raises(MessageErased):
            store_inbound(session, record(provider="twilio", aliases=aliases))


def storing(database: Database, each: InboundRecord) -> Callable[[], StoredInbound]:
    def store() -> StoredInbound:
        with database.session() as session:
            return store_inbound(session, each)

    return store


@pytest.mark.parametrize("aliases", [[], ["MA.1"]])
def test_messages_of_a_newcomer_at_once_make_one_person(database: Database, aliases: list[str]) -> None:
    stored = at_once(*(storing(database, record(number, aliases=aliases)) for number in range(6)))
    assert len({each.person_id for each in stored}) == len({each.conversation_id for each in stored}) == 1
    assert len({each.message_id for each in stored}) == 6
    assert not any(each.duplicate for each in stored)
    with database.session() as session:
        assert [count(session, table) for table in (Person, Conversation, Message)] == [1, 1, 6]
