"""The inbox: conversations by state and by filter, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any as AnyValue
from urllib.parse import urlencode
from uuid import UUID

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.inbox import form
from console.inbox.language import LONGEST, FilterProblem, parse_filter
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.visit import Visit, VisitHere
from store.advisers import advisers, tags
from store.core.vocabulary import CHANNELS, CITIES, TOPICS, VARIETIES
from store.inbox import listing as inbox
from store.inbox import saved_views, search_index
from store.inbox.filters import FLAGS, All, Filter, Not, Reader, Where
from store.inbox.listing import COUNT_LIMIT, Cursor, ListPage

#: The tabs: what each shows, and whether the one who waits longest stands first.
TABS: dict[str, tuple[Filter, bool]] = {
    "waiting": (Where("state", ("waiting",)), True),
    "mentions": (Where("mentions", ("me",)), False),
    "mine": (All((Where("is", ("mine",)), Not(Where("state", ("closed",))))), False),
    "adviser": (Where("state", ("adviser",)), False),
    "assistant": (Where("state", ("assistant",)), False),
    "closed": (Where("state", ("closed",)), False),
    "all": (All(()), False),
}
#: Tabs whose conversations are counted beside their names: the few that somebody should see to.
_COUNTED = {
    "waiting": TABS["waiting"][0],
    "mentions": Where("mentions", ("new",)),
    "mine": TABS["mine"][0],
    "adviser": TABS["adviser"][0],
}
_URGENT = Where("is", ("urgent",))
#: More people in danger at once than anybody has seen.
_MOST_URGENT = 200
_PAGE = 40
#: What changes nothing for others; and all that may be done to many at once.
OWN_ACTS = ("read", "unread")
ACTS = ("tag", "untag", "assign", "close", *OWN_ACTS)


@dataclass(frozen=True)
class ListRequest:
    """What list a request is for. `problem`: why the filter could not be read, with its values."""

    tab: str
    query: str
    wanted: Filter
    after: Cursor | None
    problem: FilterProblem | None

    def address(self, path: str = "/console/inbox", **changed: str) -> str:
        """An address of the same list, with something changed."""
        given = {"tab": self.tab, "q": self.query, **changed}
        kept = {name: value for name, value in given.items() if value}
        return f"{path}?{urlencode(kept)}" if kept else path


pages = PageGroup()


@pages.get("", Need.READER)
@pages.get("/", Need.READER)
def go_to_inbox(visit: VisitHere) -> Response:
    return visit.go("/console/inbox")


@pages.get("/inbox", Need.READER, bar="nav-inbox")
def inbox_page(visit: VisitHere) -> Response:
    request = _request_of(visit)
    return visit.page(
        "inbox/inbox.html", 422 if request.problem else 200, done=_done(visit),
        **_content(visit, request), **_side(visit, request),
    )  # fmt: skip


@pages.get("/inbox/list", Need.READER)
def list_fragment(visit: VisitHere) -> Response:
    request = _request_of(visit)
    return visit.page("inbox/live.html", **_content(visit, request), **_side(visit, request))


@pages.get("/inbox/filter", Need.READER)
def filter_from_form(visit: VisitHere) -> Response:
    values = {
        name: visit.query(name, 100) for name in (*form.SELECTS, "region", "conf", "after", "before", "words")
    }
    request = ListRequest(_tab(visit), form.written(values), All(()), None, None)
    return visit.go(request.address())


def _done(visit: Visit) -> tuple[int, int] | None:
    """How many conversations were changed at once, and how many were left as they were, as an address tells."""
    changed, left = visit.query("changed", 6), visit.query("left", 6)
    if not (changed.isascii() and changed.isdigit()):
        return None
    return int(changed), int(left) if left.isascii() and left.isdigit() else 0


def _tab(visit: Visit) -> str:
    tab = visit.query("tab", 20)
    if tab in TABS:
        return tab
    return "all" if visit.query("q") else "waiting"


def _request_of(visit: Visit) -> ListRequest:
    return request_for(_tab(visit), visit.query("q", LONGEST + 1).strip(), visit.query("after"))


def request_for(tab: str, query: str, after: str = "") -> ListRequest:
    """The list of a tab (KeyError for none) and a filter as it was typed."""
    problem = None
    try:
        typed = parse_filter(query)
    except FilterProblem as error:
        typed, problem = All(()), error
    return ListRequest(tab, query[:LONGEST], All((TABS[tab][0], typed)), read_cursor(after), problem)


def reader_of(visit: Visit) -> Reader:
    return Reader(visit.adviser.id, visit.services.query_words)


def _content(visit: Visit, request: ListRequest) -> dict[str, AnyValue]:
    """The list. What was said since the last look is taken into the search first, as far as it is little."""
    services = visit.services
    with services.database.session() as session:
        search_index.take_in(session, services.index_words)
    with services.database.session() as session:
        page = ListPage((), None) if request.problem else _page(visit, session, request)
        visit.audit(
            session, "inbox-read", tab=request.tab, shown=len(page.rows), searched=bool(request.query)
        )
        return {
            "request": request,
            "page": page,
            "written_cursor": written_cursor,
            "colleagues": [
                each for each in advisers.everyone(session, active_only=True) if each.role != "reader"
            ],
            "acts": acts_of(visit),
        }


def _page(visit: Visit, session: Session, request: ListRequest) -> ListPage:
    """A page of the list. Who is in danger stands before all who wait, on its first page."""
    first = TABS[request.tab][1]
    wanted = All((request.wanted, Not(_URGENT))) if first else request.wanted
    page = inbox.listing(
        session, visit.scope, wanted, reader_of(visit), after=request.after, oldest_first=first, limit=_PAGE
    )
    if not first or request.after is not None:
        return page
    urgent = inbox.listing(
        session, visit.scope, All((request.wanted, _URGENT)), reader_of(visit),
        oldest_first=True, limit=_MOST_URGENT,
    )  # fmt: skip
    return ListPage((*urgent.rows, *page.rows), page.next)


def acts_of(visit: Visit) -> tuple[str, ...]:
    """What may be done to many conversations at once by who is signed in."""
    return ACTS if visit.may("POST /console/conversations/{conversation_id}/tags") else OWN_ACTS


def _side(visit: Visit, request: ListRequest) -> dict[str, AnyValue]:
    """What stands beside the list: tabs and views with their counts, the form."""
    with visit.services.database.session() as session:
        views = saved_views.of_adviser(session, visit.adviser.id)
        return {
            "tabs": [
                (tab, _counted(visit, session, _COUNTED[tab]) if tab in _COUNTED else None) for tab in TABS
            ],
            "views": [(view, _view_count(visit, session, view.query)) for view in views],
            "form": form.read(request.query),
            "choices": {
                "channel": CHANNELS,
                "variety": VARIETIES,
                "city": CITIES,
                "topic": TOPICS,
                "intent": form.intents(list(visit.words.keys)),
                "tag": tags.known(session),
                "is": FLAGS,
            },
            "confidences": form.CONFIDENCES,
            "count_limit": COUNT_LIMIT,
        }


def _counted(visit: Visit, session: Session, wanted: Filter) -> int:
    return inbox.count(session, visit.scope, wanted, reader_of(visit))


def _view_count(visit: Visit, session: Session, query: str) -> int | None:
    try:
        return _counted(visit, session, parse_filter(query))
    except FilterProblem:
        return None


def written_cursor(cursor: Cursor) -> str:
    """A place in the list, for an address."""
    return f"{cursor.at.timestamp():.6f}_{cursor.conversation_id.hex}"


def read_cursor(written: str) -> Cursor | None:
    """The place that an address names; None for anything else."""
    seconds, _, hexadecimal = written.partition("_")
    try:
        return Cursor(datetime.fromtimestamp(float(seconds)).astimezone(), UUID(hexadecimal))
    except (ValueError, OverflowError, OSError):
        return None
