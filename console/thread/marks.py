"""Notes, tags, flags, and marking unread: what advisers put beside what was said."""

from typing import cast
from uuid import UUID

from fastapi.responses import Response

from console.pages import Pages
from console.refusals import not_found
from console.thread.seen import seen
from console.visit import Visit, VisitHere
from store import mentions, notes, reading, tags, threads
from store.tags import Target

_TARGETS = ("person", "conversation", "message")


def add_pages(pages: Pages) -> None:
    @pages.post("/conversations/{conversation_id}/unread")
    def unread(visit: VisitHere, conversation_id: UUID) -> Response:
        with visit.services.database.session() as session:
            seen(visit, session, conversation_id)
            reading.mark_unread(session, visit.adviser.id, conversation_id)
        return visit.go("/console/inbox")

    @pages.post("/conversations/{conversation_id}/notes")
    def note(visit: VisitHere, conversation_id: UUID) -> Response:
        with visit.services.database.session() as session:
            conversation, person = seen(visit, session, conversation_id)
            text = visit.text("note", notes.LONGEST)
            written = notes.write(session, conversation, visit.adviser.id, text, visit.now)
            called = mentions.put(session, written) if written is not None else []
            visit.audit(
                session, "note-written", person_id=person.id, conversation_id=conversation_id,
                called=len(called) or None,
            )  # fmt: skip
        return _back(visit, conversation_id, "#notes")

    @pages.post("/conversations/{conversation_id}/tags")
    def tag(visit: VisitHere, conversation_id: UUID) -> Response:
        """Puts a tag on the person, the conversation or one of its messages, or takes it off."""
        target = visit.text("target", 20)
        if target not in _TARGETS:
            raise not_found()
        with visit.services.database.session() as session:
            conversation, person = seen(visit, session, conversation_id)
            target_id = {"person": person.id, "conversation": conversation.id}.get(target) or visit.id(
                "message"
            )
            if target == "message" and not threads.has_message(session, conversation_id, target_id):
                raise not_found()
            if visit.text("remove") == "yes":
                tags.take_off(session, cast("Target", target), target_id, visit.text("name", 80))
            else:
                tags.put(session, cast("Target", target), target_id, visit.text("name", 80), visit.adviser.id)
            visit.audit(
                session, "tagged", person_id=person.id, conversation_id=conversation_id, target=target
            )
        return _back(visit, conversation_id, f"#m-{target_id}" if target == "message" else "#tags")

    @pages.post("/conversations/{conversation_id}/messages/{message_id}/flag")
    def flag(visit: VisitHere, conversation_id: UUID, message_id: UUID) -> Response:
        with visit.services.database.session() as session:
            _, person = seen(visit, session, conversation_id)
            flagged = visit.text("flagged") == "yes"
            if not threads.set_flag(session, conversation_id, message_id, flagged):
                raise not_found()
            visit.audit(session, "flagged", person_id=person.id, conversation_id=conversation_id, on=flagged)
        return _back(visit, conversation_id, f"#m-{message_id}")


def _back(visit: Visit, conversation_id: UUID, part: str) -> Response:
    return visit.go(f"/console/conversations/{conversation_id}{part}")
