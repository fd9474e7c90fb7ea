"""What all pages share: services, words, templates, static files."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from console.web.icons import icon
from console.web.moments import Moments
from console.web.permissions import Need
from console.web.services import ConsoleServices
from console.web.static_files import StaticFiles
from console.web.words import LANGUAGES, Words, read_words
from store.core.listener import Notices

HERE = Path(__file__).parents[1]


class Reader(Protocol):
    """Who a page is made for: `console.web.visit.Visit`."""

    words: Words
    now: datetime

    def may(self, route: str) -> bool: ...


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
    """What all pages share: services, words, templates, static files, notices of what changes.

    `needs`: each route with what its caller must be. `bar`: the pages of the bar above, each with its words.
    """

    def __init__(
        self, services: ConsoleServices, needs: Mapping[str, Need], bar: Sequence[tuple[str, str]]
    ) -> None:
        self.services = services
        self.needs = needs
        self._bar = bar
        self.notices = Notices(services.database.url)
        self.words = read_words(services.data, services.terms)
        self.static = _static()
        self._environment = _templates()

    def fill(self, visit: Reader, template: str, values: Mapping[str, Any]) -> str:
        """A template with `visit`, `t` (words of a key), `name` (of a value), `moment` (times in words) and values."""
        return self._environment.get_template(template).render(
            visit=visit,
            t=visit.words.say,
            name=visit.words.name,
            moment=Moments(visit.words, visit.now),
            navigation=[(key, path) for key, path in self._bar if visit.may(f"GET {path}")],
            other_language=next(each for each in LANGUAGES if each != visit.words.language),
            **values,
        )
