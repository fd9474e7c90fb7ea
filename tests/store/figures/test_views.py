"""Views hide no index: what a period or a person has is found, whatever else is in the store."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Select

from store.core.database import Database
from store.figures.counts import counts
from store.figures.person_days import person_days
from store.figures.views import Interval
from tests.store.figures.talks import NOON

#: Two hundred people, who each write once a day for a hundred days.
_MANY = (
    "insert into persons (id, created_at) select md5(n::text)::uuid, %(at)s from generate_series(1, 200) n",
    "insert into conversations (id, person_id, channel, last_n, opened_at, last_message_at, state, state_at,"
    " segments_sent) select id, id, 'web', 0, %(at)s, %(at)s, 'assistant', %(at)s, 0 from persons",
    "insert into messages (id, conversation_id, person_id, channel, direction, text, created_at, state, flagged)"
    " select gen_random_uuid(), p.id, p.id, 'web', 'in', repeat('x', 200), %(at)s + day * interval '1 day', 'done',"
    " false from generate_series(1, 100) day cross join persons p order by day",
    "insert into adviser_requests (id, person_id, reason, state, created_at)"
    " select gen_random_uuid(), person_id, 'asked', 'closed', created_at from messages",
    "select brin_summarize_new_values('ix_messages_created_at')",
    "analyze",
)
DAY_50 = NOON + timedelta(days=50)


def plan(database: Database, statement: Select[Any]) -> str:
    """How it is read of a store of twenty thousand messages."""
    compiled = statement.compile(database.engine, compile_kwargs={"literal_binds": True})
    with database.engine.begin() as connection:
        for each in _MANY:
            connection.exec_driver_sql(each, {"at": NOON} if "%(at)s" in each else {})
        return "\n".join(connection.exec_driver_sql(f"explain {compiled}").scalars())


@pytest.mark.parametrize("rows", [person_days, counts])
def test_what_a_period_has_is_found_by_its_time(
    database: Database, rows: Callable[[Interval], Select[Any]]
) -> None:
    told = plan(database, rows(Interval(DAY_50, DAY_50 + timedelta(days=1))))
    assert "ix_messages_created_at" in told, told
    assert "ix_adviser_requests_created_at" in told, told
    for table in ("messages", "adviser_requests"):
        assert f"Seq Scan on {table}" not in told, told


@pytest.mark.parametrize("rows", [person_days, counts])
def test_what_a_person_has_is_found_by_them(
    database: Database, rows: Callable[[Interval], Select[Any]]
) -> None:
    told = plan(database, rows(Interval(NOON, DAY_50, uuid.uuid4())))
    assert "ix_messages_person_id" in told, told
    assert "Seq Scan on messages" not in told, told
