"""The inbox: conversations by state and by filter, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any as AnyValue
from urllib.parse import urlencode
from uuid import UUID

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.inbox import form
from console.inbox.language import CHANNELS, LONGEST, FilterProblem, parse_filter
from console.pages import Pages
from console.visit import Visit, VisitHere
from store import advisers, facts, inbox, saved_views, tags
from store.inbox import COUNT_LIMIT, ListPage, Place
from store.inbox_filter import FLAGS, All, Filter, Not, Reader, Where
from store.vocabulary import CITIES, TOPICS, VARIETIES

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
class Asked:
    """What list a request is for. `problem`: why the filter could not be read, with its values."""

    tab: str
    query: str
    wanted: Filter
    after: Place | None
    problem: FilterProblem | None

    def address(self, path: str = "/console/inbox", **changed: str) -> str:
        """An address of the same list, with something changed."""
        given = {"tab": self.tab, "q": self.query, **changed}
        kept = {name: value for name, value in given.items() if value}
        return f"{path}?{urlencode(kept)}" if kept else path


def add_pages(pages: Pages) -> None:
    @pages.get("")
    @pages.get("/")
    def start(visit: VisitHere) -> Response:
        return visit.go("/console/inbox")

    @pages.get("/inbox")
    def whole(visit: VisitHere) -> Response:
        asked = _asked(visit)
        return visit.page(
            "inbox/inbox.html", 422 if asked.problem else 200, done=_done(visit),
            **_content(visit, asked), **_side(visit, asked),
        )  # fmt: skip

    @pages.get("/inbox/list")
    def part(visit: VisitHere) -> Response:
        asked = _asked(visit)
        return visit.page("inbox/live.html", **_content(visit, asked), **_side(visit, asked))

    @pages.get("/inbox/filter")
    def from_form(visit: VisitHere) -> Response:
        values = {
            name: visit.query(name, 100)
            for name in (*form.SELECTS, "region", "conf", "after", "before", "words")
        }
        asked = Asked(_tab(visit), form.written(values), All(()), None, None)
        return visit.go(asked.address())


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


def _asked(visit: Visit) -> Asked:
    return asked_for(_tab(visit), visit.query("q", LONGEST + 1).strip(), visit.query("after"))


def asked_for(tab: str, query: str, after: str = "") -> Asked:
    """The list of a tab (KeyError for none) and a filter as it was typed."""
    problem = None
    try:
        typed = parse_filter(query)
    except FilterProblem as error:
        typed, problem = All(()), error
    return Asked(tab, query[:LONGEST], All((TABS[tab][0], typed)), read_place(after), problem)


def reader_of(visit: Visit) -> Reader:
    return Reader(visit.adviser.id, visit.services.query_words)


def _content(visit: Visit, asked: Asked) -> dict[str, AnyValue]:
    """The list. What was said since the last look is taken into the search first, as far as it is little."""
    services = visit.services
    with services.database.session() as session:
        facts.take_in(session, services.index_words)
    with services.database.session() as session:
        page = ListPage((), None) if asked.problem else _page(visit, session, asked)
        visit.audit(session, "inbox-read", tab=asked.tab, shown=len(page.rows), searched=bool(asked.query))
        return {
            "asked": asked,
            "page": page,
            "written_place": written_place,
            "colleagues": [
                each for each in advisers.everyone(session, active_only=True) if each.role != "reader"
            ],
            "acts": acts_of(visit),
        }


def _page(visit: Visit, session: Session, asked: Asked) -> ListPage:
    """A page of the list. Who is in danger stands before all who wait, on its first page."""
    first = TABS[asked.tab][1]
    wanted = All((asked.wanted, Not(_URGENT))) if first else asked.wanted
    page = inbox.listing(
        session, visit.scope, wanted, reader_of(visit), after=asked.after, oldest_first=first, limit=_PAGE
    )
    if not first or asked.after is not None:
        return page
    urgent = inbox.listing(
        session, visit.scope, All((asked.wanted, _URGENT)), reader_of(visit),
        oldest_first=True, limit=_MOST_URGENT,
    )  # fmt: skip
    return ListPage((*urgent.rows, *page.rows), page.next)


def acts_of(visit: Visit) -> tuple[str, ...]:
    """What may be done to many conversations at once by who is signed in."""
    return ACTS if visit.may("POST /console/conversations/{conversation_id}/tags") else OWN_ACTS


def _side(visit: Visit, asked: Asked) -> dict[str, AnyValue]:
    """What stands beside the list: tabs and views with their counts, the form."""
    with visit.services.database.session() as session:
        views = saved_views.of_adviser(session, visit.adviser.id)
        return {
            "tabs": [
                (tab, _counted(visit, session, _COUNTED[tab]) if tab in _COUNTED else None) for tab in TABS
            ],
            "views": [(view, _view_count(visit, session, view.query)) for view in views],
            "form": form.read(asked.query),
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


def written_place(place: Place) -> str:
    """A place in the list, for an address."""
    return f"{place.at.timestamp():.6f}_{place.conversation_id.hex}"


def read_place(written: str) -> Place | None:
    """The place that an address names; None for anything else."""
    seconds, _, hexadecimal = written.partition("_")
    try:
        return Place(datetime.fromtimestamp(float(seconds)).astimezone(), UUID(hexadecimal))
    except (ValueError, OverflowError, OSError):
        return None
