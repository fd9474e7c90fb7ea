"""The rooms of the understanding stand on one another: none reaches itself through another."""

from tests.house.test_rooms import arrows, circles


def test_rooms_of_the_understanding_import_each_other_one_way() -> None:
    assert list(circles(arrows("bot", 3))) == []
