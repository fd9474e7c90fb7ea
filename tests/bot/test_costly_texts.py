"""Nothing that a person can write costs the engine more than its length, and little of that."""

import gc
import time
from pathlib import Path
from typing import Any

import pytest

from bot.nlu.extent import MOST_CHARACTERS
from bot.nlu.folding import plain
from channels.intake.cleaning import for_engine
from takwin.model.model import current_model
from tests.bot.in_engine import printed
from tests.costly_texts import KINDS, LONGEST

SCRIPT = Path(__file__).parent / "costly_in_engine.py"
LENGTHS = [MOST_CHARACTERS, 2500, LONGEST]
#: On the machine on which the bar was set; a slower one has as much more (costly_in_engine.py).
MOST_MS = 300.0
#: Of the processor: another process beside this one, and the collector of garbage.
NOISE_MS = 60.0

STORY = "hadi chi 7kaya twila bezzaf w fiha bezzaf dyal lhedra. "
LONG = "bghit formation f l'informatique. " + STORY * 150 + "ana sakn f Marrakech"


@pytest.fixture(scope="module")
def found() -> Any:
    return printed(SCRIPT, str(current_model()), given={"lengths": LENGTHS, "texts": [LONG]})


@pytest.mark.engine
@pytest.mark.parametrize("kind", KINDS)
def test_a_costly_text_takes_no_longer_than_others(found: Any, kind: str) -> None:
    most, quarter, longest = found["took"][kind]
    slower = found["slowness"]
    assert max(most, quarter, longest) < MOST_MS * slower
    assert longest < 4 * quarter + NOISE_MS * slower


@pytest.mark.engine
def test_of_a_long_text_beginning_and_end_are_read_at_their_places(found: Any) -> None:
    said = {(e["entity"], LONG[e["start"] : e["end"]]) for e in found["read"][0]["entities"]}
    assert ("topic", "l'informatique") in said or ("topic", "informatique") in said
    assert ("city", "Marrakech") in said


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_read_whole_is_read_in_a_time_like_its_length(kind: str) -> None:
    """Cleaning and the plain form, which danger and the steps of a turn are looked for in."""
    quarter, longest = (_read(KINDS[kind](length)) for length in (LONGEST // 4, LONGEST))
    assert longest < 4 * quarter + NOISE_MS
    assert longest < MOST_MS


def _read(text: str) -> float:
    gc.disable()  # what other tests left is no cost of a text
    try:
        started = time.process_time()
        plain(for_engine(text))
        return 1000 * (time.process_time() - started)
    finally:
        gc.enable()
