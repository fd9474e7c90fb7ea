"""Who has a conversation: handed on, given back or closed, and its person told; for one page or for many at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from console.web.refusals import not_found
from console.web.visit import Visit
from store.advisers import advisers
from store.advisers.roles import SEE_EVERYBODY
from store.handover import takeover
from store.outreach.notifier import Notice
from store.tables import Adviser, Conversation, Person


def colleague(session: Session, adviser_id: UUID) -> Adviser:
    """Somebody to whom conversations are handed on. Refuses who is not there, or answers nobody."""
    try:
        found = advisers.get(session, adviser_id)
    except advisers.AdviserUnknown:
        raise not_found() from None
    if found.disabled_at is not None or found.role == "reader":
        raise not_found()
    return found


def hand_on(visit: Visit, session: Session, conversation: Conversation, person: Person, to: Adviser) -> bool:
    """Hands a conversation on. False, and nothing done, where another adviser has it and who asks is no supervisor, or
    where who is to have it does not see the people of this place.
    """
    takeover.lock_conversation(session, conversation.id)
    if of_another(visit, conversation) or not takeover.serves(to, person.city, person.region):
        return False
    takeover.assign(session, conversation.id, to.id, visit.now, visit.services.give_back_after)
    visit.audit(session, "assigned", person_id=person.id, conversation_id=conversation.id, to=str(to.id))
    return True


def of_another(visit: Visit, conversation: Conversation) -> bool:
    """Whether another adviser has the conversation, from whom only a supervisor takes it."""
    return (
        conversation.state == "adviser"
        and conversation.adviser_id != visit.adviser.id
        and visit.adviser.role not in SEE_EVERYBODY
    )


def tell(
    visit: Visit,
    session: Session,
    conversation: Conversation,
    key: str,
    args: Mapping[str, Any] | None = None,
) -> None:
    """Tells a person something, where they can be told now."""
    notice = Notice(key, args or {})
    visit.services.notifier.notify_in(session, conversation, notice, visit.now, visit.adviser.id)


def end(
    visit: Visit,
    session: Session,
    conversation: Conversation,
    person: Person,
    key: str | None,
    *,
    closed: bool,
) -> bool | None:
    """Gives a conversation back, or closes it. None where another adviser has it; False where it was so already."""
    takeover.lock_conversation(session, conversation.id)
    if of_another(visit, conversation):
        return None
    owned = conversation.state == "adviser"
    changed = takeover.give_back(session, conversation.id, visit.now, closed=closed)
    if changed:
        action = "closed" if closed else "given-back"
        visit.audit(session, action, person_id=person.id, conversation_id=conversation.id)
        if owned and key is not None:
            tell(visit, session, conversation, key)
    return changed
