"""The variety to answer a person in, kept with the person from one message to the next."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from channels.intake.cleaning import for_engine
from channels.turn.variety import Evidence, decide, evidence
from store.conversations.messages import inbound_before
from store.core.vocabulary import DEFAULT_VARIETY
from store.people import people
from store.tables import Message


def settle(session: Session, message: Message, text: str | None, understanding: Mapping[str, Any]) -> str:
    """The variety to answer a message in, kept with its writer where it changed. `text` is what was understood."""
    # Read again: the turn itself may have set what was chosen.
    person = people.get(session, message.person_id)
    now = evidence(text, understanding)
    before = _evidence_before(session, message) if now.weight == "some" else Evidence(None, "none")
    change = decide(person.variety, person.variety_source, now, before)
    if change is not None:
        people.set_variety(session, person.id, change, "detected")
        session.flush()
    return person.variety or DEFAULT_VARIETY


def _evidence_before(session: Session, message: Message) -> Evidence:
    earlier = inbound_before(session, message)
    if earlier is None or earlier.understanding is None:
        return Evidence(None, "none")
    return evidence(for_engine(earlier.text or ""), earlier.understanding)
