"""What the help has: its topics in order, each a sequence of pieces whose words are `help-<topic>-<number>`."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "steps", "points", "shot", "filters", "note"]


@dataclass(frozen=True)
class Piece:
    """A piece of a topic: a paragraph, numbered steps or points (`count` lines), a screenshot, examples of filters."""

    kind: Kind
    count: int = 1
    shot: str = ""


@dataclass(frozen=True)
class Topic:
    """A page of the help. Lines are numbered through the whole page."""

    key: str
    pieces: tuple[Piece, ...]

    def numbered(self) -> list[tuple[Piece, list[str]]]:
        """Each piece with the keys of its lines."""
        found, number = [], 0
        for piece in self.pieces:
            lines = 0 if piece.kind in ("shot", "filters") else piece.count
            found.append((piece, [f"help-{self.key}-{number + n}" for n in range(1, lines + 1)]))
            number += lines
        return found


#: Filters as one types them; what each finds is said in words `help-filter-<number>`.
FILTERS = (
    "formation",
    '"appel d\'offre"',
    "form*",
    "channel:sms,whatsapp",
    "-state:closed",
    "is:fallback conf<0.5",
    "intent:register city:fes",
    "variety:ary or variety:ary-Latn",
    "(is:request or tag:urgent) not is:mine",
    "after:2026-11-01 before:2026-12-01",
    "topic:cloud reply:nothing-found",
    "is:urgent or mentions:new",
)


def text() -> Piece:
    return Piece("text")


def steps(count: int) -> Piece:
    return Piece("steps", count)


def points(count: int) -> Piece:
    return Piece("points", count)


def note() -> Piece:
    return Piece("note")


def shot(name: str) -> Piece:
    return Piece("shot", shot=name)


TOPICS = (
    Topic("assistant", (text(), points(5), text(), points(4), note())),
    Topic("signing-in", (text(), steps(3), shot("account"), text(), steps(4), note())),
    Topic("inbox", (text(), points(5), shot("inbox"), text(), points(3))),
    Topic("filters", (text(), Piece("filters"), text(), points(4), note())),
    Topic("bulk", (text(), steps(5), text(), points(4), note())),
    Topic("thread", (text(), points(5), shot("thread"), text())),
    Topic("mentions", (text(), steps(3), text(), points(4), note())),
    Topic("urgent", (text(), points(3), text(), steps(4), text(), note())),
    Topic("takeover", (text(), steps(4), shot("takeover"), text(), points(4), note())),
    Topic("whatsapp", (text(), points(4), note())),
    Topic("sms", (text(), points(5), note())),
    Topic("canned", (text(), steps(3), shot("canned"), text())),
    Topic("review", (text(), steps(4), shot("review"), text(), points(3))),
    Topic("registrations", (text(), points(4), shot("registrations"), text())),
    Topic("courses", (text(), points(5), shot("courses"), note())),
    Topic("figures", (text(), points(6), shot("figures"), text(), note())),
    Topic("rights", (text(), steps(3), text(), steps(3), note())),
)
BY_KEY = {topic.key: topic for topic in TOPICS}
SHOTS = tuple(piece.shot for topic in TOPICS for piece in topic.pieces if piece.kind == "shot")
