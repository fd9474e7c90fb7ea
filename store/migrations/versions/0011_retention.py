"""Whom the engine has still to forget, and until when what has its time is gone"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "engine_erasures_due",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_engine_erasures_due")),
    )
    op.create_table(
        "retention_progress",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_retention_progress")),
    )


def downgrade() -> None:
    op.drop_table("engine_erasures_due")
    op.drop_table("retention_progress")
