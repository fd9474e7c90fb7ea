"""Which words of a message its vector is made of."""

import pytest

from bot.nlu.features.sentences import MOST_ENCODED_WORDS, ending

SAID = "كنت خدام فمعمل وسدوه ودابا بلا خدمة هادي عام وعندي جوج دراري وبغيت نتعلم الإكسيل"
STORY = SAID.split()


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("", ""),
        ("  bghit  formation ", "  bghit  formation "),
        (" ".join(STORY[:MOST_ENCODED_WORDS]), " ".join(STORY[:MOST_ENCODED_WORDS])),
        (" ".join(STORY), " ".join(STORY[-MOST_ENCODED_WORDS:])),
    ],
)
def test_of_a_long_story_its_end_is_asked_about(said: str, asked: str) -> None:
    assert ending(said) == asked


def test_the_wish_at_the_end_is_kept() -> None:
    assert ending(" ".join(STORY)).endswith("بغيت نتعلم الإكسيل")
    assert len(STORY) > MOST_ENCODED_WORDS
