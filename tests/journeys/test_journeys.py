"""Every journey of tests/journeys/<variety>/ holds, with the real engine, worker and database."""

from pathlib import Path
from uuid import UUID

import pytest

from store.handover import requests as adviser_requests
from store.outreach import alerts
from store.people.lookups import conversation_at
from store.registrations import registrations
from store.tables import Consent
from tests.journeys.script import Journey, Step, all_journeys, expected_count
from tests.product import Chat, Product, Reply

FOLDER = Path(__file__).parent
VARIETIES = ("ar", "ary", "ary-Latn", "fr")
JOURNEYS = all_journeys(FOLDER)
ENOUGH = 12

pytestmark = pytest.mark.engine


@pytest.mark.parametrize("variety", VARIETIES)
def test_there_are_journeys_enough(variety: str) -> None:
    assert sum(j.variety == variety for j in JOURNEYS) >= ENOUGH


@pytest.mark.parametrize("journey", JOURNEYS, ids=[f"{j.variety}/{j.path.stem}" for j in JOURNEYS])
def test_journey(journey: Journey, product: Product) -> None:
    chat = product.chat()
    replies: list[Reply] = []
    for step in journey.steps:
        if step.mark == ">":
            replies = chat.say(step.text)
        elif step.mark == ">>":
            replies = chat.tap(step.text)
        else:
            problem = _problem(step, replies, chat)
            assert problem is None, f"{journey.path.name}:{step.line}: {problem}\n\n{_transcript(chat)}"


def _problem(step: Step, replies: list[Reply], chat: Chat) -> str | None:
    """What is wrong at a line that expects something; None where it holds."""
    text = "\n".join(reply.text for reply in replies)
    match step.mark:
        case "<":
            return _missing_keys(
                [k.strip() for k in step.text.split(",")], [k for r in replies for k in r.keys]
            )
        case "~":
            return None if _bare(step.text) in _bare(text) else f"the answer does not say {step.text!r}"
        case "!~":
            return f"the answer says {step.text!r}" if _bare(step.text) in _bare(text) else None
        case "=":
            understood = chat.understood.get("intent")
            return None if understood == step.text else f"understood as {understood}, not {step.text}"
        case "@":
            variety = chat.stored()[-1].variety
            return None if variety == step.text else f"answered in {variety}, not {step.text}"
        case "!":
            what, words, count = expected_count(step.text)
            found = _counted(chat, what, words)
            return None if found == count else f"{found} {what} {' '.join(words)}, not {count}"
    return f"nothing is known of {step.mark}"


def _missing_keys(expected: list[str], said: list[str]) -> str | None:
    remaining = iter(said)
    for key in expected:
        either = {one.strip() for one in key.split("|")}
        if not any(each in either for each in remaining):
            return f"answered with {', '.join(said)}; {key} was expected"
    return None


def _bare(text: str) -> str:
    """Text without direction marks and with plain spaces."""
    marks = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))
    return " ".join(text.translate(marks).split())


def _counted(chat: Chat, what: str, words: tuple[str, ...]) -> int:
    with chat.product.database.session() as session:
        conversation = conversation_at(session, "web", chat.session)
        assert conversation is not None
        person: UUID = conversation.person_id
        match what, words:
            case "registrations", (state,):
                return sum(r.state == state for r in registrations.of_person(session, person))
            case "registrations", ():
                return len(registrations.of_person(session, person))
            case "consents", (purpose, answer):
                rows = session.query(Consent).filter_by(
                    person_id=person, purpose=purpose, given=answer == "yes"
                )
                return rows.count()
            case "adviser_requests", ():
                return len(adviser_requests.of_person(session, person))
            case "alerts", ():
                return len(alerts.of_person(session, person))
    raise ValueError(f"nothing is known of {what} {' '.join(words)}")


def _transcript(chat: Chat) -> str:
    lines = []
    for message in chat.stored():
        if message.direction == "in":
            understood = message.understanding or {}
            said = message.text if message.text is not None else f"(option {message.option})"
            lines.append(f"> {said}   [{understood.get('intent')} {understood.get('confidence')}]")
        else:
            lines.append(f"< {message.reply}: {message.text}")
    return "\n".join(lines[-12:])
