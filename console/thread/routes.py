"""The thread: what was said, how it was understood, and all that is known of the person beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.inbox.live import EVERYTHING
from console.pages import Pages
from console.refusals import not_found
from console.services import TemplateText
from console.thread.seen import PHONES, masked, phone_of, reachable, seen, window_of
from console.visit import Visit, VisitHere
from store import addresses, advisers, inbox, mentions, notes, reading, tags, takeover, threads
from store.clock import MOROCCO
from store.tables import Conversation, Message, Person


@dataclass(frozen=True)
class Day:
    """The messages of one Moroccan day."""

    messages: tuple[Message, ...]


def add_pages(pages: Pages) -> None:
    @pages.get("/conversations/{conversation_id}")
    def thread(visit: VisitHere, conversation_id: UUID) -> Response:
        return thread_page(visit, conversation_id)

    @pages.get("/conversations/{conversation_id}/messages")
    def part(visit: VisitHere, conversation_id: UUID) -> Response:
        return thread_page(visit, conversation_id, template="thread/live.html")

    @pages.post("/people/{person_id}/phone")
    def phone(visit: VisitHere, person_id: UUID) -> Response:
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
        reading.mark_read(session, visit.adviser.id, conversation, visit.now)
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
        "names": {f"adviser:{each}": name for each, name in advisers.names(session).items()},
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
    variety = person.variety or "fr"
    return {
        "slots": _slots(services.slots_of(person.id)),
        "window": window_of(visit, session, conversation),
        "address_state": reachable(session, conversation),
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
    for at, place in enumerate(template.places, start=1):
        text = text.replace("{{" + str(at) + "}}", f"[{visit.words.name('place', place)}]")
    return text


def _slots(slots: Any) -> list[tuple[str, str]]:
    """What the dialogue knows now, one line each; what is empty is left out."""
    shown = []
    for slot, value in sorted(slots.items()):
        for key, each in value.items() if isinstance(value, dict) else [("", value)]:
            said = ", ".join(map(str, each)) if isinstance(each, list) else str(each)
            if each not in (None, "", [], {}) and not isinstance(each, dict):
                shown.append((f"{slot}.{key}" if key else slot, said[:120]))
    return shown[:24]
