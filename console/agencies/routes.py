"""Agencies and providers: listed the longest unchecked first, edited, made; what advisers write outlives imports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.courses import forms
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import not_found
from console.web.visit import Visit, VisitHere
from store.catalogue import edits as course_edits
from store.catalogue import lists as course_lists
from store.catalogue.columns import Column
from store.catalogue.edits import (
    AGENCY_COLUMNS,
    PROVIDER_COLUMNS,
    CatalogueUnknown,
    EditRefused,
    Given,
)
from store.core.clock import moroccan_day
from store.core.folding import Fold
from store.tables import Agency, Provider


@dataclass(frozen=True)
class Kind:
    """What differs between agencies and providers. `name` is the part of the address."""

    name: str
    table: Any
    columns: Sequence[Column]
    edit: Callable[[Session, str, Given, Fold], tuple[str, ...]]
    make: Callable[[Session, str, Given], Any]


AGENCIES = Kind(
    "agencies", Agency, AGENCY_COLUMNS,
    lambda session, row_id, given, _: course_edits.edit_agency(session, row_id, given),
    course_edits.new_agency,
)  # fmt: skip
PROVIDERS = Kind(
    "providers", Provider, PROVIDER_COLUMNS, course_edits.edit_provider, course_edits.new_provider
)
KINDS = {"agencies": AGENCIES, "providers": PROVIDERS}


def kind_of(request: Request) -> Kind:
    """The kind that an address is of: `/console/agencies/...`."""
    return KINDS[request.scope["route"].path.split("/")[2]]


#: An argument of a page that agencies and providers have alike.
KindHere = Annotated[Kind, Depends(kind_of)]

pages = PageGroup()


@pages.get("/agencies", Need.READER)
def agencies_page(visit: VisitHere) -> Response:
    today = moroccan_day(visit.now)
    with visit.services.database.session() as session:
        return visit.page(
            "agencies/agencies.html",
            agencies=course_lists.agencies(session),
            providers=course_lists.providers(session),
            name_of=lambda row: name_of(visit, row),
            stale=lambda row: course_lists.is_stale(row.checked_on, today),
        )


@pages.get("/agencies/new", Need.SUPERVISOR)
@pages.get("/providers/new", Need.SUPERVISOR)
def new_row_page(visit: VisitHere, kind: KindHere) -> Response:
    return _new_page(visit, kind)


@pages.post("/agencies/new", Need.SUPERVISOR)
@pages.post("/providers/new", Need.SUPERVISOR)
def make_row(visit: VisitHere, kind: KindHere) -> Response:
    row_id = visit.text("id", 100).strip()
    try:
        with visit.services.database.session() as session:
            kind.make(session, row_id, forms.given(visit))
            visit.audit(session, f"{kind.name}-made", row=row_id)
    except EditRefused as refused:
        return _new_page(visit, kind, 422, refused)
    return visit.go(f"/console/{kind.name}/{row_id}")


@pages.get("/agencies/{row_id}", Need.READER)
@pages.get("/providers/{row_id}", Need.READER)
def row_page(visit: VisitHere, kind: KindHere, row_id: str) -> Response:
    return _page(visit, kind, row_id)


@pages.post("/agencies/{row_id}", Need.SUPERVISOR)
@pages.post("/providers/{row_id}", Need.SUPERVISOR)
def edit_row(visit: VisitHere, kind: KindHere, row_id: str) -> Response:
    def work(session: Session) -> str:
        return ",".join(kind.edit(session, row_id, forms.given(visit), visit.services.fold))

    return _changed(visit, kind, row_id, "edited", work)


@pages.post("/agencies/{row_id}/checked", Need.SUPERVISOR)
@pages.post("/providers/{row_id}/checked", Need.SUPERVISOR)
def mark_checked(visit: VisitHere, kind: KindHere, row_id: str) -> Response:
    def work(session: Session) -> str:
        course_edits.mark_checked(session, kind.table, row_id, visit.now)
        return ""

    return _changed(visit, kind, row_id, "checked", work)


@pages.post("/agencies/{row_id}/release", Need.SUPERVISOR)
@pages.post("/providers/{row_id}/release", Need.SUPERVISOR)
def release_column(visit: VisitHere, kind: KindHere, row_id: str) -> Response:
    column = visit.text("column", 40)

    def work(session: Session) -> str:
        return column if course_edits.release(session, kind.table, row_id, column) else ""

    return _changed(visit, kind, row_id, "released", work)


def _changed(visit: Visit, kind: Kind, row: str, done: str, work: Callable[[Session], str]) -> Response:
    try:
        with visit.services.database.session() as session:
            columns = work(session)
            visit.audit(session, f"{kind.name}-{done}", row=row, columns=columns)
    except CatalogueUnknown:
        raise not_found() from None
    except EditRefused as refused:
        return _page(visit, kind, row, 422, refused)
    return visit.go(f"/console/{kind.name}/{row}")


def _new_page(visit: Visit, kind: Kind, status: int = 200, refused: EditRefused | None = None) -> Response:
    faults = refused.faults if refused else ()
    values = forms.sent(visit, kind.columns) if refused else {"source": "console"}
    return visit.page(
        "courses/new.html",
        status,
        kind=kind.name,
        fields=forms.fields(visit, kind.columns, values, faults=faults),
        id_given=visit.text("id", 100),
        id_wrong=next((fault.code for fault in faults if fault.column == "id"), None),
        refused=bool(faults),
    )


def _page(
    visit: Visit, kind: Kind, row_id: str, status: int = 200, refused: EditRefused | None = None
) -> Response:
    with visit.services.database.session() as session:
        try:
            row = course_edits.find(session, kind.table, row_id)
        except CatalogueUnknown:
            raise not_found() from None
        link = course_lists.link_of(session, row.url)
        values = forms.sent(visit, kind.columns) if refused else forms.shown(kind.columns, row)
        return visit.page(
            "agencies/row.html",
            status,
            kind=kind.name,
            row=row,
            name_here=name_of(visit, row),
            fields=forms.fields(
                visit, kind.columns, values, row=row, faults=refused.faults if refused else ()
            ),
            link=link,
            dead=link is not None and course_lists.is_dead(link),
            stale=course_lists.is_stale(row.checked_on, moroccan_day(visit.now)),
            refused=refused is not None,
        )


def name_of(visit: Visit, row: Any) -> str:
    """The name in the adviser's language, else its own, else that in the other language, else its id."""
    here, other = (row.name_ar, row.name_fr) if visit.words.language == "ar" else (row.name_fr, row.name_ar)
    return str(here or getattr(row, "name", None) or other or row.id)
