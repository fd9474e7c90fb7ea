"""What advisers say a message means: one review or two, their agreement, the decision where they differ."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from store.core.ids import new_id
from store.review.queue import lock_item
from store.tables import Adviser, ReviewAnswer, ReviewExample, ReviewItem, ReviewMark

Kind = Literal["review", "decision"]
Worth = Literal["new", "taught", "sure", "clash"]
#: Stands for a message that is no example, where intents are compared.
NO_EXAMPLE = "-"


@dataclass(frozen=True)
class Verdict:
    """An answer: the intent (None: seen, but no example), the variety, and the anonymised text, entities marked.

    `worth` says whether the example teaches anything.
    """

    intent: str | None
    variety: str
    marked: str
    worth: Worth = "new"


#: Whether two answers mean the same, however their texts were edited.
Same = Callable[[Verdict, Verdict], bool]


@dataclass(frozen=True)
class Given:
    """An answer with the name of who gave it."""

    answer: ReviewAnswer
    adviser_name: str


class NotWaiting(Exception):
    """The item does not wait for this: a review of what is settled, a decision on what is not disputed."""


def review(
    session: Session, item_id: uuid.UUID, adviser_id: uuid.UUID, verdict: Verdict, same: Same, now: datetime
) -> ReviewItem:
    """Keeps a review. The last one wanted settles the item, or makes it disputed where two do not say the same.

    Again by the same adviser replaces theirs. Raises NotWaiting for an item that has all its reviews.
    """
    item = lock_item(session, item_id)
    before = _reviews(session, item_id)
    corrects_own = item.state == "settled" and [each.adviser_id for each in before] == [adviser_id]
    if item.state not in ("open", "second") and not corrects_own:
        raise NotWaiting(str(item_id))
    _keep(session, item_id, adviser_id, "review", verdict, now)
    answers = [_verdict(each) for each in _reviews(session, item_id)]
    if len(answers) < item.reviews_wanted:
        item.state = "second"
    elif not all(same(answers[0], each) for each in answers[1:]):
        item.state = "disputed"
    else:
        _settle(session, item, verdict, now)
    item.changed_at = now
    session.execute(
        delete(ReviewMark).where(ReviewMark.item_id == item_id, ReviewMark.adviser_id == adviser_id)
    )
    return item


def decide(
    session: Session, item_id: uuid.UUID, adviser_id: uuid.UUID, verdict: Verdict, now: datetime
) -> ReviewItem:
    """Ends a dispute, or changes what was settled. Raises NotWaiting for an item still to be reviewed."""
    item = lock_item(session, item_id)
    if item.state not in ("disputed", "settled"):
        raise NotWaiting(str(item_id))
    _keep(session, item_id, adviser_id, "decision", verdict, now)
    _settle(session, item, verdict, now)
    item.changed_at = now
    return item


def given(session: Session, item_id: uuid.UUID) -> list[Given]:
    """All answers about an item, oldest first, with who gave them."""
    rows = session.execute(
        select(ReviewAnswer, Adviser.display_name)
        .join(Adviser, Adviser.id == ReviewAnswer.adviser_id)
        .where(ReviewAnswer.item_id == item_id)
        .order_by(ReviewAnswer.at, ReviewAnswer.id)
    )
    return [Given(row[0], row[1]) for row in rows]


def own(session: Session, item_id: uuid.UUID, adviser_id: uuid.UUID) -> ReviewAnswer | None:
    """An adviser's own review of an item."""
    return next((each for each in _reviews(session, item_id) if each.adviser_id == adviser_id), None)


def pairs(session: Session, limit: int = 5000) -> list[tuple[str, str]]:
    """The intents of two independent reviews of one message, the latest first; NO_EXAMPLE for none."""
    first, second = aliased(ReviewAnswer), aliased(ReviewAnswer)
    rows = session.execute(
        select(first.intent, second.intent)
        .join(second, second.item_id == first.item_id)
        .where(first.kind == "review", second.kind == "review", first.id < second.id)
        .order_by(second.at.desc())
        .limit(limit)
    )
    return [(row[0] or NO_EXAMPLE, row[1] or NO_EXAMPLE) for row in rows]


def _reviews(session: Session, item_id: uuid.UUID) -> Sequence[ReviewAnswer]:
    wanted = select(ReviewAnswer).where(ReviewAnswer.item_id == item_id, ReviewAnswer.kind == "review")
    return session.scalars(
        wanted.order_by(ReviewAnswer.at, ReviewAnswer.id).execution_options(populate_existing=True)
    ).all()


def _verdict(answer: ReviewAnswer) -> Verdict:
    return Verdict(answer.intent, answer.variety, answer.marked)


def _keep(
    session: Session, item_id: uuid.UUID, adviser_id: uuid.UUID, kind: Kind, verdict: Verdict, now: datetime
) -> None:
    values = {"intent": verdict.intent, "variety": verdict.variety, "marked": verdict.marked, "at": now}
    session.execute(
        insert(ReviewAnswer)
        .values(id=new_id(), item_id=item_id, adviser_id=adviser_id, kind=kind, **values)
        .on_conflict_do_update(index_elements=["item_id", "adviser_id", "kind"], set_=values)
    )


def _settle(session: Session, item: ReviewItem, verdict: Verdict, now: datetime) -> None:
    """Makes the example of what was said last, or takes away the one there was."""
    item.state = "settled"
    session.execute(delete(ReviewExample).where(ReviewExample.item_id == item.id))
    if verdict.intent is not None:
        session.execute(
            insert(ReviewExample).values(
                id=new_id(), item_id=item.id, intent=verdict.intent, variety=verdict.variety, marked=verdict.marked,
                worth=verdict.worth, at=now,
            )
        )  # fmt: skip
    session.flush()
