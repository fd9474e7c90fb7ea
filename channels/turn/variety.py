"""Which variety to answer in: that of the first message, then another only on evidence.

Darija, Arabic and French share so many short words ("ok", "merci", "salam", names, digits) that one message
says little. It takes a message of some length that the engine is sure about, or two shorter ones in a row.
A variety that the person asked for is never changed by what they write.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from store.core.vocabulary import DEFAULT_VARIETY, VARIETIES

ENOUGH_WORDS = 3
SURE = 0.6  # of the engine's `variety_confidence`, where it gives one

Weight = Literal["none", "some", "strong"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHARED_WORDS = frozenset([
    "ok", "okay", "oki", "dac", "accord", "oui", "non", "yes", "no", "merci", "mrc", "salam", "slm", "slt",
    "salut", "bonjour", "bjr", "bonsoir", "hello", "hi", "cv", "svp", "stop", "start", "menu", "formations",
    "inscriptions", "conseiller", "aide", "help", "bye",
    "ciao", "inchallah", "hamdullah", "wah", "la", "mm", "hmm", "lol",
    "اوك", "أوك", "اوكي", "نعم", "لا", "شكرا", "السلام", "سلام", "عليكم", "مرحبا", "اهلا", "أهلا", "تمام",
])  # fmt: skip
# The variety to answer a greeting in that is all of the first message. In Arabic letters all greet alike.
_GREETINGS = {
    **dict.fromkeys(
        ["bonjour", "bjr", "bonsoir", "salut", "slt", "svp", "merci", "oui", "non", "aide"], "fr"
    ),
    **dict.fromkeys(["salam", "slm", "cv", "hamdullah", "inchallah", "wah"], "ary-Latn"),
}
# Bare values and names answer a question in whatever script the thing has; yes and no are said in all.
_SAYS_LITTLE = frozenset({"inform", "affirm", "deny", "change_language", "nlu_fallback"})


@dataclass(frozen=True)
class Evidence:
    """What one message says of the variety its writer speaks."""

    variety: str | None
    weight: Weight


def evidence(text: str | None, understanding: Mapping[str, Any]) -> Evidence:
    """How much a message weighs: its words beside entities, greetings and digits, and how sure the engine
    is.
    """
    variety = understanding.get("variety")
    if text is None or variety not in VARIETIES:
        return Evidence(None, "none")
    words = [word for word in _WORD.findall(text) if any(map(str.isalpha, word))]
    telling = [word for word in _WORD.findall(_without_entities(text, understanding)) if _tells(word)]
    confidence = understanding.get("variety_confidence")
    sure = confidence is None or float(confidence) >= SURE
    if not telling:
        return Evidence(_of_greeting(words) or variety, "none")
    if not sure:
        return Evidence(variety, "none")
    if understanding.get("intent") in _SAYS_LITTLE:
        # "Fatima Zahra El Idrissi" is a name: only a sentence around the value counts.
        sentence = len(telling) > ENOUGH_WORDS + 1 and not _is_name(telling)
        return Evidence(variety, "strong" if sentence else "none")
    return Evidence(variety, "strong" if len(words) >= ENOUGH_WORDS and len(telling) > 1 else "some")


def decide(current: str | None, source: str | None, now: Evidence, before: Evidence) -> str | None:
    """The variety to change to, or None to stay. `before` is what the person's last message said of it."""
    if source == "chosen" or now.variety is None or now.variety == current:
        return None
    if current is None:
        return now.variety
    if now.weight == "strong":
        return now.variety
    twice = now.weight == "some" and before.weight != "none" and before.variety == now.variety
    return now.variety if twice else None


def _of_greeting(words: Sequence[str]) -> str | None:
    """The variety of words that are said in all of them."""
    known = (_GREETINGS.get(word.casefold()) for word in words)
    arabic = any("\u0600" <= letter <= "\u06ff" for word in words for letter in word)
    return next(filter(None, known), DEFAULT_VARIETY if arabic else None)


def _without_entities(text: str, understanding: Mapping[str, Any]) -> str:
    spans: Sequence[Any] = understanding.get("entities") or ()
    for span in spans:
        start, end = span.get("start"), span.get("end")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _tells(word: str) -> bool:
    return len(word) > 1 and any(map(str.isalpha, word)) and word.casefold() not in _SHARED_WORDS


def _is_name(words: Sequence[str]) -> bool:
    return all(word[:1].isupper() for word in words)
