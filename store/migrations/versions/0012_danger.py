"""Calls for help whose answer could not be delivered, since when danger is spoken of, who was told how to come back"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("adviser_requests", "undelivered_at"),
    ("conversations", "danger_at"),
    ("addresses", "told_return_at"),
)


def upgrade() -> None:
    for table, column in _COLUMNS:
        op.add_column(table, sa.Column(column, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table, column in reversed(_COLUMNS):
        op.drop_column(table, column)
