"""What a word may be once the small words written onto its front are taken off.

Darija and Arabic glue "in", "with", "to", "of", "and" and the article to the next word, in both scripts:
``فالدار``, ``لمكناس``, ``fcasa``, ``blfrançais``. Nothing here knows which reading is right; whoever looks words up
tries them in turn.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.nlu.folding.letters import ARABIC_CONSONANTS, ARABIC_VOWELS

_ARABIC = (
    "و", "ف", "ب", "ل", "ك", "د", "م", "ال", "لل", "ول", "فل", "بل", "دل", "كل",
    "وال", "فال", "بال", "كال", "دال", "ولل", "وف", "وب",
)  # fmt: skip
_LATIN = (
    "l", "f", "b", "d", "w", "m", "k", "el", "al", "il", "fl", "bl", "dl", "wl", "ll", "ml", "fel", "bel", "del",
    "lel", "wel", "fal", "bal", "dial", "dyal", "fi", "wf", "wb",
)  # fmt: skip
_SHORTEST = {"A": 2, "L": 2}


def stems(word: str) -> Iterator[tuple[str, str]]:
    """(what was taken off, what is left) for each way to read ``word`` (plain form), the word itself first."""
    yield "", word
    arabic = bool(word) and (word[0] in ARABIC_CONSONANTS or word[0] in ARABIC_VOWELS)
    prefixes, shortest = (_ARABIC, _SHORTEST["A"]) if arabic else (_LATIN, _SHORTEST["L"])
    for prefix in prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= shortest:
            yield prefix, word[len(prefix) :]
