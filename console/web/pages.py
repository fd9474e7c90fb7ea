"""Pages: templates filled in, answers with the headers that every page has, refusals as pages."""

import logging
import traceback
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import Receive, Scope, Send

from console.web.page_group import PREFIX, PageGroup
from console.web.refusals import Refusal, SignInNeeded
from console.web.site import Site
from console.web.visit import COOKIE, LANGUAGE_COOKIE, YEAR, Visit
from console.web.words import preferred_language

log = logging.getLogger(__name__)

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
#: What is compressed, from so many bytes on: not the stream of changes, nor what is packed already. Tokens of forms are
#: masked anew for each page (`csrf`), so that its compressed length tells nothing of them.
_ZIP_FROM = 1024
_UNZIPPED = (
    *DEFAULT_EXCLUDED_CONTENT_TYPES,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)


def router_of(site: Site, guard: Callable[..., None], groups: Iterable[PageGroup]) -> APIRouter:
    """The routes of page groups in their order, each behind the guard."""
    router = APIRouter(
        prefix=PREFIX,
        route_class=_route_class(site),
        dependencies=[Depends(guard)],
        include_in_schema=False,
    )
    for page in (page for group in groups for page in group):
        router.add_api_route(page.path, page.answer, methods=[page.method], response_model=None)
    return router


def _route_class(site: Site) -> type[APIRoute]:
    class ConsoleRoute(APIRoute):
        """Answers refusals and failures with pages, gives every answer its headers and cookies, and compresses it."""

        def __init__(self, path: str, endpoint: Callable[..., Any], **settings: Any) -> None:
            super().__init__(path, endpoint, **settings)
            self._compressed = GZipMiddleware(
                super().handle, _ZIP_FROM, compresslevel=5, exclude_content_types=_UNZIPPED
            )

        async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
            await self._compressed(scope, receive, send)

        def get_route_handler(self) -> Callable[[Request], Any]:
            answer = super().get_route_handler()

            async def answered(request: Request) -> Response:
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

            return answered

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
    if isinstance(response, HTMLResponse):
        response.headers.add_vary_header("Cookie")
    return response


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
