"""Keeps Rasa and its libraries from talking over our own lines: no telemetry, warnings, progress bars or colours."""

from __future__ import annotations

import logging
import os
import sys
import warnings

ENVIRONMENT = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
TRAINING_LOG = "takwin.training"


def quieten() -> None:
    """To be called before Rasa is imported; errors still come through, on standard error."""
    import structlog
    from tqdm import tqdm

    os.environ.update(ENVIRONMENT)
    # Libraries set warning filters of their own when they are imported: nothing is shown whatever they ask for.
    warnings.showwarning = lambda *args, **kwargs: None
    plain_init = tqdm.__init__
    tqdm.__init__ = lambda self, *args, **kwargs: plain_init(self, *args, **{**kwargs, "disable": True})
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s %(message)s")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


def show_training() -> None:
    """Print what the components say while they learn, one plain line each."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("training: %(message)s"))
    log = logging.getLogger(TRAINING_LOG)
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(handler)
