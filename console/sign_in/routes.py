"""Signing in and out: password, second step, waiting after too many failures."""

from typing import Annotated

from fastapi.responses import Response

from console.sign_in.second_step import is_code
from console.web.fields import Fields, cut
from console.web.page_group import PageGroup
from console.web.passwords import hash_password, is_password, needs_new_hash
from console.web.permissions import Need
from console.web.visit import Visit, VisitHere, local_path
from console.web.words import LANGUAGES
from store.advisers import advisers, audit, sign_ins
from store.tables import Adviser

pages = PageGroup()


class SignInForm(Fields):
    """`next`: where to go then."""

    login: Annotated[str, cut(80)]
    password: Annotated[str, cut(300)]
    next: Annotated[str, cut(1000)]


@pages.get("/sign-in", Need.OPEN)
def sign_in_page(visit: VisitHere) -> Response:
    if visit.signed_in is not None and visit.signed_in.second_step_done:
        return visit.go("/console/inbox")
    return _form(visit, next=local_path(visit.query("next", 1000)))


@pages.post("/sign-in", Need.OPEN)
def sign_in(visit: VisitHere) -> Response:
    form = visit.read(SignInForm)
    to = local_path(form.next)
    adviser, problem = _tried(visit, form.login, form.password)
    if adviser is None:
        return _form(
            visit, 429 if problem == "sign-in-wait" else 401, login=form.login, problem=problem, next=to
        )
    return visit.go("/console/second-step" if adviser.totp_encrypted else to)


@pages.get("/second-step", Need.HALF)
def second_step_page(visit: VisitHere) -> Response:
    return visit.page("sign_in/second_step.html", problem=None)


@pages.post("/second-step", Need.HALF)
def take_second_step(visit: VisitHere) -> Response:
    if visit.signed_in is not None and visit.signed_in.second_step_done:
        return visit.go("/console/inbox")
    problem = _second_step_problem(visit, visit.text("code", 40))
    if problem is not None:
        return visit.page(
            "sign_in/second_step.html", 429 if problem == "sign-in-wait" else 401, problem=problem
        )
    return visit.go("/console/inbox")


@pages.post("/sign-out", Need.HALF)
def sign_out(visit: VisitHere) -> Response:
    with visit.services.database.session() as session:
        sign_ins.end(session, visit.session_id)
        visit.audit(session, "sign-out")
    visit.signed_in = None
    return visit.go("/console/sign-in")


@pages.post("/language", Need.OPEN)
def choose_language(visit: VisitHere) -> Response:
    wanted = visit.text("language", 2)
    if wanted in LANGUAGES:
        visit.new_language = wanted
        if visit.signed_in is not None:
            with visit.services.database.session() as session:
                advisers.get(session, visit.adviser.id).language = wanted
    return visit.go(local_path(visit.text("back", 1000)))


def _form(visit: Visit, status: int = 200, **values: str | None) -> Response:
    shown: dict[str, str | None] = {"login": "", "problem": None, "next": "", **values}
    return visit.page("sign_in/sign_in.html", status, **shown)


def _subjects(visit: Visit, login: str) -> tuple[str, str]:
    client = visit.request.client
    return f"account:{login.strip().casefold()}", f"address:{client.host if client else ''}"


def _tried(visit: Visit, login: str, password: str) -> tuple[Adviser | None, str | None]:
    """Who signed in, or why nobody did. Guesses at one account are decided one after the other."""
    services = visit.services
    account, address = _subjects(visit, login)
    with services.database.session() as session:
        sign_ins.lock_subject(session, account)
        if too_many(visit, account, address):
            return None, "sign-in-wait"
        adviser = advisers.by_login(session, login)
        known = adviser is not None and adviser.disabled_at is None
        kept = adviser.password_hash if adviser is not None and known else None
        right = is_password(kept, password, services.password_cost)
        if adviser is None or not right:
            sign_ins.failed(session, [account, address], visit.now)
            audit.record(session, adviser.id if adviser else None, "sign-in-failed", now=visit.now)
            return None, "sign-in-wrong"
        if adviser.password_expires_at is not None and adviser.password_expires_at <= visit.now:
            return None, "sign-in-expired"
        sign_ins.forgive(session, account)
        if needs_new_hash(adviser.password_hash, services.password_cost):
            adviser.password_hash = hash_password(password, services.password_cost)
        if visit.signed_in is not None:
            sign_ins.end(session, visit.signed_in.session_id)
        visit.new_cookie = sign_ins.begin(
            session, adviser.id, visit.now, services.lasting, second_step_done=adviser.totp_encrypted is None
        )
        visit.new_language = adviser.language
        audit.record(session, adviser.id, "sign-in", now=visit.now)
        return adviser, None


def too_many(visit: Visit, account: str, address: str) -> bool:
    """Whether an account or a network address has to wait before the next try."""
    throttle = visit.services.throttle
    since = visit.now - throttle.window
    with visit.services.database.session() as session:
        return (
            sign_ins.failures(session, account, since) >= throttle.by_account
            or sign_ins.failures(session, address, since) >= throttle.by_address
        )


def _second_step_problem(visit: Visit, code: str) -> str | None:
    """Why the second step is not done, or None once it is; the session then goes on under a new token."""
    services, adviser = visit.services, visit.adviser
    account, address = _subjects(visit, f"{adviser.login} second step")
    with services.database.session() as session:
        sign_ins.lock_subject(session, account)
        if too_many(visit, account, address):
            return "sign-in-wait"
        if not is_code(session, adviser, code, visit.now):
            sign_ins.failed(session, [account, address], visit.now)
            audit.record(session, adviser.id, "second-step-failed", now=visit.now)
            return "second-step-wrong"
        sign_ins.forgive(session, account)
        sign_ins.end(session, visit.session_id)
        visit.new_cookie = sign_ins.begin(
            session, adviser.id, visit.now, services.lasting, second_step_done=True
        )
        audit.record(session, adviser.id, "second-step", now=visit.now)
        return None
