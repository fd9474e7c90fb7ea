"""Run by the engine's Python: the tracker store beside Rasa's own, on one table; prints what it saw as JSON.

python tracker_store_in_engine.py URL
"""

import asyncio
import json
import sys

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet, UserUttered

from bot.tracker_store import OneStatementStore, SavedElsewhere

DOMAIN = Domain.from_yaml("""
version: "3.1"
intents: [greet]
slots: {city: {type: any, mappings: [{type: custom}]}}
actions: []
""")


def turn(tracker, number: int) -> None:
    said = UserUttered(f"salam {number}", {"name": "greet", "confidence": 1.0}, [], message_id=f"m{number}")
    for event in (said, ActionExecuted("action_greet"), SlotSet("city", f"fes {number}")):
        tracker.update(event, DOMAIN)


def session(tracker) -> None:
    for event in (ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")):
        tracker.update(event, DOMAIN)


def hang_up(store: SQLTrackerStore) -> None:
    """Ends every other connection to the database, as a restart of the server does."""
    with store.engine.connect() as connection:
        connection.exec_driver_sql(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )


async def main(url: str) -> None:
    ours, theirs = (kind(DOMAIN, host=url) for kind in (OneStatementStore, SQLTrackerStore))
    seen = {}
    assert await ours.retrieve("amina") is None
    tracker = await ours.get_or_create_tracker("amina")
    session(tracker)
    turn(tracker, 1)
    await ours.save(tracker)
    turn(tracker, 2)
    await ours.save(tracker)
    again, beside = await ours.retrieve("amina"), await theirs.retrieve("amina")
    # Rasa's finds a session by its clock, and so leaves out the action that began it.
    seen["same"] = [each.as_dict() for each in list(again.events)[-8:]] == [
        each.as_dict() for each in list(beside.events)[-8:]
    ]
    seen["slot"] = again.get_slot("city")
    other = await ours.retrieve("amina")
    turn(again, 3)
    await ours.save(again)
    turn(other, 3)
    try:
        await ours.save(other)
    except SavedElsewhere:
        seen["second"] = "refused"
    seen["stored"] = len((await ours.retrieve_full_tracker("amina")).events)
    session(again)
    turn(again, 4)
    await ours.save(again)
    seen["of the last session"] = len((await ours.retrieve("amina")).events)
    seen["of all"] = len((await ours.retrieve_full_tracker("amina")).events)
    seen["of another"] = await ours.retrieve("karim")
    stock = await theirs.retrieve("amina")
    turn(stock, 5)
    await theirs.save(stock)
    seen["after stock"] = (await ours.retrieve("amina")).get_slot("city")
    read = await ours.retrieve("amina")
    hang_up(theirs)
    turn(read, 6)
    await ours.save(read)
    hang_up(theirs)
    seen["after two restarts"] = (await ours.retrieve("amina")).get_slot("city")
    print(json.dumps(seen))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
