"""How many SMS a text takes, and how to make a Latin text take fewer.

A text travels in GSM-7 (160 septets alone, 153 in each part of several) when every character is in that
alphabet, in UCS-2 (70 or 67 UTF-16 units) when one is not: one "ê" more than doubles the price of a French
text. A character of two units is never split between parts.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Encoding = Literal["GSM-7", "UCS-2"]

# 3GPP TS 23.038, default alphabet: one septet each. é è ù ì ò à are in it, ê ç ô û are not (Ç is).
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")  # an escape and a character: two septets each

_ALPHABET = _BASIC | _EXTENSION

_ALONE = {"GSM-7": 160, "UCS-2": 70}
_IN_PARTS = {"GSM-7": 153, "UCS-2": 67}  # 7 septets (6 bytes) go to the header that joins the parts

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_SAME_MEANING = {
    "ç": "c", "œ": "oe", "Œ": "OE", "ÿ": "y", "ı": "i",
    "’": "'", "‘": "'", "‚": "'", "′": "'", "´": "'", "`": "'", "ʼ": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"', "‹": "'", "›": "'",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "•": "-", "·": ",", "…": "...", "×": "x",
    "→": "->", "←": "<-", "°": "o", "№": "No", "©": "(c)", "®": "(R)", "™": "(TM)", "\t": " ",
}  # fmt: skip


@dataclass(frozen=True)
class Segments:
    """`units` are septets or UTF-16 units as `encoding` says; `count` is the number of SMS sent and paid
    for.
    """

    encoding: Encoding
    units: int
    count: int


def count_segments(text: str) -> Segments:
    """How the text travels by SMS. An empty text is one (empty) message."""
    encoding: Encoding = "GSM-7" if is_gsm7(text) else "UCS-2"
    wide = sum(map(text.count, _EXTENSION)) if encoding == "GSM-7" else _outside_plane_0(text)
    units, room = len(text) + wide, _IN_PARTS[encoding]
    if units <= _ALONE[encoding]:
        return Segments(encoding, units, 1)
    if not wide:
        return Segments(encoding, units, -(-units // room))
    return Segments(encoding, units, _pack((_size(character, encoding) for character in text), room))


def cost_of(segments: int, price: Decimal) -> Decimal:
    """What so many segments cost, in the unit of `price` (that of one). Raises ValueError for a price below 0."""
    if price < 0:
        raise ValueError("an SMS costs nothing or something")
    return segments * price


def is_gsm7(text: str) -> bool:
    """Whether every character of the text is in the GSM-7 alphabet or its extension."""
    return _ALPHABET.issuperset(text)


def gsm7_fold(text: str) -> str:
    """The same words within GSM-7, where that can be: ê→e, ç→c, ’→', œ→oe, no-break space→space, emoji left
    out.

    A text with Arabic letters, or with any other letter that has no neighbour in GSM-7, is returned as it
    is: it would travel in UCS-2 all the same.
    """
    if is_gsm7(text) or _ARABIC.search(text):
        return text
    spaced = re.sub(r"(?<=[«“‹])\s+|\s+(?=[»”›])", "", _SPACES.sub(" ", text)).replace(" · ", ", ")
    folded = "".join(_folded(character) for character in unicodedata.normalize("NFC", spaced))
    folded = re.sub(r"(?<=\S) {2,}", " ", re.sub(r"^ +| +$", "", folded, flags=re.MULTILINE))
    return folded if is_gsm7(folded) else text


def _size(character: str, encoding: Encoding) -> int:
    if encoding == "GSM-7":
        return 2 if character in _EXTENSION else 1
    return 2 if ord(character) > 0xFFFF else 1


def _outside_plane_0(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 - len(text)


def _pack(sizes: Iterable[int], room: int) -> int:
    parts, used = 1, 0
    for size in sizes:
        if used + size > room:
            parts, used = parts + 1, 0
        used += size
    return parts


def _folded(character: str) -> str:
    if character in _BASIC or character in _EXTENSION:
        return character
    if character in _SAME_MEANING:
        return _SAME_MEANING[character]
    if unicodedata.category(character) in ("So", "Sk", "Cf", "Cc", "Mn", "Me"):
        return ""  # emoji, their joiners and skin tones, marks that nothing carries
    base = unicodedata.normalize("NFD", character)[0]
    return base if base in _BASIC else character
