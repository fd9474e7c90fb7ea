"""The advisers' console: advisers, sessions, audit, tags, notes, views, search, and notice of what changes"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = (
    "messages_due", "conversation_facts", "canned_answers", "saved_views", "notes", "taggings", "tags",
    "conversation_reads", "audit_entries", "sign_in_failures", "adviser_sessions", "advisers",
)  # fmt: skip

#: One channel for all of it, and nothing in it but the id of a conversation.
_NOTICE = """
create function takwin_console_notice() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'conversations' then
    perform pg_notify('takwin_console', new.id::text);
  else
    perform pg_notify('takwin_console', new.conversation_id::text);
  end if;
  return null;
end $$;
create trigger console_new_message after insert on messages
  for each row execute function takwin_console_notice();
create trigger console_delivery after update of delivery_state on messages
  for each row when (old.delivery_state is distinct from new.delivery_state)
  execute function takwin_console_notice();
create trigger console_state after update of state, adviser_id on conversations
  for each row when (old.state is distinct from new.state or old.adviser_id is distinct from new.adviser_id)
  execute function takwin_console_notice();
create trigger console_note after insert on notes
  for each row when (new.conversation_id is not null) execute function takwin_console_notice();
"""
#: What is to be taken into the search: a message when it comes, and again when it was understood or moved.
_DUE = """
create function takwin_message_due() returns trigger language plpgsql as $$
begin
  insert into messages_due (message_id) values (new.id) on conflict do nothing;
  return null;
end $$;
create trigger message_due_new after insert on messages for each row execute function takwin_message_due();
create trigger message_due_again after update of understanding, conversation_id, flagged on messages
  for each row when (old.understanding is distinct from new.understanding
    or old.conversation_id <> new.conversation_id or old.flagged <> new.flagged)
  execute function takwin_message_due();
