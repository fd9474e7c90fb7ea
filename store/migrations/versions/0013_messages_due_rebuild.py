"""A message's words are added to those of its conversation, which is read anew only where something was taken away"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_ADDED_OR_ANEW = """
create or replace function takwin_message_due() returns trigger language plpgsql as $$
begin
  insert into messages_due (message_id, rebuild) values (
    new.id,
    tg_op = 'UPDATE' and (old.understanding is not null or old.flagged or old.conversation_id <> new.conversation_id)
  ) on conflict (message_id) do update set rebuild = true where excluded.rebuild;
  return null;
end $$;
"""
_BEFORE = """
create or replace function takwin_message_due() returns trigger language plpgsql as $$
begin
  insert into messages_due (message_id) values (new.id) on conflict do nothing;
  return null;
end $$;
"""


def upgrade() -> None:
    op.add_column(
        "messages_due", sa.Column("rebuild", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.execute(_ADDED_OR_ANEW)


def downgrade() -> None:
    op.execute(_BEFORE)
    op.drop_column("messages_due", "rebuild")
