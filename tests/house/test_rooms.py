"""One folder, one job: few modules beside each other, a word about each room, and no arrow that goes in a circle."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.house.test_imports import OURS, ROOT, imported, sources

MOST_MODULES = 20
#: Numbered files beside each other are history, not choices to be made.
HISTORY = ROOT / "store" / "migrations" / "versions"
ROOMS = sorted(
    {path.parent for package in (*OURS, "tests", "benchmarks") for path in sources(package)} - {HISTORY}
)


def name_of(folder: Path) -> str:
    return folder.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("room", ROOMS, ids=name_of)
def test_few_modules_stand_beside_each_other(room: Path) -> None:
    modules = [path for path in room.glob("*.py") if path.stem != "__init__"]
    assert len(modules) <= MOST_MODULES, f"{name_of(room)} has {len(modules)} modules: part them by subject"


@pytest.mark.parametrize(
    "room", [room for room in ROOMS if name_of(room).split("/")[0] in OURS and (room / "__init__.py").exists()],
    ids=name_of,
)  # fmt: skip
def test_each_room_says_what_it_is_for(room: Path) -> None:
    said = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
    assert said, (
        f"{name_of(room)}/__init__.py: say in three lines what the room is for and what must not enter it"
    )


def circles(graph: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """Every group of nodes that reach each other."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            for node in graph.get(waiting.pop(), set()) - seen:
                seen.add(node)
                waiting.append(node)
        return seen

    reach = {node: reached(node) for node in graph}
    grouped: set[str] = set()
    for node in sorted(graph):
        if node in reach[node] and node not in grouped:
            together = sorted(other for other in reach[node] if node in reach.get(other, set()))
            grouped |= set(together)
            yield together


def arrows(package: str, depth: int) -> Mapping[str, set[str]]:
    """Which room, or module, of a package imports which, named by so many parts."""
    modules = {
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."): path for path in sources(package)
    }
    graph: dict[str, set[str]] = defaultdict(set)
    for module, path in modules.items():
        here = _room(module.removesuffix(".__init__"), depth)
        for name in _known(imported(path), modules):
            there = _room(name, depth)
            if here != there:
                graph[here].add(there)
    return graph


def _known(names: Iterable[str], modules: Mapping[str, Path]) -> Iterator[str]:
    """The modules that are imported, where a name imported from one may be a thing in it."""
    for name in names:
        for candidate in (name, name.rsplit(".", 1)[0]):
            if candidate in modules:
                yield candidate
                break
            if f"{candidate}.__init__" in modules:
                yield candidate
                break


def _room(module: str, depth: int) -> str:
    return ".".join(module.split(".")[:depth])


@pytest.mark.parametrize("package", OURS)
def test_rooms_import_each_other_one_way(package: str) -> None:
    found = list(circles(arrows(package, 2)))
    assert not found, f"these import each other: {found}"


@pytest.mark.parametrize("package", OURS)
def test_modules_import_each_other_one_way(package: str) -> None:
    found = list(circles(arrows(package, 9)))
    assert not found, f"these import each other: {found}"


def test_a_circle_is_seen() -> None:
    assert list(circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == [["a", "b", "c"]]
