"""A store to count figures in: four channels and varieties, cities, regions of advisers and places of one's own."""

import random
import uuid
from datetime import datetime, timedelta
from typing import Any

from actions.base import Option
from store.advisers import advisers
from store.advisers.advisers import NewAdviser
from store.core.database import Database
from store.figures.funnel import DETAIL_REPLIES
from store.handover import requests as adviser_requests
from store.tables import Conversation, Message, Registration, RegistrationChange
from store.tables.conversations import UNANSWERED_REPLIES
from tests.store import making
from tests.store.figures.talks import NOON, says

DAYS = 5
CHANNELS = ("sms", "whatsapp", "telegram", "web")
INTENTS = ("greet", "find_course", "recommend_course", "nlu_fallback", "out_of_scope")
REPLIES = (
    "greet",
    "courses-found + menu",
    "course-page",
    "compared",
    *UNANSWERED_REPLIES,
    "noted + nothing-found",
)


def fill(database: Database) -> None:
    """Forty people on five days, the same each time."""
    draw = random.Random(5)
    with database.session() as session:
        making.load(session, making.course("excel"))
        for login, region in (("oriental", "Oriental"), ("haouz", "Al Haouz")):
            advisers.add(session, NewAdviser(login, login, "no password", region=region))
    for number in range(40):
        known = {
            "variety": draw.choice(("ary", "ary-Latn", "fr", "ar")),
            "city": draw.choice((None, "fes", "meknes", "rabat", "oujda")),
            "region": draw.choice((None, None, "Oriental", "Al Haouz", "Douar | des nôtres")),
            "education": draw.choice((None, "bachelor")),
            "employment_status": draw.choice((None, "unemployed")),
        }
        for _ in range(draw.randrange(1, 5)):
            person_id, message_id = _talk(database, draw, f"+2126000{number:05}", CHANNELS[number % 4], known)
        if number % 5 == 0:
            _on_another_channel(database, message_id, CHANNELS[(number + 1) % 4])
        if number % 4 == 0:
            _request(database, person_id, draw)
        if number % 3 == 0:
            _register(database, person_id, draw, completes=number % 2 == 0)
        if number % 7 == 0:
            _fail(database, message_id)


def _moment(draw: random.Random) -> datetime:
    return NOON + timedelta(days=draw.randrange(DAYS), minutes=draw.randrange(-600, 600))


def _talk(
    database: Database, draw: random.Random, sender: str, channel: str, known: dict[str, Any]
) -> tuple[uuid.UUID, uuid.UUID]:
    reply = draw.choice(REPLIES)
    options = []
    if reply.startswith("courses-found"):
        options = [Option("o", "course_details", {"course": each}).as_dict() for each in ("excel", "word")]
    elif reply in DETAIL_REPLIES:
        options = [Option("o", "register", {"course": each}).as_dict() for each in ("excel", "word")]
    topics = draw.sample(("cloud", "english"), draw.randrange(3))
    return says(
        database, "...", sender, _moment(draw), channel=channel, known=dict(known), reply=reply, options=options,
        intent=draw.choice(INTENTS), entities=[{"entity": "topic", "value": each} for each in topics],
    )  # fmt: skip


def _on_another_channel(database: Database, message_id: uuid.UUID, channel: str) -> None:
    """The same on a second channel, a minute later."""
    with database.session() as session:
        message = session.get_one(Message, message_id)
        at = message.created_at + timedelta(minutes=1)
        conversation = Conversation(
            person_id=message.person_id, channel=channel, opened_at=at, last_message_at=at
        )
        session.add(conversation)
        session.flush()
        session.add(
            Message(conversation_id=conversation.id, person_id=message.person_id, channel=channel, direction="in",
                    text="...", created_at=at, state="done", flagged=False)
        )  # fmt: skip


def _request(database: Database, person_id: uuid.UUID, draw: random.Random) -> None:
    """They ask for an adviser, who writes twice."""
    with database.session() as session:
        request = adviser_requests.request(session, person_id, draw.choice(("asked", "jobs")))
        request.created_at = _moment(draw)
        conversation = session.query(Conversation).filter_by(person_id=person_id).first()
        assert conversation is not None
        for minutes in (3, 30):
            conversation.last_n += 1
            session.add(
                Message(conversation_id=conversation.id, person_id=person_id, channel=conversation.channel, text="...",
                        direction="out", n=conversation.last_n, reply_keys=[], flagged=False, author_kind="adviser",
                        created_at=request.created_at + timedelta(minutes=minutes))
            )  # fmt: skip


def _register(database: Database, person_id: uuid.UUID, draw: random.Random, *, completes: bool) -> None:
    at = _moment(draw)
    with database.session() as session:
        made = Registration(
            reference=f"TK-{draw.randrange(10**6)}", person_id=person_id, course_id="excel", state="confirmed"
        )
        session.add(made)
        session.flush()
        session.add(RegistrationChange(registration_id=made.id, to_state="confirmed", author="person", at=at))
        if completes:
            session.add(
                RegistrationChange(registration_id=made.id, from_state="confirmed", to_state="completed",
                                   author="system", at=at + timedelta(hours=14))
            )  # fmt: skip


def _fail(database: Database, message_id: uuid.UUID) -> None:
    with database.session() as session:
        answer = session.query(Message).filter_by(in_reply_to=message_id).one()
        answer.delivery_state, answer.delivery_detail = "failed", "unreachable"
        answer.delivery_at = answer.created_at + timedelta(hours=20)
