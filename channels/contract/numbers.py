"""A bare number typed under a numbered list: "2", "٢", "2.", "2)", "#2", "2️⃣"."""

import re
import unicodedata

_NUMBER = re.compile(r"[#(\[]?\s*(\d{1,2})\s*[.)\]:،,!-]?")
#: No number is longer, however written: a normal form of ten thousand marks takes a tenth of a second.
LONGEST = 32
_KEYCAP = str.maketrans("", "", "\ufe0f\u20e3")


def bare_number(text: str) -> int | None:
    """The number that the whole text is, or None where it says anything else."""
    if len(text) > LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text.translate(_KEYCAP)).strip()
    match = _NUMBER.fullmatch(plain)
    return int(match.group(1)) if match else None
