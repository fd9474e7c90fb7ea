"""Which words of the gazetteer a written word may be, and how sure that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.nlu.entities.phrases import without_article
from bot.nlu.entities.spelling import deletions, distance, slips_allowed, undoubled
from bot.nlu.folding import LONGEST_WORD, fold_word, stems

# What a looser reading costs: the clearer one of two readings of the same words wins.
AS_WRITTEN, CLITIC, SAME_SKELETON, SLIP = 0.0, 0.1, 0.3, 0.5

# Below these lengths too many everyday words share a spelling.
_SHORTEST_STEM = 3
_SHORTEST_SKELETON = 3
_SHORTEST_SKELETON_ACROSS_SCRIPTS = 4
# Arabic spelling leaves short vowels out: what letters are left tell words apart (عمل, عمال).
_SHORTEST_ALIKE = {True: 4, False: 5}


@dataclass(frozen=True)
class Reading:
    """A gazetteer word that a written word may be, what was taken off its front, and the cost of reading it so."""

    word: str
    prefix: str
    cost: float


class Vocabulary:
    """All words of all phrases, indexed by spelling, skeleton and slips of the pen.

    ``everyday`` words are only ever themselves: a preposition or a greeting is never a misspelt city.
    """

    def __init__(self, words: Iterable[str], everyday: Collection[str]) -> None:
        self._words = set(words)
        self._everyday = frozenset(everyday)
        self._by_skeleton: dict[str, list[str]] = defaultdict(list)
        self._by_deletion: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            if not word.isalnum() or word.isdigit():
                continue
            skeleton = fold_word(word)
            if len(skeleton) >= _SHORTEST_SKELETON:
                self._by_skeleton[skeleton].append(word)
            for shorter in deletions(word, slips_allowed(len(word))):
                self._by_deletion[shorter].append(word)
        self._known: dict[str, tuple[Reading, ...]] = {}

    def readings(self, word: str) -> tuple[Reading, ...]:
        """Every gazetteer word that ``word`` (plain form) may be, the surest first; none where it is very long."""
        if len(word) > LONGEST_WORD:
            return ()
        known = self._known.get(word)
        if known is None:
            if len(self._known) > 20_000:
                self._known.clear()
            known = self._known[word] = tuple(self._read(word))
        return known

    def _read(self, word: str) -> list[Reading]:
        found: dict[str, Reading] = {}

        def add(read: str, prefix: str, cost: float) -> None:
            if read in self._words and (read not in found or found[read].cost > cost):
                found[read] = Reading(read, prefix, cost)

        add(word, "", AS_WRITTEN)
        # Gazetteer words have no article: one in the message is as written.
        add(without_article(word), "ال", AS_WRITTEN)
        if word in self._everyday or not word.isalnum() or word.isdigit():
            return list(found.values())
        for prefix, rest in _split(word):
            add(rest, prefix, CLITIC)
        for prefix, rest in [("", word), *_split(word)]:
            if rest not in self._everyday:
                for other in self._by_skeleton.get(fold_word(rest), ()):
                    if _sounds_like(rest, other):
                        add(other, prefix, SAME_SKELETON + (CLITIC if prefix else 0))
        if not found:
            for prefix, rest in [("", word), *_split(word)]:
                for other in self._slips(rest):
                    add(other, prefix, SLIP + (CLITIC if prefix else 0))
        return sorted(found.values(), key=lambda reading: reading.cost)

    def _slips(self, word: str) -> set[str]:
        allowed = slips_allowed(len(word))
        if not allowed or word in self._everyday:
            return set()
        near = {other for shorter in deletions(word, allowed) for other in self._by_deletion.get(shorter, ())}
        return {other for other in near if _is_slip(word, other, allowed)}


def _split(word: str) -> list[tuple[str, str]]:
    """(clitic, rest) readings long enough to tell anything."""
    arabic = not word.isascii()
    found = [(prefix, rest) for prefix, rest in stems(word) if prefix and len(rest) >= _SHORTEST_STEM]
    found += [
        (prefix, "ال" + rest) for prefix, rest in found if arabic and len(prefix) > 1 and prefix.endswith("ل")
    ]
    if not arabic:
        found += [(prefix, single) for prefix, rest in found for single in undoubled(rest)]
        found += [("", single) for single in undoubled(word)]
    return found


def _sounds_like(word: str, other: str) -> bool:
    """Whether two words of one skeleton may be one word: the vowels may differ, but not all of them."""
    if word == other:
        return False
    if word.isascii() != other.isascii():
        return len(fold_word(word)) >= _SHORTEST_SKELETON_ACROSS_SCRIPTS
    shortest = min(len(word), len(other))
    return shortest >= _SHORTEST_ALIKE[word.isascii()] and distance(word, other) <= 1 + shortest // 6


def _is_slip(word: str, other: str, allowed: int) -> bool:
    if word.isascii() != other.isascii() or word[0] != other[0]:
        return False
    if word.isascii() and any(char.isdigit() for char in word) != any(char.isdigit() for char in other):
        return False
    slips = distance(word, other)
    return slips <= min(allowed, slips_allowed(len(other))) and word != other
