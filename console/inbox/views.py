"""Saved views: the filter in view kept under a name, for oneself or for all."""

from urllib.parse import urlencode
from uuid import UUID

from fastapi.responses import Response

from console.inbox.language import LONGEST, FilterProblem, parse_filter
from console.pages import Pages
from console.refusals import not_found
from console.visit import VisitHere
from store import saved_views

#: Who may share a view with everybody, and delete what others shared.
_MAY_SHARE = ("supervisor", "administrator")


def add_pages(pages: Pages) -> None:
    @pages.post("/views")
    def save(visit: VisitHere) -> Response:
        query = visit.text("q", LONGEST)
        try:
            parse_filter(query)
        except FilterProblem:
            return visit.go(f"/console/inbox?{urlencode({'q': query})}")
        shared = visit.text("shared") == "yes" and visit.adviser.role in _MAY_SHARE
        with visit.services.database.session() as session:
            saved_views.save(session, visit.adviser.id, visit.text("name", 60), query, shared=shared)
        return visit.go(f"/console/inbox?{urlencode({'tab': 'all', 'q': query})}")

    @pages.post("/views/{view_id}/delete")
    def delete(visit: VisitHere, view_id: UUID) -> Response:
        with visit.services.database.session() as session:
            any_shared = visit.adviser.role in _MAY_SHARE
            if not saved_views.delete_view(session, view_id, visit.adviser.id, any_shared=any_shared):
                raise not_found()
        return visit.go("/console/inbox")
