"""All page groups put together: a group is a module with `add_pages(pages)`."""

from collections.abc import Callable, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from console.account import routes as account
from console.advisers import routes as advisers
from console.agencies import routes as agencies
from console.audit import routes as audit
from console.canned import routes as canned
from console.courses import importing, telling
from console.courses import routes as courses
from console.figures import routes as figures
from console.guard import Guard
from console.help import routes as help_pages
from console.inbox import bulk, live, routes, views
from console.pages import Pages, Site
from console.people import rights
from console.people import routes as people
from console.refusals import not_found
from console.registrations import routes as registrations
from console.review import routes as review
from console.services import ConsoleServices
from console.sign_in import routes as sign_in
from console.thread import marks, takeover
from console.thread import routes as thread

GROUPS: Sequence[Callable[[Pages], None]] = (
    sign_in.add_pages,
    account.add_pages,
    routes.add_pages,
    views.add_pages,
    bulk.add_pages,
    live.add_pages,
    thread.add_pages,
    marks.add_pages,
    takeover.add_pages,
    canned.add_pages,
    advisers.add_pages,
    audit.add_pages,
    registrations.add_pages,
    # Fixed parts of an address before those that any id fills.
    importing.add_pages,
    courses.add_pages,
    telling.add_pages,
    agencies.add_pages,
    people.add_pages,
    rights.add_pages,
    review.add_pages,
    figures.add_pages,
    help_pages.add_pages,
)


def build_console(services: ConsoleServices) -> list[APIRouter]:
    """The routes of the console, all under `/console`.

    Raises WordsError where the words of the two languages differ.
    """
    site = Site(services)
    pages = Pages(site, Guard(site))

    @pages.get("/static/{version}/{name}")
    def static(request: Request, version: str, name: str) -> Response:
        return site.static.serve(request, version, name)

    for add_pages in GROUPS:
        add_pages(pages)

    # Last: what no group has is answered by the console's own page.
    @pages.router.api_route("/{anything:path}", methods=["GET", "POST"], response_model=None)
    def nothing(anything: str) -> Response:  # noqa: ARG001
        raise not_found()

    return [pages.router]
