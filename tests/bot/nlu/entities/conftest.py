"""The gazetteer of the repository, read once."""

from pathlib import Path

import pytest

from bot.nlu.entities.extractor import Extractor
from bot.nlu.entities.gazetteer import Data, read_gazetteer

GAZETTEER = Path(__file__).parents[4] / "data" / "gazetteer"


@pytest.fixture(scope="session")
def gazetteer() -> Data:
    return read_gazetteer(GAZETTEER)


@pytest.fixture(scope="session")
def extractor(gazetteer: Data) -> Extractor:
    return Extractor(gazetteer)
