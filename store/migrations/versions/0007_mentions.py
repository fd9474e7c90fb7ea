"""Mentions: advisers whom a note calls, and whether they have seen it"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mentions",
        sa.Column("note_id", sa.Uuid(), sa.ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True),
        sa.Column(
            "adviser_id", sa.Uuid(), sa.ForeignKey("advisers.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_mentions_adviser_id", "mentions", ["adviser_id"])


def downgrade() -> None:
    op.drop_table("mentions")
