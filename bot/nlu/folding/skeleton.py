"""From a word in plain form to its skeleton.

A word becomes a row of sounds, consonants and vowels; then vowels, doublings and mute letters fall away. A word with
a single consonant keeps its vowels, or ``la``, ``li`` and ``l`` would be one; a doubling that ends a word of two
consonants stays too (``3am``, a year; ``3amm``, an uncle).
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.nlu.folding.letters import ARABIC_CONSONANTS, ARABIC_VOWELS

# French endings that Arabic spelling writes as they sound: formation / فورماسيون, débutant / ديبوتان.
_ENDINGS = (
    (re.compile(r"tions?$"), "sion"),
    (re.compile(r"(?<=[a-z]{4})ments?$"), "men"),
    (re.compile(r"(?<=[a-z]{4})ants?$"), "an"),
    (re.compile(r"(?<=[a-z]{3})[ao]is$"), "i"),
    (re.compile(r"(?<=[a-z])eaux?$"), "o"),
    (re.compile(r"(?<=[a-z]{2})aux$"), "o"),
    (re.compile(r"(?<=[a-z]{2})eurs$"), "eur"),
    (re.compile(r"(?<=[a-z]{4})cats?$"), "ca"),
    (re.compile(r"(?<=[a-z]{2})jets?$"), "je"),
)

# Latin spellings to sounds, first match wins. Capitals are not input here: V is "any vowel", dropped later.
_LATIN = (
    ("tch", "تش"), ("sch", "ش"), ("ch", "ش"), ("sh", "ش"), ("kh", "خ"), ("gh", "غ"), ("ph", "ف"), ("th", "ت"),
    ("dh", "د"), ("dj", "ج"), ("ck", "ك"), ("qu(?=[eia])", "ك"), ("gu(?=[ei])", "غ"), ("gn(?=[aeiou])", "ن"),
    ("cc(?=[eiy])", "كس"), ("c(?=[eiy])", "س"), ("g(?=[eiy])", "ج"), ("(?<=e)x", "كس"), ("(?<=[uio])x$", ""),
    ("x", "ش"), ("b", "ب"), ("p", "ب"), ("v", "ف"), ("f", "ف"), ("c", "ك"), ("k", "ك"), ("q", "ق"), ("d", "د"),
    ("t", "ت"), ("s", "س"), ("z", "ز"), ("j", "ج"), ("g", "غ"), ("h", "ح"), ("l", "ل"), ("m", "م"), ("n", "ن"),
    ("r", "ر"), ("^ou(?=[aei])", "w"), ("^w", "w"), ("^y", "y"), ("e", ""), ("a", "ا"), ("ou", "و"), ("[ouw]", "و"),
    ("[iy]", "ي"), ("2", ""), ("3", "ع"), ("4", "غ"), ("5", "خ"), ("6", "ت"), ("7", "ح"), ("8", "ح"), ("9", "ق"),
)  # fmt: skip
_LATIN_SOUND = re.compile("|".join(f"(?P<r{index}>{pattern})" for index, (pattern, _) in enumerate(_LATIN)))

# A w or y that starts a word is a consonant; elsewhere it may as well be a vowel.
_GLIDES = {"w": "و", "y": "ي"}
_RUN_OF_THREE = re.compile(r"(.)\1{2,}")

#: People write no longer words. What is longer is known by its two ends: reading more of it costs, and tells nothing.
LONGEST_WORD = 40


def shortened(word: str) -> str:
    """A word, or the beginning and the end of one that is longer than ``LONGEST_WORD``."""
    half = LONGEST_WORD // 2
    return word if len(word) <= LONGEST_WORD else word[:half] + word[-half:]


def fold_word(word: str) -> str:
    """The skeleton of one word in plain form (``Token.plain``); numbers and other scripts stay as they are."""
    return _fold(shortened(word))


@lru_cache(maxsize=65536)
def _fold(word: str) -> str:
    if not word:
        return ""
    if word[0] in ARABIC_CONSONANTS or word[0] in ARABIC_VOWELS:
        return _reduce(_arabic_sounds(word))
    if any("a" <= char <= "z" for char in word):
        return _reduce(_latin_sounds(word))
    return word


def _latin_sounds(word: str) -> list[str]:
    for ending, sound in _ENDINGS:
        word, changed = ending.subn(sound, word)
        if changed:
            break
    sounds: list[str] = []
    for match in _LATIN_SOUND.finditer(word):
        index = int((match.lastgroup or "r0")[1:])
        # A mute e still starts a word with a vowel: "en", "et".
        sounds.extend("ا" if match.group() == "e" and match.start() == 0 else _LATIN[index][1])
    return _undouble(sounds)


def _undouble(sounds: list[str]) -> list[str]:
    """Latin spelling doubles freely (``flouss``, ``bzzaf``); the doubling that ends a two-consonant word stays."""
    single = [sound for index, sound in enumerate(sounds) if index == 0 or sounds[index - 1] != sound]
    ends_doubled = len(single) < len(sounds) and sounds[-1] == sounds[-2] and sounds[-1] not in ARABIC_VOWELS
    if (
        ends_doubled
        and sum(sound not in ARABIC_VOWELS for sound in single) == 2
        and single[0] not in ARABIC_VOWELS
    ):
        single.append(single[-1])
    return single


def _arabic_sounds(word: str) -> list[str]:
    # The article before a word in l: Latin spelling has one l (llogha), skeletons too.
    word = word[2:] if word.startswith("الل") and len(word) > 4 else word
    sounds = [ARABIC_CONSONANTS.get(char, char) for char in word]
    if word[0] == "و":
        sounds[0] = "w"
    if word[0] == "ي":
        sounds[0] = "y"
    # A final ه after a consonant is nearly always a ة without its dots.
    if len(word) > 2 and word[-1] == "ه" and word[-2] not in ARABIC_VOWELS:
        sounds[-1] = "ا"
    return sounds


def _reduce(sounds: list[str]) -> str:
    consonants = [_GLIDES.get(sound, sound) for sound in sounds if sound not in ARABIC_VOWELS]
    if len(consonants) > 1:
        return _RUN_OF_THREE.sub(r"\1\1", "".join(consonants))
    return _short(sounds)


def _short(sounds: list[str]) -> str:
    """A word of at most one consonant, vowels and all; whatever vowels it starts with count as one ا."""
    kept: list[str] = []
    for index, sound in enumerate(sounds):
        starts = index == 0 or (kept == ["ا"] and sound in ARABIC_VOWELS)
        letter = "ا" if sound in ARABIC_VOWELS and starts else _GLIDES.get(sound, sound)
        if not kept or kept[-1] != letter:
            kept.append(letter)
    return "".join(kept)
