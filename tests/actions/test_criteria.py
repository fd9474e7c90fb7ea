"""The search in view: what a message names, and how it narrows or replaces what was wished before."""

import pytest

from actions import criteria


def test_constraints_are_read_from_entities() -> None:
    entities = {"topic": ["english"], "provider": ["google", "anapec"], "city": ["fes"], "ordinal": [2]}
    assert criteria.from_entities(entities) == {"topic": ["english"], "provider": ["google"], "city": "fes"}


def test_online_needs_no_city() -> None:
    assert criteria.from_entities({"city": ["fes"], "mode": ["online"]}) == {"mode": "online"}


@pytest.mark.parametrize(
    ("before", "named", "after"),
    [
        ({"topic": ["sales"]}, {"city": "fes"}, {"topic": ["sales"], "city": "fes"}),
        (
            {"topic": ["sales"], "level": "beginner"},
            {"level": "advanced"},
            {"topic": ["sales"], "level": "advanced"},
        ),
        ({"occupation": ["driver"]}, {"topic": ["english"]}, {"topic": ["english"]}),
        ({"topic": ["sales"]}, {"occupation": ["cashier"]}, {"occupation": ["cashier"]}),
        ({"topic": ["sales"], "city": "fes"}, {"mode": "online"}, {"topic": ["sales"], "mode": "online"}),
        ({"topic": ["sales"], "mode": "online"}, {"city": "fes"}, {"topic": ["sales"], "city": "fes"}),
        ({"text": "soudure"}, {"topic": ["sales"]}, {"topic": ["sales"]}),
        (None, {"cost": "free"}, {"cost": "free"}),
    ],
)
def test_a_wish_narrows_or_replaces(
    before: dict[str, object] | None, named: dict[str, object], after: object
) -> None:
    assert criteria.refined(before, named) == after


def test_the_store_gets_its_own_form() -> None:
    wished = criteria.to_search({"topic": ["english"], "cost": "free", "duration": "short"})
    assert (wished.topics, wished.cost, wished.duration, wished.city) == (("english",), "free", "short", None)
