"""Names that are not yet among what people are found by: noted when they come, not looked for among everybody"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_DUE = """
create function takwin_name_due() returns trigger language plpgsql as $$
begin
  insert into names_due (person_id) values (new.id) on conflict do nothing;
  return null;
end $$;
create trigger name_due_new after insert on persons
  for each row when (new.name is not null or new.profile_name is not null)
  execute function takwin_name_due();
create trigger name_due_again after update of name, profile_name on persons
  for each row when (old.name is distinct from new.name or old.profile_name is distinct from new.profile_name)
  execute function takwin_name_due();
"""
_UNDO = """
drop trigger name_due_new on persons;
drop trigger name_due_again on persons;
drop function takwin_name_due;
"""


def upgrade() -> None:
    op.create_table(
        "names_due",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_names_due")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], ondelete="CASCADE", name=op.f("fk_names_due_person_id_persons")
        ),
    )
    op.execute(_DUE)
    op.execute(
        "insert into names_due (person_id) select id from persons where name is not null or profile_name is not null"
    )
    op.drop_column("person_names", "source")


def downgrade() -> None:
    op.execute(_UNDO)
    op.drop_table("names_due")
    # The names are taken in anew.
    op.execute("delete from person_names")
    op.add_column("person_names", sa.Column("source", sa.Text(), nullable=False))
