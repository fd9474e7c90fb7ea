"""Rasa's methods that were made cheaper come to the same."""

from pathlib import Path

import pytest

from takwin.model.model import current_model
from tests.bot.in_engine import printed

SCRIPT = Path(__file__).parent / "graph_in_engine.py"
LINES = [
    "bghit chi formation fabor f casa",
    "je cherche un cours d'excel",
    "شكرا بزاف",
    "2",
    "واش كاين شي تكوين عن بعد",
]


@pytest.mark.engine
def test_parts_run_in_a_kept_order_come_to_the_same() -> None:
    assert printed(SCRIPT, str(current_model()), given=LINES) == [True] * len(LINES)
