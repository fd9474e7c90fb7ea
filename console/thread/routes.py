"""The thread: what was said, how it was understood, and all that is known of the person beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.thread.seen import EVERYTHING, PHONES, masked, phone_of, seen
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import not_found
from console.web.services import TemplateText
from console.web.visit import Visit, VisitHere
from store.advisers import advisers, notes, tags
from store.conversations import read_marks, threads
from store.core.clock import MOROCCO
from store.core.vocabulary import DEFAULT_VARIETY
from store.handover import takeover
from store.inbox import listing as inbox
from store.inbox import mentions
from store.people import addresses
from store.tables import Conversation, Message, Person


@dataclass(frozen=True)
class Day:
    """The messages of one Moroccan day."""

    messages: tuple[Message, ...]


pages = PageGroup()


@pages.get("/conversations/{conversation_id}", Need.READER)
def conversation_page(visit: VisitHere, conversation_id: UUID) -> Response:
    return thread_page(visit, conversation_id)


@pages.get("/conversations/{conversation_id}/messages", Need.READER)
def messages_fragment(visit: VisitHere, conversation_id: UUID) -> Response:
    return thread_page(visit, conversation_id, template="thread/live.html")


@pages.post("/people/{person_id}/phone", Need.SUPERVISOR)
def show_phone(visit: VisitHere, person_id: UUID) -> Response:
    """Shows the number of a person, and keeps that it was shown."""
    with visit.services.database.session() as session:
        if inbox.visible_person(session, visit.scope, person_id) is None:
            raise not_found()
        conversation_id = visit.id("conversation")
        conversation, _ = seen(visit, session, conversation_id)
        if conversation.person_id != person_id:
            raise not_found()
        visit.audit(session, "phone-shown", person_id=person_id, conversation_id=conversation_id)
        shown = [a.provider_id for a in addresses.addresses_of(session, person_id) if a.channel in PHONES]
    return thread_page(visit, conversation_id, phones=tuple(dict.fromkeys(shown)))


def thread_page(
    visit: Visit,
    conversation_id: UUID,
    status: int = 200,
    template: str = "thread/thread.html",
    **values: Any,
) -> Response:
    """The page of a conversation, read by who is signed in: it is noted, and is no more unread."""
    with visit.services.database.session() as session:
        conversation, person = seen(visit, session, conversation_id)
        before = _before(visit)
        page = threads.messages(session, conversation_id, before)
        read_marks.mark_read(session, visit.adviser.id, conversation, visit.now)
        mentions.seen(session, visit.adviser.id, conversation_id, visit.now)
        visit.audit(
            session, "conversation-read", person_id=person.id, conversation_id=conversation_id,
            messages=len(page.messages),
        )  # fmt: skip
        content = {
            **_messages(session, page.messages),
            **_beside(session, conversation, person),
            **_composer(visit, session, conversation, person),
            "earlier": page.messages[0].id if page.earlier and page.messages else None,
            "before": before,
            "phones": (),
            "problem": None,
            "draft": "",
            "conversation": conversation,
            "person": person,
            "everything": EVERYTHING,
        }
    return visit.page(template, status, **{**content, **values})


def _before(visit: Visit) -> UUID | None:
    try:
        return UUID(visit.query("before", 40))
    except ValueError:
        return None


def _messages(session: Session, messages: Sequence[Message]) -> dict[str, Any]:
    def day_of(message: Message) -> Any:
        return message.created_at.astimezone(MOROCCO).date()

    return {
        "days": [Day(tuple(group)) for _, group in groupby(messages, key=day_of)],
        "message_tags": tags.of_messages(session, [message.id for message in messages]),
        "names": advisers.names(session),
    }


def _beside(session: Session, conversation: Conversation, person: Person) -> dict[str, Any]:
    number = phone_of(session, conversation)
    return {
        "facts": threads.person_facts(session, conversation),
        "notes": notes.of_person(session, person.id),
        "person_tags": tags.of_target(session, "person", person.id),
        "conversation_tags": tags.of_target(session, "conversation", conversation.id),
        "known_tags": tags.known(session, 50),
        "courses": threads.courses_shown(session, conversation.id),
        "phone": None if number is None else masked(number),
    }


def _composer(visit: Visit, session: Session, conversation: Conversation, person: Person) -> dict[str, Any]:
    services = visit.services
    channel = services.channels.get(conversation.channel)
    variety = person.variety or DEFAULT_VARIETY
    reached = services.notifier.reach(session, conversation)
    return {
        "slots": _slots(services.slots_of(person.id)),
        "window": reached.window,
        "address_state": reached.state,
        "channel": channel,
        "colleagues": [
            each
            for each in advisers.everyone(session, active_only=True)
            if each.role != "reader" and takeover.serves(each, person.city, person.region)
        ],
        "load": takeover.load_of(session),
        "templates": [(each, _shown(visit, each, variety)) for each in services.templates],
        "mine": conversation.state == "adviser" and conversation.adviser_id == visit.adviser.id,
        "holder": None
        if conversation.adviser_id is None
        else advisers.names(session).get(conversation.adviser_id),
        "open_now": services.hours.of(visit.adviser.agency_id).is_open(visit.now),
    }


def _shown(visit: Visit, template: TemplateText, variety: str) -> str:
    """The words of a form, the names of its places where their values will stand."""
    text = template.texts.get(variety) or next(iter(template.texts.values()), "")
    for at, placeholder in enumerate(template.placeholders, start=1):
        text = text.replace("{{" + str(at) + "}}", f"[{visit.words.name('place', placeholder)}]")
    return text


def _slots(slots: Any) -> list[tuple[str, str]]:
    """What the dialogue knows now, one line each; what is empty is left out."""
    shown = []
    for slot, value in sorted(slots.items()):
        for key, each in value.items() if isinstance(value, dict) else [("", value)]:
            value_text = ", ".join(map(str, each)) if isinstance(each, list) else str(each)
            if each not in (None, "", [], {}) and not isinstance(each, dict):
                shown.append((f"{slot}.{key}" if key else slot, value_text[:120]))
    return shown[:24]
