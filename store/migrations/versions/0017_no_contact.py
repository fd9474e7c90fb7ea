"""Since when somebody in danger asks that nobody writes to them or calls"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("adviser_requests", sa.Column("no_contact_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("adviser_requests", "no_contact_at")
