"""Every process is killed while people write over every provider: nothing is lost, run twice or out of order.

The whole of it is `make crash`.
"""

from pathlib import Path

import pytest

from benchmarks.crash.killing import Crash, Plan, quiet

#: Every line and variety, some two minutes on a busy machine. Twilio brings a refused call again here, as it does for
#: an address with `#rp=all`: the poller that fetches it otherwise waits longer than a test may.
SHORT = Plan(people=52, messages=8, kills=6, think=0.6, spread=2.0, seed=11, patient_twilio=True)


@pytest.mark.engine
@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_nothing_is_lost_repeated_or_disordered_when_processes_are_killed(tmp_path: Path) -> None:
    quiet()
    result = Crash(SHORT, tmp_path).run()
    assert len(result.kills) == SHORT.kills
    assert result.verdict.messages >= 400
    assert result.verdict.faults == dict.fromkeys(result.verdict.faults, 0), result.verdict.examples
    assert result.settled
