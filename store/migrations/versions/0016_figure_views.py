"""Views that the figures are read from: people as they are counted, and what happened, one thing a row"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# Nothing is added up here: who reads narrows `at` and `person_id` first, and these reach the indexes of the tables.
# `day` is Morocco's. Which reply keys and intents mean what is no part of a view either: `store/figures` says it.
_DAY = "({at} at time zone 'Africa/Casablanca')::date"
#: The channel somebody is most on, for what has none of its own.
_CHANNEL = """(select c.channel from conversations c where c.person_id = r.person_id
    order by c.last_message_at desc limit 1)"""
#: The place that an adviser's scope names; what people wrote of another one is theirs alone: it is somewhere.
_REGION = """case when p.region is null then null
    when p.region in (select a.region from advisers a where a.region is not null) then p.region else '' end"""
_COURSE = """jsonb_path_query_first(listed.option, '$.entities[*] ? (@.entity == "course").value') #>> '{}'"""

_VIEWS = {
    # One row a person: their profile, also as one text, and the day they came.
    "figure_people": f"""
select p.id as person_id, p.variety, p.city, {_REGION} as region, p.education, p.employment_status,
  concat_ws('|', coalesce(p.variety, ''), coalesce(p.city, ''), replace(coalesce({_REGION}, ''), '|', ' '),
    coalesce(p.education, ''), coalesce(p.employment_status, '')) as profile,
  {_DAY.format(at="p.created_at")} as new_on
from persons p
""",
    # One row a message.
    "figure_messages": f"""
select m.created_at as at, {_DAY.format(at="m.created_at")} as day, m.person_id, m.channel, m.direction,
  coalesce(m.understanding ->> 'intent', m.option ->> 'intent') as intent, m.reply_keys, m.segments
from messages m
""",
    # One row an adviser's request, a registration, a completed course; `subject` is the reason, or the course.
    "figure_outcomes": f"""
select 'adviser-request' as kind, r.created_at as at, {_DAY.format(at="r.created_at")} as day, r.person_id,
  {_CHANNEL} as channel, r.reason as subject
from adviser_requests r
union all
select 'registration', c.at, {_DAY.format(at="c.at")}, r.person_id, {_CHANNEL}, r.course_id
from registration_changes c join registrations r on r.id = c.registration_id where c.from_state is null
union all
select 'completion', c.at, {_DAY.format(at="c.at")}, r.person_id, {_CHANNEL}, r.course_id
from registration_changes c join registrations r on r.id = c.registration_id where c.to_state = 'completed'
""",
    # One row an option about a course that a reply offers; `position` counts those of one intent.
    "figure_course_options": f"""
select m.created_at as at, {_DAY.format(at="m.created_at")} as day, m.person_id, m.channel, m.reply_keys,
  offered.intent, offered.course_id, offered.position
from messages m cross join lateral (
  select listed.option ->> 'intent' as intent, {_COURSE} as course_id,
    row_number() over (partition by listed.option ->> 'intent' order by listed.number) as position
  from jsonb_array_elements(case when jsonb_typeof(m.options) = 'array' then m.options else '[]' end)
    with ordinality as listed(option, number)
  where {_COURSE} is not null
) as offered
where m.direction = 'out'
""",
    # One row a reply and topic of the message it answers, or a reply whose message names none.
    "figure_reply_topics": f"""
select o.created_at as at, {_DAY.format(at="o.created_at")} as day, o.person_id, o.channel, o.reply_keys, topic.value
  as topic
from messages o join messages i on i.id = o.in_reply_to
  left join lateral (select distinct e ->> 'value' as value
    from jsonb_array_elements(i.understanding -> 'entities') as e where e ->> 'entity' = 'topic') as topic on true
where o.direction = 'out'
""",
    # One row a failed delivery: `at` is when it failed, `created_at` when the message was written.
    "figure_failed_deliveries": f"""
select m.delivery_at as at, {_DAY.format(at="m.delivery_at")} as day, m.person_id, m.channel,
  coalesce(m.delivery_detail, '') as detail, m.created_at
from messages m where m.delivery_state = 'failed'
""",
    # One row a message the assistant answered, and an adviser's request that an adviser wrote after: the first time.
    "figure_response_times": f"""
select 'assistant' as responder, o.created_at as at, {_DAY.format(at="o.created_at")} as day, o.person_id, o.channel,
  extract(epoch from o.created_at - i.created_at)::float8 as seconds
from messages o join messages i on i.id = o.in_reply_to
where o.position = 0 and o.author_kind is distinct from 'adviser'
union all
select 'adviser', m.created_at, {_DAY.format(at="m.created_at")}, m.person_id, m.channel,
  extract(epoch from m.created_at - r.created_at)::float8
from messages m join adviser_requests r on r.person_id = m.person_id and r.created_at <= m.created_at
where m.author_kind = 'adviser' and m.id = (
  select first.id from messages first
  where first.person_id = r.person_id and first.author_kind = 'adviser' and first.created_at >= r.created_at
  order by first.created_at, first.id limit 1)
""",
}


def upgrade() -> None:
    for name, query in _VIEWS.items():
        op.execute(f"create view {name} as {query}")


def downgrade() -> None:
    for name in reversed(_VIEWS):
        op.execute(f"drop view {name}")
