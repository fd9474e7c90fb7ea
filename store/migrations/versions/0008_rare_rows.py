"""Indexes for what is rare among much: answers that had nothing to offer, and items of the queue of review"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MARKS = ("flagged", "complained", "fallback")
_WAITING = "state in ('open', 'second')"
_QUEUE = ["rank", "sureness", "id"]


def upgrade() -> None:
    op.create_index(
        "ix_messages_in_vain", "messages", ["created_at"],
        postgresql_where=sa.text("reply ~ 'nothing-found|topic-not-recognised|agency-unknown'"),
    )  # fmt: skip
    # In the order of the queue: the first page of a filter is read, not sorted out of all that meet it.
    op.drop_index(op.f("ix_review_items_intent_variety"), "review_items")
    op.create_index(
        "ix_review_items_intent", "review_items", ["intent", *_QUEUE], postgresql_where=sa.text(_WAITING)
    )
    for mark in _MARKS:
        op.drop_index(f"ix_review_items_{mark}", "review_items")
        op.create_index(
            f"ix_review_items_{mark}", "review_items", _QUEUE,
            postgresql_where=sa.text(f"{mark} and {_WAITING}"),
        )  # fmt: skip


def downgrade() -> None:
    for mark in _MARKS:
        op.drop_index(f"ix_review_items_{mark}", "review_items")
        op.create_index(f"ix_review_items_{mark}", "review_items", ["id"], postgresql_where=sa.text(mark))
    op.drop_index("ix_review_items_intent", "review_items")
    op.create_index(op.f("ix_review_items_intent_variety"), "review_items", ["intent", "variety"])
    op.drop_index("ix_messages_in_vain", "messages")
