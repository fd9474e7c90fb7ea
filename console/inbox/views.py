"""Saved views: the filter in view kept under a name, for oneself or for all."""

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi.responses import Response

from console.inbox.language import LONGEST, FilterProblem, parse_filter
from console.web.fields import Fields, Yes, cut
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import not_found
from console.web.visit import VisitHere
from store.inbox import saved_views

#: Who may share a view with everybody, and delete what others shared.
_MAY_SHARE = ("supervisor", "administrator")

pages = PageGroup()


class ViewForm(Fields):
    """A filter to be kept under a name."""

    q: Annotated[str, cut(LONGEST)]
    name: Annotated[str, cut(60)]
    shared: Yes


@pages.post("/views", Need.READER)
def save_view(visit: VisitHere) -> Response:
    form = visit.read(ViewForm)
    try:
        parse_filter(form.q)
    except FilterProblem:
        return visit.go(f"/console/inbox?{urlencode({'q': form.q})}")
    shared = form.shared and visit.adviser.role in _MAY_SHARE
    with visit.services.database.session() as session:
        saved_views.save(session, visit.adviser.id, form.name, form.q, shared=shared)
    return visit.go(f"/console/inbox?{urlencode({'tab': 'all', 'q': form.q})}")


@pages.post("/views/{view_id}/delete", Need.READER)
def delete_view(visit: VisitHere, view_id: UUID) -> Response:
    with visit.services.database.session() as session:
        any_shared = visit.adviser.role in _MAY_SHARE
        if not saved_views.delete_view(session, view_id, visit.adviser.id, any_shared=any_shared):
            raise not_found()
    return visit.go("/console/inbox")
