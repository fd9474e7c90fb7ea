"""The queue and its worker: exact order for a person, nothing lost, and no message that blocks the next."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from croniter import croniter
from sqlalchemy import text

from channels.worker.rescue import put_back
from channels.worker.worker import Pace, build_app
from store.core.database import connection_string
from tests.channels.conftest import QUICK, TRIES, World
from tests.channels.engines import SECRET, says

ROOT = Path(__file__).parents[3]


def job_states(world: World, task: str = "turn") -> list[str]:
    with world.database.session() as session:
        return list(
            session.scalars(
                text("select status::text from procrastinate_jobs where task_name = :task order by id"),
                {"task": task},
            )
        )


def test_a_message_is_answered_at_once(world: World) -> None:
    world.pace = replace(QUICK, poll=30)

    async def talk() -> float:
        async with world.working():
            await asyncio.sleep(0.5)
            world.write("un")
            while not world.replies():
                await asyncio.sleep(0.01)
            began = time.monotonic()
            for word in ("deux", "trois", "quatre"):
                world.write(word)
            while len(world.replies()) < 4:
                await asyncio.sleep(0.01)
            return time.monotonic() - began

    # Far under the poll: new jobs announce themselves, and the end of one calls for the next.
    assert asyncio.run(talk()) < 20
    assert [message.split()[-1] for message in world.texts()] == ["un", "deux", "trois", "quatre"]


def test_order_is_exact_for_each_of_many_people(world: World) -> None:
    crowd = [f"person-{n}" for n in range(20)]
    world.engine.delay = 0.005

    def write_all(sender: str) -> None:
        for n in range(10):
            world.write(f"message {n}", sender=sender)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write_all, crowd))
    world.work_until(
        lambda: len(world.engine.asked) == 200 and all(len(world.replies(p)) == 10 for p in crowd), 60
    )
    heard = defaultdict(list)
    for asked in world.engine.asked:
        heard[asked["person_id"]].append(asked["text"])
    assert len(heard) == 20
    assert all(texts == [f"message {n}" for n in range(10)] for texts in heard.values())
    assert all(
        [t.split()[-1] for t in world.texts(person)] == [str(n) for n in range(10)] for person in crowd
    )
    assert world.engine.overlaps == 0


def test_an_engine_that_comes_back_answers_what_waited(world: World) -> None:
    world.engine.failures = [503, 503]
    world.write("un")
    world.write("deux")
    world.work_until(lambda: len(world.replies()) == 2)
    assert [message.split()[-1] for message in world.texts()] == ["un", "deux"]


def test_after_the_last_try_the_person_is_told_and_their_next_message_served(world: World) -> None:
    world.engine.failures = [500] * TRIES
    first = world.write("un")
    world.write("deux")
    world.work_until(lambda: len(world.replies()) == 2)
    assert world.texts() == ["عذرا، حاول لاحقا.", "Vous avez dit : deux"]
    failed = world.message(first.message_id)
    assert (failed.state, failed.failure) == ("failed", "engine-status-500")
    world.work_until(lambda: job_states(world) == ["failed"])


@pytest.mark.parametrize("failure", [503, 502, 0])
def test_an_engine_that_answers_nobody_takes_no_try_from_who_waits(world: World, failure: int) -> None:
    world.engine.failures = [failure] * (TRIES + 2)
    first = world.write("un")
    world.work_until(lambda: len(world.replies()) == 1)
    assert world.texts() == ["Vous avez dit : un"]
    assert not world.message(first.message_id).tries


def test_what_the_engine_refuses_is_not_tried_again(world: World) -> None:
    world.engine.failures = [422]
    first = world.write("un")
    world.write("deux")
    world.work_until(lambda: len(world.replies()) == 2)
    assert world.message(first.message_id).failure == "engine-refused-422"
    assert [asked["text"] for asked in world.engine.asked] == ["deux"]


def test_a_mistake_of_ours_is_put_aside_without_the_words(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(_: object) -> dict[str, object]:
        return says({"reply": "echo", "args": {"text": {"$": "date", "value": "Fatima 0600000000"}}})

    world.engine.answering = break_down
    receipt = world.write("mon nom est Fatima")
    world.work_until(lambda: world.message(receipt.message_id).state == "failed")
    assert world.message(receipt.message_id).failure == "reply-not-rendered"
    assert "Fatima" not in caplog.text


_WORKER = """
import asyncio, json, sys
from pathlib import Path
from channels.turn.engine import Engine
from channels.delivery.outbox import Outbox, Words
from channels.queue.deferrer import Deferrer
from channels.wording.render import Renderer
from channels.turn.turn import Turns
from channels.worker.worker import Messaging, Pace, run_worker
from store.core.database import Database
from store.core.encryption import Cipher

url, engine, secret, words = sys.argv[1:]

async def main():
    database = Database(url, Cipher("a secret that only tests know"))
    turns = Turns(database, Engine([engine], secret), Renderer(Path(words)), Deferrer())
    print("ready", flush=True)
    await run_worker(Messaging(url, turns, Outbox(database, {}), Pace(heartbeat=0.2, dead_after=0.8)), asyncio.Event())

