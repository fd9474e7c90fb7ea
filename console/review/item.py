"""One message to judge: what it means, which entities are in it, and whether it should be learnt from."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.review import notation
from console.review.desk import Desk, DeskHere, QueueRequest, carried, ranking, request_of, told_of
from console.review.notation import Line, NotationProblem
from console.review.taught import Judgement, judge
from console.review.values import OFFERED
from console.web.fields import Fields, Yes, cut
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import Refusal, not_found
from console.web.visit import Visit, VisitHere
from store.core.vocabulary import VARIETIES
from store.people import people
from store.review import answers as review_answers
from store.review import queue as review
from store.review.answers import NotWaiting, Verdict
from store.review.queue import Entry

_DECIDE = "POST /console/review/{item_id}/decide"


@dataclass(frozen=True)
class Draft:
    """What the form holds. `problem`: why it was not taken, as a key of words with its values."""

    intent: str
    variety: str
    marked: str
    problem: tuple[str, dict[str, str]] | None = None
    clash: Judgement | None = None


class AnswerForm(Fields):
    """What a message means. `pick`: an intent of those that were likeliest, where none was chosen from all; `verdict`:
    `none` where it means nothing we know; `confirm`: the intent is meant, though the training data say another.
    """

    intent: Annotated[str, cut(60)]
    pick: Annotated[str, cut(60)]
    verdict: Annotated[str, cut(20)]
    variety: Annotated[str, cut(20)]
    marked: Annotated[str, cut(4000)]
    confirm: Yes


pages = PageGroup()


@pages.get("/review/{item_id}", Need.ADVISER)
def item_page(visit: VisitHere, desk: DeskHere, item_id: UUID) -> Response:
    return _page(visit, desk, item_id)


@pages.post("/review/{item_id}", Need.ADVISER)
def answer_item(visit: VisitHere, desk: DeskHere, item_id: UUID) -> Response:
    return _answered(visit, desk, item_id, decides=False)


@pages.post("/review/{item_id}/decide", Need.SUPERVISOR)
def decide_item(visit: VisitHere, desk: DeskHere, item_id: UUID) -> Response:
    return _answered(visit, desk, item_id, decides=True)


@pages.post("/review/{item_id}/skip", Need.ADVISER)
def skip_item(visit: VisitHere, desk: DeskHere, item_id: UUID) -> Response:
    return _marked(visit, desk, item_id, "skipped")


@pages.post("/review/{item_id}/later", Need.ADVISER)
def save_for_later(visit: VisitHere, desk: DeskHere, item_id: UUID) -> Response:
    return _marked(visit, desk, item_id, "saved")


@pages.post("/review/{item_id}/flag", Need.ADVISER)
def flag_item(visit: VisitHere, desk: DeskHere, item_id: UUID) -> Response:
    with visit.services.database.session() as session:
        entry = _seen(visit, session, item_id)
        review.flag(session, entry)
        _audit(visit, session, "flagged", entry, on=True)
    return visit.go(_request_of(visit, desk).address(f"/console/review/{item_id}"))


@pages.post("/review/{item_id}/twice", Need.ADVISER)
def ask_for_two_reviews(visit: VisitHere, desk: DeskHere, item_id: UUID) -> Response:
    """Asks for two reviews that know nothing of each other."""
    with visit.services.database.session() as session:
        entry = _seen(visit, session, item_id)
        if not review.want_two(session, item_id):
            raise Refusal(409, "refused-review-done")
        _audit(visit, session, "review-twice", entry)
    return visit.go(_request_of(visit, desk).address(f"/console/review/{item_id}"))


def _seen(visit: Visit, session: Session, item_id: UUID) -> Entry:
    """The item and a message of it. Refuses one that is not there, or not theirs, in the same way."""
    found = review.of_id(session, visit.scope, item_id)
    if found is None:
        raise not_found()
    return found


def _request_of(visit: Visit, desk: Desk) -> QueueRequest:
    return carried(visit.text("filter", 500), desk.intents)


def _audit(visit: Visit, session: Session, action: str, entry: Entry, **detail: str | int | bool) -> None:
    message = entry.message
    visit.audit(
        session, action, person_id=message.person_id, conversation_id=message.conversation_id,
        item=str(entry.item.id), **detail,
    )  # fmt: skip


def _marked(visit: Visit, desk: Desk, item_id: UUID, kind: review.Mark) -> Response:
    with visit.services.database.session() as session:
        entry = _seen(visit, session, item_id)
        review.mark(session, visit.adviser.id, item_id, kind, visit.now)
        _audit(visit, session, f"review-{kind}", entry)
    return visit.go(_request_of(visit, desk).address("/console/review/next"))


def _answered(visit: Visit, desk: Desk, item_id: UUID, *, decides: bool) -> Response:
    """Keeps what the form says, and goes on to the next; or shows the form again with what is wrong."""
    with visit.services.database.session() as session:
        entry = _seen(visit, session, item_id)
        draft, verdict = _read_verdict(visit, desk, entry)
        if verdict is None:
            return _page(visit, desk, item_id, draft)
        try:
            if decides:
                item = review_answers.decide(session, item_id, visit.adviser.id, verdict, visit.now)
            else:
                item = review_answers.review(session, item_id, visit.adviser.id, verdict, same, visit.now)
        except NotWaiting:
            raise Refusal(409, "refused-review-done") from None
        _audit(
            visit, session, "review-decided" if decides else "review-answered", entry,
            intent=verdict.intent or "", state=item.state,
        )  # fmt: skip
        # Whoever reviews second learns nothing of the first answer, also not that it was another.
        told = verdict.worth if verdict.intent is not None and item.reviews_wanted == 1 else ""
    return visit.go(
        _request_of(visit, desk).address("/console/review/next", told=told if told != "new" else "")
    )


def same(one: Verdict, other: Verdict) -> bool:
    """Whether two answers mean the same: the intent and the entities, however the text was edited."""
    if one.intent != other.intent:
        return False
    return one.intent is None or notation.read(one.marked).meaning == notation.read(other.marked).meaning


def _read_verdict(visit: Visit, desk: Desk, entry: Entry) -> tuple[Draft, Verdict | None]:
    """What the form says: as a draft, and as an answer where it is whole."""
    form = visit.read(AnswerForm)
    variety, marked = form.variety, " ".join(form.marked.split())
    if form.verdict == "none":
        kept = variety if variety in VARIETIES else entry.item.variety or VARIETIES[0]
        return Draft("", kept, marked), Verdict(None, kept, "")
    intent = form.intent or form.pick
    draft = Draft(intent, variety, marked)
    if intent not in desk.intents:
        return _wrong(draft, "review-no-intent"), None
    if variety not in VARIETIES:
        return _wrong(draft, "review-no-variety"), None
    try:
        line = notation.read(marked)
    except NotationProblem as problem:
        return _wrong(draft, problem.key, **problem.values), None
    judged = _judged(desk, entry, variety, line, intent)
    if judged.worth == "clash" and not form.confirm:
        return Draft(intent, variety, marked, clash=judged), None
    return draft, Verdict(intent, variety, notation.written(line), judged.worth)


def _wrong(draft: Draft, key: str, **values: str) -> Draft:
    return Draft(draft.intent, draft.variety, draft.marked, (key, values))


def _judged(desk: Desk, entry: Entry, variety: str, line: Line, intent: str) -> Judgement:
    item = entry.item
    return judge(
        desk.taught, variety, line.text, intent,
        predicted=item.intent, confidence=item.confidence, times=item.times,
    )  # fmt: skip


def _page(visit: Visit, desk: Desk, item_id: UUID, draft: Draft | None = None) -> Response:
    services = visit.services
    here = _request_of(visit, desk) if draft is not None else request_of(visit, desk)
    with services.database.session() as session:
        entry = _seen(visit, session, item_id)
        _audit(visit, session, "review-read", entry)
        person = people.get(session, entry.message.person_id)
        mine = review_answers.own(session, item_id, visit.adviser.id)
        shown = draft or _first_draft(entry, desk.line(entry.message, person), mine)
        settled = entry.item.state in ("disputed", "settled")
        decides = settled and visit.may(_DECIDE)
        return visit.page(
            "review/item.html",
            422 if draft is not None else 200,
            request=here,
            entry=entry,
            before=review.message_before(session, entry.message),
            alike=review.alike(session, visit.scope, item_id),
            ranking=ranking(entry.message),
            draft=shown,
            judged=_warning(desk, entry, shown),
            pieces=_pieces(shown.marked),
            # Reviews are blind: others' answers are shown only once there is nothing left to review.
            given=review_answers.given(session, item_id) if decides else [],
            decides=decides,
            may_answer=not settled or (mine is not None and entry.item.state == "settled"),
            intents=sorted(desk.intents, key=lambda each: visit.words.name("intent", each).casefold()),
            varieties=VARIETIES,
            values=OFFERED,
            told=told_of(visit),
        )


def _first_draft(entry: Entry, line: Line, mine: Any) -> Draft:
    if mine is not None and mine.marked:
        return Draft(mine.intent or "", mine.variety, mine.marked)
    likeliest = ranking(entry.message)
    variety = entry.item.variety if entry.item.variety in VARIETIES else VARIETIES[0]
    return Draft(likeliest[0][0] if likeliest else "", variety, notation.written(line))


def _warning(desk: Desk, entry: Entry, draft: Draft) -> Judgement | None:
    """What to warn of before anything is sent: the text is there already, or is understood so already."""
    try:
        line = notation.read(draft.marked)
    except NotationProblem:
        return None
    judged = _judged(desk, entry, draft.variety, line, draft.intent)
    return None if judged.worth == "new" else judged


def _pieces(marked: str) -> list[tuple[str, Any]]:
    """The text with its entities, to be shown; as typed where it cannot be read."""
    try:
        return list(notation.read(marked).pieces())
    except NotationProblem:
        return [(marked, None)]
