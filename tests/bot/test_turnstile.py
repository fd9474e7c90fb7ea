"""One at a time; short texts before long ones, and long ones before what comes much later."""

import asyncio

import pytest

from bot import turnstile
from bot.turnstile import Turnstile


async def _order(*lengths: int, hold: float = 0.0) -> list[int]:
    """In which order texts go through that come while somebody is in."""
    gate, through = Turnstile(), []
    await gate.enter(0)

    async def one(length: int) -> None:
        await gate.enter(length)
        through.append(length)
        await asyncio.sleep(hold)
        gate.leave()

    waiting = [asyncio.create_task(one(length)) for length in lengths]
    await asyncio.sleep(0)
    gate.leave()
    await asyncio.gather(*waiting)
    return through


def test_short_ones_go_first_and_equals_as_they_came() -> None:
    assert asyncio.run(_order(10_000, 20, 1000, 30, hold=0.001)) == [20, 30, 1000, 10_000]


def test_a_long_one_goes_before_what_comes_much_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turnstile, "PER_THOUSAND", 0.005)

    async def talk() -> list[str]:
        gate, through = Turnstile(), []
        await gate.enter(0)

        async def one(name: str, length: int) -> None:
            await gate.enter(length)
            through.append(name)
            gate.leave()

        first = asyncio.create_task(one("long", 10_000))
        await asyncio.sleep(0.1)
        second = asyncio.create_task(one("short", 1))
        await asyncio.sleep(0)
        gate.leave()
        await asyncio.gather(first, second)
        return through

    assert asyncio.run(talk()) == ["long", "short"]


def test_who_hangs_up_keeps_nobody_waiting() -> None:
    async def talk() -> None:
        gate = Turnstile()
        await gate.enter(0)
        gone, let_in = (asyncio.create_task(gate.enter(length)) for length in (1, 2))
        await asyncio.sleep(0)
        gate.leave()
        gone.cancel()  # it was let in, and hangs up before it knows
        await asyncio.wait_for(let_in, 1)
        gate.leave()
        await asyncio.wait_for(gate.enter(0), 1)

    asyncio.run(talk())
