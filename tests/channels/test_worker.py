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
from typing import Any

import pytest
from croniter import croniter
from fastapi import APIRouter
from sqlalchemy import text

from channels.contract import Outbound, Refusal, Template
from channels.errors import Ambiguous, GiveUp, RetryLater
from channels.outbox import Outbox, Words
from channels.provider import Limits, Provider, Sent
from channels.worker import Pace, build_app, put_back
from store import conversations, deliveries, people
from tests.channels.conftest import QUICK, TRIES, World
from tests.channels.engines import SECRET, says

ROOT = Path(__file__).parents[2]


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
    world.engine.failures = [503] * TRIES
    first = world.write("un")
    world.write("deux")
    world.work_until(lambda: len(world.replies()) == 2)
    assert world.texts() == ["عذرا، حاول لاحقا.", "Vous avez dit : deux"]
    failed = world.message(first.message_id)
    assert (failed.state, failed.failure) == ("failed", "engine-status-503")
    world.work_until(lambda: job_states(world) == ["failed"])


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
from channels.engine import Engine
from channels.outbox import Outbox, Words
from channels.queue import Deferrer
from channels.render import Renderer
from channels.turn import Turns
from channels.worker import Messaging, Pace, run_worker
from store.database import Database
from store.encryption import Cipher

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


class Way:
    """A way out that writes down what left, and fails as told: before it takes a message, or after."""

    def __init__(self) -> None:
        self.sent: list[Outbound] = []
        self.failures: list[Exception] = []
        self.lost_answers = 0

    async def send(self, message: Outbound) -> Sent:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(message)
        if self.lost_answers:
            self.lost_answers -= 1
            raise Ambiguous("timeout")
        return Sent(f"provider-{len(self.sent)}")


class WayWithLookUp(Way):
    """The same, at a provider that can be asked what it has."""

    def __init__(self) -> None:
        super().__init__()
        self.looked_up: list[str] = []

    async def find(self, message: Outbound, since: datetime) -> Sent | None:
        assert since <= datetime.now(UTC)
        self.looked_up.append(message.message_id)
        ids = [sent.message_id for sent in self.sent]
        return Sent(f"provider-{ids.index(message.message_id) + 1}") if message.message_id in ids else None


def through(world: World, way: Way, channel: str = "sms", **limits: Any) -> Outbox:
    provider = Provider("fake", APIRouter(), {channel: way}, limits=Limits(**limits))
    return Outbox(world.database, {"fake": provider}, tries=TRIES)


@pytest.fixture
def provider(world: World) -> Way:
    way = Way()
    world.outbox = through(world, way)
    return way


def test_replies_are_delivered_once_and_in_order(world: World, provider: Way) -> None:
    provider.failures = [RetryLater("sms-busy"), RetryLater("sms-busy")]
    for word in ("un", "deux"):
        world.write(word, channel="sms", sender="+212600000000")
    world.work_until(
        lambda: [m.delivery_state for m in world.replies("+212600000000", "sms")] == ["sent", "sent"]
    )
    assert [(sent.to, sent.text.split()[-1]) for sent in provider.sent] == [
        ("+212600000000", "un"),
        ("+212600000000", "deux"),
    ]
    first = world.replies("+212600000000", "sms")[0]
    assert (first.provider_message_id, first.delivery_attempts) == ("provider-1", 3)


def test_a_lost_answer_is_looked_up_before_it_is_sent_again(world: World) -> None:
    way = WayWithLookUp()
    way.lost_answers = 1
    world.outbox = through(world, way)
    world.write("un", channel="sms")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["sent"])
    assert len(way.sent) == len(way.looked_up) == 1
    assert world.replies(channel="sms")[0].provider_message_id == "provider-1"


def test_where_nothing_can_be_looked_up_it_is_sent_again(world: World, provider: Way) -> None:
    provider.lost_answers = 1
    world.write("un", channel="sms")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["sent"])
    assert [sent.attempt for sent in provider.sent] == [1, 2]
    assert world.replies(channel="sms")[0].delivery_attempts == 2


def test_a_worker_that_died_while_sending_did_send(world: World) -> None:
    way = WayWithLookUp()
    world.outbox = through(world, way)
    world.take(world.write("un", channel="sms").message_id)
    (reply,) = world.replies(channel="sms")
    way.sent.append(Outbound(str(reply.id), "sms", "amina", reply.text or ""))
    with world.database.session() as session:
        deliveries.record_delivery(session, reply.id, "sending")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["sent"])
    assert len(way.sent) == 1


