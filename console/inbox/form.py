"""The form for those who do not know the filter language: its fields, written as a filter and read back from one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.inbox.language import FilterProblem, parse_filter
from store.inbox.filters import All, Confidence, Day, Filter, Not, Where, Words

#: Fields of the form that are one field of the language, in the order they are written.
SELECTS = ("channel", "variety", "city", "topic", "intent", "tag", "is")
_TEXTS = ("region",)
CONFIDENCES = ("0.3", "0.5", "0.7", "0.9")


@dataclass(frozen=True)
class Form:
    """What the form shows. `whole`: it says all that the filter says; else it would lose something."""

    values: Mapping[str, str]
    whole: bool


def written(values: Mapping[str, str]) -> str:
    """The filter that a filled-in form is."""
    parts = [f"{name}:{_quoted(values[name])}" for name in (*SELECTS, *_TEXTS) if values.get(name)]
    if values.get("conf") in CONFIDENCES:
        parts.append(f"conf<{values['conf']}")
    parts += [f"{name}:{values[name]}" for name in ("after", "before") if values.get(name)]
    if values.get("words"):
        parts.append(" ".join(values["words"].replace('"', " ").split()))
    return " ".join(parts)


def _quoted(value: str) -> str:
    plain = value.replace('"', "").strip()
    return f'"{plain}"' if " " in plain or "(" in plain or ")" in plain else plain


def read(query: str) -> Form:
    """The form that says a filter, as far as it can."""
    try:
        wanted = parse_filter(query)
    except FilterProblem:
        return Form({}, whole=False)
    items = wanted.items if isinstance(wanted, All) else (wanted,)
    values: dict[str, str] = {}
    whole = all(_take(item, values) for item in items)
    return Form(values, whole)


def _take(item: Filter, values: dict[str, str]) -> bool:
    """Puts one condition into the form; False where the form has no place for it."""
    match item:
        case Where(field, (value,)) if field in (*SELECTS, *_TEXTS) and field not in values:
            values[field] = value
        case Confidence(True, share, intents) if f"{share:g}" in CONFIDENCES and len(intents) <= 1:
            values["conf"] = f"{share:g}"
            if intents:
                values["intent"] = intents[0]
        case Day(day, before):
            values["before" if before else "after"] = day.isoformat()
        case Words(text, False):
            values["words"] = f"{values.get('words', '')} {text}".strip()
        case Not() | _:
            return False
    return True


def intents(keys: Sequence[str]) -> list[str]:
    """The intents that have a name, out of the keys of words."""
    return sorted(key.removeprefix("intent-") for key in keys if key.startswith("intent-"))