asyncio.run(main())
"""


def test_the_jobs_of_a_killed_worker_are_done_by_another(world: World) -> None:
    world.engine.delay = 30
    arguments = [world.database.url, world.engine.url, SECRET, str(ROOT / "tests/channels/words")]
    doomed = subprocess.Popen(
        [sys.executable, "-c", _WORKER, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        first = world.write("un")
        world.write("deux")
        deadline = time.monotonic() + 60
        while not world.engine.at_once.get(str(world.message(first.message_id).person_id)):
            assert time.monotonic() < deadline
            time.sleep(0.02)
    finally:
        os.kill(doomed.pid, signal.SIGKILL)
        doomed.wait()
        assert doomed.stdout is not None
        doomed.stdout.close()
    assert job_states(world) == ["doing", "todo"]
    world.engine.delay = 0
    world.work_until(lambda: len(world.replies()) == 2)
    assert [message.split()[-1] for message in world.texts()] == ["un", "deux"]


def test_a_worker_alone_need_not_wait_for_heartbeats(world: World) -> None:
    world.write("un")
    with world.database.session() as session:
        session.execute(text("insert into procrastinate_workers default values"))
        session.execute(
            text(
                "update procrastinate_jobs set status = 'doing', worker_id = w.id from procrastinate_workers w"
            )
        )
    world.pace = replace(QUICK, dead_after=600)
    world.alone = True
    world.work_until(lambda: len(world.replies()) == 1)


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "one of many"])
def test_a_worker_that_lost_the_database_goes_on_by_itself(world: World, alone: bool) -> None:
    world.engine.delay = 0.3
    world.pace = replace(QUICK, dead_after=600) if alone else QUICK
    world.alone = alone
    world.write("un")
    world.write("deux", sender="karim")

    async def lose_it() -> None:
        async with world.working():
            deadline = time.monotonic() + 20
            while not world.engine.asked and time.monotonic() < deadline:
                await asyncio.sleep(0.01)
            hang_up(world)
            while len(world.replies()) + len(world.replies("karim")) < 2 and time.monotonic() < deadline:
                await asyncio.sleep(0.02)

    asyncio.run(lose_it())
    assert [len(world.replies(each)) for each in ("amina", "karim")] == [1, 1]


def hang_up(world: World) -> None:
    """Ends every connection to the database, as its end does."""
    with psycopg.connect(connection_string(world.database.url), autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
    world.database.close()


def test_a_message_that_kills_each_worker_is_put_aside(world: World) -> None:
    first = world.write("un")
    with world.database.session() as session:
        session.execute(text("update messages set tries = :tries"), {"tries": TRIES})
    world.work_until(lambda: world.message(first.message_id).state == "failed")
    assert world.message(first.message_id).failure == "worker-died"
    assert world.engine.asked == []


def test_a_stop_waits_for_what_is_running(world: World) -> None:
    world.engine.delay = 0.5
    world.write("un")
    world.work_until(lambda: bool(world.engine.at_once))
    assert len(world.replies()) == 1


def test_who_wrote_first_is_answered_first(world: World) -> None:
    now = datetime.now(UTC)
    sent = {"un": now - timedelta(seconds=3), "deux": now - timedelta(seconds=2), "trois": now}
    for word in ("trois", "un", "deux"):
        world.write(word, channel="sms", sent_at=sent[word])
    world.work_until(lambda: len(world.replies(channel="sms")) == 3)
    assert [text.split()[-1] for text in world.texts(channel="sms")] == ["un", "deux", "trois"]


def test_one_that_was_overtaken_on_its_way_is_waited_for(world: World) -> None:
    now = datetime.now(UTC)

    async def talk() -> None:
        async with world.working():
            await asyncio.sleep(0.3)
            world.write("deux", channel="sms", sent_at=now)
            await asyncio.sleep(0.02)
            world.write("un", channel="sms", sent_at=now - timedelta(seconds=1))
            while len(world.replies(channel="sms")) < 2:
                await asyncio.sleep(0.01)

    asyncio.run(talk())
    assert [text.split()[-1] for text in world.texts(channel="sms")] == ["un", "deux"]


def test_two_workers_put_back_a_dead_ones_jobs_together(world: World) -> None:
    messages = [world.write(name, sender=name).message_id for name in ("un", "deux", "trois")]
    with world.database.session() as session:
        session.execute(text("update procrastinate_jobs set status = 'doing'"))

    async def both() -> list[int]:
        messaging, client = world.messaging()
        app = build_app(messaging)
        async with app.open_async():
            put = await asyncio.gather(
                *(put_back(app, 0, messaging.turns, messaging.outbox) for _ in range(2))
            )
        await client.close()
        return put

    assert sum(asyncio.run(both())) == len(messages)
    assert job_states(world) == ["todo"] * len(messages)
    assert [world.message(each).tries for each in messages] == [1] * len(messages)


def test_dead_workers_are_looked_for_every_ten_seconds() -> None:
    ticks = croniter(Pace().rescue_at, start_time=1_800_000_000.0, ret_type=float)
    assert [ticks.get_next() - 1_800_000_000.0 for _ in range(4)] == [10.0, 20.0, 30.0, 40.0]


def test_jobs_hold_ids_and_no_words(world: World) -> None:
    world.write("mon nom est Fatima")
    with world.database.session() as session:
        held = json.dumps(list(session.scalars(text("select args::text || lock from procrastinate_jobs"))))
    assert "Fatima" not in held
    assert "amina" not in held