def test_a_server_that_is_down_for_long_loses_nothing(world: World, provider: Way) -> None:
    provider.failures = [RetryLater("sms-unreachable", counts=False) for _ in range(TRIES + 3)]
    world.pace = replace(QUICK, longest_wait=0.1)
    world.write("un", channel="sms")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["sent"], 40)


def test_a_provider_says_when_to_come_back(world: World, provider: Way) -> None:
    provider.failures = [RetryLater("sms-429", after=1.0, counts=False)]
    world.write("un", channel="sms")
    began = time.monotonic()
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["sent"])
    assert time.monotonic() - began >= 1.0


def test_a_refusal_marks_the_address(world: World, provider: Way) -> None:
    provider.failures = [GiveUp("sms-21610", refusal=Refusal("opted_out", "twilio-21610"))]
    receipt = world.write("un", channel="sms")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["failed"])
    with world.database.session() as session:
        address = people.address_on(session, world.message(receipt.message_id).person_id, "sms")
        assert address is not None
        assert address.state == "opted_out"


def test_segments_are_added_up(world: World, provider: Way) -> None:
    receipt = world.write("un", channel="sms")
    world.write("deux", channel="sms")
    world.work_until(lambda: len(provider.sent) == 2 and world.outbox_is_empty("sms"))
    with world.database.session() as session:
        conversation = conversations.get(session, world.message(receipt.message_id).conversation_id)
        assert conversation.segments_sent == 2


def last_wrote(world: World, hours: float) -> None:
    """The person's last message is so old, on the provider's clock."""
    with world.database.session() as session:
        at = datetime.now(UTC) - timedelta(hours=hours)
        session.execute(text("update addresses set last_inbound_at = :at"), {"at": at})


@pytest.mark.parametrize(
    ("hours", "state", "detail"), [(23.9, "sent", None), (24.1, "failed", "outside-window")]
)
def test_free_words_leave_within_the_window_only(
    world: World, hours: float, state: str, detail: str | None
) -> None:
    way = Way()
    world.outbox = through(world, way, "whatsapp")
    world.take(world.write("un", channel="whatsapp").message_id)
    last_wrote(world, hours)
    world.work_until(lambda: world.outbox_is_empty("whatsapp"))
    (reply,) = world.replies(channel="whatsapp")
    assert (reply.delivery_state, reply.delivery_detail) == (state, detail)


def test_outside_the_window_the_template_leaves(world: World) -> None:
    way = Way()
    provider = Provider("fake", APIRouter(), {"whatsapp": way})
    words = Words(template=lambda key, variety, values: Template(f"{key}_{variety}", "fr", tuple(values)))
    world.outbox = Outbox(world.database, {"fake": provider}, words)
    world.take(world.write("un", channel="whatsapp").message_id)
    last_wrote(world, 48)
    with world.database.session() as session:
        (reply,) = world.replies(channel="whatsapp")
        message = conversations.get_message(session, reply.id)
        message.args = {"$variety": "fr", "$template": {"key": "course_alert", "values": ["Excel"]}}
    world.work_until(lambda: world.outbox_is_empty("whatsapp"))
    assert way.sent[0].template == Template("course_alert_fr", "fr", ("Excel",))


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


def test_a_refused_delivery_keeps_its_reason(world: World, provider: Way) -> None:
    provider.failures = [GiveUp("sms-21610")]
    world.write("un", channel="sms")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["failed"])
    assert world.replies(channel="sms")[0].delivery_detail == "sms-21610"


def test_nothing_is_sent_to_who_opted_out(world: World, provider: Way) -> None:
    receipt = world.write("un", channel="sms")
    with world.database.session() as session:
        person_id = world.message(receipt.message_id).person_id
        address = people.address_on(session, person_id, "sms")
        assert address is not None
        people.set_address_state(session, address.id, "opted_out")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="sms")] == ["failed"])
    assert world.replies(channel="sms")[0].delivery_detail == "address-opted_out"
    assert provider.sent == []


def test_a_channel_that_is_off_says_so(world: World) -> None:
    world.write("un", channel="telegram")
    world.work_until(lambda: [m.delivery_state for m in world.replies(channel="telegram")] == ["failed"])
    assert world.replies(channel="telegram")[0].delivery_detail == "channel-off"


def test_two_workers_put_back_a_dead_ones_jobs_together(world: World) -> None:
    messages = [world.write(name, sender=name).message_id for name in ("un", "deux", "trois")]
    with world.database.session() as session:
        session.execute(text("update procrastinate_jobs set status = 'doing'"))

    async def both() -> list[int]:
        messaging, client = world.messaging()
        app = build_app(messaging)
        async with app.open_async():
            put = await asyncio.gather(*(put_back(app, 0, messaging) for _ in range(2)))
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
