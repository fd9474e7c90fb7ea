"""What is done in one place only, so that no second way of it can part from the first."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.test_imports import OURS, ROOT, sources

HISTORY = ROOT / "store" / "migrations"
_INTO_MESSAGES = re.compile(r"insert\s+into\s+messages\b", re.IGNORECASE)
_MARK = re.compile(r"\$[a-z_]+")


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))


def is_insert(call: ast.Call) -> bool:
    """Whether this begins an insert into messages, by the model or by its table."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name == "insert" and bool(call.args) and ast.unparse(call.args[0]).lower().lstrip("_") in (
        "message",
        "message.__table__",
        "messages",
    )  # fmt: skip


def is_inbound_row(call: ast.Call) -> bool:
    """Whether this makes a row of an inbound message for the session to insert."""
    return ast.unparse(call.func) == "Message" and any(
        each.arg == "direction" and ast.unparse(each.value) == "'in'" for each in call.keywords
    )


def inserts(path: Path) -> int:
    return sum(map(is_insert, calls(path))) + len(_INTO_MESSAGES.findall(path.read_text("utf-8")))


def test_a_message_that_comes_in_is_written_in_one_place() -> None:
    written = [path for package in OURS for path in sources(package) if HISTORY not in path.parents]
    found = {path.relative_to(ROOT).as_posix(): inserts(path) for path in written if inserts(path)}
    assert found == {"store/conversations/inbound_statements.py": 1}
    assert [path for path in written if any(map(is_inbound_row, calls(path)))] == []


def test_no_argument_of_a_reply_is_a_mark() -> None:
    """What is not for a reply's words is a field or a column: in JSON one mark stays, known to one module."""
    marked = {
        path.relative_to(ROOT).as_posix()
        for package in ("actions", "channels", "console", "store", "takwin")
        for path in sources(package)
        if HISTORY not in path.parents
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and _MARK.fullmatch(str(node.value))
    }
    assert marked == {"store/conversations/replies.py"}


def test_each_way_of_writing_one_is_seen(tmp_path: Path) -> None:
    module = tmp_path / "ways.py"
    module.write_text(
        "insert(Message)\ninsert(Message.__table__)\ninsert(_MESSAGES)\ntext('INSERT  into messages (id)')\n"
        "insert(Course)\nMessage(direction='in')\nMessage(direction='out')\n"
    )
    assert inserts(module) == 4
    assert sum(map(is_inbound_row, calls(module))) == 1
