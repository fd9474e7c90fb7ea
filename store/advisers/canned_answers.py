"""Answers written once, in every variety, for advisers to send."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.core.clock import utc_now
from store.core.ids import new_id
from store.core.vocabulary import VARIETIES
from store.tables import CannedAnswer

LONGEST = 1000


def fill_once(session: Session, source: Path) -> int:
    """Fills the table from `{"short-name": {variety: text}}` where it is empty; returns how many were put there."""
    if session.scalar(select(CannedAnswer.id).limit(1)) is not None:
        return 0
    answers = json.loads(source.read_text(encoding="utf-8"))
    for short_name, texts in answers.items():
        put(session, short_name, texts, None)
    return len(answers)


def put(
    session: Session,
    short_name: str,
    texts: Mapping[str, str],
    adviser_id: uuid.UUID | None,
    now: datetime | None = None,
) -> str | None:
    """Keeps an answer under a short name, in place of what it had. None where a name or every text is missing."""
    name = "-".join("".join(c if c.isalnum() else " " for c in short_name.casefold()).split())[:40]
    cleaned = {variety: texts.get(variety, "").strip()[:LONGEST] for variety in VARIETIES}
    kept = {variety: text for variety, text in cleaned.items() if text}
    if not name or not kept:
        return None
    values = {"texts": kept, "updated_at": now or utc_now(), "updated_by": adviser_id}
    statement = insert(CannedAnswer).values(id=new_id(), short_name=name, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["short_name"], set_=values))
    return name


def everything(session: Session) -> list[CannedAnswer]:
    """Every answer, by short name."""
    return list(session.scalars(select(CannedAnswer).order_by(CannedAnswer.short_name)))


def matching(session: Session, typed: str, limit: int = 8) -> list[CannedAnswer]:
    """The answers whose short name or text has what was typed, `/` before it or not."""
    wanted = typed.strip().lstrip("/").casefold()
    found = [
        answer
        for answer in everything(session)
        if wanted in answer.short_name or any(wanted in text.casefold() for text in answer.texts.values())
    ]
    return sorted(found, key=lambda answer: not answer.short_name.startswith(wanted))[:limit]


def delete_answer(session: Session, canned_id: uuid.UUID) -> bool:
    """Deletes an answer; False where there is none of this id."""
    answer = session.get(CannedAnswer, canned_id)
    if answer is None:
        return False
    session.delete(answer)
    return True
