"""Content gaps: what people asked for in vain, by topic, city and variety, each with the conversations behind it."""

from datetime import timedelta
from urllib.parse import urlencode

from fastapi.responses import Response

from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.visit import VisitHere
from store.review import content_gaps
from store.review.content_gaps import Gap

#: How many days are looked back: a month, a quarter, a year.
SPANS = (30, 90, 365)
_SHOWN = 200

pages = PageGroup()


@pages.get("/gaps", Need.READER, bar="nav-gaps")
def gaps_page(visit: VisitHere) -> Response:
    given = visit.query("days", 5)
    days = int(given) if given in map(str, SPANS) else SPANS[1]
    with visit.services.database.session() as session:
        found = content_gaps.gaps(session, visit.scope, visit.now - timedelta(days=days))
        visit.audit(session, "gaps-read", shown=len(found))
    return visit.page(
        "review/gaps.html",
        gaps=found[:_SHOWN],
        days=days,
        spans=SPANS,
        behind=behind,
        depth=content_gaps.DEPTH,
    )


def behind(gap: Gap) -> str:
    """The address of the conversations behind a gap, in the inbox."""
    conditions = {"reply": gap.reply, "topic": gap.topic, "city": gap.city, "variety": gap.variety}
    query = " ".join(f"{field}:{value}" for field, value in conditions.items() if value)
    return f"/console/inbox?{urlencode({'tab': 'all', 'q': query})}"
