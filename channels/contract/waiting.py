"""Waiting that ends when one is asked to stop."""

import asyncio


async def sleep_unless(stop: asyncio.Event, seconds: float) -> None:
    """Sleeps so long, or until the event is set."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
