"""The catalogue from files and to files: what an import would change is shown, and done when the adviser says so."""

import csv
import io
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi.responses import Response

from console.registrations.routes import download
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import Refusal, not_found
from console.web.visit import Visit, VisitHere
from store.catalogue import drafts as catalogue_drafts
from store.catalogue.columns import written
from store.catalogue.drafts import DraftUnknown, Preview
from store.catalogue.files import FILES, CatalogueErrors
from store.core.spreadsheets import BOM, FORMULA

_SHOWN = 300
#: Follows from other columns; no reader wants to see it.
_DERIVED = ("title_fold", "text_fold", "effort_hours", "open_until", "course_id")

pages = PageGroup()


@pages.get("/courses/import", Need.SUPERVISOR)
def import_page(visit: VisitHere) -> Response:
    return _page(visit)


@pages.post("/courses/import", Need.SUPERVISOR)
def preview_import(visit: VisitHere) -> Response:
    files, problem = _files(visit)
    if problem or not files:
        return _page(visit, 422, problem=problem or "import-no-file")
    with visit.services.database.session() as session:
        found = catalogue_drafts.preview(session, files, visit.services.fold)
        draft = None
        if not found.errors and found.changes:
            draft = catalogue_drafts.keep(session, visit.adviser.id, files, visit.now)
        visit.audit(session, "import-previewed", changes=len(found.changes), errors=len(found.errors))
    return _page(visit, 422 if found.errors else 200, found=found, draft=draft, files=list(files))


@pages.post("/courses/import/{draft_id}", Need.SUPERVISOR)
def confirm_import(visit: VisitHere, draft_id: UUID) -> Response:
    services = visit.services
    try:
        with services.database.session() as session:
            files = catalogue_drafts.files_of(session, draft_id)
            found = catalogue_drafts.preview(session, files, services.fold)
            if visit.text("changes", 10) != str(len(found.changes)) or found.errors:
                # The catalogue changed meanwhile: what was agreed to is not what would be done.
                return _page(
                    visit, 409, found=found, draft=draft_id, files=list(files), problem="import-anew"
                )
            report = catalogue_drafts.confirm(session, draft_id, services.fold)
            visit.audit(
                session, "catalogue-imported", added=len(report.added), changed=len(report.changed),
                withdrawn=len(report.withdrawn), files=",".join(files),
            )  # fmt: skip
    except DraftUnknown:
        raise not_found() from None
    except CatalogueErrors:
        raise Refusal(409, "refused-failed") from None
    return visit.go("/console/courses")


@pages.get("/courses/export", Need.ADVISER)
def export_catalogue(visit: VisitHere) -> Response:
    name = visit.query("file", 20) or "courses.csv"
    if name not in FILES:
        raise not_found()
    with visit.services.database.session() as session:
        text = catalogue_drafts.file_text(session, name)
        visit.audit(session, "catalogue-exported", file=name)
    return download((BOM + _harmless(text)).encode("utf-8"), "text/csv; charset=utf-8", f"takwin-{name}")


def _harmless(text: str) -> str:
    """The file with an apostrophe before what a spreadsheet would take for a formula; an import takes it off again."""
    out = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(text, newline=""))
    csv.writer(out, lineterminator="\n").writerows(
        [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row] for row in rows
    )
    return out.getvalue()


def _files(visit: Visit) -> tuple[dict[str, str], str | None]:
    """The files that were sent, as texts; or what is wrong with them (a key of words)."""
    files: dict[str, str] = {}
    for name in FILES:
        upload: Any = visit.form.get(name.partition(".")[0])
        if upload is None or isinstance(upload, str) or not upload.filename:
            continue
        content: bytes = upload.file.read()
        try:
            files[name] = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return {}, "fault-not-utf8"
        if "\x00" in files[name]:
            return {}, "fault-not-utf8"
    return files, None


def _page(
    visit: Visit,
    status: int = 200,
    *,
    found: Preview | None = None,
    draft: UUID | None = None,
    files: list[str] | None = None,
    problem: str | None = None,
) -> Response:
    changes = found.changes if found else ()
    counts = {
        what: sum(change.what == what for change in changes) for what in ("added", "changed", "withdrawn")
    }
    return visit.page(
        "courses/import.html",
        status,
        found=found,
        counts=counts,
        total=len(changes),
        shown=[(change, _differences(change.columns)) for change in changes[:_SHOWN]],
        hidden=max(0, len(changes) - _SHOWN),
        draft=draft,
        files=files or [],
        names=list(FILES),
        problem=problem,
    )


def _differences(columns: Mapping[str, tuple[Any, Any]]) -> list[tuple[str, str, str]]:
    return [
        (name, _cell_text(old), _cell_text(new))
        for name, (old, new) in columns.items()
        if name not in _DERIVED
    ]


def _cell_text(value: Any) -> str:
    return f"{value:%Y-%m-%d}" if hasattr(value, "hour") else written(value)
