"""A message is stored once and its turn deferred with it, or neither."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from channels.queue.deferrer import Deferrer
from tests.channels.conftest import World


def jobs(world: World) -> list[tuple[str, str]]:
    with world.database.session() as session:
        rows = session.execute(text("select lock, args->>'message_id' from procrastinate_jobs order by id"))
        return [(row[0], row[1]) for row in rows]


def test_the_turn_is_deferred_with_the_message(world: World) -> None:
    receipt = world.write("salam")
    message = world.message(receipt.message_id)
    assert (message.text, message.state) == ("salam", "received")
    assert jobs(world) == [(f"person:{message.person_id}", str(message.id))]


def test_the_same_message_again_changes_nothing(world: World) -> None:
    first = world.write("salam", provider_message_id="x")
    again = world.write("other words", provider_message_id="x")
    assert (again.message_id, again.duplicate) == (first.message_id, True)
    assert world.message(first.message_id).text == "salam"
    assert len(jobs(world)) == 1


def test_the_same_message_many_times_at_once_is_one(world: World) -> None:
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda _: world.write("salam", provider_message_id="x"), range(24)))
    assert len({receipt.message_id for receipt in receipts}) == 1
    assert [receipt.duplicate for receipt in receipts].count(False) == 1
    assert len(jobs(world)) == 1


def test_nothing_is_kept_where_the_turn_cannot_be_deferred(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("no queue")

    with monkeypatch.context() as patch:
        patch.setattr(Deferrer, "turn", refuse)
        with pytest.raises(RuntimeError):
            world.write("salam", provider_message_id="x")
    assert world.write("salam", provider_message_id="x").duplicate is False


def test_what_people_send_can_always_be_stored(world: World) -> None:
    receipt = world.write("a\0b\ud800c" + "é" * 20_000, profile_name="Ami\u202ena\0")
    assert world.message(receipt.message_id).text == "abc" + "é" * 9_997
