"""Jobs of the queue, changed in the transaction of what they are about: Procrastinate's own functions each have one of
their own.
"""

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


_STARTED = text("""
insert into procrastinate_jobs (queue_name, task_name, lock, args, status, worker_id)
select :queue, :task, :lock, :arguments, 'doing', id from procrastinate_workers
where id = :worker_id
    and not exists (select from procrastinate_jobs where lock = :lock and status in ('todo', 'doing'))
on conflict do nothing
returning id
""").bindparams(bindparam("arguments", type_=JSONB()))


def start(
    session: Session, *, queue: str, task: str, lock: str, arguments: dict[str, str], worker_id: int
) -> int | None:
    """A job that a worker is doing already, once this transaction commits; its number.

    None, and there is no job, where another one waits for the same lock or holds it, or the worker is not known (any
    more). A worker that dies leaves it as it leaves any job: it is found without a heartbeat, and put back.
    """
    values = {"queue": queue, "task": task, "lock": lock, "arguments": arguments, "worker_id": worker_id}
    job_id: int | None = session.scalar(_STARTED, values)
    return job_id


_ENDED = text(
    "delete from procrastinate_jobs where id = :id and worker_id = :worker_id and status = 'doing' returning id"
)


def end(session: Session, job_id: int, worker_id: int) -> bool:
    """Ends a job together with what it has done. False where the worker does not have it any more: it was taken for
    dead, and the job put back.
    """
    return session.scalar(_ENDED, {"id": job_id, "worker_id": worker_id}) is not None
