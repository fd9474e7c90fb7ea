"""Registrations: listed by filter, moved to a state one by one or many at once, exported as the filter says."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.pages import Pages
from console.refusals import not_found
from console.registrations import asked, exporting, moving
from console.visit import Visit, VisitHere
from store import advisers, catalogue, course_lists, registration_lists, registrations, spreadsheets
from store.registration_lists import COUNT_LIMIT, RegistrationFilter
from store.registration_states import NEXT
from store.vocabulary import CITIES, TOPICS

_LIST = "/console/registrations"
_NOTE = 1000
_PHONES = "POST /console/people/{person_id}/phone"


def add_pages(pages: Pages) -> None:
    @pages.get("/registrations")
    def listed(visit: VisitHere) -> Response:
        return _list_page(visit, asked.read_filter(visit.query))

    @pages.get("/registrations/export")
    def export(visit: VisitHere) -> Response:
        return _export(visit, asked.read_filter(visit.query))

    @pages.post("/registrations/change")
    def change_many(visit: VisitHere) -> Response:
        return _change_many(visit)

    @pages.get("/registrations/{registration_id}")
    def one(visit: VisitHere, registration_id: UUID) -> Response:
        return _one_page(visit, registration_id)

    @pages.post("/registrations/{registration_id}")
    def change(visit: VisitHere, registration_id: UUID) -> Response:
        with visit.services.database.session() as session:
            if registration_lists.find(session, visit.scope, registration_id) is None:
                raise not_found()
            state = moving.read_state(visit.text("state", 20))
            if state is not None:
                note, tell = visit.text("note", _NOTE).strip(), visit.text("tell") == "yes"
                outcome = moving.move_one(visit, session, registration_id, state, note, tell=tell)
        if state is None:
            return _one_page(visit, registration_id, 422, problem="registration-no-state")
        if outcome not in ("changed", "same"):
            return _one_page(visit, registration_id, 409, problem=f"outcome-{outcome}")
        return visit.go(f"{_LIST}/{registration_id}")


def _list_page(visit: Visit, wanted: RegistrationFilter, status: int = 200, **more: Any) -> Response:
    with visit.services.database.session() as session:
        page = registration_lists.listing(
            session, visit.scope, wanted, after=asked.read_place(visit.query("after"))
        )
        found = registration_lists.count(session, visit.scope, wanted)
        visit.audit(session, "registrations-read", shown=len(page.rows), filtered=bool(asked.written(wanted)))
        values = {
            "page": page,
            "found": found,
            "count_limit": COUNT_LIMIT,
            "wanted": wanted,
            "written": asked.written(wanted),
            "address": asked.address,
            "next": asked.written_place(page.next),
            "choices": _choices(visit, session),
            "states": asked.STATES,
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
        "state": [(state, name("state", state)) for state in asked.STATES],
        "course": [(each.id, (each.title_ar if arabic else each.title_fr) or each.title) for each in courses],
        "provider": list(course_lists.provider_names(session).items()),
        "topic": [(topic, name("topic", topic)) for topic in TOPICS],
        "city": [(city, name("city", city)) for city in CITIES],
        "channel": [(channel, name("channel", channel)) for channel in asked.CHANNELS],
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


def _change_many(visit: Visit) -> Response:
    """Asks first, with the number that it will be; then does it, to those that were counted."""
    wanted = asked.read_filter(visit.text)
    state = moving.read_state(visit.text("to", 20))
    everything = visit.text("all") == "yes"
    chosen = None if everything else _ids(visit.texts("chosen"))
    if state is None:
        return _list_page(visit, wanted, 422, problem="registration-no-state")
    with visit.services.database.session() as session:
        ids = registration_lists.ids(session, visit.scope, wanted, chosen, moving.MOST + 1)
        states = dict(registration_lists.states_of(session, ids[: moving.MOST]))
    more, ids = len(ids) > moving.MOST, ids[: moving.MOST]
    if not ids:
        return _list_page(visit, wanted, 422, problem="registrations-none-chosen")
    note, tell = visit.text("note", _NOTE).strip(), visit.text("tell") == "yes"
    sure = visit.text("sure") == str(len(ids))
    if not sure:
        return visit.page(
            "registrations/change.html",
            wanted=wanted,
            written=asked.written(wanted),
            ids=None if everything else ids,
            many=len(ids),
            able=moving.can_move(states, state),
            states=states,
            more=more,
            most=moving.MOST,
            to=state,
            note=note,
            tell=tell,
            counted_anew=bool(visit.text("sure")),
            address=asked.address,
        )
    outcomes = moving.move_many(visit, ids, state, note, tell=tell)
    with visit.services.database.session() as session:
        visit.audit(session, "registrations-changed", to=state, chosen=len(ids), **_codes(wanted),
                    changed=outcomes.get("changed", 0))  # fmt: skip
    changed = outcomes.get("changed", 0)
    return visit.go(
        asked.address(_LIST, wanted, changed=str(changed), left=str(sum(outcomes.values()) - changed))
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
    said = visit.query(name, 6)
    return int(said) if said.isascii() and said.isdigit() else None


def _codes(wanted: RegistrationFilter) -> dict[str, str]:
    """The filter as the audit keeps it: `filter_` before each field."""
    return {f"filter_{name}": value[:80] for name, value in asked.written(wanted).items()}


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
