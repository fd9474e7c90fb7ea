"""A database as after three busy months: 100,000 conversations, a million messages, in all four varieties.

What people say are the lines of `data/nlu`, with their intents and topics; what is answered, what was understood, the
lexemes to be found by, requests, registrations and tags go with it. All of it is made by SQL from a few thousand lines,
so that it takes minutes, and the same numbers come out each time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import yaml

from store.inbox.search_index import lexemes_of
from store.tables import Message
from takwin.search_words import index_words
from takwin.settings import ROOT

CONVERSATIONS = 100_000
PERSONS = 88_000
DAYS = 90
VARIETIES = ("ary", "ary-Latn", "fr", "ar")
_ENTITY = re.compile(r"\[([^\]]+)\](?:\{([^}]*)\}|\(([^)]*)\))")
#: How often each intent is said, of a hundred; the rest share what is left.
_OFTEN = {
    "find_course": 24, "inform": 12, "course_details": 10, "greet": 9, "recommend_course": 5, "more_results": 5,
    "register": 5, "affirm": 5, "thank": 4, "talk_to_adviser": 2, "out_of_scope": 3, "ask_certificate": 2,
    "ask_cost": 2, "nlu_fallback": 5,
}  # fmt: skip
_REPLIES = {
    "find_course": "courses-found", "recommend_course": "courses-found", "more_results": "courses-found",
    "inform": "courses-found", "course_details": "course-page", "ask_certificate": "course-fact",
    "ask_cost": "course-fact", "register": "ask-confirmation", "greet": "greet", "thank": "thank",
    "out_of_scope": "out-of-scope", "nlu_fallback": "fallback-rephrase", "talk_to_adviser": "adviser-requested",
}  # fmt: skip
_ANSWERS = {
    "fr": ("Voici 3 formations gratuites avec certificat : 1. Google Data Analytics, en ligne, 6 mois 2. Bases du "
           "numérique 3. Bureautique. Répondez par un numéro, ou écrivez « suite ».", "Que cherchez-vous ?"),
    "ar": ("هذه ثلاث دورات مجانية بشهادة: 1. تحليل البيانات عن بعد 2. أساسيات الرقمنة 3. المكتبيات. أجيبوا برقم.",
           "عمّ تبحثون؟"),
    "ary": ("هادو 3 تكوينات فابور بشهادة: 1. تحليل البيانات أونلاين 2. أساسيات الرقمنة 3. البيروتيك. جاوب برقم.",
            "شنو كتقلب عليه؟"),
    "ary-Latn": ("Hado 3 dyal les formations fabor b chahada: 1. Data 2. Informatique 3. Bureautique. Jawb b ra9m.",
                 "Chno katqelleb 3lih?"),
}  # fmt: skip
_CITIES = (
    "casablanca", "rabat", "fes", "marrakech", "tanger", "agadir", "meknes", "oujda", "kenitra", "tetouan", "safi",
    "beni_mellal", "nador", "taza", "settat", "khouribga", "laayoune", "errachidia", "ouarzazate", "al_hoceima",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line somebody says: its words without marks, and the topics in it."""

    variety: str
    intent: str
    text: str
    topics: tuple[str, ...]


def lines(most: int = 60) -> Iterator[Line]:
    """At most so many lines of each intent in each variety."""
    for variety in VARIETIES:
        for path in sorted((ROOT / "data" / "nlu" / variety).glob("*.yml")):
            yield from _of_file(path, variety, most)
        for number, noise in enumerate(("bghh ddd", "؟؟؟", "ok ok okk", "asdf 12", "هههه", "euh voila")):
            yield Line(variety, "nlu_fallback", f"{noise} {number}", ())


def _of_file(path: Path, variety: str, most: int) -> Iterator[Line]:
    for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
        for said in [each.removeprefix("- ") for each in block["examples"].strip().splitlines()][:most]:
            topics = [found[2] for found in _ENTITY.finditer(said) if found[2] and '"topic"' in found[2]]
            values = tuple(str(json.loads("{" + each + "}").get("value")) for each in topics)
            yield Line(variety, block["intent"], _ENTITY.sub(r"\1", said), values)


