"""Run by Alembic, in the connection that `store.core.database` gives it."""

from typing import Literal

from alembic import context
from alembic.runtime.environment import NameFilterParentNames, NameFilterType

from store.queue.schema import QUEUE_TABLES
from store.tables import Base
from store.tables.base import StorableText


def ours(name: str | None, kind: NameFilterType, parents: NameFilterParentNames) -> bool:  # noqa: ARG001
    """Whether a thing found in the database is ours to compare with the models: the queue's tables are not."""
    return kind != "table" or name is None or not name.startswith(QUEUE_TABLES)


def written(kind: str, item: object, imports: object) -> str | Literal[False]:  # noqa: ARG001
    """How a type is written in a generated migration, which should not depend on our classes of today."""
    return "sa.Text()" if kind == "type" and isinstance(item, StorableText) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=ours,
    render_item=written,
)
with context.begin_transaction():
    context.run_migrations()
