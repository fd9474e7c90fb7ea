"""One request: who makes it, in which language, and the answers it may be given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, TypeVar, cast
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from console.web import csrf
from console.web.fields import Fields
from console.web.permissions import allows
from console.web.refusals import SignInNeeded, not_found
from console.web.services import ConsoleServices
from console.web.site import Site
from console.web.words import Words
from store.advisers import audit
from store.advisers.access_scope import AccessScope, access_scope_of
from store.advisers.roles import Role
from store.advisers.sign_ins import SignedIn
from store.tables import Adviser

COOKIE = "takwin_console"
LANGUAGE_COOKIE = "takwin_language"
YEAR = 365 * 24 * 3600

_Form = TypeVar("_Form", bound=Fields)


@dataclass
class Visit:
    """A request to the console, after the guard let it in. `form` has the fields of a POST."""

    request: Request
    site: Site
    words: Words
    #: The browser's token: that of its session, or a random one before it has any.
    cookie: str
    signed_in: SignedIn | None
    now: datetime
    form: Mapping[str, Any] = field(default_factory=dict)
    #: Set on the answer: the browser gets this token from now on.
    new_cookie: str | None = None
    new_language: str | None = None

    @property
    def services(self) -> ConsoleServices:
        return self.site.services

    @property
    def adviser(self) -> Adviser:
        """Who is signed in; the guard has seen to it that somebody is. Raises SignInNeeded."""
        return self._present().adviser

    @property
    def session_id(self) -> UUID:
        """Of the session in which they are signed in. Raises SignInNeeded."""
        return self._present().session_id

    def _present(self) -> SignedIn:
        if self.signed_in is None:
            raise SignInNeeded("/console/sign-in")
        return self.signed_in

    @property
    def scope(self) -> AccessScope:
        return access_scope_of(self.adviser)

    @property
    def fragment(self) -> bool:
        """Whether htmx asks for a part of a page."""
        return self.request.headers.get("hx-request") == "true"

    def may(self, route: str) -> bool:
        """Whether who is signed in may call a route, named as `GET /console/inbox`. Raises KeyError for none."""
        signed_in = self.signed_in
        if signed_in is None or not signed_in.second_step_done or signed_in.adviser.must_change:
            return False
        return allows(self.site.needs[route], role_of(signed_in.adviser))

    def csrf(self) -> str:
        return csrf.token_for(self.services.secret, self.new_cookie or self.cookie)

    def read(self, form: type[_Form]) -> _Form:
        """The form as a model, for those of several fields."""
        return form.of(self.form if isinstance(self.form, FormData) else FormData())

    def text(self, name: str, longest: int = 4000) -> str:
        """A field of the form, at most so long; empty where there is none."""
        value = self.form.get(name)
        return value[:longest] if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """A field of the form that may be chosen several times."""
        chosen = self.form.getlist(name) if isinstance(self.form, FormData) else []
        return [value for value in chosen if isinstance(value, str)]

    def id(self, name: str) -> UUID:
        """A field of the form that is an id. Refuses another."""
        try:
            return UUID(self.text(name))
        except ValueError:
            raise not_found() from None

    def query(self, name: str, longest: int = 500) -> str:
        """A parameter of the address."""
        return self.request.query_params.get(name, "")[:longest]

    def audit(self, session: Session, action: str, **about: Any) -> None:
        """Keeps that the one signed in did something; `about` as in `store.advisers.audit.record`."""
        audit.record(session, self.adviser.id, action, now=self.now, **about)

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A template of a page group, filled in."""
        return HTMLResponse(self.site.fill(self, template, values), status_code=status)

    def go(self, to: str) -> Response:
        """Sends the browser on, after a POST."""
        if self.fragment:
            return Response(status_code=204, headers={"HX-Redirect": to})
        return RedirectResponse(to, status_code=303)


def role_of(adviser: Adviser) -> Role:
    """The role, which the database has checked to be one."""
    return cast("Role", adviser.role)


def local_path(wanted: str, otherwise: str = "/console/inbox") -> str:
    """A path of the console to go back to; `otherwise` for anything that leads elsewhere."""
    parts = urlsplit(wanted)
    local = not parts.scheme and not parts.netloc and parts.path.startswith("/console")
    safe = local and "\\" not in wanted and wanted.isprintable() and "//" not in parts.path
    return wanted if safe else otherwise


def visit_of(request: Request) -> Visit:
    """The visit that the guard has made of a request."""
    visit: Visit = request.state.visit
    return visit


#: A handler's first argument: `def page(visit: VisitHere) -> Response`.
VisitHere = Annotated[Visit, Depends(visit_of)]
