"""What a message is has columns of its own: its reply keys, variety, approved form, author, and a provider's marks"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_COLUMNS: tuple[sa.Column[Any], ...] = (
    sa.Column("opt_word", sa.Text()),
    sa.Column("forwarded", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("reply_keys", postgresql.ARRAY(sa.Text())),
    sa.Column("variety", sa.Text()),
    sa.Column("content_template", postgresql.JSONB(none_as_null=True)),
    sa.Column("despite_opt_out", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("is_deferred", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("author_kind", sa.Text()),
    sa.Column("author_adviser_id", sa.Uuid()),
)
# Several replies that left as one message keep their arguments under `replies`, each with its key.
_FILL = (
    """
    update messages set
        reply_keys = case when coalesce(reply, '') = '' then '{}' else string_to_array(reply, ' + ') end,
        variety = args ->> '$variety',
        content_template = args -> '$template',
        despite_opt_out = coalesce(args @> '{"$last": true}', false)
            or coalesce(jsonb_path_exists(args, '$."$replies"[*].args."$last" ? (@ == true)'), false),
        is_deferred = coalesce(args @> '{"$held": true}', false),
        author_kind = case when author like 'adviser:%' then 'adviser' else 'assistant' end,
        author_adviser_id = case
            when author ~ '^adviser:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then substr(author, 9)::uuid
        end,
        args = case
            when args ? '$replies' then jsonb_build_object('replies', args -> '$replies')
            else args - '{$variety,$template,$last,$held}'::text[]
        end
    where direction = 'out'
    """,
    """
    update messages set
        opt_word = args ->> '$opt',
        forwarded = coalesce(args @> '{"$forwarded": true}', false),
        args = nullif(args - '{$opt,$forwarded}'::text[], '{}')
    where direction = 'in' and args is not null
    """,
)
_BACK = (
    """
    update messages set args =
        case
            when args ? 'replies' and cardinality(reply_keys) > 1
                then jsonb_build_object('$replies', args -> 'replies')
            else coalesce(args, '{}')
        end
        || jsonb_strip_nulls(jsonb_build_object('$variety', variety, '$template', content_template))
        || case when despite_opt_out then '{"$last": true}'::jsonb else '{}' end
        || case when is_deferred then '{"$held": true}'::jsonb else '{}' end
    where direction = 'out'
    """,
    """
    update messages set args = nullif(
        coalesce(args, '{}') || jsonb_strip_nulls(jsonb_build_object('$opt', opt_word))
        || case when forwarded then '{"$forwarded": true}'::jsonb else '{}' end, '{}')
    where direction = 'in'
    """,
)


def upgrade() -> None:
    for column in _COLUMNS:
        op.add_column("messages", column)
    op.create_check_constraint(
        op.f("ck_messages_author_kind"), "messages", "author_kind in ('assistant', 'adviser')"
    )
    for statement in _FILL:
        op.execute(statement)


def downgrade() -> None:
    for statement in _BACK:
        op.execute(statement)
    op.drop_constraint(op.f("ck_messages_author_kind"), "messages", type_="check")
    for column in reversed(_COLUMNS):
        op.drop_column("messages", column.name)
