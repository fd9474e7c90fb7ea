"""Parses one after the other in a thread, a limit for each, and who is to blame when the process dies."""

import asyncio
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.reader import DEATHS_ALLOWED, GivenUp, Notes, Reader


def busy(seconds: float, answer: str = "late") -> Callable[[], str]:
    def work() -> str:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            pass
        return answer

    return work


def test_an_answer_and_an_error_come_from_another_thread() -> None:
    async def talk() -> None:
        reader = Reader()
        assert await reader.run("m1", threading.get_ident) != threading.get_ident()
        with pytest.raises(ZeroDivisionError):
            await reader.run("m2", lambda: 1 / 0)
        assert await reader.run("m3", lambda: "well") == "well"

    asyncio.run(talk())


def test_a_parse_past_its_limit_is_given_up_alone() -> None:
    async def talk() -> list[Any]:
        reader = Reader(limit=0.1)
        return await asyncio.gather(
            reader.run("m1", busy(30.0)),
            reader.run("m2", lambda: "well"),
            reader.run("m3", lambda: "well"),
            return_exceptions=True,
        )

    first, *others = asyncio.run(talk())
    assert isinstance(first, GivenUp)
    assert str(first) == "too-slow"
    assert others == ["well", "well"]


def test_a_parse_that_is_given_no_processor_is_waited_for_longer() -> None:
    async def talk() -> Any:
        reader = Reader(limit=0.2)

        def starved() -> str:
            time.sleep(0.4)
            return "well"

        answer = await reader.run("m1", starved)
        with pytest.raises(GivenUp):
            await reader.run("m2", lambda: time.sleep(5))
        return answer

    assert asyncio.run(talk()) == "well"


def test_what_was_left_behind_is_told_to_stop() -> None:
    async def talk() -> None:
        reader = Reader(limit=0.05)
        with pytest.raises(GivenUp):
            await reader.run("m1", busy(30.0))

    before = {thread.ident for thread in threading.enumerate()}
    asyncio.run(talk())
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        mine = [t for t in threading.enumerate() if t.name == "parse" and t.ident not in before]
        if len(mine) <= 1:  # the fresh one
            return
        time.sleep(0.02)
    raise AssertionError("the thread goes on")


def test_who_waits_for_others_has_not_begun() -> None:
    async def talk() -> list[Any]:
        reader = Reader(limit=0.3)
        return await asyncio.gather(*(reader.run(f"m{n}", busy(0.1, "well")) for n in range(6)))

    assert asyncio.run(talk()) == ["well"] * 6


def test_a_caller_that_hangs_up_disturbs_nobody() -> None:
    async def talk() -> Any:
        reader = Reader(limit=0.3)
        gone = asyncio.ensure_future(reader.run("m1", busy(0.2)))
        await asyncio.sleep(0.05)
        gone.cancel()
        return await reader.run("m2", busy(0.2, "well"))

    assert asyncio.run(talk()) == "well"


def test_the_loop_goes_on_meanwhile() -> None:
    async def talk() -> int:
        reader = Reader()
        working = asyncio.ensure_future(reader.run("m1", busy(0.3)))
        steps = 0
        while not working.done():
            await asyncio.sleep(0.01)
            steps += 1
        return steps

    assert asyncio.run(talk()) >= 5


def test_a_message_that_the_engine_died_of_is_parsed_no_more(tmp_path: Path) -> None:
    file = tmp_path / "engine-1.parsing"
    for _ in range(DEATHS_ALLOWED + 1):
        Notes(file).begin("killer")  # and never comes to its end

    async def talk() -> Any:
        reader = Reader(file)
        with pytest.raises(GivenUp, match="broke-engine"):
            await reader.run("killer", lambda: "well")
        return await reader.run("another", lambda: "well")

    assert asyncio.run(talk()) == "well"
    assert Notes(file).deaths == {"killer": DEATHS_ALLOWED + 1}


def test_who_was_not_being_parsed_is_not_to_blame(tmp_path: Path) -> None:
    file = tmp_path / "engine-1.parsing"
    notes = Notes(file)
    notes.begin("m1")
    notes.end()
    assert not Notes(file).deaths
