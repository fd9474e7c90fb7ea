"""A person's data: a copy of all of it, and an end to all of it."""

import json
import uuid

import pytest
from sqlalchemy import select, text

from store.advisers import advisers, notes, tags
from store.advisers.advisers import NewAdviser
from store.conversations import conversations, feedback
from store.conversations.inbound import InboundRecord, MessageErased, store_inbound
from store.conversations.outbound import OutboundRecord, store_replies
from store.core.database import Database
from store.handover import requests as adviser_requests
from store.lifecycle import privacy
from store.outreach import alerts
from store.people import people, profiles
from store.registrations import registrations
from store.tables import Base, Erasure, ErasureBacklog, LinkCode, Registration
from tests.store.making import NOW, TODAY, course, load, person


def _somebody(database: Database) -> uuid.UUID:
    """Who did everything one can do here."""
    with database.session() as session:
        load(session, course("small", capacity=1, starts_on=TODAY))
        someone = person(session, "s-1", "registration", "alerts")
        profiles.update_profile(session, someone, name="Fatima Zahra", city="fes")
        inbound = store_inbound(session, InboundRecord("web", "s-1", "s-1:1", "smiti Fatima", raw={"a": 1}))
        store_replies(session, inbound.message_id, [OutboundRecord(("hello",), "salam Fatima")])
        registrations.register(session, someone, "small", now=NOW)
        alerts.subscribe(session, someone, ["cloud"])
        adviser_requests.request(session, someone, "access", "help Fatima")
        adviser_requests.request(session, someone, adviser_requests.URGENT, "Fatima is in danger")
        adviser_requests.note_undelivered(session, someone, NOW)
        feedback.record(session, someone, "praise", "merci, Fatima")
        session.add(LinkCode(person_id=someone, channel="web", code_digest="d", expires_at=NOW))
        adviser = advisers.add(session, NewAdviser("nadia", "Nadia", "no password")).id
        notes.write(
            session, conversations.get(session, inbound.conversation_id), adviser, "Fatima asked", NOW
        )
        tags.put(session, "person", someone, "Fatima", adviser)
        tags.take_off(session, "person", someone, "fatima")
        tags.put(session, "message", inbound.message_id, "to-see", adviser)
        return someone


def test_a_copy_has_all_of_it_and_is_json(database: Database) -> None:
    someone = _somebody(database)
    with database.session() as session:
        copy = json.loads(json.dumps(privacy.export_person(session, someone)))
    assert copy["person"]["name"] == "Fatima Zahra"
    assert copy["addresses"] == [{"channel": "web", "provider_id": "s-1", "state": "active"}]
    assert [one["text"] for one in copy["messages"]] == ["smiti Fatima", "salam Fatima"]
    assert [one["to_state"] for one in copy["registrations"][0]["changes"]] == ["requested", "confirmed"]
    assert [len(copy[kind]) for kind in ("consents", "alerts", "adviser_requests", "feedback")] == [
        2,
        1,
        2,
        1,
    ]
    assert [one.get("undelivered_at") for one in copy["adviser_requests"]] == [None, NOW.isoformat()]
    assert "encrypted" not in json.dumps(copy)


def test_erasing_leaves_nothing_of_them_anywhere(database: Database) -> None:
    someone = _somebody(database)
    with database.session() as session:
        receipt = privacy.erase_person(session, someone, NOW)
    assert (receipt.person_id, receipt.at) == (someone, NOW)
    assert receipt.erased["messages"] == 2
    assert all(count > 0 for count in receipt.erased.values())
    with database.session() as session:
        for table in Base.metadata.sorted_tables:
            rows = str(session.execute(text(f"select {table.name}::text from {table.name}")).all())
            assert "Fatima" not in rows
            # Their id alone stays, until the engine has forgotten them too.
            assert (str(someone) in rows) == (table.name == ErasureBacklog.__tablename__)
        kept = session.scalars(select(Erasure)).one()
        assert (kept.reference, kept.at, kept.erased) == (receipt.reference, NOW, receipt.erased)


def test_their_place_goes_to_who_waits(database: Database) -> None:
    someone = _somebody(database)
    with database.session() as session:
        waiting = registrations.register(session, person(session, "s-2", "registration"), "small", now=NOW)
        assert isinstance(waiting, Registration)
        assert waiting.state == "waiting"
        privacy.erase_person(session, someone)
        assert registrations.find(session, waiting.id).state == "confirmed"


def test_erased_people_are_unknown_and_may_come_back_as_somebody_new(database: Database) -> None:
    someone = _somebody(database)
    with database.session() as session:
        privacy.erase_person(session, someone)
    with database.session() as session:
        with pytest.raises(people.PersonUnknown):
            privacy.erase_person(session, someone)
        with pytest.raises(people.PersonUnknown):
            privacy.export_person(session, someone)
        assert person(session, "s-1") != someone


def test_what_was_erased_does_not_come_back_from_a_providers_list(database: Database) -> None:
    """Twilio keeps messages, and its list is looked through for those that no call brought."""
    record = InboundRecord("sms", "+212600000000", "SM1", "smiti Fatima", provider="twilio")
    with database.session() as session:
        stored = store_inbound(session, record)
    with database.session() as session:
        privacy.erase_person(session, stored.person_id)
    for known_again in (False, True):
        with database.session() as session, pytest.raises(MessageErased):
            store_inbound(session, record)
        if not known_again:
            with database.session() as session:
                new = InboundRecord("sms", "+212600000000", "SM2", "salam", provider="twilio")
                assert not store_inbound(session, new).duplicate
    with database.session() as session:
        kept = session.scalars(text("select digest from message_tombstones")).all()
    assert len(kept) == 1
    assert "SM1" not in kept[0]
