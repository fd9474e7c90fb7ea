"""Messages of before migration 0014: its columns are filled from what stood joined or among the arguments."""

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from store.conversations import deferred_replies, next_message, rates
from store.conversations.messages import get_message, history
from store.conversations.outbound import find_option
from store.core.database import MIGRATIONS, Database, driver_url, ensure_database, migrate
from store.core.encryption import Cipher
from store.embedded.server import EmbeddedPostgres

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
PERSON, CONVERSATION, ADVISER = uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=7)
OPTION = {"id": "o1", "title": "Oui", "intent": "affirm", "entities": []}
FORM = {"key": "adviser_reply_waiting", "values": ["a"]}
HELP = {"reply": "danger-help", "args": {"samu": "141", "$last": True}}
#: Name, direction, reply, author, arguments: as they were written at the commit before.
BEFORE: tuple[tuple[int, str, str | None, str | None, dict[str, Any] | None], ...] = (
    (10, "in", None, None, {"$opt": "stop", "$forwarded": True}),
    (11, "in", None, None, None),
    (20, "out", "courses-found", None, {"total": 2, "$variety": "fr"}),
    (21, "out", "opt-out-done", None, {"$last": True, "$variety": "ary"}),
    (22, "out", "danger-help + adviser-out-of-hours", None, {"$replies": [HELP], "$variety": "ar"}),
    (23, "out", "", f"adviser:{ADVISER}", {}),
    (24, "out", "adviser-words", "adviser:7", {"$variety": "fr", "$template": FORM, "$held": True}),
)


def before() -> str:
    """The revision before."""
    found = ScriptDirectory(str(MIGRATIONS)).get_revision("0014").down_revision
    assert isinstance(found, str)
    return found


def upgrade(url: str, revision: str) -> None:
    engine = create_engine(driver_url(url))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def downgrade(url: str, revision: str) -> None:
    engine = create_engine(driver_url(url))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()


def write_before(database: Database) -> None:
    with database.session() as session:
        session.execute(
            text("insert into persons (id, created_at) values (:id, :at)"), {"id": PERSON, "at": AT}
        )
        session.execute(
            text(
                "insert into conversations (id, person_id, channel, last_n, opened_at, last_message_at, state,"
                " state_at, segments_sent) values (:id, :person, 'whatsapp', 5, :at, :at, 'assistant', :at, 0)"
            ),
            {"id": CONVERSATION, "person": PERSON, "at": AT},
        )
        for name, direction, reply, author, args in BEFORE:
            out = direction == "out"
            session.execute(
                text(
                    "insert into messages (id, conversation_id, person_id, channel, direction, text, created_at,"
                    " flagged, state, n, in_reply_to, position, reply, author, args, options, delivery_state)"
                    " values (:id, :of, :person, 'whatsapp', :direction, 'words', :at, false, :state, :n, :answers,"
                    " :position, :reply, :author, :args, :options, :delivery)"
                ),
                {
                    "id": uuid.UUID(int=name),
                    "of": CONVERSATION,
                    "person": PERSON,
                    "direction": direction,
                    "at": AT,
                    "state": None if out else "received",
                    "n": name - 19 if out else None,
                    "answers": uuid.UUID(int=10) if name in (20, 21) else None,
                    "position": name - 20 if name in (20, 21) else None,
                    "reply": reply,
                    "author": author,
                    "args": None if args is None else json.dumps(args),
                    "options": json.dumps([OPTION] if name == 20 else []) if out else None,
                    "delivery": "sent" if out else None,
                },
            )


@pytest.fixture
def upgraded(postgres: EmbeddedPostgres, cipher: Cipher) -> Iterator[Database]:
    """A database of the revision before, with its rows, brought up to today's."""
    url = ensure_database(postgres.url, f"columns_{uuid.uuid4().hex[:8]}")
    upgrade(url, before())
    database = Database(url, cipher)
    write_before(database)
    migrate(url)
    yield database
    database.close()


def test_rows_of_before_are_read_by_their_columns(upgraded: Database) -> None:
    with upgraded.session() as session:
        found = [get_message(session, uuid.UUID(int=name)) for name, *_ in BEFORE]
        assert [(m.opt_word, m.forwarded, m.args) for m in found[:2]] == [
            ("stop", True, None),
            (None, False, None),
        ]
        shown, stopped, joined, words, waits = found[2:]
        assert (shown.reply_keys, shown.variety, shown.args) == (["courses-found"], "fr", {"total": 2})
        assert (shown.author_kind, shown.despite_opt_out, shown.is_deferred) == ("assistant", False, False)
        assert (stopped.reply_keys, stopped.despite_opt_out, stopped.args) == (["opt-out-done"], True, {})
        assert joined.reply_keys == ["danger-help", "adviser-out-of-hours"]
        assert (joined.despite_opt_out, joined.variety) == (True, "ar")
        assert joined.args == {"replies": [HELP]}
        assert (words.reply_keys, words.author_kind, words.author_adviser_id) == ([], "adviser", ADVISER)
        assert (waits.content_template, waits.is_deferred) == (FORM, True)
        assert (waits.author_kind, waits.author_adviser_id, waits.args) == ("adviser", None, {})


def test_what_was_begun_goes_on(upgraded: Database) -> None:
    with upgraded.session() as session:
        waiting = next_message.oldest(session, uuid.UUID(int=10))
        assert waiting is not None
        assert [option["id"] for option in waiting.offered] == ["o1"]
        assert find_option(session, CONVERSATION, "o1") == OPTION
        assert rates.was_replied(session, CONVERSATION, "danger-help", AT.replace(hour=11))
        assert not rates.was_replied(session, CONVERSATION, "adviser-out-of-hours", AT.replace(hour=11))
        kept = {message.id: (message.n, message.in_reply_to) for message in history(session, PERSON)}
        assert kept[uuid.UUID(int=21)] == (2, uuid.UUID(int=10))
        assert set(kept) == {uuid.UUID(int=name) for name, *_ in BEFORE}
        [again] = deferred_replies.release(session, CONVERSATION)
        assert (again.text, again.n, again.author_kind, again.content_template) == (
            "words",
            6,
            "adviser",
            None,
        )


def test_the_way_back_puts_all_of_it_where_it_was(upgraded: Database) -> None:
    downgrade(upgraded.url, before())
    with upgraded.session() as session:
        rows = session.execute(text("select id, direction, reply, author, args from messages order by id"))
        assert [(row.id.int, row.direction, row.reply, row.author, row.args or None) for row in rows] == [
            (*kept, args or None) if name != 22 else (22, *kept[1:], {**(args or {}), "$last": True})
            for name, *kept, args in [(row[0], *row) for row in BEFORE]
        ]
