"""What stands between courtesies counts where it surely is a request."""

import pytest

from bot.nlu.courtesies.weighing import core_counts


@pytest.mark.parametrize(
    ("whole", "core", "counts"),
    [
        # "salam, ch7al taman?"
        (("greet", 0.99), ("ask_cost", 0.95), True),
        (("greet", 0.99), ("ask_cost", 0.7), False),
        # "merci, et c'est gratuit ?" and "it came, thanks a lot"
        (("thank", 0.9), ("ask_cost", 0.9), True),
        (("thank", 0.9), ("report_access_problem", 0.97), False),
        (("thank", 0.9), ("report_access_problem", 0.99), True),
        # "la, mabghitch ntsejel": what it turns down is no wish.
        (("deny", 0.6), ("register", 1.0), False),
        (("affirm", 0.9), ("find_course", 0.9), True),
        # Both are courtesies.
        (("greet", 0.9), ("goodbye", 0.99), False),
        # "en francais svp": the surer of two readings.
        (("change_language", 0.99), ("ask_course_language", 0.86), False),
        (("inform", 0.5), ("find_course", 0.6), True),
    ],
)
def test_it_counts(whole: tuple[str, float], core: tuple[str, float], counts: bool) -> None:
    assert core_counts(whole, core) is counts