"""
_UNDO = """
drop trigger console_new_message on messages;
drop trigger console_delivery on messages;
drop trigger console_state on conversations;
drop trigger console_note on notes;
drop trigger message_due_new on messages;
drop trigger message_due_again on messages;
drop function takwin_console_notice;
drop function takwin_message_due;
"""


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.Uuid(), nullable=False)


def _at(name: str = "at", nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _to(table: str, column: str, other: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    _advisers()
    _beside_conversations()
    _search()
    op.execute(_NOTICE)
    op.execute(_DUE)
    op.execute("insert into messages_due (message_id) select id from messages")


def _advisers() -> None:
    op.create_table(
        "advisers",
        _text("login"), _text("display_name"), _text("password_hash"),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        _at("password_expires_at", True),
        _text("role"), _text("agency_id", True),
        sa.Column("cities", postgresql.ARRAY(sa.Text()), nullable=False),
        _text("region", True), _text("language"),
        sa.Column("takes_new", sa.Boolean(), nullable=False),
        _at("last_assigned_at", True), _text("totp_encrypted", True),
        sa.Column("totp_last", sa.Integer()),
        sa.Column("recovery_digests", postgresql.ARRAY(sa.Text()), nullable=False),
        _at("disabled_at", True), _at("created_at"), _at("last_seen_at", True), _id(),
        sa.CheckConstraint(
            "role in ('reader', 'adviser', 'supervisor', 'administrator')", name=op.f("ck_advisers_role")
        ),
        sa.CheckConstraint("language in ('fr', 'ar')", name=op.f("ck_advisers_language")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advisers")),
        sa.UniqueConstraint("login", name=op.f("uq_advisers_login")),
    )  # fmt: skip
    op.create_table(
        "adviser_sessions",
        _text("token_digest"), sa.Column("adviser_id", sa.Uuid(), nullable=False),
        sa.Column("second_step_done", sa.Boolean(), nullable=False),
        _text("pending_totp_encrypted", True),
        _at("created_at"), _at("last_seen_at"), _at("expires_at"), _id(),
        _to("adviser_sessions", "adviser_id", "advisers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adviser_sessions")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_adviser_sessions_token_digest")),
    )  # fmt: skip
    op.create_index(op.f("ix_adviser_sessions_adviser_id"), "adviser_sessions", ["adviser_id"])
    op.create_table(
        "sign_in_failures",
        _text("subject_digest"), _at(), _id(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failures")),
    )  # fmt: skip
    op.create_index(
        op.f("ix_sign_in_failures_subject_digest_at"), "sign_in_failures", ["subject_digest", "at"]
    )
    op.create_index(op.f("ix_sign_in_failures_at"), "sign_in_failures", ["at"])
    op.create_table(
        "audit_entries",
        _at(), sa.Column("adviser_id", sa.Uuid()), _text("action"), sa.Column("person_id", sa.Uuid()),
        sa.Column("conversation_id", sa.Uuid()),
        sa.Column("detail", postgresql.JSONB(none_as_null=True), nullable=False), _id(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )  # fmt: skip
    op.create_index(op.f("ix_audit_entries_at"), "audit_entries", ["at"])
    op.create_index(op.f("ix_audit_entries_person_id_at"), "audit_entries", ["person_id", "at"])
    op.create_index(op.f("ix_audit_entries_adviser_id_at"), "audit_entries", ["adviser_id", "at"])


def _beside_conversations() -> None:
    op.create_table(
        "conversation_reads",
        sa.Column("adviser_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False), _at("read_at"),
        _to("conversation_reads", "adviser_id", "advisers"),
        _to("conversation_reads", "conversation_id", "conversations"),
        sa.PrimaryKeyConstraint("adviser_id", "conversation_id", name=op.f("pk_conversation_reads")),
    )  # fmt: skip
    op.create_index(op.f("ix_conversation_reads_conversation_id"), "conversation_reads", ["conversation_id"])
    op.create_table(
        "tags", _text("name"), _at("created_at"), _id(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("name", name=op.f("uq_tags_name")),
    )  # fmt: skip
    op.create_table(
        "taggings",
        sa.Column("tag_id", sa.Uuid(), nullable=False), _text("target"),
        sa.Column("person_id", sa.Uuid(), nullable=False), sa.Column("conversation_id", sa.Uuid()),
        sa.Column("message_id", sa.Uuid()), sa.Column("adviser_id", sa.Uuid()), _at(), _id(),
        _to("taggings", "tag_id", "tags"), _to("taggings", "person_id", "persons"),
        _to("taggings", "conversation_id", "conversations"), _to("taggings", "message_id", "messages"),
        sa.CheckConstraint(
            "target in ('person', 'conversation', 'message')", name=op.f("ck_taggings_target")
        ),
        sa.CheckConstraint(
            "(target = 'conversation') = (conversation_id is not null) "
            "and (target = 'message') = (message_id is not null)",
            name=op.f("ck_taggings_one_target"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taggings")),
        sa.UniqueConstraint(
            "tag_id", "person_id", "conversation_id", "message_id",
            name=op.f("uq_taggings_tag_id_person_id_conversation_id_message_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )  # fmt: skip
    for column in ("conversation_id", "message_id", "person_id"):
        op.create_index(op.f(f"ix_taggings_{column}"), "taggings", [column])
    op.create_table(
        "notes",
        sa.Column("person_id", sa.Uuid(), nullable=False), sa.Column("conversation_id", sa.Uuid()),
        sa.Column("adviser_id", sa.Uuid()), _text("text"), _at(), _id(),
        _to("notes", "person_id", "persons"),
        _to("notes", "conversation_id", "conversations", "SET NULL"),
        _to("notes", "adviser_id", "advisers", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )  # fmt: skip
    op.create_index(op.f("ix_notes_person_id"), "notes", ["person_id"])
    op.create_index(op.f("ix_notes_conversation_id"), "notes", ["conversation_id"])
    op.create_table(
        "saved_views",
        sa.Column("adviser_id", sa.Uuid(), nullable=False), _text("name"), _text("query"),
        sa.Column("shared", sa.Boolean(), nullable=False), _at("created_at"), _id(),
        _to("saved_views", "adviser_id", "advisers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("adviser_id", "name", name=op.f("uq_saved_views_adviser_id_name")),
    )  # fmt: skip
    op.create_table(
        "canned_answers",
        _text("short_name"), sa.Column("texts", postgresql.JSONB(none_as_null=True), nullable=False),
        _at("updated_at"), sa.Column("updated_by", sa.Uuid()), _id(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_answers")),
        sa.UniqueConstraint("short_name", name=op.f("uq_canned_answers_short_name")),
    )  # fmt: skip


def _search() -> None:
    op.create_table(
        "conversation_facts",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("facts", postgresql.TSVECTOR(), server_default=sa.text("''"), nullable=False),
        _to("conversation_facts", "conversation_id", "conversations"),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_conversation_facts")),
    )
    op.create_index(
        op.f("ix_conversation_facts_facts"), "conversation_facts", ["facts"], postgresql_using="gin"
    )
    op.create_table(
        "messages_due",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_messages_due")),
    )
    # Lists are read newest first, whatever the state.
    op.create_index(op.f("ix_conversations_last_message_at_id"), "conversations", ["last_message_at", "id"])


def downgrade() -> None:
    op.execute(_UNDO)
    op.drop_index(op.f("ix_conversations_last_message_at_id"), table_name="conversations")
    for table in _TABLES:
        op.drop_table(table)
