"""Where phrases of the gazetteer stand in a message."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.nlu.entities.phrases import SLOT, Phrase
from bot.nlu.entities.vocabulary import CLITIC, Reading, Vocabulary
from bot.nlu.folding import Token

# Small words that may stand between the words of a phrase without breaking it: "gestion de mes projets".
_MOST_SKIPPED = 2
_NEGATIONS = ("ما", "ma")

# For a token, the (last token, value) of the numbers that start there.
Numbers = Mapping[int, Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class Label:
    """What a phrase stands for: an entity and its value, a number, or a cue."""

    kind: str
    name: str
    value: str


@dataclass(frozen=True)
class Match:
    """A phrase found from token ``first`` to token ``last``, both included; ``number`` is what filled its slot."""

    first: int
    last: int
    label: Label
    cost: float
    prefix: str = ""
    number: int | None = None


@dataclass(eq=False)
class _Node:
    """A place between two words of phrases."""

    next: dict[str, list[_Node]] = field(default_factory=dict)
    ends: list[tuple[Label, bool]] = field(default_factory=list)


class _Step(NamedTuple):
    """How far a reading of the message has come."""

    node: _Node
    at: int
    cost: float = 0.0
    prefix: str = ""
    number: int | None = None
    skipped: int = 0


class Phrasebook:
    """Phrases in a graph of words, matched against tokens."""

    def __init__(
        self, entries: Iterable[tuple[Phrase, Label]], fillers: Collection[str], everyday: Collection[str]
    ) -> None:
        self._root = _Node()
        self._fillers = frozenset(fillers)
        words: set[str] = set()
        for phrase, label in entries:
            words.update(self._add(phrase, label))
        self.vocabulary = Vocabulary(words - {SLOT}, everyday)

    def _add(self, phrase: Phrase, label: Label) -> set[str]:
        nodes: dict[_Node, None] = {self._root: None}
        for choice in phrase.choices:
            after = _Node()
            reached: dict[_Node, None] = {}
            for words in choice:
                reached |= {after: None} if words else nodes
                for node in nodes if words else ():
                    _path(node, words, after)
            nodes = reached
        for node in nodes:
            if node is not self._root:
                node.ends.append((label, phrase.exact))
        return {word for choice in phrase.choices for words in choice for word in words}

    def matches(self, tokens: Sequence[Token], numbers: Numbers) -> Iterator[Match]:
        """Every phrase at every place."""
        message = _Message(
            tokens,
            numbers,
            [self.vocabulary.readings(token.plain) for token in tokens],
            [token.plain in self._fillers for token in tokens],
        )
        for first in range(len(tokens)):
            stack = [_Step(self._root, first)] if message.goes_on(self._root, first) else []
            while stack:
                step = stack.pop()
                if step.node.ends and not step.skipped:
                    for label, exact in step.node.ends:
                        if not exact or step.cost <= CLITIC:
                            yield Match(first, step.at - 1, label, step.cost, step.prefix, step.number)
                if message.goes_on(step.node, step.at):
                    stack.extend(self._onward(step, first, message))

    def _onward(self, step: _Step, first: int, message: _Message) -> Iterator[_Step]:
        at, node = step.at, step.node
        starts = at == first
        for reading in message.readings[at]:
            cost = step.cost + reading.cost
            for following in node.next.get(reading.word, ()):
                if message.may_be(following, at + 1):
                    yield _Step(
                        following, at + 1, cost, reading.prefix if starts else step.prefix, step.number
                    )
            # "فدار" is "ف دار": the small word that a phrase asks for may be written onto the next.
            for glued in node.next.get(reading.prefix[:1], ()) if reading.prefix else ():
                for following in glued.next.get(reading.word, ()):
                    yield _Step(following, at + 1, cost, step.prefix, step.number)
        yield from self._negated(step, message.tokens[at].plain)
        if SLOT in node.next:
            for last, value in message.numbers.get(at, ()):
                for following in node.next[SLOT]:
                    yield _Step(following, last + 1, step.cost, step.prefix, value)
        if not starts and step.skipped < _MOST_SKIPPED and message.small[at]:
            yield _Step(node, at + 1, step.cost, step.prefix, step.number, step.skipped + 1)

    def _negated(self, step: _Step, word: str) -> Iterator[_Step]:
        """Darija writes its "not" onto the verb or before it: ``مادخلت``, ``ما دخلت``."""
        for negation in _NEGATIONS:
            if word.startswith(negation):
                for glued in step.node.next.get(negation, ()):
                    for following in glued.next.get(word[len(negation) :], ()):
                        yield _Step(following, step.at + 1, step.cost, step.prefix, step.number)


class _Message:
    """A message as phrases are matched against it: what each token may be read as, and what may come from there.

    A small word begins a hundred phrases of which the next word ends all but one or two: to see that before a step is
    taken is what makes a message of small words cost no more than another.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        numbers: Numbers,
        readings: Sequence[Sequence[Reading]],
        small: Sequence[bool],
    ) -> None:
        self.tokens = tokens
        self.numbers = numbers
        self.readings = readings
        self.small = small
        self._ahead: list[set[str]] = [set()]
        taken = [_taken(token.plain, readings[at], at in numbers) for at, token in enumerate(tokens)]
        for at in reversed(range(len(tokens))):
            # Seen one after the other small words reach further than matching skips them: it ends there all the same.
            self._ahead.append(taken[at] | self._ahead[-1] if small[at] else taken[at])
        self._ahead.reverse()

    def goes_on(self, node: _Node, at: int) -> bool:
        """Whether a phrase that has come to this node may go on with the token at this place, or with one after it."""
        return not node.next.keys().isdisjoint(self._ahead[at])

    def may_be(self, node: _Node, at: int) -> bool:
        """Whether a phrase ends in this node or may go on from it."""
        return bool(node.ends) or not node.next.keys().isdisjoint(self._ahead[at])


def _taken(word: str, readings: Sequence[Reading], is_number: bool) -> set[str]:
    """The words of phrases that a written word may begin to stand for."""
    found = {reading.word for reading in readings}
    found.update(reading.prefix[:1] for reading in readings if reading.prefix)
    found.update(negation for negation in _NEGATIONS if word.startswith(negation))
    return found | {SLOT} if is_number else found


def _path(node: _Node, words: Sequence[str], after: _Node) -> None:
    for word in words[:-1]:
        following = _Node()
        node.next.setdefault(word, []).append(following)
        node = following
    node.next.setdefault(words[-1], []).append(after)
