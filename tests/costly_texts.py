"""Texts that cost a careless program more than their length: what a phone can send, of any length up to 10,000.

Every kind is a function of its length alone, so that a test and a measurement speak of the same text.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from itertools import cycle, islice

LONGEST = 10_000
"""What the door keeps of a text (`channels.intake.cleaning.MAX_STORED_CHARACTERS`)."""

_PIECES: Mapping[str, str] = {
    "hearts": "❤",
    "hearts, variation": "❤\ufe0f",
    "one letter": "a",
    "one capital": "A",
    "one Arabic letter": "ب",
    "conjunction": "و",
    "article": "ال",
    "two words": "aaaa bbbb ",
    "letters apart": "a ",
    "Arabic letters apart": "و ",
    "marks on marks": "ب\u064b\u0651\u0650\u0652\u0670",
    "shadda": "ب\u0651",
    "accents on accents": "e\u0301\u0302\u0308\u0323",
    "only marks": "\u0651\u064e",
    "tatweel": "ـ",
    "joined emoji": "👨\u200d👩\u200d👧\u200d👦",
    "joiners": "\u200d",
    "non-joiners in a word": "م\u200cن",
    "flags": "🇲🇦",
    "skin tones": "👍🏽",
    "open brackets": "(",
    "brackets": "()",
    "quotes": '"',
    "single quotes": "a'",
    "guillemets": "«»",
    "digits": "7",
    "digits apart": "1 2 3 ",
    "Arabic digits": "٣",
    "sounds in digits": "3a",
    "figures and letters": "12ab34",
    "scripts in turn": "aبaب",
    "scripts and digits": "a1ب2",
    "plus": "+",
    "sharp": "c#",
    "plus apart": "c++ ",
    "ligature": "ﷺ",
    "ligature of sixty": "﷽",
    "presentation forms": "ﻼﷲ",
    "lines": "a\n",
    "lines of a word": "formation\n",
    "full stops": ".",
    "questions": "؟ ",
    "commas": "casa, ",
    "dashes": "a-",
    "slashes": "a/",
    "a city": "casablanca ",
    "a city, no spaces": "casablanca",
    "a city in Arabic": "الدار البيضاء ",
    "cities": "casa rabat fes ",
    "cities and numbers": "casa 3 rabat 12 mois ",
    "a topic": "informatique ",
    "a topic misspelt": "informatqiue ",
    "a long word misspelt": "anformatiqueprogrammation",
    "clitics": "والفالبال",
    "negations": "ما ",
    "negations, Latin": "ma ",
    "negations and verbs": "ma bghitch ",
    "small words": "f l d w ",
    "small words, French": "de la en pour ",
    "not and yes": "non oui ",
    "units": "3 mois 2 ans 5 heures ",
    "numbers in words": "tlata rb3a khamsa ",
    "numbers in words, French": "trois quatre cent vingt ",
    "degrees": "bac+2 licence master ",
    "a question": "ch7al katdoum formation f casa? ",
    "full width": "ａｂｃ",
    "mathematical letters": "𝕬𝖇",
    "roman numbers": "Ⅷ",
    "circled digits": "①②",
    "hangul": "한국",
    "Chinese": "课程",
    "Tifinagh": "ⵜⴰⵎ",
    "greek": "αβγ",
    "combining, no base": "\u0301",
    "soft hyphens": "a\u00ad",
    "addresses": "https://a.b/c?d=e&f=",
    "e-mails": "a@b.ma ",
    "underscores": "_",
    "backslashes": "\\",
    "ellipses": "…",
}


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda length: (piece * (length // len(piece) + 1))[:length]


def _different_words(length: int) -> str:
    """Words that all differ, so that nothing kept of one helps with the next."""
    draw = random.Random(11)
    words = ("".join(draw.choices("abcdehilmnorstu379", k=draw.randint(3, 14))) for _ in range(length))
    return " ".join(islice(words, length // 4))[:length]


def _different_arabic_words(length: int) -> str:
    draw = random.Random(12)
    words = ("".join(draw.choices("ابتحدرسعفقكلمنهوي", k=draw.randint(3, 12))) for _ in range(length))
    return " ".join(islice(words, length // 4))[:length]


def _different_symbols(length: int) -> str:
    return "".join(islice(cycle(map(chr, range(0x1F300, 0x1F640))), length))


def _different_letters(length: int) -> str:
    """No blank and no letter twice beside itself, in both scripts."""
    return "".join(random.Random(13).choices("abcdefghijklmnopqrstuvwxyz0123456789ابتثجحخدذرز", k=length))


def _marks_in_turn(length: int) -> str:
    """Marks of two classes above one letter, which normal forms put in order, each past all before it."""
    return ("a" + "\u0301\u0323" * length)[:length]


def _growing_words(length: int) -> str:
    return " ".join("ab"[n % 2] * n for n in range(1, 200))[:length]


def _long_words(length: int) -> str:
    """Words of 45 letters that nobody writes, each another."""
    draw = random.Random(14)
    return " ".join("".join(draw.choices("aeilmnrst", k=45)) for _ in range(length // 45 + 1))[:length]


def _everything(length: int) -> str:
    draw = random.Random(15)
    return "".join(draw.choices([*_PIECES.values(), " "], k=length))[:length]


KINDS: Mapping[str, Callable[[int], str]] = {
    **{name: _repeated(piece) for name, piece in _PIECES.items()},
    "words that all differ": _different_words,
    "Arabic words that all differ": _different_arabic_words,
    "symbols that all differ": _different_symbols,
    "letters without a blank": _different_letters,
    "words that grow": _growing_words,
    "marks in turn": _marks_in_turn,
    "long words that all differ": _long_words,
    "everything mixed": _everything,
}
"""A kind of text by its name: from a length to a text of that many characters at most."""
