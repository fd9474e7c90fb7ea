"""Canned answers: their list, and writing them in every variety."""

from uuid import UUID

from fastapi.responses import Response

from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import not_found
from console.web.visit import Visit, VisitHere
from store.advisers import canned_answers
from store.core.vocabulary import VARIETIES

pages = PageGroup()


@pages.get("/canned", Need.ADVISER, bar="nav-canned")
def canned_page(visit: VisitHere) -> Response:
    return _page(visit)


@pages.post("/canned", Need.SUPERVISOR)
def write_canned_answer(visit: VisitHere) -> Response:
    texts = {variety: visit.text(f"text-{variety}", canned_answers.LONGEST) for variety in VARIETIES}
    with visit.services.database.session() as session:
        name = canned_answers.put(session, visit.text("short_name", 60), texts, visit.adviser.id, visit.now)
        if name is not None:
            visit.audit(session, "canned-written", name=name)
    return _page(visit, 422) if name is None else visit.go(f"/console/canned#c-{name}")


@pages.post("/canned/{canned_id}/delete", Need.SUPERVISOR)
def delete_canned_answer(visit: VisitHere, canned_id: UUID) -> Response:
    with visit.services.database.session() as session:
        if not canned_answers.delete_answer(session, canned_id):
            raise not_found()
        visit.audit(session, "canned-deleted")
    return visit.go("/console/canned")


def _page(visit: Visit, status: int = 200) -> Response:
    with visit.services.database.session() as session:
        answers = canned_answers.everything(session)
    return visit.page(
        "canned/canned.html",
        status,
        answers=answers,
        varieties=VARIETIES,
        problem="canned-needs-words" if status != 200 else None,
        draft={name: visit.text(name, 1000) for name in ("short_name", *(f"text-{v}" for v in VARIETIES))},
    )
