"""The same done to many conversations at once: those that were chosen, or all that the filter finds."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.inbox.language import LONGEST
from console.inbox.routes import TABS, acts_of, reader_of, request_for
from console.thread.handover import colleague, end, hand_on
from console.web.fields import Fields, Ids, Yes, cut
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import Refusal, not_found
from console.web.visit import Visit, VisitHere
from store.advisers import tags
from store.advisers.tags import written_tag
from store.conversations import read_marks
from store.inbox import listing as inbox
from store.tables import Conversation, Person

#: As many as one press of a button changes: each is a field of the form that asks again. And as one transaction does.
MOST = 300
_BATCH = 25

pages = PageGroup()


class BulkForm(Fields):
    """What is done (`act`) to which conversations of a list: those `chosen`, or all. `name`: a tag. `sure`: the number
    that was agreed to; empty before.
    """

    tab: Annotated[str, cut(20)]
    q: Annotated[str, cut(LONGEST + 1, strip=True)]
    act: Annotated[str, cut(20)]
    all: Yes
    chosen: Ids
    name: Annotated[str, cut(80)]
    sure: Annotated[str, cut(10)]


# Marking as read is everybody's; what a role may not do of the rest is refused below.
@pages.post("/inbox/bulk", Need.READER)
def change_many(visit: VisitHere) -> Response:
    """Asks first, with how many it will be; then does it to those that were counted."""
    form = visit.read(BulkForm)
    act = form.act
    if form.tab not in TABS:
        raise not_found()
    if act not in acts_of(visit):
        raise Refusal(403, "refused-role")
    request = request_for(form.tab, form.q)
    if request.problem is not None:
        return visit.go(request.address())
    chosen = None if form.all else form.chosen
    with visit.services.database.session() as session:
        ids = inbox.ids(session, visit.scope, request.wanted, reader_of(visit), chosen, MOST + 1)
        to = colleague(session, visit.id("adviser")).id if act == "assign" else None
    more, ids = len(ids) > MOST, ids[:MOST]
    name = written_tag(form.name) if act in ("tag", "untag") else None
    problem = _problem(act, ids, name)
    if problem is None and form.sure == str(len(ids)):
        outcomes = _done(visit, ids, act, name, to)
        changed = outcomes["changed"]
        with visit.services.database.session() as session:
            visit.audit(
                session, "inbox-bulk", act=act, chosen=len(ids), changed=changed, tab=request.tab,
                filtered=bool(request.query), to=None if to is None else str(to),
            )  # fmt: skip
        return visit.go(request.address(changed=str(changed), left=str(len(ids) - changed)))
    values: dict[str, Any] = {
        "request": request,
        "act": act,
        # Those that were counted, by id: who writes meanwhile is not among them.
        "ids": ids,
        "more": more,
        "most": MOST,
        "tag": name or "",
        "adviser": to,
        "colleague_name": _name(visit, to),
        "problem": problem,
    }
    return visit.page("inbox/bulk.html", 422 if problem else 200, **values)


def _problem(act: str, ids: Sequence[UUID], name: str | None) -> str | None:
    if not ids:
        return "bulk-none-chosen"
    if act in ("tag", "untag") and name is None:
        return "bulk-no-tag"
    return None


def _done(visit: Visit, ids: Sequence[UUID], act: str, name: str | None, to: UUID | None) -> Counter[str]:
    """Does it, a few in each transaction. What is not theirs to see, or another adviser's, is passed over."""
    outcomes: Counter[str] = Counter()
    for start in range(0, len(ids), _BATCH):
        with visit.services.database.session() as session:
            # In one order, so that two who do so at once do not wait for each other.
            for each in sorted(ids[start : start + _BATCH]):
                found = inbox.visible(session, visit.scope, each)
                if found is not None:
                    changed = _one(visit, session, *found, act, name, to)
                    outcomes["changed" if changed else "left"] += 1
    return outcomes


def _one(
    visit: Visit,
    session: Session,
    conversation: Conversation,
    person: Person,
    act: str,
    name: str | None,
    to: UUID | None,
) -> bool:
    match act:
        case "read":
            read_marks.mark_read(session, visit.adviser.id, conversation, visit.now)
        case "unread":
            read_marks.mark_unread(session, visit.adviser.id, conversation.id)
        case "close":
            return bool(end(visit, session, conversation, person, "adviser-closed", closed=True))
        case "assign" if to is not None:
            return hand_on(visit, session, conversation, person, colleague(session, to))
        case "tag" if name is not None:
            tags.put(session, "conversation", conversation.id, name, visit.adviser.id)
        case "untag" if name is not None:
            tags.take_off(session, "conversation", conversation.id, name)
    if act in ("tag", "untag"):
        visit.audit(
            session, "tagged", person_id=person.id, conversation_id=conversation.id, target="conversation"
        )
    return True


def _name(visit: Visit, adviser_id: UUID | None) -> str:
    if adviser_id is None:
        return ""
    with visit.services.database.session() as session:
        return colleague(session, adviser_id).display_name
