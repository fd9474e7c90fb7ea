"""A script run by the engine's Python, which the tests' own cannot import."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from takwin.model.model import ENGINE_PYTHON
from takwin.settings import ROOT


def printed(script: Path, *arguments: str, given: Any = None) -> Any:
    """What the script prints last, from JSON; `given` is its input, as JSON. Fails with what it wrote of an error."""
    done = subprocess.run(
        [str(ENGINE_PYTHON), str(script), *arguments],
        input=None if given is None else json.dumps(given),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
