"""Help numbers that do not arrive: advisers are told, by whatever way the provider says so."""

from datetime import datetime
from uuid import UUID

import pytest

from channels.contract.errors import GiveUp
from channels.contract.messages import Refusal, StatusUpdate
from channels.delivery.danger_replies import DANGER_REPLIES
from channels.intake.statuses import note_status
from store.conversations.messages import get_message
from store.handover import requests as adviser_requests
from store.people import addresses
from tests.channels.conftest import World
from tests.channels.delivery.test_deliveries import Way, through

AMINA = "+212600000001"


@pytest.fixture
def provider(world: World) -> Way:
    way = Way()
    world.outbox = through(world, way)
    return way


def answered(world: World, reply: str, *, urgent: bool = True) -> UUID:
    """Somebody wrote, and this waits in the outbox as the answer; who."""
    receipt = world.write("salam", channel="sms", sender=AMINA)
    world.take(receipt.message_id)
    (answer,) = world.replies(AMINA, "sms")
    with world.database.session() as session:
        get_message(session, answer.id).reply_keys = reply.split(" + ")
        if urgent:
            adviser_requests.request(session, answer.person_id, adviser_requests.URGENT)
    return answer.person_id


def undelivered(world: World, person_id: UUID) -> list[datetime | None]:
    with world.database.session() as session:
        return [each.undelivered_at for each in adviser_requests.of_person(session, person_id)]


def ends(world: World, state: str) -> None:
    world.work_until(lambda: [m.delivery_state for m in world.replies(AMINA, "sms")] == [state])


def test_the_replies_are_those_of_danger() -> None:
    assert {"danger-help", "danger-stay"} == DANGER_REPLIES


@pytest.mark.parametrize(
    "refused", [GiveUp("sms-30007"), GiveUp("sms-21610", refusal=Refusal("opted_out", "twilio-21610"))]
)
@pytest.mark.parametrize("reply", ["danger-help", "danger-stay", "language-unknown + danger-help"])
def test_what_a_provider_refuses_is_noted(world: World, provider: Way, refused: GiveUp, reply: str) -> None:
    person_id = answered(world, reply)
    provider.failures = [refused]
    ends(world, "failed")
    [at] = undelivered(world, person_id)
    assert at is not None


@pytest.mark.parametrize("state", ["opted_out", "blocked"])
def test_what_we_do_not_send_to_an_address_is_noted(
    world: World, provider: Way, state: addresses.AddressState
) -> None:
    person_id = answered(world, "danger-help")
    with world.database.session() as session:
        address = addresses.address_on(session, person_id, "sms")
        assert address is not None
        addresses.set_address_state(session, address.id, state)
    ends(world, "failed")
    assert provider.sent == []
    [at] = undelivered(world, person_id)
    assert at is not None


@pytest.mark.parametrize("reply", ["menu", "danger-helped", "danger"])
def test_another_message_that_fails_says_nothing_of_danger(world: World, provider: Way, reply: str) -> None:
    person_id = answered(world, reply)
    provider.failures = [GiveUp("sms-30007")]
    ends(world, "failed")
    assert undelivered(world, person_id) == [None]


def test_without_a_call_for_help_there_is_nothing_to_note(world: World, provider: Way) -> None:
    person_id = answered(world, "danger-help", urgent=False)
    provider.failures = [GiveUp("sms-30007")]
    ends(world, "failed")
    assert undelivered(world, person_id) == []


@pytest.mark.usefixtures("provider")
def test_what_arrives_is_not_noted(world: World) -> None:
    person_id = answered(world, "danger-help")
    ends(world, "sent")
    assert undelivered(world, person_id) == [None]


@pytest.mark.usefixtures("provider")
def test_a_provider_may_say_so_later(world: World) -> None:
    person_id = answered(world, "danger-help")
    ends(world, "sent")
    with world.database.session() as session:
        note_status(session, StatusUpdate("sms", "failed", "provider-1", code="30003"))
    [at] = undelivered(world, person_id)
    assert at is not None


@pytest.mark.usefixtures("provider")
def test_a_failure_told_of_what_arrived_is_not_noted(world: World) -> None:
    person_id = answered(world, "danger-help")
    ends(world, "sent")
    with world.database.session() as session:
        for step in ("delivered", "failed"):
            note_status(session, StatusUpdate("sms", step, "provider-1"))  # type: ignore[arg-type]
    assert undelivered(world, person_id) == [None]
