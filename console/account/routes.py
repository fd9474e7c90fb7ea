"""One's own account: password, second step, being there for new requests."""

from typing import Annotated, Any

from fastapi.responses import Response

from console.sign_in.routes import too_many
from console.sign_in.second_step import address_of, matching_step, new_secret, recovery_codes
from console.web.fields import Fields, cut
from console.web.page_group import PageGroup
from console.web.passwords import hash_password, is_password, problem_with
from console.web.permissions import Need
from console.web.visit import Visit, VisitHere
from store.advisers import advisers, sign_ins

pages = PageGroup()

Password = Annotated[str, cut(300)]


class PasswordForm(Fields):
    old: Password
    new: Password
    again: Password


@pages.get("/account", Need.ANY)
def account_page(visit: VisitHere) -> Response:
    return _page(visit)


@pages.post("/account/password", Need.ANY)
def change_password(visit: VisitHere) -> Response:
    form = visit.read(PasswordForm)
    problem = _password_problem(visit, form)
    if problem is not None:
        return _page(visit, 422, password_problem=problem)
    first = visit.adviser.must_change
    _replace_password(visit, form.new)
    return visit.go("/console/inbox" if first else "/console/account?done=password")


@pages.post("/account/second-step", Need.READER)
def propose_second_step(visit: VisitHere) -> Response:
    if visit.adviser.totp_encrypted is not None:
        return visit.go("/console/account")
    with visit.services.database.session() as session:
        sign_ins.propose_totp(session, visit.session_id, new_secret())
    return visit.go("/console/account")


@pages.post("/account/second-step/confirm", Need.READER)
def confirm_second_step(visit: VisitHere) -> Response:
    signed_in = visit.signed_in
    secret = signed_in.pending_totp if signed_in and visit.adviser.totp_encrypted is None else None
    if secret is None:
        return visit.go("/console/account")
    step = matching_step(secret, visit.text("code", 20), visit.now)
    if step is None:
        return _page(visit, 422, code_problem="second-step-wrong")
    codes = recovery_codes()
    with visit.services.database.session() as session:
        sign_ins.set_totp(session, visit.adviser, secret, codes)
        session.flush()
        sign_ins.use_step(session, visit.adviser.id, step)
        sign_ins.propose_totp(session, visit.session_id, None)
        visit.audit(session, "second-step-on")
    return _page(visit, codes=codes)


@pages.post("/account/second-step/off", Need.READER)
def turn_off_second_step(visit: VisitHere) -> Response:
    if not _is_own(visit, visit.text("password", 300)):
        return _page(visit, 422, off_problem="password-wrong")
    with visit.services.database.session() as session:
        sign_ins.set_totp(session, visit.adviser, None, [])
        visit.audit(session, "second-step-off")
    return visit.go("/console/account")


@pages.post("/account/presence", Need.ADVISER)
def set_presence(visit: VisitHere) -> Response:
    with visit.services.database.session() as session:
        advisers.get(session, visit.adviser.id).takes_new = visit.text("takes_new") == "yes"
    return visit.go("/console/account")


def _page(visit: Visit, status: int = 200, **values: Any) -> Response:
    secret = visit.signed_in.pending_totp if visit.signed_in else None
    shown: dict[str, Any] = {
        "password_problem": None,
        "code_problem": None,
        "off_problem": None,
        "codes": (),
        "secret": secret,
        "otpauth": secret and address_of(secret, visit.adviser.login),
        "done": visit.query("done", 20),
    }
    return visit.page("account/account.html", status, **{**shown, **values})


def _is_own(visit: Visit, password: str) -> bool:
    """Whether it is the password of who is signed in; wrong guesses count as failed sign-ins."""
    account = f"account:{visit.adviser.login}"
    with visit.services.database.session() as session:
        sign_ins.lock_subject(session, account)
        if too_many(visit, account, ""):
            return False
        kept = advisers.get(session, visit.adviser.id).password_hash
        right = is_password(kept, password, visit.services.password_cost)
        if not right:
            sign_ins.failed(session, [account], visit.now)
        return right


def _password_problem(visit: Visit, form: PasswordForm) -> str | None:
    if not _is_own(visit, form.old):
        return "password-wrong"
    if form.new != form.again:
        return "password-not-twice"
    if form.new == form.old:
        return "password-same"
    return problem_with(form.new, visit.adviser.login)


def _replace_password(visit: Visit, new: str) -> None:
    """The new password is in force, every session is over, and this browser gets a new one."""
    services = visit.services
    with services.database.session() as session:
        advisers.set_password(session, visit.adviser.id, hash_password(new, services.password_cost))
        visit.new_cookie = sign_ins.begin(
            session, visit.adviser.id, visit.now, services.lasting, second_step_done=True
        )
        visit.audit(session, "password-changed")
