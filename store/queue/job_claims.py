"""Jobs of the queue, changed in the transaction of what they are about: Procrastinate's own functions each have one of
their own.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session


def rename_lock(session: Session, before: str, after: str) -> int:
    """Has the jobs that wait for one lock wait for another, so that they do not run beside those of that other.

    Returns how many there were. A job that runs already is left to end.
    """
    changed = session.execute(
        text(
            "update procrastinate_jobs set lock = :after where lock = :before and status = 'todo' returning id"
        ),
        {"before": before, "after": after},
    )
    return len(changed.all())


@dataclass(frozen=True)
class JobClaim:
    """Where a job is being done: its number, and the worker's."""

    job_id: int
    worker_id: int


@dataclass(frozen=True)
class Ended:
    """A job that ended with what it did; `awaited`: another waits for the lock that it held."""

    awaited: bool


_GONE = """
gone as (
    delete from procrastinate_jobs where id = :id and worker_id = :worker_id and status = 'doing' returning lock
)"""
_AWAITED = (
    "exists (select from procrastinate_jobs other where other.lock = gone.lock and other.status = 'todo')"
)
_END = text(f"with {_GONE} select {_AWAITED} from gone")  # noqa: S608 - constants


def end(session: Session, claim: JobClaim) -> Ended | None:
    """Ends a job together with what it has done. None where the worker does not have it any more: it was taken for
    dead, and the job put back.
    """
    row = session.execute(_END, {"id": claim.job_id, "worker_id": claim.worker_id}).first()
    return None if row is None else Ended(bool(row[0]))


_HAND_ON = text(f"""
with {_GONE}, begun as (
    insert into procrastinate_jobs (queue_name, task_name, lock, args, status, worker_id)
    select :queue, :task, :lock, :arguments, 'doing', :worker_id from gone
    where not exists (select from procrastinate_jobs where lock = :lock and status in ('todo', 'doing'))
    on conflict do nothing
    returning id
)
select {_AWAITED}, (select id from begun) from gone
""").bindparams(bindparam("arguments", type_=JSONB()))  # noqa: S608 - constants


def hand_on(
    session: Session, claim: JobClaim, *, queue: str, task: str, lock: str, arguments: dict[str, str]
) -> tuple[Ended, int | None] | None:
    """Ends a job as `end` does, and has its worker do another one as soon as this transaction commits, which nobody
    need look for: its number.

    There is no other one where some job waits for its lock or holds it. A worker that dies leaves it as it leaves any
    job: it is found without a heartbeat, and put back.
    """
    following = {"queue": queue, "task": task, "lock": lock, "arguments": arguments}
    row = session.execute(_HAND_ON, {"id": claim.job_id, "worker_id": claim.worker_id, **following}).first()
    return None if row is None else (Ended(bool(row[0])), row[1])
