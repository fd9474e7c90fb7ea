"""Whom the engine has still to forget, and until when what has its time is gone"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


#: Places in people's own words go from the figures, but those that an adviser's scope names.
_OWN_WORDS = "region <> '' and region not in (select region from advisers where region is not null)"
_PLACELESS = """concat_ws('|', split_part(profile, '|', 1), split_part(profile, '|', 2), '',
    split_part(profile, '|', 4), split_part(profile, '|', 5))"""


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
    # Rows that go with their person are looked for by it.
    for table in ("alerts", "adviser_requests"):
        op.create_index(op.f(f"ix_{table}_person_id"), table, ["person_id"])
    op.execute(f"update figure_days set region = '', profile = {_PLACELESS} where {_OWN_WORDS}")
    op.execute(f"update figure_counts set region = '' where {_OWN_WORDS}")


def downgrade() -> None:
    for table in ("alerts", "adviser_requests"):
        op.drop_index(op.f(f"ix_{table}_person_id"), table)
    op.drop_table("engine_erasures_due")
    op.drop_table("retention_progress")
