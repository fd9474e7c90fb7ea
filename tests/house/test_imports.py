"""Imports point one way: store ← actions, channels ← takwin; only bot/ knows Rasa; only store/ knows SQL."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("actions", "bot", "channels", "console", "store", "takwin")
PURE_OF_BOT = ("bot.nlu.alternatives", "bot.nlu.extent", "bot.nlu.folding")

MAY_IMPORT = {
    "store": (),
    "actions": ("store",),
    "channels": ("store",),
    "console": ("store",),
    "takwin": ("actions", "channels", "console", "store", *PURE_OF_BOT),
    "bot": (),
}
FORBIDDEN = {
    "store": ("rasa", "rasa_sdk", "fastapi", "fluent"),
    "actions": ("rasa", "fastapi"),
    "channels": ("rasa", "rasa_sdk"),
    "console": ("rasa", "rasa_sdk"),
    "takwin": ("rasa",),
    "bot": (),
}
KNOW_SQL = {
    "actions": ("sqlalchemy.orm.Session",),
    "channels": ("sqlalchemy.orm.Session",),
    "console": ("sqlalchemy.orm.Session",),
    "takwin": ("sqlalchemy.exc.SQLAlchemyError", "sqlalchemy.orm.Session"),
}


def sources(package: str) -> list[Path]:
    return sorted(p for p in (ROOT / package).rglob("*.py") if ".venv" not in p.parts)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("package", [p for p in OURS if (ROOT / p).is_dir()])
def test_a_package_imports_only_what_stands_below_it(package: str) -> None:
    allowed = (package, *MAY_IMPORT[package])
    for path in sources(package):
        for name in imported(path):
            if name.split(".")[0] in OURS:
                assert any(name == a or name.startswith(a + ".") for a in allowed), (
                    f"{path.relative_to(ROOT)} imports {name}: {package}/ may import {', '.join(allowed)} only; "
                    "hand the thing in from takwin/ instead"
                )


@pytest.mark.parametrize("package", [p for p in OURS if (ROOT / p).is_dir()])
def test_rasa_stays_in_bot(package: str) -> None:
    for path in sources(package):
        for name in imported(path):
            assert name.split(".")[0] not in FORBIDDEN[package], (
                f"{path.relative_to(ROOT)} imports {name}: it would bring its environment into {package}/"
            )


@pytest.mark.parametrize("package", list(KNOW_SQL))
def test_sql_stays_in_store(package: str) -> None:
    for path in sources(package):
        for name in imported(path):
            if name.split(".")[0] in ("sqlalchemy", "psycopg", "alembic"):
                assert name in KNOW_SQL[package], (
                    f"{path.relative_to(ROOT)} imports {name}: write a function in store/ and call it"
                )


def test_the_folding_is_free_of_dependencies() -> None:
    for path in [*sources("bot/nlu/folding"), ROOT / "bot" / "nlu" / "extent.py"]:
        for name in imported(path):
            top = name.split(".")[0]
            assert top in (
                "bot",
                "collections",
                "dataclasses",
                "functools",
                "re",
                "typing",
                "unicodedata",
                "__future__",
            ), f"{path.relative_to(ROOT)} imports {name}: the app uses this package on another Python"


@pytest.mark.parametrize("package", [p for p in OURS if (ROOT / p).is_dir()])
def test_no_drawer_of_odds_and_ends(package: str) -> None:
    for path in sources(package):
        assert path.stem not in ("utils", "util", "helpers", "helper", "misc", "common", "manager"), (
            f"{path.relative_to(ROOT)}: name it after the one idea it holds"
        )
