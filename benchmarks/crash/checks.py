"""What became of every message, by our store, the engine's tracker and the providers: nothing is taken on trust."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import select

from benchmarks.crash.lines import Arrival
from benchmarks.crash.phones import Phone, Written
from store.core.database import Database, connection_string
from store.tables import Message

DELIVERED = ("sent", "delivered", "read")


@dataclass
class Verdict:
    """Counts of what must be nothing, and of what is told. `examples` name some of each fault by ids only."""

    messages: int = 0
    acknowledged: int = 0
    fetched: int = 0
    replies: int = 0
    lost: int = 0
    unanswered: int = 0
    missing: int = 0
    twice: int = 0
    disordered_turns: int = 0
    disordered_deliveries: int = 0
    other_answers: int = 0
    put_aside: int = 0
    crossed: int = 0
    crossed_in_order: int = 0
    tracker_in_another_order: int = 0
    duplicates: dict[str, int] = field(default_factory=dict)
    unexplained: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)
    timelines: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def faults(self) -> dict[str, int]:
        names = (
            "lost", "unanswered", "missing", "twice", "disordered_turns", "disordered_deliveries", "other_answers",
            "put_aside",
        )  # fmt: skip
        return {
            **{name: getattr(self, name) for name in names},
            "duplicates where a look-up is possible": sum(self.unexplained.values()),
        }

    @property
    def good(self) -> bool:
        return not any(self.faults.values())

    def note(self, fault: str, example: str, count: int = 1) -> None:
        setattr(self, fault, getattr(self, fault) + count)
        some = self.examples.setdefault(fault, [])
        if len(some) < 20:
            some.append(example)


class Record:
    """The store's messages, and how often the tracker has each."""

    def __init__(self, database: Database, tracker_url: str) -> None:
        with database.session() as session:
            rows = session.scalars(select(Message).order_by(Message.created_at)).all()
            self.inbound = [row for row in rows if row.direction == "in"]
            outbound = [row for row in rows if row.direction == "out"]
        self.outbound = {str(row.id): row for row in outbound}
        self.answers: dict[UUID, list[Message]] = defaultdict(list)
        self.by_conversation: dict[UUID, list[Message]] = defaultdict(list)
        for row in sorted(outbound, key=lambda each: each.n or 0):
            self.by_conversation[row.conversation_id].append(row)
            if row.in_reply_to is not None:
                self.answers[row.in_reply_to].append(row)
        self._known: dict[tuple[str, str], Message] = {}
        for row in self.inbound:
            known = row.provider_message_id or ""
            # The gateway's id has a mark of its sender behind it.
            self._known[row.channel, known.rsplit(".", 1)[0] if row.provider == "sms-gateway" else known] = (
                row
            )
        self.tracked: Counter[str] = Counter()
        self.turn_order: dict[str, list[str]] = defaultdict(list)
        for sender, data in _user_events(tracker_url):
            said = str(json.loads(data).get("message_id"))
            self.tracked[said] += 1
            self.turn_order[sender].append(said)

    def of(self, phone: Phone, written: Written) -> Message | None:
        """The row of a message that a person wrote."""
        return self._known.get((phone.line.channel, written.provider_message_id))


def _user_events(url: str) -> Sequence[tuple[str, str]]:
    with psycopg.connect(connection_string(url)) as connection:
        return connection.execute(
            "select sender_id, data from events where type_name = 'user' order by id"
        ).fetchall()


def judge(phones: Sequence[Phone], controls: Sequence[Phone], record: Record) -> Verdict:
    """Everything, person by person."""
    verdict = Verdict()
    expected = {(c.line.channel, c.variety): _texts(c, record) for c in controls}
    for phone in phones:
        wanted = expected.get((phone.line.channel, phone.variety), {})
        others = verdict.other_answers
        _messages(phone, record, wanted, verdict)
        if verdict.other_answers > others:
            verdict.timelines[f"{phone.line.name} person {phone.person}"] = _timeline(phone, record)
        _turns(phone, record, verdict)
        _deliveries(phone, record, verdict)
    return verdict


def _texts(phone: Phone, record: Record) -> Mapping[int, Sequence[str]]:
    found = {}
    for written in phone.written:
        row = record.of(phone, written)
        found[written.number] = [] if row is None else [str(a.text) for a in record.answers[row.id]]
    return found


