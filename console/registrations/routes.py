"""Registrations: listed by filter, moved to a state one by one or many at once, exported as the filter says."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.registrations import exporting, filters, moving
from console.web.fields import Fields, Ids, Yes, cut
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import not_found
from console.web.visit import Visit, VisitHere
from store.advisers import advisers
from store.catalogue import courses as catalogue
from store.catalogue import lists as course_lists
from store.core import spreadsheets
from store.core.vocabulary import CHANNELS, CITIES, TOPICS
from store.registrations import lists as registration_lists
from store.registrations import registrations
from store.registrations.lists import COUNT_LIMIT, RegistrationFilter
from store.registrations.states import NEXT

_LIST = "/console/registrations"
_PHONES = "POST /console/people/{person_id}/phone"

pages = PageGroup()

Note = Annotated[str, cut(1000, strip=True)]


class ChangeForm(Fields):
    """One registration moved. `tell`: whether its person hears of it."""

    state: Annotated[str, cut(20)]
    note: Note
    tell: Yes


class ChangeManyForm(Fields):
    """Many moved: `chosen`, or all that the filter finds. `sure`: the number that was agreed to; empty before."""

    to: Annotated[str, cut(20)]
    all: Yes
    chosen: Ids
    note: Note
    tell: Yes
    sure: Annotated[str, cut(10)]


@pages.get("/registrations", Need.READER, bar="nav-registrations")
def registrations_page(visit: VisitHere) -> Response:
    return _list_page(visit, filters.read_filter(visit.query))


@pages.get("/registrations/export", Need.ADVISER)
def export_registrations(visit: VisitHere) -> Response:
    return _export(visit, filters.read_filter(visit.query))


@pages.post("/registrations/change", Need.ADVISER)
def change_registrations(visit: VisitHere) -> Response:
    """Asks first, with the number that it will be; then does it, to those that were counted."""
    wanted = filters.read_filter(visit.text)
    form = visit.read(ChangeManyForm)
    state = moving.read_state(form.to)
    chosen = None if form.all else form.chosen
    if state is None:
        return _list_page(visit, wanted, 422, problem="registration-no-state")
    with visit.services.database.session() as session:
        ids = registration_lists.ids(session, visit.scope, wanted, chosen, moving.MOST + 1)
        states = dict(registration_lists.states_of(session, ids[: moving.MOST]))
    more, ids = len(ids) > moving.MOST, ids[: moving.MOST]
    if not ids:
        return _list_page(visit, wanted, 422, problem="registrations-none-chosen")
    if form.sure != str(len(ids)):
        return visit.page(
            "registrations/change.html",
            wanted=wanted,
            written=filters.written(wanted),
            ids=None if form.all else ids,
            many=len(ids),
            able=moving.can_move(states, state),
            states=states,
            more=more,
            most=moving.MOST,
            to=state,
            note=form.note,
            tell=form.tell,
            counted_anew=bool(form.sure),
            address=filters.address,
        )
    outcomes = moving.move_many(visit, ids, state, form.note, tell=form.tell)
    with visit.services.database.session() as session:
        visit.audit(session, "registrations-changed", to=state, chosen=len(ids), **_codes(wanted),
                    changed=outcomes.get("changed", 0))  # fmt: skip
    changed = outcomes.get("changed", 0)
    return visit.go(
        filters.address(_LIST, wanted, changed=str(changed), left=str(sum(outcomes.values()) - changed))
    )


@pages.get("/registrations/{registration_id}", Need.READER)
def registration_page(visit: VisitHere, registration_id: UUID) -> Response:
    return _one_page(visit, registration_id)


@pages.post("/registrations/{registration_id}", Need.ADVISER)
def change_registration(visit: VisitHere, registration_id: UUID) -> Response:
    form = visit.read(ChangeForm)
    state = moving.read_state(form.state)
    with visit.services.database.session() as session:
        if registration_lists.find(session, visit.scope, registration_id) is None:
            raise not_found()
        if state is not None:
            outcome = moving.move_one(visit, session, registration_id, state, form.note, tell=form.tell)
    if state is None:
        return _one_page(visit, registration_id, 422, problem="registration-no-state")
    if outcome not in ("changed", "same"):
        return _one_page(visit, registration_id, 409, problem=f"outcome-{outcome}")
    return visit.go(f"{_LIST}/{registration_id}")


def _list_page(visit: Visit, wanted: RegistrationFilter, status: int = 200, **more: Any) -> Response:
    with visit.services.database.session() as session:
        page = registration_lists.listing(
            session, visit.scope, wanted, after=filters.read_cursor(visit.query("after"))
        )
        found = registration_lists.count(session, visit.scope, wanted)
        visit.audit(
            session, "registrations-read", shown=len(page.rows), filtered=bool(filters.written(wanted))
        )
        values = {
            "page": page,
            "found": found,
            "count_limit": COUNT_LIMIT,
            "wanted": wanted,
            "written": filters.written(wanted),
            "address": filters.address,
            "next": filters.written_cursor(page.next),
            "choices": _choices(visit, session),
            "states": filters.STATES,
            "targets": moving.TARGETS,
            "title": lambda row: exporting.title(visit, row),
            "may_phones": visit.may(_PHONES),
            "problem": None,
            "done": _number(visit, "changed"),
            "left": _number(visit, "left"),
            **more,
        }
        return visit.page("registrations/registrations.html", status, **values)


def _choices(visit: Visit, session: Session) -> dict[str, list[tuple[str, str]]]:
    """What each field of the filter may be, with its name."""
    arabic, name = visit.words.language == "ar", visit.words.name
    courses = registration_lists.course_choices(session)
    offices = [each for each in catalogue.agencies(session) if each.city]
    return {
        "state": [(state, name("state", state)) for state in filters.STATES],
        "course": [(each.id, (each.title_ar if arabic else each.title_fr) or each.title) for each in courses],
        "provider": list(course_lists.provider_names(session).items()),
        "topic": [(topic, name("topic", topic)) for topic in TOPICS],
        "city": [(city, name("city", city)) for city in CITIES],
        "channel": [(channel, name("channel", channel)) for channel in CHANNELS],
        "agency": [(each.id, (each.name_ar if arabic else each.name_fr) or each.id) for each in offices],
    }


def _one_page(visit: Visit, registration_id: UUID, status: int = 200, problem: str | None = None) -> Response:
    with visit.services.database.session() as session:
        row = registration_lists.find(session, visit.scope, registration_id)
        if row is None:
            raise not_found()
        changes = registrations.changes_of(session, registration_id)
        names = {f"adviser:{each.id}": each.display_name for each in advisers.everyone(session)}
        position = registrations.waiting_position(session, row.registration)
        visit.audit(
            session, "registration-read", person_id=row.person.id, reference=row.registration.reference
        )
        return visit.page(
            "registrations/registration.html",
            status,
            row=row,
            title=exporting.title(visit, row),
            changes=changes,
            author_names=names,
            position=position,
            targets=[state for state in moving.TARGETS if state in NEXT[row.registration.state]],
            problem=problem,
        )


def _export(visit: Visit, wanted: RegistrationFilter) -> Response:
    kind = "xlsx" if visit.query("kind", 10) == "xlsx" else "csv"
    phones = visit.query("phones", 5) == "yes" and visit.may(_PHONES)
    with visit.services.database.session() as session:
        rows = list(exporting.rows(visit, session, wanted, phones=phones))
        visit.audit(
            session, "registrations-exported", kind=kind, rows=len(rows), phones=phones, **_codes(wanted)
        )
    header = exporting.header(visit)
    if kind == "csv":
        return download(spreadsheets.as_csv(header, rows), "text/csv; charset=utf-8", f"{_stem(visit)}.csv")
    content = spreadsheets.as_xlsx(
        visit.words.say("nav-registrations"), header, rows, right_to_left=visit.words.direction == "rtl"
    )
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return download(content, sheet, f"{_stem(visit)}.xlsx")


def download(content: bytes, media: str, name: str) -> Response:
    """A file to be saved, never shown in the console's own pages."""
    return Response(
        content,
        media_type=media,
        headers={"Content-Disposition": f'attachment; filename="{quote(name, safe=".-_")}"'},
    )


def _stem(visit: Visit) -> str:
    return f"takwin-registrations-{visit.now:%Y-%m-%d}"


def _number(visit: Visit, name: str) -> int | None:
    typed = visit.query(name, 6)
    return int(typed) if typed.isascii() and typed.isdigit() else None


def _codes(wanted: RegistrationFilter) -> dict[str, str]:
    """The filter as the audit keeps it: `filter_` before each field."""
    return {f"filter_{name}": value[:80] for name, value in filters.written(wanted).items()}
