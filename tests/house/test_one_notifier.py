"""What is sent unasked goes through one class, and whether free words may be sent is told by one type."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house.test_imports import OURS, ROOT, sources

#: The turn and its steps send what answers a message, also where that is on another channel of its writer's.
TURN = ("channels/turn/", "channels/steps/")
#: Who else stores messages that answer nothing.
STORE = {"store/outreach/notifier.py"}
#: Who else puts deliveries into the queue: the notifier by its own part, and an operator who retries a dead letter.
QUEUE = {"channels/delivery/notifying.py", "takwin/cli/channels.py"}


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text("utf-8")))


def is_storing(node: ast.AST) -> bool:
    """Whether this stores messages that answer nothing."""
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "store_unprompted"


def is_queueing(node: ast.AST) -> bool:
    """Whether this has a stored message delivered."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("delivery", "hand_on")
        and any(each.arg == "message_id" for each in node.keywords)
    )


def outside_turns(is_one: Callable[[ast.AST], bool]) -> set[str]:
    """The modules that have such a node, but for the turn and its steps."""
    paths = [path for package in OURS for path in sources(package) if any(map(is_one, nodes(path)))]
    names = {path.relative_to(ROOT).as_posix() for path in paths}
    return {name for name in names if not name.startswith(TURN)}


@pytest.mark.parametrize(
    ("name", "where"),
    [("Notifier", "store/outreach/notifier.py"), ("Window", "store/conversations/window.py")],
)
def test_there_is_one_of_each(name: str, where: str) -> None:
    classes = [
        path.relative_to(ROOT).as_posix()
        for package in OURS
        for path in sources(package)
        for node in nodes(path)
        if isinstance(node, ast.ClassDef) and node.name.lower().endswith(name.lower())
    ]
    assert classes == [where]


def test_nobody_else_stores_what_answers_nothing() -> None:
    assert outside_turns(is_storing) == STORE, (
        "send it by store/outreach/notifier.py: docs/adding/unasked-message.md"
    )


def test_nobody_else_queues_deliveries() -> None:
    assert outside_turns(is_queueing) == QUEUE, (
        "send it by store/outreach/notifier.py: docs/adding/unasked-message.md"
    )


def test_each_way_is_seen() -> None:
    ways = ast.parse(
        "store_unprompted(s, c, [])\noutbound.store_unprompted(s, c, [])\n"
        "deferrer.delivery(s, message_id=m)\nself._deferrer.hand_on(s, claim, message_id=m)\n"
        "hand_on(visit, s)\nqueue.delivery\n"
    )
    assert sum(map(is_storing, ast.walk(ways))) == 2
    assert sum(map(is_queueing, ast.walk(ways))) == 2
