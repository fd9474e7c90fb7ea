"""Channels: where messages came through, media, who answers, linking, templates"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_STATES = "state in ('received', 'done', 'quiet', 'failed')"
_HANDLED_BY = "state in ('assistant', 'waiting', 'adviser', 'closed')"


def upgrade() -> None:
    op.add_column("addresses", sa.Column("state_reason", sa.Text()))
    op.add_column("addresses", sa.Column("provider", sa.Text()))

    op.add_column("conversations", sa.Column("state", sa.Text(), nullable=False, server_default="assistant"))
    op.add_column(
        "conversations",
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    )
    op.add_column("conversations", sa.Column("adviser_id", sa.Uuid()))
    op.add_column("conversations", sa.Column("give_back_at", sa.DateTime(timezone=True)))
    op.add_column(
        "conversations", sa.Column("segments_sent", sa.Integer(), nullable=False, server_default="0")
    )
    for name in ("state", "state_at", "segments_sent"):
        op.alter_column("conversations", name, server_default=None)
    op.create_check_constraint(op.f("ck_conversations_state"), "conversations", _HANDLED_BY)
    op.create_index(op.f("ix_conversations_adviser_id"), "conversations", ["adviser_id"])
    op.create_index(
        op.f("ix_conversations_state_last_message_at"), "conversations", ["state", "last_message_at"]
    )

    added: tuple[sa.Column[Any], ...] = (
        sa.Column("provider", sa.Text()),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("media", postgresql.JSONB(none_as_null=True)),
        sa.Column("tries", sa.Integer()),
        sa.Column("flagged", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("author", sa.Text()),
    )
    for column in added:
        op.add_column("messages", column)
    op.alter_column("messages", "flagged", server_default=None)
    op.drop_constraint(op.f("ck_messages_state"), "messages", type_="check")
    op.create_check_constraint(op.f("ck_messages_state"), "messages", _STATES)
    op.drop_index("ix_messages_undelivered", table_name="messages")
    op.create_index(
        "ix_messages_undelivered",
        "messages",
        ["created_at"],
        postgresql_where=sa.text("delivery_state in ('pending', 'sending', 'unknown')"),
    )
    op.create_index(
        "ix_messages_unanswered",
        "messages",
        ["person_id", "sent_at"],
        postgresql_where=sa.text("state = 'received'"),
    )
    op.create_index(
        "ix_messages_put_aside",
        "messages",
        ["created_at"],
        postgresql_where=sa.text("state = 'failed' or delivery_state = 'failed'"),
    )

    op.create_table(
        "provider_templates",
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_templates")),
        sa.UniqueConstraint("provider", "key", name=op.f("uq_provider_templates_provider_key")),
    )
    op.create_table(
        "forgotten_messages",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_forgotten_messages")),
    )
    op.create_table(
        "link_codes",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("code_digest", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.Uuid()),
        sa.Column("claimed_on", sa.Text()),
        sa.Column("claimed_at", sa.DateTime(timezone=True)),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_link_codes_person_id_persons"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by"], ["persons.id"], name=op.f("fk_link_codes_claimed_by_persons"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_codes")),
    )
    op.create_index(op.f("ix_link_codes_person_id"), "link_codes", ["person_id"])
    op.create_index(op.f("ix_link_codes_code_digest"), "link_codes", ["code_digest"])


def downgrade() -> None:
    op.drop_table("link_codes")
    op.drop_table("forgotten_messages")
    op.drop_table("provider_templates")
    op.execute("update messages set state = 'done' where state = 'quiet'")
    op.drop_constraint(op.f("ck_messages_state"), "messages", type_="check")
    op.create_check_constraint(
        op.f("ck_messages_state"), "messages", "state in ('received', 'done', 'failed')"
    )
    op.drop_index("ix_messages_put_aside", table_name="messages")
    op.drop_index("ix_messages_unanswered", table_name="messages")
    op.drop_index("ix_messages_undelivered", table_name="messages")
    op.create_index(
        "ix_messages_undelivered",
        "messages",
        ["created_at"],
        postgresql_where=sa.text("delivery_state in ('pending', 'sending')"),
    )
    for name in ("author", "flagged", "tries", "media", "sent_at", "provider"):
        op.drop_column("messages", name)
    op.drop_index(op.f("ix_conversations_state_last_message_at"), table_name="conversations")
    op.drop_index(op.f("ix_conversations_adviser_id"), table_name="conversations")
    op.drop_constraint(op.f("ck_conversations_state"), "conversations", type_="check")
    for name in ("segments_sent", "give_back_at", "adviser_id", "state_at", "state"):
        op.drop_column("conversations", name)
    op.drop_column("addresses", "provider")
    op.drop_column("addresses", "state_reason")
