"""Pages: templates filled in, answers with the headers that every page has, refusals as pages."""

import gzip
import logging
import traceback
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException

from console.icons import icon
from console.moments import Moments
from console.permissions import NAVIGATION, ROUTES
from console.refusals import Refusal, SignInNeeded
from console.services import ConsoleServices
from console.static_files import StaticFiles
from console.visit import COOKIE, LANGUAGE_COOKIE, YEAR, Visit
from console.words import LANGUAGES, preferred_language, read_words

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Robots-Tag": "noindex",
}
_ZIP_FROM = 1024


@cache
def _static() -> StaticFiles:
    return StaticFiles(HERE / "static")


@cache
def _templates() -> Environment:
    """Those of the console; each is compiled once, however many consoles a process builds."""
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(asset=_static().address, icon=icon)
    return environment


class Site:
    """What all pages share: services, words, templates, static files."""

    def __init__(self, services: ConsoleServices) -> None:
        self.services = services
        self.words = read_words(services.data, services.terms)
        self.static = _static()
        self._environment = _templates()

    def fill(self, visit: Visit, template: str, values: Mapping[str, Any]) -> str:
        """A template with `visit`, `t` (words of a key), `name` (of a value), `moment` (times in words) and values."""
        return self._environment.get_template(template).render(
            visit=visit,
            t=visit.words.say,
            name=visit.words.name,
            moment=Moments(visit.words, visit.now),
            navigation=[(key, path) for key, path in NAVIGATION if visit.may(f"GET {path}")],
            other_language=next(each for each in LANGUAGES if each != visit.words.language),
            **values,
        )


class Pages:
    """Where page groups put their routes: `@pages.get("/inbox")`, with `/console` before it."""

    def __init__(self, site: Site, guard: Callable[..., None]) -> None:
        self.site = site
        self.router = APIRouter(
            prefix="/console",
            route_class=_route_class(site),
            dependencies=[Depends(guard)],
            include_in_schema=False,
        )

    def get(self, path: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        return self._route("GET", path)

    def post(self, path: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        return self._route("POST", path)

    def _route(self, method: str, path: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        name = f"{method} /console{path}"
        if name not in ROUTES:
            raise LookupError(f"{name} is not in console/permissions.py: say there who may call it")
        return self.router.api_route(path, methods=[method], response_model=None)


def _route_class(site: Site) -> type[APIRoute]:
    class ConsoleRoute(APIRoute):
        """Answers refusals and failures with pages, and gives every answer its headers and cookies."""

        def get_route_handler(self) -> Callable[[Request], Any]:
            answer = super().get_route_handler()

            async def handle(request: Request) -> Response:
                try:
                    response: Response = await answer(request)
                except (Refusal, RequestValidationError, HTTPException) as error:
                    response = _refused(site, request, error)
                except Exception as error:
                    # Where it happened, never what: an exception may quote what a person wrote.
                    where = "".join(traceback.format_tb(error.__traceback__))
                    log.error("page failed: %s\n%s", type(error).__name__, where)
                    response = _refused(site, request, Refusal(500, "refused-failed"))
                return _finished(site, request, response)

            return handle

    return ConsoleRoute


def _refused(site: Site, request: Request, error: Exception) -> Response:
    if isinstance(error, SignInNeeded):
        if request.headers.get("hx-request") == "true":
            return Response(status_code=401, headers={"HX-Redirect": error.to})
        if request.headers.get("accept", "").startswith("text/event-stream"):
            return Response(status_code=401)
        return RedirectResponse(error.to, status_code=303)
    refusal = error if isinstance(error, Refusal) else Refusal(404, "refused-not-found")
    visit: Visit | None = getattr(request.state, "visit", None)
    if visit is None:
        language = preferred_language(request.headers.get("accept-language", ""))
        visit = Visit(request, site, site.words.of(language), "", None, site.services.now())
    return visit.page("layout/refused.html", refusal.status, key=refusal.key)


def _finished(site: Site, request: Request, response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    visit: Visit | None = getattr(request.state, "visit", None)
    if visit is not None:
        _set_cookies(site, visit, response)
    return _zipped(request, response)


def _set_cookies(site: Site, visit: Visit, response: Response) -> None:
    kept: list[tuple[str, str, int | None]] = []
    if visit.new_cookie is not None and not response.headers["Cache-Control"].startswith("public"):
        kept.append((COOKIE, visit.new_cookie, None))
    if visit.new_language is not None:
        kept.append((LANGUAGE_COOKIE, visit.new_language, YEAR))
    for name, value, seconds in kept:
        response.set_cookie(
            name, value, max_age=seconds, path="/console", httponly=True, samesite="lax",
            secure=site.services.secure,
        )  # fmt: skip


def _zipped(request: Request, response: Response) -> Response:
    if not isinstance(response, HTMLResponse) or len(response.body) < _ZIP_FROM:
        return response
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    if "gzip" in request.headers.get("accept-encoding", ""):
        response.body = gzip.compress(response.body, compresslevel=5)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.body))
    return response
