"""What tests of the review do: people say something, it is taken in, and looked for."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from bot.nlu.folding import fold
from store.advisers.access_scope import AccessScope
from store.conversations.messages import get_message
from store.review import examples as review_examples
from store.review import intake as review_intake
from store.review import queue as review
from store.review.queue import ReviewFilter, Tab
from store.tables import ReviewItem
from takwin import reviewing
from tests.console.conftest import Browser, Console, Said

ITEM = re.compile(r'href="/console/review/([0-9a-f-]{36})')
_senders: Iterator[int] = iter(range(10_000, 99_999))


def understood(*ranking: tuple[str, float], fallback: bool = False, **more: Any) -> dict[str, Any]:
    """What the engine says of a message."""
    listed = [list(each) for each in ranking]
    first = ["nlu_fallback", 0.35] if fallback else listed[0]
    return {
        "intent": first[0], "confidence": first[1], "ranking": [["nlu_fallback", 0.35], *listed][:3] if fallback
        else listed, "entities": [], "variety": "fr", **more,
    }  # fmt: skip


def say(console: Console, text: str, *ranking: tuple[str, float], sender: str = "", **more: Any) -> Said:
    """Somebody new writes, and is understood so."""
    known = {name: more.pop(name) for name in ("channel", "city", "name", "at") if name in more}
    understanding = understood(*(ranking or (("find_course", 0.5), ("help", 0.2))), **more)
    return console.says(text, sender=sender or f"+2126{next(_senders)}", understanding=understanding, **known)


def take_in(console: Console) -> int:
    with console.database.session() as session:
        return review_intake.take_in(session, fold, reviewing.complains)


def queue(console: Console, tab: Tab = "queue", scope: AccessScope | None = None, **wanted: Any) -> list[str]:
    """What a reviewer who did nothing yet has before them, in order."""
    take_in(console)
    with console.database.session() as session:
        page = review.listing(session, scope or AccessScope(), UUID(int=1), tab, ReviewFilter(**wanted))
        return [entry.message.text or "" for entry in page.entries]


def item_of(console: Console, said: Said) -> ReviewItem:
    take_in(console)
    with console.database.session() as session:
        message = get_message(session, said.message_id)
        digest = review_intake.digest_of("fr", message.text or "", fold)
        return session.query(ReviewItem).filter_by(digest=digest).one()


def listed(browser: Browser, path: str = "/console/review") -> list[str]:
    return ITEM.findall(browser.get(path).text)


def examples(console: Console) -> list[tuple[str, str, str]]:
    with console.database.session() as session:
        found = review_examples.approved(session, ("new", "taught", "sure", "clash"))
        return [(each.intent, each.marked, each.worth) for each in found]


def answered(browser: Browser, item: UUID, action: str = "", **fields: str) -> Any:
    given = {
        "pick": "find_course",
        "variety": "fr",
        "marked": "je cherche zoom",
        "verdict": "example",
        **fields,
    }
    return browser.post(f"/console/review/{item}{action}", **given)
