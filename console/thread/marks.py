"""Notes, tags, flags, and marking unread: what advisers put beside what was said."""

from typing import Annotated, cast
from uuid import UUID

from fastapi.responses import Response

from console.thread.seen import seen
from console.web.fields import Fields, Yes, cut
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import not_found
from console.web.visit import Visit, VisitHere
from store.advisers import notes, tags
from store.advisers.tags import Target
from store.conversations import read_marks, threads
from store.inbox import mentions

_TARGETS = ("person", "conversation", "message")

pages = PageGroup()


class TagForm(Fields):
    """A tag put on a target, or taken off. A target that is a message is named by a further field, `message`."""

    target: Annotated[str, cut(20)]
    name: Annotated[str, cut(80)]
    remove: Yes


@pages.post("/conversations/{conversation_id}/unread", Need.READER)
def mark_unread(visit: VisitHere, conversation_id: UUID) -> Response:
    with visit.services.database.session() as session:
        seen(visit, session, conversation_id)
        read_marks.mark_unread(session, visit.adviser.id, conversation_id)
    return visit.go("/console/inbox")


@pages.post("/conversations/{conversation_id}/notes", Need.ADVISER)
def write_note(visit: VisitHere, conversation_id: UUID) -> Response:
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


@pages.post("/conversations/{conversation_id}/tags", Need.ADVISER)
def change_tag(visit: VisitHere, conversation_id: UUID) -> Response:
    """Puts a tag on the person, the conversation or one of its messages, or takes it off."""
    form = visit.read(TagForm)
    if form.target not in _TARGETS:
        raise not_found()
    target = cast("Target", form.target)
    with visit.services.database.session() as session:
        conversation, person = seen(visit, session, conversation_id)
        target_id = {"person": person.id, "conversation": conversation.id}.get(target) or visit.id("message")
        if target == "message" and not threads.has_message(session, conversation_id, target_id):
            raise not_found()
        if form.remove:
            tags.take_off(session, target, target_id, form.name)
        else:
            tags.put(session, target, target_id, form.name, visit.adviser.id)
        visit.audit(session, "tagged", person_id=person.id, conversation_id=conversation_id, target=target)
    return _back(visit, conversation_id, f"#m-{target_id}" if target == "message" else "#tags")


@pages.post("/conversations/{conversation_id}/messages/{message_id}/flag", Need.ADVISER)
def flag_message(visit: VisitHere, conversation_id: UUID, message_id: UUID) -> Response:
    with visit.services.database.session() as session:
        _, person = seen(visit, session, conversation_id)
        flagged = visit.text("flagged") == "yes"
        if not threads.set_flag(session, conversation_id, message_id, flagged):
            raise not_found()
        visit.audit(session, "flagged", person_id=person.id, conversation_id=conversation_id, on=flagged)
    return _back(visit, conversation_id, f"#m-{message_id}")


def _back(visit: Visit, conversation_id: UUID, part: str) -> Response:
    return visit.go(f"/console/conversations/{conversation_id}{part}")
