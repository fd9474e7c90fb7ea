"""The guard of every route of the console: who is signed in, whether they may, and whether the form is ours."""

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import Depends, Request

from console.web import csrf
from console.web.permissions import Need, allows
from console.web.refusals import Refusal, SignInNeeded
from console.web.site import Site
from console.web.visit import COOKIE, LANGUAGE_COOKIE, Visit, role_of
from console.web.words import LANGUAGES, preferred_language
from store.advisers import sign_ins
from store.advisers.sign_ins import SignedIn

#: A form with a file of the catalogue in it stays below; nothing else comes near.
MAX_BODY = 4 * 1024 * 1024
_SAFE = ("GET", "HEAD")


async def read_form(request: Request) -> Mapping[str, Any]:
    """The fields of a POST, which must say how long it is. Files come as starlette's UploadFile."""
    if request.method in _SAFE:
        return {}
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > MAX_BODY:
        raise Refusal(413, "refused-too-long")
    return await request.form(max_files=4, max_fields=400)


class Guard:
    """Lets a request in as a visit, or refuses it."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def __call__(self, request: Request, form: Mapping[str, Any] = Depends(read_form)) -> None:
        need = self.site.needs.get(f"{_method(request)} {request.scope['route'].path}")
        if need is None:
            raise Refusal(404, "refused-not-found")
        visit = self._visit(request, form)
        request.state.visit = visit
        self._check(visit, need)
        if request.method not in _SAFE:
            given = form.get(csrf.FIELD) or request.headers.get(csrf.HEADER, "")
            if not isinstance(given, str) or not csrf.is_token_for(
                self.site.services.secret, visit.cookie, given
            ):
                raise Refusal(403, "refused-form-expired")

    def _visit(self, request: Request, form: Mapping[str, Any]) -> Visit:
        services = self.site.services
        now = services.now()
        cookie = request.cookies.get(COOKIE, "")[:200]
        signed_in = None
        if cookie:
            with services.database.session() as session:
                signed_in = sign_ins.signed_in(session, cookie, now, services.lasting)
        visit = Visit(
            request=request,
            site=self.site,
            words=self.site.words.of(_language(request, signed_in)),
            cookie=cookie,
            signed_in=signed_in,
            now=now,
            form=form,
        )
        if not cookie:
            visit.new_cookie = secrets.token_urlsafe(24)
        return visit

    def _check(self, visit: Visit, need: Need) -> None:
        if need is Need.OPEN:
            return
        if visit.signed_in is None:
            raise SignInNeeded("/console/sign-in" + _after(visit.request))
        if need is Need.HALF:
            return
        if not visit.signed_in.second_step_done:
            raise SignInNeeded("/console/second-step" + _after(visit.request))
        if need is Need.ANY:
            return
        if visit.adviser.must_change:
            raise SignInNeeded("/console/account")
        if not allows(need, role_of(visit.adviser)):
            raise Refusal(403, "refused-role")


def _method(request: Request) -> str:
    return "GET" if request.method == "HEAD" else request.method


def _language(request: Request, signed_in: SignedIn | None) -> str:
    if signed_in is not None:
        return signed_in.adviser.language
    kept = request.cookies.get(LANGUAGE_COOKIE, "")
    return kept if kept in LANGUAGES else preferred_language(request.headers.get("accept-language", ""))


def _after(request: Request) -> str:
    """Where to go on after the sign-in: the page asked for."""
    if request.method not in _SAFE or request.url.path in ("/console", "/console/", "/console/events"):
        return ""
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"?next={quote(wanted, safe='')}" if len(wanted) < 1000 else ""
