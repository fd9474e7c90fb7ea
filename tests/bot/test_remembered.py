"""A long text that comes again is not read again, and is understood as before."""

from bot.remembered import FROM, Remembered

LONG = "salam " * FROM
PARSED = {"text": LONG, "intent": {"name": "greet"}, "entities": [{"entity": "city", "value": "fes"}]}


def test_it_is_understood_as_before() -> None:
    remembered = Remembered()
    assert remembered.get(LONG, {"asked": None}) is None
    remembered.put(LONG, {"asked": None}, PARSED)
    assert remembered.get(LONG, {"asked": None}) == PARSED


def test_after_another_question_it_is_read_anew() -> None:
    remembered = Remembered()
    remembered.put(LONG, {"asked": None}, PARSED)
    assert remembered.get(LONG, {"asked": "consent"}) is None
    assert remembered.get(f"{LONG}!", {"asked": None}) is None


def test_nobody_changes_what_the_next_one_gets() -> None:
    remembered = Remembered()
    remembered.put(LONG, {}, PARSED)
    first = remembered.get(LONG, {})
    assert first is not None
    first["entities"].clear()
    assert remembered.get(LONG, {}) == PARSED


def test_the_one_not_asked_for_longest_is_forgotten() -> None:
    remembered = Remembered(most=2)
    for number in (1, 2):
        remembered.put(LONG + str(number), {}, PARSED)
    remembered.get(f"{LONG}1", {})
    remembered.put(f"{LONG}3", {}, PARSED)
    assert [remembered.get(f"{LONG}{number}", {}) is not None for number in (1, 2, 3)] == [True, False, True]


def test_a_short_one_is_read_each_time_and_no_text_is_kept() -> None:
    remembered = Remembered()
    remembered.put("salam", {}, PARSED)
    assert remembered.get("salam", {}) is None
    remembered.put(LONG, {}, PARSED)
    assert all(LONG not in str(kept) for kept in remembered._parsed.values())


def test_half_a_character_is_no_fault() -> None:
    remembered = Remembered()
    remembered.put("\ud83d" * FROM, {}, PARSED)
    assert remembered.get("\ud83d" * FROM, {}) is not None
