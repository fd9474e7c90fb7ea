"""All page groups put together, and what the caller of each page must be."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from fastapi.responses import Response

from console.account import routes as account
from console.advisers import routes as advisers
from console.agencies import routes as agencies
from console.audit import routes as audit
from console.canned import routes as canned
from console.courses import importing, telling
from console.courses import routes as courses
from console.figures import routes as figures
from console.help import routes as help_pages
from console.inbox import bulk, live, views
from console.inbox import routes as inbox
from console.people import rights
from console.people import routes as people
from console.registrations import routes as registrations
from console.review import gaps, item, journey
from console.review import routes as review
from console.sign_in import routes as sign_in
from console.thread import marks, takeover
from console.thread import routes as thread
from console.web.guard import Guard
from console.web.page_group import PageGroup, bar_of, needs_of
from console.web.pages import router_of
from console.web.permissions import Need
from console.web.refusals import not_found
from console.web.services import ConsoleServices
from console.web.site import Site
from console.web.visit import VisitHere

pages = PageGroup()


@pages.get("/static/{version}/{name}", Need.OPEN)
def static_file(visit: VisitHere, version: str, name: str) -> Response:
    return visit.site.static.serve(visit.request, version, name)


#: In the order of their pages in the bar above.
GROUPS: Sequence[PageGroup] = (
    pages,
    sign_in.pages,
    account.pages,
    inbox.pages,
    views.pages,
    bulk.pages,
    live.pages,
    thread.pages,
    marks.pages,
    takeover.pages,
    registrations.pages,
    people.pages,
    rights.pages,
    # Fixed parts of an address before those that any id fills.
    importing.pages,
    courses.pages,
    telling.pages,
    agencies.pages,
    canned.pages,
    review.pages,
    gaps.pages,
    item.pages,
    journey.pages,
    advisers.pages,
    figures.pages,
    audit.pages,
    help_pages.pages,
)
#: Each route with what its caller must be: the one table that the guard, the buttons and the tests read.
ROUTES: Mapping[str, Need] = needs_of(GROUPS)


def build_console(services: ConsoleServices) -> list[APIRouter]:
    """The routes of the console, all under `/console`.

    Raises WordsError where the words of the two languages differ.
    """
    site = Site(services, ROUTES, bar_of(GROUPS))
    router = router_of(site, Guard(site), GROUPS)

    # Last: what no group has is answered by the console's own page.
    @router.api_route("/{anything:path}", methods=["GET", "POST"], response_model=None)
    def nothing(anything: str) -> Response:  # noqa: ARG001
        raise not_found()

    return [router]
