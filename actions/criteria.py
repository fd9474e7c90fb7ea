"""The constraints of a course search, kept in the `criteria` slot between turns.

A slot holds plain JSON; `to_search` makes the store's `Criteria` of it. Names of the slot's keys are the entity names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from store.search.search import Criteria

MANY = ("topic", "provider", "occupation", "language")
ONE = ("city", "level", "mode", "cost", "certificate", "duration")
SUBJECTS = ("topic", "provider", "occupation")
"""What a search can be about; a message naming one of these opens a new search."""
NOT_PROVIDERS_OF_COURSES = frozenset({"anapec"})
"""The employment service itself: named in most messages to it, teaching nothing."""


def from_entities(
    entities: Mapping[str, Sequence[Any]],
    before: Mapping[str, Any] | None = None,
    spans: Sequence[Mapping[str, Any]] = (),
    text: str = "",
) -> dict[str, Any]:
    """The constraints that a message names; of two values of one kind the one that is new: "not Fes, Rabat".

    From the spans of entities in the text come the person's own words for the topic, which put courses that have
    them first: "Excel" is more than its topic, office tools.
    """
    found: dict[str, Any] = {}
    for name in MANY:
        values = [v for v in entities.get(name, ()) if v not in NOT_PROVIDERS_OF_COURSES]
        if values:
            found[name] = values
    for name in ONE:
        if entities.get(name):
            found[name] = newer(entities[name], (before or {}).get(name))
    if found.get("city") and found.get("mode") == "online":
        del found["city"]
    own_words = " ".join(
        text[s.get("start", 0) : s.get("end", 0)] for s in spans if s["entity"] == "topic"
    ).strip()
    if own_words:
        found["prefer"] = own_words
    return found


def refined(before: Mapping[str, Any] | None, named: Mapping[str, Any]) -> dict[str, Any]:
    """The search in view narrowed or changed by what was named: a new value replaces the old one of its kind."""
    merged = {**(before or {}), **named}
    if "topic" in named and "occupation" not in named:
        merged.pop("occupation", None)
    if "occupation" in named and "topic" not in named:
        merged.pop("topic", None)
    if any(name in named for name in SUBJECTS):
        merged.pop("text", None)
    if opens_new_search(named) and "prefer" not in named:
        merged.pop("prefer", None)
    if named.get("mode") == "online":
        merged.pop("city", None)
    if "city" in named and "mode" not in named and merged.get("mode") == "online":
        del merged["mode"]
    return merged


def newer(values: Sequence[Any], before: Any) -> Any:
    """The first of these values that is not the one held before; that one where there is no other."""
    return next((v for v in values if v != before), values[0])


def any_given(entities: Mapping[str, Sequence[Any]]) -> bool:
    """Whether a message holds something to search by, to pick by, or about the person."""
    return bool(from_entities(entities)) or any(entities.get(n) for n in ("ordinal", "education"))


def opens_new_search(named: Mapping[str, Any]) -> bool:
    return any(name in named for name in ("topic", "occupation"))


def to_search(criteria: Mapping[str, Any]) -> Criteria:
    """The store's form of the slot."""
    return Criteria(
        topics=tuple(criteria.get("topic", ())),
        providers=tuple(criteria.get("provider", ())),
        occupations=tuple(criteria.get("occupation", ())),
        city=criteria.get("city"),
        level=criteria.get("level"),
        mode=criteria.get("mode"),
        languages=tuple(criteria.get("language", ())),
        cost=criteria.get("cost"),
        certificate=criteria.get("certificate"),
        duration=criteria.get("duration"),
        text=criteria.get("text"),
        prefer=criteria.get("prefer"),
    )