def fill(url: str) -> None:
    """Fills a migrated, empty database that has the catalogue. `url` is libpq's."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "set synchronous_commit = off; set work_mem = '256MB'; set maintenance_work_mem = '512MB'"
        )
        connection.execute("set session_replication_role = replica; set jit = off; select setseed(0.42)")
        _said(connection)
        for statement in _STATEMENTS:
            connection.execute(statement)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum analyze")


def _said(connection: psycopg.Connection[Any]) -> None:
    """The lines and the answers, with their lexemes, as tables to draw from: `draw` has 1,000 tickets a variety."""
    connection.execute(
        "create temp table line (id int primary key, variety text, intent text, said text, understood jsonb, "
        "facts tsvector, reply text, options jsonb, answer text, answer_facts tsvector)"
    )
    connection.execute(
        "create temp table draw (variety text, ticket int, line int, primary key (variety, ticket))"
    )
    courses = [
        row[0] for row in connection.execute("select id from courses where status = 'open' order by id")
    ]
    of_intent: dict[tuple[str, str], list[int]] = {}
    with connection.cursor() as cursor:
        for number, line in enumerate(lines()):
            cursor.execute(
                "insert into line values (%s, %s, %s, %s, %s, array_to_tsvector(%s), %s, %s, %s, "
                "array_to_tsvector(%s))",
                (number, *_row(line, number, courses)),
            )
            of_intent.setdefault((line.variety, line.intent), []).append(number)
        for variety in VARIETIES:
            cursor.executemany(
                "insert into draw values (%s, %s, %s)",
                [(variety, ticket, line) for ticket, line in enumerate(_tickets(variety, of_intent))],
            )


def _row(line: Line, number: int, courses: list[str]) -> tuple[Any, ...]:
    confidence = 0.2 if line.intent == "nlu_fallback" else round(0.4 + (number * 37 % 60) / 100, 2)
    understood = {
        "intent": line.intent, "confidence": confidence, "variety": line.variety,
        "ranking": [[line.intent, confidence], ["inform", round((1 - confidence) / 2, 2)]],
        "entities": [{"entity": "topic", "value": topic, "start": 0, "end": 4} for topic in line.topics],
    }  # fmt: skip
    reply = _REPLIES.get(line.intent, "menu")
    if reply == "courses-found" and number % 9 == 0:
        reply = "nothing-found"
    answer = _ANSWERS[line.variety][0 if reply == "courses-found" else 1]
    said = Message(direction="in", text=line.text, understanding=understood)
    ours = Message(direction="out", text=answer, reply_keys=[reply])
    return (
        line.variety, line.intent, line.text, json.dumps(understood), sorted(set(lexemes_of(said, index_words))), reply,
        json.dumps(_options(reply, number, courses)), answer, sorted(set(lexemes_of(ours, index_words))),
    )  # fmt: skip


def _options(reply: str, number: int, courses: list[str]) -> list[dict[str, Any]]:
    chosen = [courses[(number * 7 + place * 3) % len(courses)] for place in range(3)]
    if reply == "courses-found":
        return [_option("course_details", each) for each in chosen]
    return [_option("register", chosen[0])] if reply in ("course-page", "course-fact") else []


def _option(intent: str, course: str) -> dict[str, Any]:
    entities = [{"entity": "course", "value": course}]
    return {"id": f"{intent}-{course}", "title": course[:24], "intent": intent, "entities": entities}


def _tickets(variety: str, of_intent: dict[tuple[str, str], list[int]]) -> Iterator[int]:
    """A thousand lines of a variety, each intent as often as it is said."""
    rare = [intent for (of, intent) in of_intent if of == variety and intent not in _OFTEN]
    shares = {**_OFTEN, **{intent: (100 - sum(_OFTEN.values())) / len(rare) for intent in rare}}
    wheel = [intent for intent, share in shares.items() for _ in range(max(1, round(share * 10)))]
    for ticket in range(1000):
        intent = wheel[ticket * 613 % len(wheel)]
        found = of_intent[variety, intent]
        yield found[ticket * 31 % len(found)]


_CITY = (
    "(array[" + ", ".join(f"'{city}'" for city in _CITIES) + "])[1 + floor(20 * power(random(), 2.2))::int]"
)
_STATEMENTS = (
    f"""
    create temp table someone as select n, uuidv7(-(random() * {DAYS} || ' days')::interval) as id,
      (array['ary', 'ary', 'ary', 'ary-Latn', 'ary-Latn', 'fr', 'fr', 'fr', 'ar'])[1 + floor(random() * 9)::int]
        as variety,
      case when random() < .6 then {_CITY} end as city, random() as told
    from generate_series(1, {PERSONS}) as n
    """,
    """
    insert into persons (id, variety, variety_source, name, city, education, employment_status, created_at)
    select id, variety, 'detected', case when told < .3 then 'Personne ' || n end, city,
      case when told < .3 then (array['none', 'primary', 'middle_school', 'baccalaureate', 'bac_plus_2', 'bachelor'])
        [1 + floor(random() * 6)::int] end,
      case when told < .2 then (array['unemployed', 'unemployed', 'lost_job', 'employed', 'student'])
        [1 + floor(random() * 5)::int] end, uuid_extract_timestamp(id) from someone
    """,
    # Of a hundred who write, some come back on a second channel.
    f"""
    create temp table talk as
    select uuidv7(- (now() - s.began) + interval '1 ms') as id, s.* from (
      select o.id as person_id, o.variety, uuid_extract_timestamp(o.id) as began,
        (array['whatsapp', 'whatsapp', 'whatsapp', 'sms', 'sms', 'telegram', 'web'])[1 + (o.n + c.n) % 7] as channel,
        greatest(1, round(-ln(1 - random()) * 5.08))::int as turns, 1 + floor(-ln(1 - random()) * 1.2)::int as visits
      from generate_series(1, {CONVERSATIONS}) as c(n) join someone o on o.n = 1 + (c.n - 1) % {PERSONS}
    ) as s
    """,
    """
    create temp table turn as
    select k.id as conversation_id, k.person_id, k.variety, k.channel, t.n, uuidv7(k.began - now() + spent) as id_in,
      uuidv7(k.began - now() + spent + interval '1 s') as id_out, k.began + spent as at,
      interval '1 ms' * (180 + 900 * power(random(), 6)) as took, floor(random() * 1000)::int as ticket,
      random() as chance
    from talk k cross join lateral generate_series(1, k.turns) as t(n)
    cross join lateral (select interval '1 min' * t.n * (.5 + random())
      + interval '1 day' * floor((t.n - 1) * k.visits::float / k.turns) * floor(random() * 2 + 1) as spent) as s
    """,
    "delete from turn where at > now() - interval '2 min'",
    """
    insert into messages (id, conversation_id, person_id, channel, direction, provider_message_id, text, created_at,
      provider, sent_at, understanding, state, finished_at, tries, flagged, n, in_reply_to, position, reply,
      reply_keys, author_kind, args, variety, options, segments, encoding, delivery_state, delivery_detail,
      delivery_attempts, delivery_at, author)
    select * from (
      select t.id_in, t.conversation_id, t.person_id, t.channel, 'in', t.id_in::text, l.said, t.at, t.channel, t.at,
        l.understood, 'done', t.at + t.took, 0, t.chance > .999, null::int, null::uuid, null::int, null, null::text[],
        null, null::jsonb, null, null::jsonb, null::int, null, null, null, null::int, null::timestamptz, null
      from turn t join draw d on d.variety = t.variety and d.ticket = t.ticket join line l on l.id = d.line
      union all
      select t.id_out, t.conversation_id, t.person_id, t.channel, 'out', null, l.answer, t.at + t.took, null, null,
        null, null, null, null, false, t.n, t.id_in, 0, l.reply, array[l.reply], 'assistant', '{}', t.variety,
        l.options,
        case when t.channel = 'sms' then case when t.variety in ('fr', 'ary-Latn') then 2 else 3 end end,
        case when t.channel = 'sms' then case when t.variety in ('fr', 'ary-Latn') then 'GSM-7' else 'UCS-2' end end,
        case when t.chance < .012 then 'failed' when t.channel = 'web' then 'sent' else 'delivered' end,
        case when t.chance < .006 then 'unreachable' when t.chance < .009 then 'blocked'
          when t.chance < .012 then 'provider-refused' end,
        1, t.at + t.took + interval '1 s', null
      from turn t join draw d on d.variety = t.variety and d.ticket = t.ticket join line l on l.id = d.line
    ) as said order by 8
    """,
    """
    insert into conversations (id, person_id, channel, last_n, opened_at, last_message_at, state, state_at,
      segments_sent)
    select k.id, k.person_id, k.channel, coalesce(s.last_n, 0), k.began, coalesce(s.last_at, k.began),
      case when random() < .002 then 'waiting' when random() < .05 then 'closed' else 'assistant' end,
      coalesce(s.last_at, k.began), coalesce(s.segments, 0)
    from talk k left join (select conversation_id, max(n) as last_n, max(created_at) as last_at,
      sum(segments) as segments from messages group by 1) s on s.conversation_id = k.id
    on conflict do nothing
    """,
    "create aggregate pg_temp.joined(tsvector) (sfunc = tsvector_concat, stype = tsvector, initcond = '')",
    """
    insert into conversation_index (conversation_id, facts)
    select conversation_id, strip(pg_temp.joined(facts)) from (
      select t.conversation_id, l.facts from turn t
        join draw d on d.variety = t.variety and d.ticket = t.ticket join line l on l.id = d.line
      union all
      select distinct t.conversation_id, l.answer_facts from turn t
        join draw d on d.variety = t.variety and d.ticket = t.ticket join line l on l.id = d.line
    ) as said group by conversation_id
    """,
    """
    insert into adviser_requests (id, person_id, reason, state, created_at, closed_at)
    select distinct on (t.person_id) uuidv7(t.at - now()), t.person_id,
      (array['asked', 'asked', 'job_loss', 'access_problem'])[1 + floor(random() * 4)::int],
      case when c.state = 'waiting' then 'open' else 'closed' end, t.at, t.at + interval '3 h'
    from turn t join conversations c on c.id = t.conversation_id
    where c.state = 'waiting' or t.chance > .994 order by t.person_id, t.at
    """,
    """
    insert into messages (id, conversation_id, person_id, channel, direction, text, created_at, flagged, n, reply,
      reply_keys, args, options, delivery_state, delivery_attempts, delivery_at, author_kind,
      author_adviser_id, author)
    select gen_random_uuid(), c.id, c.person_id, c.channel, 'out', 'Bonjour, je suis là pour vous aider.',
      r.created_at + interval '1 min' * (5 + 170 * power(random(), 3)), false, 1000000, '', '{}',
      '{}', '[]', 'delivered', 1, r.created_at + interval '3 h', 'adviser', md5(r.id::text)::uuid,
      'adviser:' || md5(r.id::text)::uuid
    from adviser_requests r
      join lateral (select * from conversations c where c.person_id = r.person_id limit 1) c on true
    where r.state = 'closed' order by r.created_at
    """,
    """
    insert into registrations (id, reference, person_id, course_id, state, created_at, updated_at)
    select gen_random_uuid(), 'TK-' || lpad(o.n::text, 6, '0'), o.id,
      (array(select id from courses where status = 'open' order by id))[1 + floor(40 * power(random(), 1.7))::int],
      (array['requested', 'confirmed', 'in_progress', 'completed', 'completed', 'cancelled'])
        [1 + floor(random() * 6)::int],
      uuid_extract_timestamp(o.id) + interval '10 min', uuid_extract_timestamp(o.id) + interval '20 min'
    from someone o where o.told < .11 and uuid_extract_timestamp(o.id) < now() - interval '1 h'
    """,
    """
    insert into registration_changes (id, registration_id, from_state, to_state, author, at)
    select gen_random_uuid(), id, null, 'requested', 'person', created_at from registrations
    union all
    select gen_random_uuid(), id, 'requested', state, 'person', least(now(), created_at + random() * interval '20 days')
    from registrations where state <> 'requested'
    """,
    """
    insert into tags (id, name, created_at)
    select gen_random_uuid(), unnest(array['suivi', 'urgent', 'exemple']), now()
    """,
    """
    insert into audit_entries (id, at, action, person_id, conversation_id, detail)
    select gen_random_uuid(), last_message_at + interval '1 min' * n, 'conversation-read', person_id, id, '{}'
    from conversations cross join generate_series(1, 3) as n where random() < .5
    """,
    """
    insert into taggings (id, tag_id, target, person_id, conversation_id, at)
    select gen_random_uuid(), (array(select id from tags order by name))[1 + floor(random() * 3)::int], 'conversation',
      person_id, id, now() from conversations where random() < .03
    """,
    # The queue of review: two messages an item, few of them flagged, complained about or settled.
    """
    create temp table item as
    select gen_random_uuid() as id, intent, variety, array_agg(distinct channel order by channel) as channels,
      min(confidence) as confidence, max(created_at) as at, array_agg(id) as messages, random() as chance
    from (
      select id, channel, created_at, understanding ->> 'intent' as intent, understanding ->> 'variety' as variety,
        (understanding ->> 'confidence')::float as confidence, row_number() over (
          partition by understanding ->> 'intent', understanding ->> 'variety' order by md5(id::text)) / 2 as pair
      from messages where direction = 'in'
    ) as said group by intent, variety, pair
    """,
    """
    insert into review_items (id, digest, variety, intent, confidence, sureness, rank, fallback, flagged, complained,
      channels, times, last_written_at, state, reviews_wanted, changed_at)
    select id, md5(id::text), variety, case when intent = 'nlu_fallback' then 'inform' else intent end, confidence,
      confidence * (.9 + chance / 10), case when chance < .003 then 0 else 1 end, intent = 'nlu_fallback',
      chance < .001, chance >= .001 and chance < .003, channels, cardinality(messages), at,
      case when chance > .97 then 'settled' when chance > .965 then 'disputed' else 'open' end, 1, at from item
    order by md5(id::text)
    """,
    "insert into review_messages (message_id, item_id) select unnest(messages), id from item",
)
