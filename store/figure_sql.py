"""What happened in a stretch of time, read from messages, requests and registrations, as rows of the figures' tables.

Both statements take `since` and `until`, instants, and `who`, a person or null for everybody; they give rows by day of
Morocco, so that a stretch may be of any length. A message counts for the day it came, a failed delivery, a
registration and an adviser's answer for the day they happened.
"""

_DAY = "(({at}) at time zone 'Africa/Casablanca')::date"
_INTENT = "coalesce(m.understanding ->> 'intent', m.option ->> 'intent')"
_ONE_PERSON = "(cast(:who as uuid) is null or {of} = cast(:who as uuid))"
#: The channel somebody is most on, for what has none of its own.
_CHANNEL = """(select c.channel from conversations c where c.person_id = {of}
    order by c.last_message_at desc limit 1)"""

#: Replies that show a list of courses, tell of one, and say that there is nothing.
SHOWN = "courses-found"
TOLD = ("course-page", "course-page-past", "course-fact", "compared", "facts-of-courses")
UNANSWERED = ("nothing-found", "topic-not-recognised")
ASKED = ("find_course", "recommend_course")
FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"

#: Times to an answer are told apart in steps of a fourth of a doubling, from a hundredth of a second on.
SHORTEST = 0.01
STEPS_A_DOUBLING = 4


def _any_of(replies: tuple[str, ...]) -> str:
    """Whether a stored reply, which may be several joined by " + ", is one of these."""
    return f"(m.reply ~ '(^| )({'|'.join(replies)})( |$)')"


