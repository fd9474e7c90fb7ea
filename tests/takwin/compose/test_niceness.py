"""Workers and engine stand behind webhooks, in the kernel's queue of sessions as in that of processes."""

import subprocess
import sys
from pathlib import Path

import pytest

from takwin.settings import ROOT

_AUTOGROUP = Path("/proc/self/autogroup")
_ENGINE = ROOT / "bot" / ".venv" / "bin" / "python"
_TELL = "import os, pathlib; print(os.nice(0), pathlib.Path('/proc/self/autogroup').read_text())"


@pytest.mark.skipif(not _AUTOGROUP.exists(), reason="the kernel knows no autogroups")
@pytest.mark.parametrize(
    ("python", "module"), [(sys.executable, "takwin.compose.serve"), (_ENGINE, "bot.serve")]
)
@pytest.mark.parametrize("alone", [True, False])
def test_a_session_of_its_own_steps_behind_whole(python: Path | str, module: str, alone: bool) -> None:
    behind = f"from {module} import _step_behind; _step_behind(); {_TELL}"
    told = subprocess.run(
        [python, "-W", "ignore", "-c", behind],
        cwd=ROOT, start_new_session=alone, check=True, capture_output=True, text=True,
    )  # fmt: skip
    nice, session = told.stdout.split(" ", 1)
    assert int(nice) >= 10
    if alone:
        assert session.rstrip().endswith("nice 10")
    else:
        # Others of this session, the test among them, are left where they are.
        assert session.split() == _AUTOGROUP.read_text().split()
