"""Deliveries by the worker: once and in order, looked up where that can be, within what an address allows."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import APIRouter
from sqlalchemy import text

from channels.contract.errors import Ambiguous, GiveUp, RetryLater
from channels.contract.messages import Outbound, Refusal, Template
from channels.contract.provider import Limits, Provider, Sent
from channels.delivery.outbox import Outbox, Words
from store.conversations import conversations, deliveries
from store.conversations.messages import get_message
from store.people import addresses
from tests.channels.conftest import QUICK, TRIES, World


class Way:
    """A way out that writes down what left, and fails as told: before it takes a message, or after."""

    def __init__(self) -> None:
        self.sent: list[Outbound] = []
        self.failures: list[Exception] = []
        self.lost_answers = 0

    async def send(self, message: Outbound) -> Sent:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(message)
        if self.lost_answers:
            self.lost_answers -= 1
            raise Ambiguous("timeout")
        return Sent(f"provider-{len(self.sent)}")


class WayWithLookUp(Way):
    """The same, at a provider that can be asked what it has."""

    def __init__(self) -> None:
        super().__init__()
        self.looked_up: list[str] = []

    async def find(self, message: Outbound, since: datetime) -> Sent | None:
        assert since <= datetime.now(UTC)
        self.looked_up.append(message.message_id)
        ids = [sent.message_id for sent in self.sent]
        return Sent(f"provider-{ids.index(message.message_id) + 1}") if message.message_id in ids else None


def through(world: World, way: Way, channel: str = "sms", **limits: Any) -> Outbox:
    provider = Provider("fake", APIRouter(), {channel: way}, limits=Limits(**limits))
    return Outbox(world.database, {"fake": provider}, tries=TRIES)


@pytest.fixture
def provider(world: World) -> Way:
    way = Way()
    world.outbox = through(world, way)
    return way


def test_replies_are_delivered_once_and_in_order(world: World, provider: Way) -> None:
    provider.failures = [RetryLater("sms-busy"), RetryLater("sms-busy")]
    for word in ("un", "deux"):
        world.write(word, channel="sms", sender="+212600000000")
    world.work_until(
        lambda: [m.delivery_state for m in world.replies("+212600000000", "sms")] == ["sent", "sent"]
    )
    assert [(sent.to, sent.text.split()[-1]) for sent in provider.sent] == [
        ("+212600000000", "un"),
        ("+212600000000", "deux"),
    ]
    first = world.replies("+212600000000", "sms")[0]
    assert (first.provider_message_id, first.delivery_attempts) == ("provider-1", 3)


def test_a_lost_answer_is_looked_up_before_it_is_sent_again(world: World) -> None:
    way = WayWithLookUp()
    way.lost_answers = 1
    world.outbox = through(world, way)
    world.write("un", channel="sms")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["sent"])
    assert len(way.sent) == len(way.looked_up) == 1
    assert world.replies(channel="sms")[0].provider_message_id == "provider-1"


def test_where_nothing_can_be_looked_up_it_is_sent_again(world: World, provider: Way) -> None:
    provider.lost_answers = 1
    world.write("un", channel="sms")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["sent"])
    assert [sent.attempt for sent in provider.sent] == [1, 2]
    assert world.replies(channel="sms")[0].delivery_attempts == 2


def test_a_worker_that_died_while_sending_did_send(world: World) -> None:
    way = WayWithLookUp()
    world.outbox = through(world, way)
    world.take(world.write("un", channel="sms").message_id)
    (reply,) = world.replies(channel="sms")
    way.sent.append(Outbound(str(reply.id), "sms", "amina", reply.text or ""))
    with world.database.session() as session:
        deliveries.record_delivery(session, reply.id, "sending")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["sent"])
    assert len(way.sent) == 1


def test_a_server_that_is_down_for_long_loses_nothing(world: World, provider: Way) -> None:
    provider.failures = [RetryLater("sms-unreachable", counts=False) for _ in range(TRIES + 3)]
    world.pace = replace(QUICK, longest_wait=0.1)
    world.write("un", channel="sms")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["sent"], 40)


def test_a_provider_says_when_to_come_back(world: World, provider: Way) -> None:
    provider.failures = [RetryLater("sms-429", after=1.0, counts=False)]
    world.write("un", channel="sms")
    began = time.monotonic()
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["sent"])
    assert time.monotonic() - began >= 1.0


def test_a_refusal_marks_the_address(world: World, provider: Way) -> None:
    provider.failures = [GiveUp("sms-21610", refusal=Refusal("opted_out", "twilio-21610"))]
    receipt = world.write("un", channel="sms")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["failed"])
    with world.database.session() as session:
        address = addresses.address_on(session, world.message(receipt.message_id).person_id, "sms")
        assert address is not None
        assert address.state == "opted_out"


def test_segments_are_added_up(world: World, provider: Way) -> None:
    receipt = world.write("un", channel="sms")
    world.write("deux", channel="sms")
    world.work_until(lambda: len(provider.sent) == 2 and world.outbox_is_empty("sms"))
    with world.database.session() as session:
        conversation = conversations.get(session, world.message(receipt.message_id).conversation_id)
        assert conversation.segments_sent == 2


def last_wrote(world: World, hours: float) -> None:
    """The person's last message is so old, on the provider's clock."""
    with world.database.session() as session:
        at = datetime.now(UTC) - timedelta(hours=hours)
        session.execute(text("update addresses set last_inbound_at = :at"), {"at": at})


@pytest.mark.parametrize(
    ("hours", "state", "detail"), [(23.9, "sent", None), (24.1, "failed", "outside-window")]
)
def test_free_words_leave_within_the_window_only(
    world: World, hours: float, state: str, detail: str | None
) -> None:
    way = Way()
    world.outbox = through(world, way, "whatsapp")
    world.take(world.write("un", channel="whatsapp").message_id)
    last_wrote(world, hours)
    world.work_until(lambda: world.outbox_is_empty("whatsapp"))
    (reply,) = world.replies(channel="whatsapp")
    assert (reply.delivery_state, reply.delivery_detail) == (state, detail)


def test_outside_the_window_the_template_leaves(world: World) -> None:
    way = Way()
    provider = Provider("fake", APIRouter(), {"whatsapp": way})
    words = Words(template=lambda key, variety, values: Template(f"{key}_{variety}", "fr", tuple(values)))
    world.outbox = Outbox(world.database, {"fake": provider}, words)
    world.take(world.write("un", channel="whatsapp").message_id)
    last_wrote(world, 48)
    with world.database.session() as session:
        (reply,) = world.replies(channel="whatsapp")
        message = get_message(session, reply.id)
        message.variety, message.content_template = "fr", {"key": "course_alert", "values": ["Excel"]}
    world.work_until(lambda: world.outbox_is_empty("whatsapp"))
    assert way.sent[0].template == Template("course_alert_fr", "fr", ("Excel",))


def test_a_refused_delivery_keeps_its_reason(world: World, provider: Way) -> None:
    provider.failures = [GiveUp("sms-21610")]
    world.write("un", channel="sms")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["failed"])
    assert world.replies(channel="sms")[0].delivery_detail == "sms-21610"


def test_nothing_is_sent_to_who_opted_out(world: World, provider: Way) -> None:
    receipt = world.write("un", channel="sms")
    world.take(receipt.message_id)
    with world.database.session() as session:
        person_id = world.message(receipt.message_id).person_id
        address = addresses.address_on(session, person_id, "sms")
        assert address is not None
        addresses.set_address_state(session, address.id, "opted_out")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["failed"])
    assert world.replies(channel="sms")[0].delivery_detail == "address-opted_out"
    assert provider.sent == []


def test_a_channel_that_is_off_says_so(world: World) -> None:
    world.write("un", channel="telegram")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="telegram")] == ["failed"])
    assert world.replies(channel="telegram")[0].delivery_detail == "channel-off"
