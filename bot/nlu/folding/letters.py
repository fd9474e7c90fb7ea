"""Letter tables: which characters are the same letter, and which letters are the same sound."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# One shape for each Arabic letter. Persian and Maghrebi shapes for p, v, g and ch join their everyday stand-ins.
ARABIC_FORMS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي",
    "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ک": "ك", "گ": "غ", "ڭ": "غ", "ݣ": "غ", "ڨ": "غ", "ڴ": "غ",
    "پ": "ب", "ڤ": "ف", "ڢ": "ف", "ڥ": "ف", "چ": "ش", "ژ": "ج", "ڧ": "ق", "ٹ": "ت", "ڈ": "د", "ء": "",
    "ـ": "",
}  # fmt: skip

SHADDA = "\u0651"

# Characters that carry meaning inside a name: bac+2, c++, c#.
SYMBOLS = "+#"

# One letter for each sound class of Darija; emphatics join their plain sisters, interdentals their stops.
ARABIC_CONSONANTS = {
    "ب": "ب", "ت": "ت", "ث": "ت", "ج": "ج", "ح": "ح", "خ": "خ", "د": "د", "ذ": "د", "ر": "ر", "ز": "ز",
    "س": "س", "ش": "ش", "ص": "س", "ض": "د", "ط": "ت", "ظ": "د", "ع": "ع", "غ": "غ", "ف": "ف", "ق": "ق",
    "ك": "ك", "ل": "ل", "م": "م", "ن": "ن", "ه": "ح",
}  # fmt: skip

ARABIC_VOWELS = "اوي"


@lru_cache(maxsize=8192)
def normal_form(char: str) -> str:
    """The normal form of one character: lower case, no accent, one shape per letter; "" where nothing is left.

    A shadda comes back as itself, so that the caller can double the letter before it.
    """
    if char == SHADDA:
        return char
    kept = []
    for part in unicodedata.normalize("NFKD", char.lower()):
        part = unicodedata.normalize("NFKD", part.lower())
        for piece in part:
            if unicodedata.combining(piece) or unicodedata.category(piece).startswith(("M", "C", "Z")):
                continue
            digit = unicodedata.digit(piece, None)
            kept.append(str(digit) if digit is not None else ARABIC_FORMS.get(piece, piece))
    return "".join(kept)


@lru_cache(maxsize=8192)
def script(char: str) -> str:
    """The class of one normal character: "A"rabic letter, "L"atin letter, "D"igit, "S"ymbol or emoji, "O"ther, ""
    separator.
    """
    if "a" <= char <= "z":
        return "L"
    if "0" <= char <= "9":
        return "D"
    if char in SYMBOLS or unicodedata.category(char) == "So":
        return "S"
    if char in ARABIC_CONSONANTS or char in ARABIC_VOWELS:
        return "A"
    return "O" if char.isalnum() else ""
