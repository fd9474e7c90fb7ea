"""An answer is delivered by the worker that took its turn, in the job that the turn began: what may come between."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text

from channels.queue import Deferrer, Place
from channels.turn import Taken
from store import queued
from tests.channels.conftest import World
from tests.channels.engines import says
from tests.channels.test_worker import Way, WayWithLookUp, job_states, through


def a_worker(world: World, seconds_since_heartbeat: int = 0) -> int:
    """A worker as the queue knows it, be it dead."""
    with world.database.session() as session:
        return int(
            session.execute(
                text(
                    "insert into procrastinate_workers (last_heartbeat)"
                    " values (now() - make_interval(secs => :age)) returning id"
                ),
                {"age": seconds_since_heartbeat},
            ).scalar_one()
        )


def take_in_place(world: World, message_id: UUID, worker_id: int) -> Taken:
    """A turn as a worker takes it, that does nothing afterwards."""
    with world.database.session() as session:
        job_id = session.execute(
            text(
                "update procrastinate_jobs set status = 'doing', worker_id = :worker"
                " where args->>'message_id' = :message returning id"
            ),
            {"worker": worker_id, "message": str(message_id)},
        ).scalar_one()

    async def once() -> Taken:
        messaging, client = world.messaging()
        try:
            return await messaging.turns.take(message_id, Place(job_id, worker_id))
        finally:
            await client.close()

    return asyncio.run(once())


def states(world: World, channel: str = "sms") -> list[str | None]:
    return [message.delivery_state for message in world.replies(channel=channel)]


def test_the_delivery_begins_where_the_turn_ends(world: World) -> None:
    receipt = world.write("un", channel="sms")
    assert receipt.message_id is not None
    worker = a_worker(world)
    taken = take_in_place(world, receipt.message_id, worker)
    assert taken.job_ended
    assert taken.delivery is not None
    assert taken.delivery.job.worker_id == worker
    assert (job_states(world), job_states(world, "delivery")) == ([], ["doing"])
    assert states(world) == ["sending"]


def test_no_job_is_looked_for_when_a_worker_answers(world: World) -> None:
    way = Way()
    world.outbox = through(world, way)
    with world.database.session() as session:
        session.execute(text("create table seen (task text, status text)"))
        session.execute(
            text(
                "create function note() returns trigger language plpgsql as $$ begin"
                " insert into seen values (new.task_name, new.status::text); return new; end $$"
            )
        )
        session.execute(
            text(
                "create trigger note after insert or update on procrastinate_jobs"
                " for each row execute function note()"
            )
        )
    world.write("un", channel="sms")
    world.work_until(lambda: states(world) == ["sent"])
    with world.database.session() as session:
        seen = session.execute(text("select task, status from seen where task <> 'rescue'")).all()
    assert [tuple(row) for row in seen] == [("turn", "todo"), ("turn", "doing"), ("delivery", "doing")]
    assert [sent.attempt for sent in way.sent] == [1]
    assert (job_states(world), job_states(world, "delivery")) == ([], [])


def test_a_worker_that_died_before_it_sent_is_made_up_for(world: World) -> None:
    way = WayWithLookUp()
    world.outbox = through(world, way)
    receipt = world.write("un", channel="sms")
    assert receipt.message_id is not None
    take_in_place(world, receipt.message_id, a_worker(world, seconds_since_heartbeat=3600))
    world.work_until(lambda: states(world) == ["sent"], 40)
    # It may have sent: the provider is asked first.
    assert len(way.looked_up) == 1
    assert len(way.sent) == 1


def test_what_was_to_be_delivered_before_is_not_overtaken(world: World) -> None:
    way = Way()
    world.outbox = through(world, way)
    world.take(world.write("un", channel="sms").message_id)
    second = world.write("deux", channel="sms")
    assert second.message_id is not None
    taken = take_in_place(world, second.message_id, a_worker(world))
    assert taken == Taken(job_ended=True)
    assert states(world) == ["pending", "pending"]
    world.work_until(lambda: states(world) == ["sent", "sent"])
    assert [sent.text.split()[-1] for sent in way.sent] == ["un", "deux"]


def test_an_answer_of_two_messages_waits_in_the_queue(world: World) -> None:
    way = Way()
    world.outbox = through(world, way, "telegram")
    world.engine.answering = lambda _: says(
        *({"reply": "echo", "args": {"text": word}} for word in ("un", "deux"))
    )
    world.write("bonjour", channel="telegram")
    world.work_until(lambda: states(world, "telegram") == ["sent", "sent"])
    assert [sent.text.split()[-1] for sent in way.sent] == ["un", "deux"]


def test_a_worker_that_the_queue_has_forgotten_begins_nothing(world: World) -> None:
    with world.database.session() as session:
        begun = Deferrer().begin_delivery(
            session, message_id=UUID(int=1), conversation_id=UUID(int=2), worker_id=123_456
        )
    assert begun is None
    assert job_states(world, "delivery") == []


@pytest.mark.parametrize(
    "change", ["status = 'todo', worker_id = null", "worker_id = null", "status = 'failed'"]
)
def test_a_job_is_ended_by_who_has_it_only(world: World, change: str) -> None:
    worker = a_worker(world)
    with world.database.session() as session:
        job = Deferrer().begin_delivery(
            session, message_id=UUID(int=1), conversation_id=UUID(int=2), worker_id=worker
        )
        assert job is not None
        assert job.id is not None
        session.execute(text(f"update procrastinate_jobs set {change}"))
        assert not queued.end(session, job.id, worker)
    assert len(job_states(world, "delivery")) == 1


def test_a_job_that_ended_is_gone(world: World) -> None:
    worker = a_worker(world)
    with world.database.session() as session:
        job = Deferrer().begin_delivery(
            session, message_id=UUID(int=1), conversation_id=UUID(int=2), worker_id=worker
        )
        assert job is not None
        assert job.id is not None
        assert queued.end(session, job.id, worker)
    assert job_states(world, "delivery") == []
