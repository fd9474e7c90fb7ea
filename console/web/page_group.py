"""A page group: functions that answer an address, each with who may call it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from console.web.permissions import Need

#: Before the path of every page.
PREFIX = "/console"

_Answer = TypeVar("_Answer", bound=Callable[..., Any])


@dataclass(frozen=True)
class Page:
    """A function that answers a method and path, and what its caller must be."""

    method: str
    path: str
    need: Need
    answer: Callable[..., Any]
    #: The key of its words in the bar above; None for a page that is not there.
    bar: str | None = None

    @property
    def route(self) -> str:
        """The name by which permissions are looked up: `GET /console/inbox`."""
        return f"{self.method} {PREFIX}{self.path}"


class PageGroup:
    """The pages of a module in their order: `@pages.get("/inbox", Need.READER)` above the function that answers."""

    def __init__(self) -> None:
        self._pages: list[Page] = []

    def __iter__(self) -> Iterator[Page]:
        return iter(self._pages)

    def get(self, path: str, need: Need, bar: str | None = None) -> Callable[[_Answer], _Answer]:
        return self._page("GET", path, need, bar)

    def post(self, path: str, need: Need) -> Callable[[_Answer], _Answer]:
        return self._page("POST", path, need)

    def _page(
        self, method: str, path: str, need: Need, bar: str | None = None
    ) -> Callable[[_Answer], _Answer]:
        def added(answer: _Answer) -> _Answer:
            self._pages.append(Page(method, path, need, answer, bar))
            return answer

        return added


def needs_of(groups: Iterable[PageGroup]) -> Mapping[str, Need]:
    """Each route with what its caller must be. Raises ValueError where two pages answer the same one."""
    pages = [page for group in groups for page in group]
    twice = [route for route, times in Counter(page.route for page in pages).items() if times > 1]
    if twice:
        raise ValueError(f"two pages answer {', '.join(twice)}")
    return {page.route: page.need for page in pages}


def bar_of(groups: Iterable[PageGroup]) -> Sequence[tuple[str, str]]:
    """The pages of the bar above, in the groups' order: a key of words and where it leads."""
    return [(page.bar, f"{PREFIX}{page.path}") for group in groups for page in group if page.bar]
