"""What is settled before the engine is asked, in this order."""

from __future__ import annotations

from channels.steps import Step


def steps() -> tuple[Step, ...]:
    """The steps of a turn."""
    return ()
