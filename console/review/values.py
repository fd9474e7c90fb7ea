"""The entities that a message may have, and the canonical values of each."""

import re
from collections.abc import Mapping, Sequence

from store.core import vocabulary

#: Entities with a list of values, in the order they are offered.
LISTED: Mapping[str, Sequence[str]] = {
    "topic": vocabulary.TOPICS,
    "city": vocabulary.CITIES,
    "provider": vocabulary.PROVIDERS,
    "occupation": vocabulary.OCCUPATIONS,
    "education": vocabulary.EDUCATION,
    "employment_status": vocabulary.EMPLOYMENT_STATUS,
    "level": vocabulary.LEVELS,
    "mode": vocabulary.MODES,
    "language": vocabulary.LANGUAGES,
    "cost": vocabulary.COSTS,
    "certificate": vocabulary.YES_NO,
}
#: Entities without one, and what is offered to choose from; others can be typed.
OFFERED: Mapping[str, Sequence[str]] = {
    **LISTED,
    "duration": ("short", "long", "PT10H", "PT20H", "P1D", "P1W", "P2W", "P1M", "P3M", "P6M", "P1Y"),
    "ordinal": ("1", "2", "3", "4", "5", "-1"),
}
_DURATION = re.compile(r"short|long|P(?!$)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?)?")
_ORDINAL = re.compile(r"-?[1-9]\d?")


def is_value(entity: str, value: str) -> bool:
    """Whether an entity may have a value; a duration is `short`, `long` or of ISO 8601, an ordinal a whole number."""
    if entity == "duration":
        return _DURATION.fullmatch(value) is not None
    if entity == "ordinal":
        return _ORDINAL.fullmatch(value) is not None
    return value in LISTED.get(entity, ())