def _messages(phone: Phone, record: Record, wanted: Mapping[int, Sequence[str]], verdict: Verdict) -> None:
    for written in phone.written:
        verdict.messages += 1
        verdict.acknowledged += written.acknowledged is not None
        name = f"{phone.line.name} person {phone.person} message {written.number}"
        row = record.of(phone, written)
        if row is None:
            verdict.note("lost", name)
            continue
        verdict.fetched += written.acknowledged is None
        answers = record.answers[row.id]
        name = f"{name} ({row.id})"
        if row.state == "failed":
            verdict.note("put_aside", f"{name}: {row.failure}")
        elif row.state != "done" or not answers:
            verdict.note("unanswered", f"{name}: {row.state} {row.failure}")
        # The engine heard of it once, and there is one set of answers.
        if record.tracked[str(row.id)] != 1 or len({a.position for a in answers}) != len(answers):
            verdict.note(
                "twice", f"{name}: {record.tracked[str(row.id)]} in the tracker, {len(answers)} answers"
            )
        if list(wanted.get(written.number, ())) != [a.text for a in answers]:
            verdict.note("other_answers", f"{name}: {[a.reply for a in answers]}")


def _timeline(phone: Phone, record: Record) -> list[dict[str, Any]]:
    """When each message was written, acknowledged, stored and answered: seconds since the person's first."""
    began = phone.written[0].posted

    def since(at: datetime | None) -> float | None:
        return None if at is None else round(at.timestamp() - began, 2)

    told = []
    for written in phone.written:
        row = record.of(phone, written)
        told.append(
            {
                "number": written.number,
                "together": written.together,
                "tries": written.tries,
                "posted": round(written.posted - began, 2),
                "acknowledged": written.acknowledged and round(written.acknowledged - began, 2),
                "sent": row and since(row.sent_at),
                "stored": row and since(row.created_at),
                "turn_tries": row and row.tries,
                "finished": row and since(row.finished_at),
                "answers": []
                if row is None
                else [[a.reply, since(a.sent_at or a.created_at)] for a in record.answers[row.id]],
            }
        )
    return told


def _turns(phone: Phone, record: Record, verdict: Verdict) -> None:
    """Of two messages the later may only be answered first where it was written before the earlier was acknowledged."""
    rows = [(w, row) for w in phone.written if (row := record.of(phone, w)) is not None and row.finished_at]
    rows.sort(key=lambda pair: pair[0].number)
    for (first, a), (second, b) in pairwise(rows):
        assert a.finished_at is not None
        assert b.finished_at is not None
        in_order = a.finished_at <= b.finished_at
        if first.acknowledged is not None and first.acknowledged < second.posted:
            if not in_order:
                verdict.note("disordered_turns", f"{phone.line.name} person {phone.person}: {a.id} {b.id}")
        elif second.together > 1:
            verdict.crossed += 1
            verdict.crossed_in_order += in_order
    if rows:
        answered = [str(row.id) for _, row in sorted(rows, key=lambda pair: pair[1].finished_at or 0)]
        verdict.tracker_in_another_order += record.turn_order[str(rows[0][1].person_id)] != answered


def _deliveries(phone: Phone, record: Record, verdict: Verdict) -> None:
    first = next((row for w in phone.written if (row := record.of(phone, w)) is not None), None)
    if first is None:
        return
    rows = record.by_conversation[first.conversation_id]
    verdict.replies += len(rows)
    name = f"{phone.line.name} person {phone.person}"
    ids, copies = _arrived(phone, rows)
    for row in rows:
        if str(row.id) not in ids or row.delivery_state not in DELIVERED:
            verdict.note("missing", f"{name}: {row.id} {row.delivery_state} {row.delivery_detail}")
    places = {str(row.id): number for number, row in enumerate(rows)}
    order = [places[each] for each in ids if each in places]
    if order != sorted(order):
        verdict.note("disordered_deliveries", f"{name}: {order}")
    if copies:
        line = phone.line.name
        verdict.duplicates[line] = verdict.duplicates.get(line, 0) + copies
        if phone.line.finds:
            verdict.unexplained[line] = verdict.unexplained.get(line, 0) + copies


def _arrived(phone: Phone, rows: Sequence[Message]) -> tuple[list[str], int]:
    """Our ids of what arrived, in the order of the first arrival of each, and how many were copies."""
    named = (
        _by_words(phone.got, rows) if phone.line.channel == "telegram" else [a.message_id for a in phone.got]
    )
    first = list(dict.fromkeys(named))
    return first, len(named) - len(first)


def _by_words(got: Sequence[Arrival], rows: Sequence[Message]) -> list[str]:
    """Telegram carries no id of ours: what arrived is told by its words and its place. A message that says again what
    the one before said is a copy of it, unless the store has it twice as well.
    """
    named: list[str] = []
    place = 0
    for arrival in got:
        said = _plain(arrival.text)
        if place < len(rows) and said == _plain(rows[place].text):
            named.append(str(rows[place].id))
            place += 1
        elif place and said == _plain(rows[place - 1].text):
            named.append(str(rows[place - 1].id))
        else:
            named.append(f"unknown-{len(named)}")
    return named


def _plain(text: Any) -> str:
    return "".join(c for c in str(text or "") if c.isalnum())
