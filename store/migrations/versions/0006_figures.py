"""Figures: what each person did each day, counts without persons, both kept when a person is erased"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: Rows of somebody erased stay, under a number of their own; words of theirs (a place they named) do not.
_FORGET = """
create function takwin_figures_forget() returns trigger language plpgsql as $$
declare
  nobody uuid := gen_random_uuid();
begin
  update figure_days set who = nobody, region = null, profile = concat_ws('|', split_part(profile, '|', 1),
    split_part(profile, '|', 2), '', split_part(profile, '|', 4), split_part(profile, '|', 5))
  where who = old.id;
  return old;
end $$;
create trigger figures_forget before delete on persons for each row execute function takwin_figures_forget();
"""
_UNDO = """
drop trigger figures_forget on persons;
drop function takwin_figures_forget;
"""
_COUNTS = (
    "messages_in", "messages_out", "fallbacks", "out_of_scope", "unanswered", "handed_over", "segments",
    "registrations", "completions", "stage",
)  # fmt: skip


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text()) for name in names]


def upgrade() -> None:
    op.create_table(
        "figure_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("who", sa.Uuid(), nullable=False),
        *_texts("channel", "variety", "city", "region", "education", "employment_status"),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("first_of_day", sa.Boolean(), nullable=False),
        *[sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS],
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_days")),
    )
    op.create_index(op.f("ix_figure_days_day"), "figure_days", ["day"])
    op.create_index(op.f("ix_figure_days_who"), "figure_days", ["who"])
    op.create_table(
        "figure_counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("placed", sa.Boolean(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        *_texts("channel", "variety", "city", "region"),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_counts")),
    )
    op.create_index(op.f("ix_figure_counts_placed_day"), "figure_counts", ["placed", "day"])
    op.create_table(
        "figure_progress",
        sa.Column("one", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("one = 1", name=op.f("ck_figure_progress_one_row")),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_figure_progress")),
    )
    # Days are read by their time: messages come in order, so a block range index is small and costs writers nothing.
    op.create_index(
        op.f("ix_messages_created_at"), "messages", ["created_at"],
        postgresql_using="brin", postgresql_with={"pages_per_range": "32", "autosummarize": "on"},
    )  # fmt: skip
    op.create_index(op.f("ix_registration_changes_at"), "registration_changes", ["at"])
    op.create_index(op.f("ix_adviser_requests_created_at"), "adviser_requests", ["created_at"])
    op.execute(_FORGET)


def downgrade() -> None:
    op.execute(_UNDO)
    for table, column in (
        ("adviser_requests", "created_at"), ("registration_changes", "at"), ("messages", "created_at"),
    ):  # fmt: skip
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    for table in ("figure_progress", "figure_counts", "figure_days"):
        op.drop_table(table)
