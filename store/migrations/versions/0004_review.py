"""Review: the queue of what people wrote, what advisers say it means, and the examples made of it"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = (
    "review_examples", "review_answers", "review_marks", "review_messages", "review_items", "review_due",
)  # fmt: skip

#: A message is due once it was understood, and again when it is flagged. Choices of a menu have no text to review.
#: A reaction is no text either, but may say that the answer was bad.
_DUE = """
create function takwin_review_due() returns trigger language plpgsql as $$
begin
  insert into review_due (message_id) values (new.id) on conflict do nothing;
  return null;
end $$;
create trigger review_due_understood after update of understanding, flagged on messages
  for each row when (new.direction = 'in' and new.text is not null and new.understanding is not null
    and (old.understanding is distinct from new.understanding or (new.flagged and not old.flagged)))
  execute function takwin_review_due();
create trigger review_due_reaction after insert on messages
  for each row when (new.direction = 'in' and new.media ->> 'kind' = 'reaction')
  execute function takwin_review_due();
"""
_UNDO = """
drop trigger review_due_understood on messages;
drop trigger review_due_reaction on messages;
drop function takwin_review_due;
"""


def _id(name: str = "id") -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _at(name: str = "at") -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _text(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _yes_no(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "review_due", _id("message_id"), sa.PrimaryKeyConstraint("message_id", name=op.f("pk_review_due"))
    )
    op.create_table(
        "review_items",
        _text("digest"), _text("variety"), _text("intent"),
        sa.Column("confidence", sa.Float(), nullable=False), sa.Column("sureness", sa.Float(), nullable=False),
        _number("rank"), _yes_no("fallback"), _yes_no("flagged"), _yes_no("complained"),
        sa.Column("channels", postgresql.ARRAY(sa.Text()), nullable=False),
        _number("times"), _at("last_said_at"), _text("state"), _number("reviews_wanted"), _at("changed_at"),
        _id(),
        sa.CheckConstraint(
            "state in ('open', 'second', 'disputed', 'settled')", name=op.f("ck_review_items_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_items")),
        sa.UniqueConstraint("digest", name=op.f("uq_review_items_digest")),
    )  # fmt: skip
    op.create_index(
        "ix_review_items_queue", "review_items", ["rank", "sureness", "id"],
        postgresql_where=sa.text("state in ('open', 'second')"),
    )  # fmt: skip
    op.create_index(op.f("ix_review_items_state_changed_at"), "review_items", ["state", "changed_at"])
    # What is asked for and rare is found without going through the whole queue.
    op.create_index(op.f("ix_review_items_channels"), "review_items", ["channels"], postgresql_using="gin")
    op.create_index(op.f("ix_review_items_intent_variety"), "review_items", ["intent", "variety"])
    for mark in ("flagged", "complained", "fallback"):
        op.create_index(
            f"ix_review_items_{mark}", "review_items", ["id"], postgresql_where=sa.text(mark)
        )  # fmt: skip
    op.create_table(
        "review_messages", _id("message_id"), _id("item_id"),
        _to("review_messages", "message_id", "messages"), _to("review_messages", "item_id", "review_items"),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_review_messages")),
    )  # fmt: skip
    op.create_index(
        op.f("ix_review_messages_item_id_message_id"), "review_messages", ["item_id", "message_id"]
    )
    _of_advisers()
    op.execute(_DUE)
    op.execute(
        "insert into review_due (message_id) select id from messages "
        "where direction = 'in' and text is not null and understanding is not null"
    )


def _of_advisers() -> None:
    op.create_table(
        "review_marks", _id("adviser_id"), _id("item_id"), _text("kind"), _at(),
        _to("review_marks", "adviser_id", "advisers"), _to("review_marks", "item_id", "review_items"),
        sa.CheckConstraint("kind in ('skipped', 'saved')", name=op.f("ck_review_marks_kind")),
        sa.PrimaryKeyConstraint("adviser_id", "item_id", name=op.f("pk_review_marks")),
    )  # fmt: skip
    op.create_index(op.f("ix_review_marks_item_id"), "review_marks", ["item_id"])
    op.create_table(
        "review_answers",
        _id("item_id"), _id("adviser_id"), _text("kind"), _text("intent", True), _text("variety"),
        _text("marked"), _at(), _id(),
        _to("review_answers", "item_id", "review_items"), _to("review_answers", "adviser_id", "advisers"),
        sa.CheckConstraint("kind in ('review', 'decision')", name=op.f("ck_review_answers_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_answers")),
        sa.UniqueConstraint(
            "item_id", "adviser_id", "kind", name=op.f("uq_review_answers_item_id_adviser_id_kind")
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_review_answers_adviser_id"), "review_answers", ["adviser_id"])
    op.create_table(
        "review_examples",
        _id("item_id"), _text("intent"), _text("variety"), _text("marked"), _text("worth"), _at(), _id(),
        _to("review_examples", "item_id", "review_items"),
        sa.CheckConstraint(
            "worth in ('new', 'taught', 'sure', 'clash')", name=op.f("ck_review_examples_worth")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_examples")),
        sa.UniqueConstraint("item_id", name=op.f("uq_review_examples_item_id")),
    )  # fmt: skip
    op.create_index(op.f("ix_review_examples_variety_intent"), "review_examples", ["variety", "intent"])


def downgrade() -> None:
    op.execute(_UNDO)
    for table in _TABLES:
        op.drop_table(table)
