"""People who never were, and what they said in the last month: for pictures of the console."""

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.nlu.folding import fold
from console.web.passwords import hash_password
from console.web.services import PasswordCost
from store.advisers import advisers
from store.advisers.advisers import NewAdviser
from store.catalogue.importing import apply, read_csv_catalogue
from store.conversations import conversations
from store.conversations.inbound import InboundRecord, store_inbound
from store.conversations.messages import record_understanding
from store.conversations.outbound import OutboundRecord, store_replies
from store.core.clock import utc_now
from store.core.database import Database
from store.figures import rollup as figure_rolling
from store.handover import requests as adviser_requests
from store.people import consents, people
from store.registrations import registrations
from store.review import intake as review_intake
from store.tables import Message, Person
from takwin import reviewing
from takwin.settings import ROOT

LOGIN, PASSWORD = "salma", "une phrase assez longue"
_COST = PasswordCost(passes=1, memory=8, threads=1)
_LIST = "Voici 3 formations gratuites :\n1. Google Data Analytics\n2. Bureautique\n3. Bases du numérique"
_LISTS = {
    "fr": _LIST,
    "ar": "هذه ثلاث دورات مجانية:\n1. تحليل البيانات\n2. المكتبيات\n3. أساسيات الرقمنة",
    "ary": "هادو 3 تكوينات فابور:\n1. تحليل البيانات\n2. البيروتيك\n3. أساسيات الرقمنة",
    "ary-Latn": "Hado 3 dyal les formations fabor:\n1. Data Analytics\n2. Bureautique\n3. Bases du numérique",
}
#: Who, where, how, in which variety, and what they said: words, intent, confidence, topics.
_SAID: tuple[tuple[str | None, str, str, str, tuple[tuple[str, str, float, tuple[str, ...]], ...]], ...] = (
    ("Amina El Idrissi", "fes", "whatsapp", "fr", (
        ("Bonjour", "greet", 0.98, ()),
        ("je cherche une formation gratuite en Excel", "find_course", 0.94, ("office_tools",)),
        ("la 2", "course_details", 0.91, ()),
        ("je veux parler à un conseiller", "talk_to_adviser", 0.97, ()),
    )),
    ("Youssef", "casablanca", "sms", "ary-Latn", (
        ("salam bghit nt3ellem informatique", "find_course", 0.88, ("digital_basics",)),
        ("wach kayn chi wa7da bel 3arbiya", "find_course", 0.61, ()),
    )),
    ("فاطمة الزهراء", "meknes", "whatsapp", "ary", (
        ("السلام عليكم", "greet", 0.99, ()),
        ("كنقلب على تكوين ديال التسويق الرقمي", "find_course", 0.93, ("digital_marketing",)),
        ("بغيت نهضر مع شي مستشار", "talk_to_adviser", 0.95, ()),
    )),
    ("Karim B.", "rabat", "telegram", "fr", (
        ("des cours de cybersécurité ?", "find_course", 0.95, ("cybersecurity",)),
        ("c'est quoi les prérequis", "ask_prerequisites", 0.9, ()),
    )),
    ("خديجة", "tanger", "sms", "ar", (
        ("هل توجد دورات في اللغة الإنجليزية؟", "find_course", 0.96, ("english",)),
        ("نعم سجلني", "register", 0.92, ()),
    )),
    (None, "", "web", "fr", (("asdf", "nlu_fallback", 0.21, ()), ("euh stage", "nlu_fallback", 0.34, ()))),
    ("Hicham", "agadir", "whatsapp", "ary-Latn", (
        ("chno les formations dyal cloud", "find_course", 0.83, ("cloud",)),
        ("chokran", "thank", 0.97, ()),
    )),
    ("Salima", "oujda", "sms", "fr", (("j ai perdu mon travail", "job_loss", 0.89, ()),)),
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """What the pictures show."""

    waiting: uuid.UUID
    talking: uuid.UUID
    taken: Mapping[str, uuid.UUID]

    def pages(self, language: str) -> dict[str, str]:
        """The address of each picture."""
        return {
            "account": "/console/account",
            "inbox": "/console/inbox?tab=all",
            "thread": f"/console/conversations/{self.talking}",
            "takeover": f"/console/conversations/{self.taken[language]}",
            "canned": "/console/canned",
            "review": "/console/review",
            "registrations": "/console/registrations",
            "courses": "/console/courses",
            "figures": "/console/figures#funnel",
        }


def fill(database: Database) -> Made:
    """Fills a migrated database."""
    now = utc_now()
    with database.session() as session:
        apply(session, read_csv_catalogue(ROOT / "data" / "catalogue"), fold)
        kept = hash_password(PASSWORD, _COST)
        staff = {
            language: advisers.add(
                session,
                NewAdviser(
                    f"{LOGIN}-{language}",
                    name,
                    kept,
                    role="supervisor",
                    language=language,
                    must_change=False,
                ),
            ).id
            for language, name in (("fr", "Salma Bennani"), ("ar", "سلمى بناني"))
        }
    talks = [
        _talk(database, each, now - timedelta(minutes=7 * place), f"+2126{place:08}")
        for place, each in enumerate(_SAID)
    ]
    _before(database, now)
    with database.session() as session:
        for place, reason in ((0, "asked"), (2, "asked"), (7, "job_loss")):
            adviser_requests.request(session, _person(session, talks[place]).id, reason)
        session.flush()
        review_intake.take_in(session, fold, reviewing.complains)
    with database.session() as session:
        figure_rolling.roll_up(session, now, most_days=60)
    return Made(talks[0], talks[1], _taken(database, staff, {"fr": talks[0], "ar": talks[2]}, now))


def _taken(
    database: Database, staff: Mapping[str, uuid.UUID], talks: Mapping[str, uuid.UUID], now: datetime
) -> dict[str, uuid.UUID]:
    from store.handover import takeover

    with database.session() as session:
        for language, conversation_id in talks.items():
            takeover.take(session, conversation_id, staff[language], now, timedelta(hours=4))
    return dict(talks)


def _person(session: Any, conversation_id: uuid.UUID) -> Person:
    return people.get(session, conversations.get(session, conversation_id).person_id)


def _talk(database: Database, said: tuple[Any, ...], last: datetime, sender: str) -> uuid.UUID:
    name, city, channel, variety, lines = said
    with database.session() as session:
        for place, (words, intent, confidence, topics) in enumerate(lines):
            at = last - timedelta(minutes=2 * (len(lines) - place))
            stored = store_inbound(
                session, InboundRecord(channel, sender, str(uuid.uuid4()), words, received_at=at)
            )
            record_understanding(session, stored.message_id, {
                "intent": intent, "confidence": confidence, "variety": variety,
                "ranking": [[intent, confidence], ["inform", round((1 - confidence) / 2, 2)]],
                "entities": [{"entity": "topic", "value": each, "start": 0, "end": 4} for each in topics],
            })  # fmt: skip
            _answer(session, stored.message_id, intent, variety, channel, at)
            message = session.get_one(Message, stored.message_id)
            message.created_at, message.state = at, "done"
        person = people.get(session, stored.person_id)
        person.name, person.city, person.variety, person.created_at = name, city or None, variety, last
        conversations.get(session, stored.conversation_id).last_message_at = last
        return stored.conversation_id


def _answer(
    session: Any, message_id: uuid.UUID, intent: str, variety: str, channel: str, at: datetime
) -> None:
    reply, text = ("courses-found", _LISTS[variety]) if intent == "find_course" else ("menu", "…")
    reply, text = {
        "course_details": ("course-page", "Bureautique : 20 h, en ligne, avec certificat."),
        "talk_to_adviser": (
            "adviser-requested",
            {"fr": "C'est transmis à un conseiller."}.get(variety, "وصلات الطلب."),
        ),
        "greet": ("greet", {"fr": "Bonjour ! Que cherchez-vous ?"}.get(variety, "مرحبا! على شنو كتقلب؟")),
        "nlu_fallback": ("fallback-rephrase", "Je n'ai pas bien compris. Vouliez-vous :"),
    }.get(intent, (reply, text))
    courses = {
        "google-data-analytics": "Data Analytics",
        "google-ai": "Google AI",
        "google-project-management": "Projets",
    }
    options = [
        {
            "id": f"o{n}",
            "title": title,
            "intent": "course_details",
            "entities": [{"entity": "course", "value": each}],
        }
        for n, (each, title) in enumerate(courses.items())
    ]
    segments = (1 if variety in ("fr", "ary-Latn") else 2) if channel == "sms" else None
    one = {"id": "r", "title": "S'inscrire", "intent": "register", "entities": options[0]["entities"]}
    kept = {"courses-found": options, "course-page": [one]}.get(reply, [])
    record = OutboundRecord(reply_keys=(reply,), text=text, options=kept, segments=segments)
    for sent in store_replies(session, message_id, [record]):
        sent.created_at, sent.delivery_state = at + timedelta(seconds=1), "delivered"


def _before(database: Database, now: datetime) -> None:
    """A month of others, so that the figures have something to draw."""
    draw = random.Random(11)
    cities = ("casablanca", "casablanca", "rabat", "fes", "marrakech", "tanger", "oujda", "")
    for number in range(240):
        at = now - timedelta(days=draw.triangular(0.2, 29, 4), minutes=draw.randrange(600))
        one = _SAID[draw.randrange(len(_SAID))]
        said = (None, draw.choice(cities), *one[2:4], one[4][: draw.randrange(1, 4)])
        conversation_id = _talk(database, said, at, f"+2127{number:08}")
        if draw.random() < 0.22:
            _register(database, conversation_id, at, done=draw.random() < 0.35)


def _register(database: Database, conversation_id: uuid.UUID, at: datetime, *, done: bool) -> None:
    with database.session() as session:
        person = _person(session, conversation_id)
        consents.record_consent(session, person.id, "registration", "1", True, at)
        person.education = "bachelor" if done else "baccalaureate"
        made = registrations.register(
            session, person.id, "google-data-analytics", now=at + timedelta(minutes=3)
        )
        if done and not isinstance(made, registrations.Refused):
            registrations.change_state(session, made.id, "completed", "system", at + timedelta(hours=8))
