"""The worker's connections to its queue."""

from typing import Any

from psycopg import AsyncConnection, OperationalError
from psycopg_pool import AsyncConnectionPool


def queue_pool(**options: Any) -> AsyncConnectionPool:
    """A pool for Procrastinate, with its options. Each of the queue's statements is whole by itself: none needs a
    transaction around it, nor a question beforehand whether the connection still lives. Where it does not, the worker
    starts again on a new pool.
    """
    return AsyncConnectionPool(**{**options, "check": None}, configure=_autocommit)


async def answers(conninfo: str) -> bool:
    """Whether a connection to the database can be made now."""
    try:
        connection = await AsyncConnection.connect(conninfo, connect_timeout=2)
    except OperationalError:
        return False
    await connection.close()
    return True


async def _autocommit(connection: AsyncConnection[Any]) -> None:
    await connection.set_autocommit(True)
