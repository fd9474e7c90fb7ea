"""Who may sign in: adding advisers, what they may do, whose people they see, new passwords."""

from datetime import timedelta
from typing import Annotated, Any, cast
from uuid import UUID

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.web.fields import Fields, Yes, cut, first
from console.web.page_group import PageGroup
from console.web.passwords import hash_password, one_time_password
from console.web.permissions import Need
from console.web.refusals import not_found
from console.web.visit import Visit, VisitHere
from store.advisers import advisers, sign_ins
from store.advisers.advisers import AdviserUnknown, LastAdministrator, LoginTaken, NewAdviser
from store.advisers.roles import ROLES, Role
from store.catalogue import courses as catalogue
from store.core.vocabulary import CITIES

#: How long a password that was told once may be used for the first time.
ONE_TIME_FOR = timedelta(days=7)

pages = PageGroup()


class AdviserForm(Fields):
    """What the form of an adviser says. `login`: of a new one alone."""

    login: Annotated[str, cut(80)]
    display_name: Annotated[str, cut(80)]
    role: Annotated[str, cut(20)]
    agency: Annotated[str, cut(80)]
    region: Annotated[str, cut(80)]
    cities: Annotated[list[str], first(len(CITIES))]
    takes_new: Yes

    @property
    def wanted_role(self) -> Role:
        return cast("Role", self.role)  # the store refuses another


@pages.get("/advisers", Need.ADMINISTRATOR, bar="nav-advisers")
def advisers_page(visit: VisitHere) -> Response:
    return _page(visit)


@pages.post("/advisers", Need.ADMINISTRATOR)
def add_adviser(visit: VisitHere) -> Response:
    form, password = visit.read(AdviserForm), one_time_password()
    new = NewAdviser(
        login=form.login,
        display_name=form.display_name,
        password_hash=hash_password(password, visit.services.password_cost),
        role=form.wanted_role,
        agency_id=form.agency or None,
        cities=form.cities,
        region=form.region or None,
        password_expires_at=visit.now + ONE_TIME_FOR,
    )
    try:
        with visit.services.database.session() as session:
            added = advisers.add(session, new)
            visit.audit(session, "adviser-added", adviser=str(added.id), role=added.role)
    except LoginTaken:
        return _page(visit, 409, problem="adviser-login-taken")
    except ValueError:
        return _page(visit, 422, problem="adviser-wrong")
    return _page(visit, told=(added.login, password))


@pages.post("/advisers/{adviser_id}", Need.ADMINISTRATOR)
def change_adviser(visit: VisitHere, adviser_id: UUID) -> Response:
    form = visit.read(AdviserForm)

    def work(session: Session) -> None:
        advisers.change(
            session, adviser_id, display_name=form.display_name, role=form.wanted_role, cities=form.cities,
            region=form.region or None, agency_id=form.agency or None, takes_new=form.takes_new,
        )  # fmt: skip

    return _changed(visit, adviser_id, "adviser-changed", work)


@pages.post("/advisers/{adviser_id}/password", Need.ADMINISTRATOR)
def give_new_password(visit: VisitHere, adviser_id: UUID) -> Response:
    password = one_time_password()
    kept = hash_password(password, visit.services.password_cost)
    try:
        with visit.services.database.session() as session:
            advisers.set_password(
                session, adviser_id, kept, must_change=True, expires_at=visit.now + ONE_TIME_FOR
            )
            login = advisers.get(session, adviser_id).login
            visit.audit(session, "adviser-password", adviser=str(adviser_id))
    except AdviserUnknown:
        raise not_found() from None
    return _page(visit, told=(login, password))


@pages.post("/advisers/{adviser_id}/second-step/off", Need.ADMINISTRATOR)
def turn_off_second_step(visit: VisitHere, adviser_id: UUID) -> Response:
    def work(session: Session) -> None:
        sign_ins.set_totp(session, advisers.get(session, adviser_id), None, [])

    return _changed(visit, adviser_id, "adviser-second-step-off", work)


@pages.post("/advisers/{adviser_id}/disable", Need.ADMINISTRATOR)
def disable_adviser(visit: VisitHere, adviser_id: UUID) -> Response:
    return _changed(
        visit, adviser_id, "adviser-disabled", lambda s: advisers.disable(s, adviser_id, visit.now)
    )


@pages.post("/advisers/{adviser_id}/enable", Need.ADMINISTRATOR)
def enable_adviser(visit: VisitHere, adviser_id: UUID) -> Response:
    return _changed(visit, adviser_id, "adviser-enabled", lambda s: advisers.enable(s, adviser_id))


def _changed(visit: Visit, adviser_id: UUID, action: str, work: Any) -> Response:
    try:
        with visit.services.database.session() as session:
            work(session)
            visit.audit(session, action, adviser=str(adviser_id))
    except AdviserUnknown:
        raise not_found() from None
    except LastAdministrator:
        return _page(visit, 409, problem="adviser-last")
    except ValueError:
        return _page(visit, 422, problem="adviser-wrong")
    return visit.go(f"/console/advisers#a-{adviser_id}")


def _page(visit: Visit, status: int = 200, **values: Any) -> Response:
    with visit.services.database.session() as session:
        shown = {
            "everyone": advisers.everyone(session),
            "agencies": catalogue.agencies(session),
            "roles": ROLES,
            "cities": CITIES,
            "told": None,
            "problem": None,
        }
    return visit.page("advisers/advisers.html", status, **{**shown, **values})
