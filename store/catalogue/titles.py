"""Which course a text names. Three ways, the surest first; a text that names several alike names none."""

from collections.abc import Callable

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.catalogue.cache import kept
from store.tables import Course

#: How alike two words of this length or more must be, of 100, for one to be a misspelling of the other.
_ALIKE, _LONG_WORD = 75.0, 4
#: A title inside a longer text counts from this many words and letters on: "Excel" is in texts that mean no course.
_WORDS, _LETTERS = 2, 6


def find_title(session: Session, text_fold: str) -> str | None:
    """The id of the course that a folded text names, or None. Courses one can register for go before the others."""
    words = text_fold.split()
    if not words:
        return None
    titles = kept(session).get("titles", lambda: _titles(session))
    for likeness in (_same, _inside, _part):
        found = _best(titles, words, likeness)
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _titles(session: Session) -> list[tuple[str, list[str], bool]]:
    rows = session.execute(
        select(Course.id, Course.title_fold, Course.status)
        .where(Course.withdrawn_at.is_(None))
        .order_by(Course.id)
    )
    return [(course_id, titles.split("\n"), status == "open") for course_id, titles, status in rows]


Likeness = Callable[[list[str], str], float]


def _best(titles: list[tuple[str, list[str], bool]], words: list[str], likeness: Likeness) -> list[str]:
    scored = [
        (max(likeness(words, title) for title in own), is_open, course_id)
        for course_id, own, is_open in titles
    ]
    best = max(scored, default=None)
    if best is None or best[0] <= 0:
        return []
    return [course_id for score, is_open, course_id in scored if (score, is_open) == best[:2]]


def _same(words: list[str], title: str) -> float:
    """The text is the title, but for a letter or two in its longer words."""
    own = title.split()
    if words == own:
        return 101.0
    if len(words) != len(own):
        return 0.0
    likeness = [_alike(one, other) for one, other in zip(words, own, strict=True)]
    return sum(likeness) / len(likeness) if all(likeness) else 0.0


def _alike(word: str, other: str) -> float:
    """How alike two words are, of 100; 0 below the least. Short words are alike only if they are the same."""
    if word == other:
        return 100.0
    if min(len(word), len(other)) < _LONG_WORD:
        return 0.0
    return fuzz.ratio(word, other, score_cutoff=_ALIKE)


def _inside(words: list[str], title: str) -> float:
    """The title stands in the text as it is; a longer title is surer."""
    if len(title.split()) < _WORDS or len(title) < _LETTERS:
        return 0.0
    return float(len(title)) if f" {title} " in f" {' '.join(words)} " else 0.0


def _part(words: list[str], title: str) -> float:
    """Every word of the text is in the title."""
    return 1.0 if len(set(words)) >= _WORDS and set(words) <= set(title.split()) else 0.0
