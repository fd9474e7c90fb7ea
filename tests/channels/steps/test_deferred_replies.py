"""What an adviser wrote outside the window is said when the person writes again: first, once, in their words."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from fastapi import APIRouter
from sqlalchemy import text

from channels.contract.errors import GiveUp
from channels.contract.messages import Outbound, Template
from channels.contract.provider import Provider, Sent
from channels.delivery.outbox import Outbox, Words
from channels.steps.deferred_replies import DeferredReplies
from channels.steps.with_adviser import with_adviser
from store.conversations.deferred_replies import WAITING
from store.conversations.outbound import ContentTemplate, OutboundRecord, store_unprompted
from store.handover import takeover
from store.tables import Message
from tests.channels.conftest import World

SAID = "Vous pouvez commencer lundi."
ADVISER = UUID(int=7)


class Way:
    """A provider that takes what it is given, unless told otherwise."""

    def __init__(self) -> None:
        self.sent: list[Outbound] = []
        self.failures: list[Exception] = []

    async def send(self, message: Outbound) -> Sent:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(message)
        return Sent(f"p{len(self.sent)}")


@pytest.fixture
def way(world: World) -> Way:
    way = Way()
    words = Words(template=lambda key, variety, values: Template(f"{key}_{variety}", "fr", tuple(values)))
    provider = Provider("fake", APIRouter(), {"whatsapp": way})
    world.outbox = Outbox(world.database, {"fake": provider}, words)
    world.steps = (DeferredReplies(world.deferrer), with_adviser)
    return way


def began(world: World) -> UUID:
    """Somebody wrote two days ago, and was answered then; their conversation."""
    receipt = world.write("un", channel="whatsapp")
    world.work_until(lambda: world.outbox_is_empty("whatsapp"))
    with world.database.session() as session:
        at = datetime.now(UTC) - timedelta(hours=48)
        session.execute(text("update addresses set last_inbound_at = :at"), {"at": at})
    return world.message(receipt.message_id).conversation_id


def answer(world: World, conversation_id: UUID, said: str = SAID, reply: str = "adviser-words") -> UUID:
    """An adviser writes; the message."""
    with world.database.session() as session:
        record = OutboundRecord((reply,), said, variety="fr", content_template=ContentTemplate(WAITING))
        (message,) = store_unprompted(session, conversation_id, [record])
        message.author_kind, message.author_adviser_id = "adviser", ADVISER
        world.deferrer.delivery(session, message_id=message.id, conversation_id=conversation_id)
        return message.id


def left(world: World) -> None:
    world.work_until(lambda: world.outbox_is_empty("whatsapp"))


def written(world: World) -> list[Message]:
    return [message for message in world.replies(channel="whatsapp") if message.author_adviser_id]


def test_the_form_leaves_and_the_words_follow_once(world: World, way: Way) -> None:
    conversation_id = began(world)
    answer(world, conversation_id)
    answer(world, conversation_id, "Et apportez votre CV.")
    left(world)
    assert [message.template for message in way.sent[1:]] == [Template(f"{WAITING}_fr", "fr", ())] * 2
    assert [message.is_deferred for message in written(world)] == [True, True]
    world.write("deux", channel="whatsapp")
    world.work_until(lambda: len(way.sent) == 6)
    said = way.sent[3:]
    assert [message.text for message in said[:2]] == [SAID, "Et apportez votre CV."]
    assert [message.template for message in said] == [None] * 3
    assert "deux" in said[2].text
    assert [message.author_adviser_id for message in written(world)] == [ADVISER] * 4
    assert [message.is_deferred for message in written(world)] == [False] * 4
    assert all(message.content_template is None for message in written(world)[2:])
    world.write("trois", channel="whatsapp")
    world.work_until(lambda: len(way.sent) == 7)
    assert "trois" in way.sent[6].text


def test_words_are_said_where_the_adviser_still_has_the_conversation(world: World, way: Way) -> None:
    conversation_id = began(world)
    answer(world, conversation_id)
    left(world)
    with world.database.session() as session:
        takeover.lock_conversation(session, conversation_id).state = "adviser"
    world.write("deux", channel="whatsapp")
    world.work_until(lambda: len(way.sent) == 3)
    assert way.sent[2].text == SAID


def test_a_form_that_an_adviser_chose_is_not_said_again(world: World, way: Way) -> None:
    answer(world, began(world), "Un conseiller vous a répondu.", reply=WAITING)
    left(world)
    world.write("deux", channel="whatsapp")
    world.work_until(lambda: len(way.sent) == 3)
    assert "deux" in way.sent[2].text


def test_within_the_window_the_words_leave_at_once(world: World, way: Way) -> None:
    receipt = world.write("un", channel="whatsapp")
    left(world)
    message_id = answer(world, world.message(receipt.message_id).conversation_id)
    left(world)
    assert (way.sent[1].text, way.sent[1].template) == (SAID, None)
    assert not world.message(message_id).is_deferred


def test_words_are_said_although_the_form_was_refused(world: World, way: Way) -> None:
    conversation_id = began(world)
    way.failures = [GiveUp("whatsapp-132001")]
    answer(world, conversation_id)
    left(world)
    assert written(world)[0].delivery_state == "failed"
    world.write("deux", channel="whatsapp")
    world.work_until(lambda: len(way.sent) == 3)
    assert way.sent[1].text == SAID
