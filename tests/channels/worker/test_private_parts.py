"""Parts of Procrastinate that it promises nobody: who takes a newer version reads here what is gone."""

import ast
import asyncio
import inspect
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

import procrastinate
import pytest
import tomllib
from procrastinate import App, testing
from procrastinate.schema import SchemaManager
from procrastinate.worker import Worker
from sqlalchemy import text

from channels.worker import prompt_worker
from store.core.database import Database
from tests.house.test_imports import ROOT

#: What the worker has of its own, and what it holds.
HELD: dict[str, type[Any]] = {
    "_new_job_event": asyncio.Event,
    "_running_jobs": dict,
    "_job_ids_to_abort": dict,
}
#: What the worker calls of its own, with the arguments that we read.
CALLED = {
    "_process_job": {"context"},
    "_persist_job_status": {"job", "context"},
    "_log_extra": set[str](),
}
#: Where `_new_job_event` is waited for and cleared: what `_Bell` does otherwise.
RUNG = ("wait", "clear", "set")
COLUMNS = {"id", "queue_name", "task_name", "lock", "args", "status", "worker_id"}
STATES = {"todo", "doing"}


def gone(part: str, needed_by: str) -> str:
    return (
        f"Procrastinate {procrastinate.__version__}: {part} is gone or has changed; {needed_by} builds on it"
    )


def calls_of_worker() -> Iterator[tuple[str, ast.Call]]:
    """Each call in the worker's own code, with what is called, without `self.`."""
    for node in ast.walk(ast.parse(inspect.getsource(Worker))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func).removeprefix("self."), node


@pytest.mark.parametrize("part", sorted(HELD))
def test_the_worker_holds(part: str) -> None:
    held = getattr(Worker(app=App(connector=testing.InMemoryConnector())), part, None)
    assert isinstance(held, HELD[part]), gone(f"Worker.{part}", "channels/worker/prompt_worker.py")


@pytest.mark.parametrize("part", sorted(CALLED))
def test_the_worker_calls(part: str) -> None:
    message = gone(f"Worker.{part}", "channels/worker/prompt_worker.py")
    assert callable(getattr(Worker, part, None)), message
    assert CALLED[part] <= inspect.signature(getattr(Worker, part)).parameters.keys(), message
    assert part in {name for name, _ in calls_of_worker()}, message


def test_the_worker_names_what_became_of_a_job() -> None:
    [call] = [call for name, call in calls_of_worker() if name == "_persist_job_status"]
    named = {each.arg for each in call.keywords}
    assert named >= {"job", "context"}, gone("Worker._persist_job_status", "channels/worker/prompt_worker.py")


@pytest.mark.parametrize("use", RUNG)
def test_the_worker_is_rung(use: str) -> None:
    part = f"_new_job_event.{use}"
    assert part in {name for name, _ in calls_of_worker()}, gone(
        f"Worker.{part}", "_Bell of prompt_worker.py"
    )


def test_each_part_that_is_used_stands_here() -> None:
    code = ast.parse(inspect.getsource(prompt_worker.PromptWorker))
    used = {node.attr for node in ast.walk(code) if isinstance(node, ast.Attribute)}
    used |= {node.name for node in ast.walk(code) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    private = {name for name in used if re.match(r"_[a-z]", name)}
    ours = vars(prompt_worker.PromptWorker).keys() - vars(Worker).keys()
    assert private - ours == HELD.keys() | CALLED.keys()


def test_the_jobs_have_their_columns(database: Database) -> None:
    with database.session() as session:
        columns = set(
            session.scalars(
                text("select column_name from information_schema.columns where table_name = :table"),
                {"table": "procrastinate_jobs"},
            )
        )
    missing = ", ".join(sorted(COLUMNS - columns))
    assert not missing, gone(f"procrastinate_jobs.{missing}", "store/queue/job_claims.py")


def test_the_jobs_have_their_states(database: Database) -> None:
    with database.session() as session:
        states = set(session.scalars(text("select unnest(enum_range(null::procrastinate_job_status))::text")))
    missing = ", ".join(sorted(STATES - states))
    assert not missing, gone(f"procrastinate_job_status {missing}", "store/queue/job_claims.py")


def test_one_job_of_a_lock_is_done_at_once(database: Database) -> None:
    with database.session() as session:
        indexes = list(
            session.scalars(text("select indexdef from pg_indexes where tablename = 'procrastinate_jobs'"))
        )
    unique = [each for each in indexes if re.search(r"UNIQUE.*\(lock\) WHERE.*'doing'", each)]
    assert unique, gone("the unique index of locks", "hand_on of store/queue/job_claims.py")


def test_the_schema_and_its_migrations_can_be_read() -> None:
    needed_by = "store/queue/schema.py"
    assert "procrastinate_jobs" in SchemaManager.get_schema(), gone("SchemaManager.get_schema", needed_by)
    migrations = resources.files("procrastinate.sql") / "migrations"
    assert any(each.name.endswith(".sql") for each in migrations.iterdir()), gone("sql/migrations", needed_by)


def test_a_newer_version_is_taken_by_hand() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    [wanted] = [each for each in project["dependencies"] if each.startswith("procrastinate")]
    assert re.fullmatch(r"procrastinate>=\d+\.\d+,<\d+\.\d+", wanted), "bound it above: it has private parts"
