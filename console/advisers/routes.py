"""Who may sign in: adding advisers, what they may do, whose people they see, new passwords."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.pages import Pages
from console.passwords import hash_password, one_time_password
from console.refusals import not_found
from console.visit import Visit, VisitHere
from store import advisers, catalogue, sign_ins
from store.advisers import ROLES, AdviserUnknown, LastAdministrator, LoginTaken, NewAdviser, Role
from store.vocabulary import CITIES

#: How long a password that was told once may be used for the first time.
ONE_TIME_FOR = timedelta(days=7)


def add_pages(pages: Pages) -> None:
    @pages.get("/advisers")
    def listed(visit: VisitHere) -> Response:
        return _page(visit)

    @pages.post("/advisers")
    def add(visit: VisitHere) -> Response:
        password = one_time_password()
        new = NewAdviser(
            login=visit.text("login", 80),
            display_name=visit.text("display_name", 80),
            password_hash=hash_password(password, visit.services.password_cost),
            role=_role(visit),
            agency_id=visit.text("agency", 80) or None,
            cities=_cities(visit),
            region=visit.text("region", 80) or None,
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

    @pages.post("/advisers/{adviser_id}")
    def change(visit: VisitHere, adviser_id: UUID) -> Response:
        def work(session: Session) -> None:
            advisers.change(
                session, adviser_id, display_name=visit.text("display_name", 80), role=_role(visit),
                cities=_cities(visit), region=visit.text("region", 80) or None,
                agency_id=visit.text("agency", 80) or None, takes_new=visit.text("takes_new") == "yes",
            )  # fmt: skip

        return _changed(visit, adviser_id, "adviser-changed", work)

    @pages.post("/advisers/{adviser_id}/password")
    def new_password(visit: VisitHere, adviser_id: UUID) -> Response:
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

    @pages.post("/advisers/{adviser_id}/second-step/off")
    def second_step_off(visit: VisitHere, adviser_id: UUID) -> Response:
        def work(session: Session) -> None:
            sign_ins.set_totp(session, advisers.get(session, adviser_id), None, [])

        return _changed(visit, adviser_id, "adviser-second-step-off", work)

    @pages.post("/advisers/{adviser_id}/disable")
    def disable(visit: VisitHere, adviser_id: UUID) -> Response:
        return _changed(
            visit, adviser_id, "adviser-disabled", lambda s: advisers.disable(s, adviser_id, visit.now)
        )

    @pages.post("/advisers/{adviser_id}/enable")
    def enable(visit: VisitHere, adviser_id: UUID) -> Response:
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


def _role(visit: Visit) -> Role:
    role = visit.text("role", 20)
    return cast("Role", role)  # the store refuses another


def _cities(visit: Visit) -> list[str]:
    return visit.texts("cities")[: len(CITIES)]


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