def _in(values: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def _course(options: str, of: str) -> str:
    """The course that an option is about, of those that a path of JSON leads to."""
    return (
        f"""jsonb_path_query_first({options}, '{of}.entities[*] ? (@.entity == "course").value') #>> '{{}}'"""
    )


def _step(start: str, end: str) -> str:
    seconds = f"greatest(extract(epoch from {end} - {start}), {SHORTEST})::float8"
    return f"floor({STEPS_A_DOUBLING} * ln({seconds} / {SHORTEST}) / ln(2))::int::text"


_MESSAGES_THEN = (
    f"""m.created_at >= :since and m.created_at < :until and {_ONE_PERSON.format(of="m.person_id")}"""
)

#: The place that an adviser's scope names; what people wrote of another one is kept with them alone: it is somewhere.
_REGION = """case when p.region is null then null
    when p.region in (select a.region from advisers a where a.region is not null) then p.region else '' end"""

DAYS = f"""
with happened as (
  select {_DAY.format(at="m.created_at")} as day, m.person_id, m.channel,
    count(*) filter (where m.direction = 'in') as messages_in,
    count(*) filter (where m.direction = 'out') as messages_out,
    count(*) filter (where {_INTENT} = '{FALLBACK}') as fallbacks,
    count(*) filter (where {_INTENT} = '{OUT_OF_SCOPE}') as out_of_scope,
    count(*) filter (where m.direction = 'out' and {_any_of(UNANSWERED)}) as unanswered,
    0 as handed_over, coalesce(sum(m.segments), 0) as segments, 0 as registrations, 0 as completions,
    max(case when m.direction = 'out' and {_any_of(TOLD)} then 3
      when m.direction = 'out' and {_any_of((SHOWN,))} then 2
      when m.direction = 'in' and {_INTENT} in {_in(ASKED)} then 1 else 0 end) as stage
  from messages m where {_MESSAGES_THEN} group by 1, 2, 3
  union all
  select {_DAY.format(at="r.created_at")}, r.person_id, {_CHANNEL.format(of="r.person_id")},
    0, 0, 0, 0, 0, count(*), 0, 0, 0, 0
  from adviser_requests r
  where r.created_at >= :since and r.created_at < :until and {_ONE_PERSON.format(of="r.person_id")} group by 1, 2
  union all
  select {_DAY.format(at="c.at")}, r.person_id, {_CHANNEL.format(of="r.person_id")}, 0, 0, 0, 0, 0, 0, 0,
    count(*) filter (where c.from_state is null), count(*) filter (where c.to_state = 'completed'),
    max(case when c.to_state = 'completed' then 5 when c.from_state is null then 4 else 0 end)
  from registration_changes c join registrations r on r.id = c.registration_id
  where c.at >= :since and c.at < :until and (c.from_state is null or c.to_state = 'completed')
    and {_ONE_PERSON.format(of="r.person_id")} group by 1, 2
)
select h.day, p.id as who, h.channel, p.variety, p.city, {_REGION} as region, p.education,
  p.employment_status,
  concat_ws('|', coalesce(p.variety, ''), coalesce(p.city, ''), replace(coalesce({_REGION}, ''), '|', ' '),
    coalesce(p.education, ''), coalesce(p.employment_status, '')) as profile,
  {_DAY.format(at="p.created_at")} = h.day as is_new,
  row_number() over (partition by h.day, p.id order by h.channel) = 1 as first_of_day,
  sum(messages_in)::int as messages_in, sum(messages_out)::int as messages_out, sum(fallbacks)::int as fallbacks,
  sum(h.out_of_scope)::int as out_of_scope, sum(unanswered)::int as unanswered,
  sum(handed_over)::int as handed_over, sum(segments)::int as segments, sum(registrations)::int as registrations,
  sum(completions)::int as completions, max(stage)::int as stage
from happened h join persons p on p.id = h.person_id group by h.day, p.id, h.channel
"""

COUNTS = f"""
with happened as (
  select {_DAY.format(at="m.created_at")} as day, m.person_id, m.channel, 'shown' as measure,
    {_course("o.option", "$")} as value
  from messages m cross join lateral jsonb_array_elements(m.options) as o(option)
  where {_MESSAGES_THEN} and m.direction = 'out' and {_any_of((SHOWN,))} and jsonb_typeof(m.options) = 'array'
    and o.option ->> 'intent' = 'course_details'
  union all
  select {_DAY.format(at="m.created_at")}, m.person_id, m.channel, 'told',
    {_course("m.options", '$[*] ? (@.intent == "register")')}
  from messages m where {_MESSAGES_THEN} and m.direction = 'out' and {_any_of(TOLD)}
  union all
  select {_DAY.format(at="m.created_at")}, m.person_id, m.channel, 'unanswered', coalesce(topic.value, '')
  from messages o join messages m on m.id = o.in_reply_to
    left join lateral (select distinct e ->> 'value' as value
      from jsonb_array_elements(m.understanding -> 'entities') as e where e ->> 'entity' = 'topic') topic on true
  where o.created_at >= :since and o.created_at < :until and {_ONE_PERSON.format(of="o.person_id")}
    and o.direction = 'out' and {_any_of(UNANSWERED).replace("m.reply", "o.reply")}
  union all
  select {_DAY.format(at="m.delivery_at")}, m.person_id, m.channel, 'failed', coalesce(m.delivery_detail, '')
  from messages m
  where m.delivery_state = 'failed' and m.created_at > cast(:since as timestamptz) - interval '7 days'
    and m.delivery_at >= :since and m.delivery_at < :until and {_ONE_PERSON.format(of="m.person_id")}
  union all
  select {_DAY.format(at="o.created_at")}, o.person_id, o.channel, 'answered', {_step("i.created_at", "o.created_at")}
  from messages o join messages i on i.id = o.in_reply_to
  where o.created_at >= :since and o.created_at < :until and {_ONE_PERSON.format(of="o.person_id")}
    and o.position = 0 and o.author is null
  union all
  select {_DAY.format(at="first.at")}, r.person_id, first.channel, 'adviser-answered',
    {_step("r.created_at", "first.at")}
  from (select distinct m.person_id from messages m
      where {_MESSAGES_THEN} and m.author is not null) as served
    join adviser_requests r on r.person_id = served.person_id
    cross join lateral (select m.created_at as at, m.channel from messages m
      where m.person_id = r.person_id and m.author is not null and m.created_at >= r.created_at
      order by m.created_at limit 1) as first
  where first.at >= :since and first.at < :until
  union all
  select {_DAY.format(at="r.created_at")}, r.person_id, {_CHANNEL.format(of="r.person_id")}, 'handed-over', r.reason
  from adviser_requests r
  where r.created_at >= :since and r.created_at < :until and {_ONE_PERSON.format(of="r.person_id")}
  union all
  select {_DAY.format(at="c.at")}, r.person_id, {_CHANNEL.format(of="r.person_id")},
    case when c.from_state is null then 'registered' else 'completed' end, r.course_id
  from registration_changes c join registrations r on r.id = c.registration_id
  where c.at >= :since and c.at < :until and (c.from_state is null or c.to_state = 'completed')
    and {_ONE_PERSON.format(of="r.person_id")}
)
select h.day, h.measure, h.value, h.channel, p.variety, p.city, {_REGION} as region, count(*)::int as counted
from happened h join persons p on p.id = h.person_id where h.value is not null
group by 1, 2, 3, 4, 5, 6, 7
"""
