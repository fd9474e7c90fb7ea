"""The reader of answers to a confirmation. What is not a plain yes is none, whatever the model thinks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Sequence

from bot.nlu.answers.cues import Cues
from bot.nlu.answers.examples import LABELS
from bot.nlu.answers.model import AnswerModel
from bot.nlu.folding import tokenize

Answer = Literal["yes", "no", "neither"]

QUESTION_OF: Mapping[str, str] = {
    "consent": "consent",
    "offer_alert": "consent",
    "confirmed": "summary",
    "offer_cancel": "cancel",
    "offer_stop": "cancel",
    "offer_restart": "cancel",
    "offer_complete": "cancel",
    "offer_erase": "erase",
}
"""What was asked last, as ``bot.turn.open_question_of`` names it, to the question whose answers it is read by."""

#: Something is lost for good: a yes has to be a strong one, with no negation at all in it.
FOR_GOOD = frozenset({"erase"})

#: From these likelihoods on an answer is a yes: one whose words have all been part of a yes before, and one with some
#: strange words beside such. Chosen on answers of writers that the model had not learnt from (``make bench-harms``).
SURE_YES, SURE_YES_IN_STRANGE_WORDS = 0.7, 0.95
MOST_STRANGE_WORDS = 2
SURE_NO = 0.5
#: A longer answer says more than yes.
MOST_WORDS = 14

_NEVER = 2.0
_ALL = ("fr", "ar", "ary", "ary-Latn")


@dataclass(frozen=True)
class Reading:
    """What an answer comes to. ``cue``: the kind of words that kept it from being a yes; ``rest``: how a message that
    begins with a no goes on.
    """

    answer: Answer
    cue: str | None = None
    rest: str | None = None


class AnswerReader:
    """Reads one answer at a time."""

    def __init__(self, model: AnswerModel, cues: Cues) -> None:
        self.model = model
        self.cues = cues

    def read(
        self, text: str, open_question: str, variety: str | None = None, *, forwarded: bool = False
    ) -> Reading:
        """What ``text`` answers to what was asked last (a key of ``QUESTION_OF``).

        Args:
            variety: that of the text; where it is not known, cues of all varieties count.
            forwarded: somebody else wrote it.
        """
        question = QUESTION_OF[open_question]
        words = tokenize(text)
        if forwarded or not words or len(words) > MOST_WORDS:
            return Reading("neither", "forwarded" if forwarded else None)
        found = dict(zip(LABELS, self.model.probabilities([text], [question])[0], strict=True))
        for_good = question in FOR_GOOD
        cue = self.cues.found(text, _read_as(variety), strict=for_good)
        agreed = found["yes"] + (0.0 if for_good else found["weak"])
        if cue is None and agreed >= self._bar(text, question):
            return Reading("yes")
        if found["no"] >= SURE_NO and cue != "question":
            return Reading("no", cue, self.cues.after_refusal(text, _read_as(variety)))
        return Reading("neither", cue)

    def _bar(self, text: str, question: str) -> float:
        """How likely a yes has to be: what has never been part of one may say anything."""
        if not self.model.has_core(text):
            return _NEVER
        strange, words = self.model.strange_words(text, question)
        if not strange:
            return SURE_YES
        return SURE_YES_IN_STRANGE_WORDS if strange < words and strange <= MOST_STRANGE_WORDS else _NEVER


def _read_as(variety: str | None) -> Sequence[str]:
    """Arabic letters are read in both ways: people write one with words of the other."""
    if variety is None:
        return _ALL
    return ("ar", "ary") if variety in ("ar", "ary") else (variety,)
