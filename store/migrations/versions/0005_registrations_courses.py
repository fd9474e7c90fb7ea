"""Registrations and courses in the console: edits that imports keep, link checks, import drafts, alerts told, names"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_EDITED = ("providers", "course_sessions", "agencies")
_MADE_HERE = ("courses", *_EDITED)


def upgrade() -> None:
    for table in _EDITED:
        op.add_column(
            table,
            sa.Column("edited_columns", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}"),
        )
    for table in _MADE_HERE:
        op.add_column(table, sa.Column("made_here", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "link_checks",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True)),
        sa.Column("checked_at", sa.DateTime(timezone=True)),
        sa.Column("status", sa.Integer()),
        sa.Column("problem", sa.Text()),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_link_checks")),
    )
    op.create_table(
        "catalogue_drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("adviser_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("files", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_drafts")),
        sa.ForeignKeyConstraint(
            ["adviser_id"], ["advisers.id"], ondelete="CASCADE",
            name=op.f("fk_catalogue_drafts_adviser_id_advisers"),
        ),
    )  # fmt: skip
    op.create_table(
        "course_tellings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("adviser_id", sa.Uuid()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_tellings")),
        sa.UniqueConstraint("person_id", "course_id", name=op.f("uq_course_tellings_person_id_course_id")),
        sa.CheckConstraint("state in ('due', 'told', 'skipped')", name=op.f("ck_course_tellings_state")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], ondelete="CASCADE",
            name=op.f("fk_course_tellings_person_id_persons"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_course_tellings_course_id_courses")
        ),
    )  # fmt: skip
    op.create_index(
        "ix_course_tellings_due", "course_tellings", ["asked_at"], postgresql_where=sa.text("state = 'due'")
    )
    op.create_index(op.f("ix_course_tellings_course_id"), "course_tellings", ["course_id"])
    op.create_table(
        "person_names",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_names")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], ondelete="CASCADE", name=op.f("fk_person_names_person_id_persons")
        ),
    )
    op.create_index(op.f("ix_person_names_words"), "person_names", ["words"], postgresql_using="gin")
    op.create_index(op.f("ix_registrations_created_at_id"), "registrations", ["created_at", "id"])
    op.create_index(op.f("ix_persons_created_at_id"), "persons", ["created_at", "id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_persons_created_at_id"), "persons")
    op.drop_index(op.f("ix_registrations_created_at_id"), "registrations")
    for table in ("person_names", "course_tellings", "catalogue_drafts", "link_checks"):
        op.drop_table(table)
    for table in _MADE_HERE:
        op.drop_column(table, "made_here")
    for table in _EDITED:
        op.drop_column(table, "edited_columns")
