"""The same done to many conversations at once: those that were chosen, or all that the filter finds."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.inbox.language import LONGEST
from console.inbox.routes import TABS, Asked, acts_of, asked_for, reader_of
from console.pages import Pages
from console.refusals import Refusal, not_found
from console.thread.takeover import colleague, end, hand_on
from console.visit import Visit, VisitHere
from store import inbox, reading, tags
from store.tables import Conversation, Person
from store.tags import written_tag

#: As many as one press of a button changes: each is a field of the form that asks again. And as one transaction does.
MOST = 300
_BATCH = 25


def add_pages(pages: Pages) -> None:
    @pages.post("/inbox/bulk")
    def bulk(visit: VisitHere) -> Response:
        """Asks first, with how many it will be; then does it to those that were counted."""
        tab, act = visit.text("tab", 20), visit.text("act", 20)
        if tab not in TABS:
            raise not_found()
        if act not in acts_of(visit):
            raise Refusal(403, "refused-role")
        asked = asked_for(tab, visit.text("q", LONGEST + 1).strip())
        if asked.problem is not None:
            return visit.go(asked.address())
        return _bulk(visit, asked, act)


def _bulk(visit: Visit, asked: Asked, act: str) -> Response:
    everything = visit.text("all") == "yes"
    chosen = None if everything else _ids(visit.texts("chosen"))
    with visit.services.database.session() as session:
        ids = inbox.ids(session, visit.scope, asked.wanted, reader_of(visit), chosen, MOST + 1)
        to = colleague(session, visit.id("adviser")).id if act == "assign" else None
    more, ids = len(ids) > MOST, ids[:MOST]
    name = written_tag(visit.text("name", 80)) if act in ("tag", "untag") else None
    problem = _problem(act, ids, name)
    if problem is None and visit.text("sure") == str(len(ids)):
        outcomes = _done(visit, ids, act, name, to)
        changed = outcomes["changed"]
        with visit.services.database.session() as session:
            visit.audit(
                session, "inbox-bulk", act=act, chosen=len(ids), changed=changed, tab=asked.tab,
                filtered=bool(asked.query), to=None if to is None else str(to),
            )  # fmt: skip
        return visit.go(asked.address(changed=str(changed), left=str(len(ids) - changed)))
    values: dict[str, Any] = {
        "asked": asked,
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
            reading.mark_read(session, visit.adviser.id, conversation, visit.now)
        case "unread":
            reading.mark_unread(session, visit.adviser.id, conversation.id)
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


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[: MOST + 1]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
