"""A count of what is written to the catalogue: what was read of it may be kept while that is the same"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TABLES = ("courses", "course_sessions", "providers")
_COUNTS = """
create function takwin_catalogue_changed() returns trigger language plpgsql as $$
begin
  insert into catalogue_state (one, changes) values (1, 1)
    on conflict (one) do update set changes = catalogue_state.changes + 1;
  return null;
end $$;
"""


def upgrade() -> None:
    op.create_table(
        "catalogue_state",
        sa.Column("one", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.CheckConstraint("one = 1", name=op.f("ck_catalogue_state_one_row")),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_catalogue_state")),
    )
    op.execute(_COUNTS)
    for table in _TABLES:
        # Before the rows: two who write to the catalogue wait for each other here, not each for a row of the other.
        op.execute(
            f"create trigger catalogue_changed before insert or update or delete or truncate on {table} "
            "for each statement execute function takwin_catalogue_changed()"
        )
    op.execute("insert into catalogue_state (one, changes) values (1, 0)")


def downgrade() -> None:
    for table in _TABLES:
        op.execute(f"drop trigger catalogue_changed on {table}")
    op.execute("drop function takwin_catalogue_changed")
    op.drop_table("catalogue_state")
