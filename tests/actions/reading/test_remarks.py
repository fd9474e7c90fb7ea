"""What people remark is found in each variety, and not in what merely sounds like it."""

from collections.abc import Callable

import pytest

from actions.reading.remarks import Remarks
from bot.nlu.folding import plain
from store.core.database import Database
from takwin.compose.actions import services

RemarksIn = Callable[[str], frozenset[str]]


@pytest.fixture
def remarks_in(database: Database) -> RemarksIn:
    return services(database).remarks_in


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("mistake", "Pardon, je me suis trompée"),
        ("mistake", "j’ai pas encore fini en fait"),
        ("mistake", "عذرا أخطأتُ، لم أكملها بعد"),
        ("mistake", "سمح ليا غلطت"),
        ("mistake", "ghlett, mazal makmltch"),
        ("how_long", "ça prend combien de temps ?"),
        ("how_long", "personne m'a répondu"),
        ("how_long", "متى سيرد المستشار"),
        ("how_long", "شحال غادي نتسنى"),
        ("how_long", "7ta wa7ed majawbni"),
        ("no_longer", "c'est bon j'ai plus besoin"),
        ("no_longer", "لم أعد بحاجة إليه"),
        ("no_longer", "صافي مابقيتش محتاج"),
        ("no_longer", "safi mab9itch m7taj"),
        ("scam", "c une arnaque ou quoi"),
        ("scam", "تعرضت للنصب"),
        ("scam", "nsbo 3lia"),
    ],
)
def test_a_remark_is_found(remarks_in: RemarksIn, kind: str, text: str) -> None:
    assert kind in remarks_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "je cherche une formation en comptabilité",
        "أريد التسجيل في الدورة الثانية",
        "بغيت نتسجل فالأولى",
        "bghit chi formation fabor f casa",
        "Karim Alaoui",
        "",
    ],
)
def test_a_wish_makes_none(remarks_in: RemarksIn, text: str) -> None:
    assert not remarks_in(text)


def test_words_are_compared_whole_and_in_plain_form() -> None:
    made = Remarks({"late": ("trop tard",)}, lambda word: plain(word).replace(" ", ""))
    assert made.made_in("c'est TROP, tard !") == {"late"}
    assert made.made_in("trop tardif") == frozenset()
    assert Remarks().made_in("trop tard") == frozenset()
