"""An answer is delivered by the worker that took its turn, in the job that the turn began: what may come between."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text

from channels.queue.deferrer import Deferrer, HandedOn
from channels.turn.turn import Taken
from store.queue import job_claims
from store.queue.job_claims import Ended, JobClaim
from tests.channels.conftest import World
from tests.channels.delivery.test_deliveries import Way, WayWithLookUp, through
from tests.channels.engines import says
from tests.channels.worker.test_worker import job_states


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
            return await messaging.turns.take(message_id, JobClaim(job_id, worker_id))
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
    assert taken.job == Ended(awaited=False)
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
    # The first turn was taken without its job, which is still there.
    assert taken == Taken(Ended(awaited=True))
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


def hand_on(world: World, worker: int, change: str = "") -> HandedOn:
    """A turn's job, done by this worker, is handed on to a delivery, after the queue has changed so."""
    receipt = world.write("un", channel="sms")
    with world.database.session() as session:
        job_id = session.execute(
            text("update procrastinate_jobs set status = 'doing' returning id")
        ).scalar_one()
        if worker != UNKNOWN:
            session.execute(text("update procrastinate_jobs set worker_id = :worker"), {"worker": worker})
        if change:
            session.execute(text(change))
        return Deferrer().hand_on(
            session,
            JobClaim(job_id, worker),
            message_id=receipt.message_id or UUID(int=0),
            conversation_id=TALK,
        )


UNKNOWN = 123_456
TALK = UUID(int=2)


def test_a_worker_that_the_queue_has_forgotten_begins_nothing(world: World) -> None:
    assert hand_on(world, UNKNOWN) == HandedOn(None)
    assert job_states(world, "delivery") == []
    assert job_states(world) == ["doing"]


@pytest.mark.parametrize(
    "change", ["status = 'todo', worker_id = null", "worker_id = null", "status = 'failed'"]
)
def test_a_job_is_ended_by_who_has_it_only(world: World, change: str) -> None:
    assert hand_on(world, a_worker(world), f"update procrastinate_jobs set {change}") == HandedOn(None)
    assert len(job_states(world)) == 1
    assert job_states(world, "delivery") == []


@pytest.mark.parametrize("state", ["todo", "doing"])
def test_a_job_before_it_keeps_the_delivery_waiting(world: World, state: str) -> None:
    other = (
        "insert into procrastinate_jobs (queue_name, task_name, lock, status) values"
        f" ('deliveries', 'delivery', 'conversation:{TALK}', '{state}')"
    )
    assert hand_on(world, a_worker(world), other) == HandedOn(Ended(awaited=False))
    assert job_states(world) == []
    assert job_states(world, "delivery") == [state]


def test_the_next_message_of_the_person_is_told_of(world: World) -> None:
    other = (
        "insert into procrastinate_jobs (queue_name, task_name, lock)"
        " select 'turns', 'turn', lock from procrastinate_jobs"
    )
    handed = hand_on(world, a_worker(world), other)
    assert handed.ended == Ended(awaited=True)
    assert handed.job is not None


@pytest.mark.parametrize("awaited", [False, True])
def test_a_delivery_ends_its_job(world: World, awaited: bool) -> None:
    worker = a_worker(world)
    job = hand_on(world, worker).job
    assert job is not None
    assert job.id is not None
    with world.database.session() as session:
        if awaited:
            session.execute(
                text(
                    "insert into procrastinate_jobs (queue_name, task_name, lock) values"
                    f" ('deliveries', 'delivery', 'conversation:{TALK}')"
                )
            )
        assert job_claims.end(session, JobClaim(job.id, worker)) == Ended(awaited)
    assert job_states(world, "delivery") == ["todo"] * awaited
