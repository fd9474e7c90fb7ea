"""Runs the engine: Rasa's server with our one door, quiet logs, on loopback.

python -m bot.serve --model models/takwin-....tar.gz --port 5005
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import warnings
from pathlib import Path

from bot.without_tensorflow import stand_in

warnings.filterwarnings("ignore")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

#: The niceness of the engine, and of a worker by itself (`takwin/compose/serve.py`).
BEHIND = 10
QUIET = ("rasa", "sanic", "sanic.root", "sanic.error", "sanic.access", "apscheduler", "matplotlib", "asyncio")


def _silence() -> None:
    """Rasa logs message texts at debug and info: nothing below a warning is written."""
    import structlog

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def _step_behind() -> None:
    """Steps behind in the kernel's queue: what people write is stored before what is stored is answered."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, max(BEHIND, os.getpriority(os.PRIO_PROCESS, 0)))
        if os.getsid(0) == os.getpid():
            # Linux shares out among sessions first (sched(7), autogroup): without this niceness counts within one only.
            Path("/proc/self/autogroup").write_text(str(BEHIND))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--port", type=int, default=5005)
    parser.add_argument("--interface", default="127.0.0.1")
    arguments = parser.parse_args()

    _step_behind()
    stand_in()
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints

    _silence()
    serve_application(
        model_path=arguments.model,
        interface=arguments.interface,
        port=arguments.port,
        credentials="credentials.yml",
        enable_api=False,
        endpoints=AvailableEndpoints.read_endpoints("endpoints.yml"),
    )


if __name__ == "__main__":
    main()
