"""The queue of review: what was least sure first, by tab and filter, and the export of what was approved."""

from fastapi.responses import Response

from console.review.agreement import agreement
from console.review.desk import DeskHere, request_of, told_of, written_cursor
from console.review.files import Example, archive
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.visit import VisitHere
from store.core.vocabulary import CHANNELS, VARIETIES
from store.review import answers as review_answers
from store.review import examples as review_examples
from store.review import queue as review
from store.review.queue import COUNT_LIMIT, REASONS, TABS, Tab

_PAGE = 30
_COUNTED: tuple[Tab, ...] = ("queue", "saved", "skipped", "disputed")

pages = PageGroup()


@pages.get("/review", Need.ADVISER, bar="nav-review")
def review_page(visit: VisitHere, desk: DeskHere) -> Response:
    here = request_of(visit, desk)
    with visit.services.database.session() as session:
        desk.take_in(session)
    with visit.services.database.session() as session:
        page = review.listing(
            session, visit.scope, visit.adviser.id, here.tab, here.wanted, after=here.after, limit=_PAGE
        )
        visit.audit(session, "review-list-read", tab=here.tab, shown=len(page.entries))
        counts = {
            tab: review.count(session, visit.scope, visit.adviser.id, tab, here.wanted) for tab in _COUNTED
        }
        return visit.page(
            "review/review.html",
            request=here,
            page=page,
            tabs=[(tab, counts.get(tab)) for tab in TABS],
            count_limit=COUNT_LIMIT,
            choices={
                "variety": VARIETIES,
                "intent": desk.intents,
                "channel": CHANNELS,
                "reason": REASONS,
            },
            agreed=agreement(review_answers.pairs(session)),
            examples=review_examples.counted(session),
            written_cursor=written_cursor,
            told=told_of(visit),
        )


@pages.get("/review/next", Need.ADVISER)
def go_to_next(visit: VisitHere, desk: DeskHere) -> Response:
    """The first item of the queue: where a reviewer goes on."""
    here = request_of(visit, desk)
    told = visit.query("told", 40)
    with visit.services.database.session() as session:
        desk.take_in(session)
        page = review.listing(session, visit.scope, visit.adviser.id, here.tab, here.wanted, limit=1)
    if not page.entries or here.tab not in ("queue", "saved", "skipped"):
        return visit.go(here.address(told=told))
    return visit.go(here.address(f"/console/review/{page.entries[0].item.id}", told=told))


@pages.get("/review/export", Need.SUPERVISOR)
def export_examples(visit: VisitHere) -> Response:
    """Approved examples as files of training data, `<variety>/<intent>.yml`."""
    with visit.services.database.session() as session:
        found = [Example.of(each) for each in review_examples.approved(session)]
        visit.audit(session, "review-exported", examples=len(found))
    name = f"takwin-nlu-{visit.now:%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(archive(found), media_type="application/zip", headers=headers)
