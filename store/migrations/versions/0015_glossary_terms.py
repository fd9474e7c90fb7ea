"""Tables and columns under the terms of the glossary: backlogs, tombstones, the index of conversations"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TABLES = (
    ("messages_due", "search_backlog"),
    ("names_due", "name_backlog"),
    ("review_due", "review_backlog"),
    ("engine_erasures_due", "engine_erasure_backlog"),
    ("forgotten_messages", "message_tombstones"),
    ("conversation_facts", "conversation_index"),
)
_COLUMNS = (
    ("link_checks", "asked_at", "requested_at"),
    ("course_tellings", "asked_at", "requested_at"),
    ("review_items", "last_said_at", "last_written_at"),
)
#: Keys, constraints and indexes are named for their table.
_NAMED_FOR = """
do $$
declare found record;
begin
  for found in select conname as name from pg_constraint
      where conrelid = '{new}'::regclass and conname like '%{old}%' and contype in ('p', 'f', 'c', 'u') loop
    execute format('alter table {new} rename constraint %I to %I', found.name, replace(found.name, '{old}', '{new}'));
  end loop;
  for found in select indexrelid::regclass::text as name from pg_index
      where indrelid = '{new}'::regclass and indexrelid::regclass::text like '%{old}%' loop
    execute format('alter index %I rename to %I', found.name, replace(found.name, '{old}', '{new}'));
  end loop;
end $$;
"""
_TRIGGERS = """
create or replace function takwin_message_due() returns trigger language plpgsql as $$
begin
  insert into {search} (message_id, rebuild) values (
    new.id,
    tg_op = 'UPDATE' and (old.understanding is not null or old.flagged or old.conversation_id <> new.conversation_id)
  ) on conflict (message_id) do update set rebuild = true where excluded.rebuild;
  return null;
end $$;
create or replace function takwin_review_due() returns trigger language plpgsql as $$
begin
  insert into {review} (message_id) values (new.id) on conflict do nothing;
  return null;
end $$;
create or replace function takwin_name_due() returns trigger language plpgsql as $$
begin
  insert into {names} (person_id) values (new.id) on conflict do nothing;
  return null;
end $$;
"""


def upgrade() -> None:
    for old, new in _TABLES:
        _rename(old, new)
    for table, old, new in _COLUMNS:
        op.alter_column(table, old, new_column_name=new)
    op.execute(_TRIGGERS.format(search="search_backlog", review="review_backlog", names="name_backlog"))


def downgrade() -> None:
    for table, old, new in _COLUMNS:
        op.alter_column(table, new, new_column_name=old)
    for old, new in _TABLES:
        _rename(new, old)
    op.execute(_TRIGGERS.format(search="messages_due", review="review_due", names="names_due"))


def _rename(old: str, new: str) -> None:
    op.rename_table(old, new)
    op.execute(_NAMED_FOR.format(old=old, new=new))
