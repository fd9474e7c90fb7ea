"""WhatsApp's own "stop offers" button, from the signed webhook to the addresses: it counts as the word does."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from channels.contract.messages import Preference
from channels.intake.webhook import Webhook
from channels.meta import Config, build
from channels.meta.inbound import parse
from channels.meta.routes import PATH
from channels.meta.signature import HEADER, sign
from channels.queue.deferrer import Deferrer
from store.core.clock import utc_now
from store.core.database import Database
from store.outreach import alerts
from store.outreach.opt_out import opt_in, opt_out
from store.people import people
from store.tables import Address, Message, Person
from tests.channels.simulators.whatsapp_events import contact, event, joined, message, preference
from tests.store.making import person

CONFIG = Config("106540352242922", "the app's secret", "the verify token", "a token")
OURS = CONFIG.phone_number_id
NUMBER, BSUID = "212612345678", "MA.13491208655302741918"
NOW = int(utc_now().timestamp()) - 3600


@pytest.fixture
def client(database: Database) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(build(CONFIG, Webhook(database, Deferrer())).router)
    with TestClient(app) as opened:
        yield opened


@pytest.fixture
def amina(database: Database) -> Any:
    """Somebody with two ids on WhatsApp, a number by SMS, and an alert."""
    with database.session() as session:
        someone = person(session, "web-1", "alerts")
        people.find_or_create(session, "whatsapp", NUMBER)
        people.find_or_create(session, "whatsapp", BSUID)
        people.find_or_create(session, "sms", "+212612345678")
        for address in session.scalars(select(Address)):
            address.person_id = someone
        alerts.subscribe(session, someone, ["cloud"])
        return someone


def post(client: TestClient, payload: Any) -> int:
    body = json.dumps(payload).encode()
    return client.post(PATH, content=body, headers={HEADER: sign(CONFIG.app_secret, body)}).status_code


def told(**values: Any) -> Any:
    return event(OURS, "user_preferences", user_preferences=[{"category": "marketing_messages", **values}])


def states(database: Database) -> dict[str, set[tuple[str, str | None]]]:
    found: dict[str, set[tuple[str, str | None]]] = {}
    with database.session() as session:
        for address in session.scalars(select(Address)):
            found.setdefault(address.channel, set()).add((address.state, address.state_reason))
    return found


STOPPED = {("opted_out", "preferences:whatsapp")}
BACK = {("active", "preferences:whatsapp")}
UNTOUCHED = {("active", None)}


@pytest.mark.parametrize("who", [{"wa_id": NUMBER}, {"user_id": BSUID}, {"wa_id": NUMBER, "user_id": BSUID}])
def test_who_stops_offers_gets_no_more_messages_there(
    client: TestClient, database: Database, amina: Any, who: dict[str, str]
) -> None:
    for _ in range(2):
        assert post(client, preference(OURS, "stop", NOW, **who)) == 200
        assert states(database) == {"whatsapp": STOPPED, "sms": UNTOUCHED, "web": UNTOUCHED}
    with database.session() as session:
        assert alerts.of_person(session, amina) == []
        assert session.scalar(select(func.count()).select_from(Message)) == 0


def test_who_resumes_is_written_to_again(client: TestClient, database: Database, amina: Any) -> None:
    for wish, stamp in (("stop", NOW), ("resume", NOW + 60), ("resume", NOW + 60)):
        assert post(client, preference(OURS, wish, stamp, wa_id=NUMBER)) == 200
    assert states(database)["whatsapp"] == BACK
    with database.session() as session:
        assert alerts.of_person(session, amina) == []


def test_what_is_brought_again_undoes_nothing_that_came_after(
    client: TestClient, database: Database, amina: Any
) -> None:
    for wish, stamp, expected in (
        ("stop", NOW, STOPPED),
        ("resume", NOW + 60, BACK),
        ("stop", NOW, BACK),
        ("stop", NOW + 120, STOPPED),
        ("resume", NOW + 60, STOPPED),
    ):
        assert post(client, preference(OURS, wish, stamp, wa_id=NUMBER)) == 200
        assert states(database)["whatsapp"] == expected
    with database.session() as session:
        opt_in(session, amina, "whatsapp", "word:whatsapp")
    assert post(client, preference(OURS, "stop", NOW + 120, wa_id=NUMBER)) == 200
    assert states(database)["whatsapp"] == {("active", "word:whatsapp")}


@pytest.mark.parametrize("reason", ["word:whatsapp", "provider:whatsapp"])
@pytest.mark.parametrize("earlier", [(), ("stop",)])
def test_who_stopped_with_the_word_is_not_brought_back(
    client: TestClient, database: Database, amina: Any, reason: str, earlier: tuple[str, ...]
) -> None:
    for wish in earlier:
        assert post(client, preference(OURS, wish, NOW, wa_id=NUMBER)) == 200
    with database.session() as session:
        assert opt_out(session, amina, "whatsapp", reason) is not bool(earlier)
    for wish in ("stop", "resume"):
        assert post(client, preference(OURS, wish, NOW + 7200, wa_id=NUMBER)) == 200
    assert states(database)["whatsapp"] == {("opted_out", reason)}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (preference(OURS, "pause", NOW, wa_id=NUMBER), "preference-unknown"),
        (preference(OURS, "stop", NOW), "preference-unknown"),
        (preference("1", "stop", NOW, wa_id=NUMBER), "other-number"),
        (event(OURS, "user_preferences", user_preferences="?"), "bad-user_preferences"),
        (told(wa_id=NUMBER, value=["stop"]), "preference-unknown"),
        (told(wa_id=NUMBER, value="stop", category="calls"), "preference-unknown"),
        (told(wa_id=NUMBER, value="stop", category=None), "preference-unknown"),
    ],
)
def test_what_is_no_wish_for_our_offers_changes_nothing(
    client: TestClient, database: Database, amina: Any, body: Any, code: str
) -> None:
    assert parse(body, OURS, utc_now()).ignored == [code]
    assert post(client, body) == 200
    assert states(database)["whatsapp"] == UNTOUCHED
    with database.session() as session:
        assert len(alerts.of_person(session, amina)) == 1


def test_somebody_unknown_stays_so(client: TestClient, database: Database) -> None:
    assert post(client, preference(OURS, "stop", NOW, wa_id=NUMBER)) == 200
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_a_time_that_cannot_be_is_when_it_came() -> None:
    at = utc_now()
    read = parse(preference(OURS, "stop", -5, wa_id=NUMBER), OURS, at)
    assert read.preferences == [Preference("whatsapp", (NUMBER,), "stop", at)]


def test_who_stops_and_writes_in_one_body_is_stored(client: TestClient, database: Database) -> None:
    written = event(
        OURS,
        contacts=[contact(NUMBER, "Amina")],
        messages=[message(NUMBER, "wamid.1", NOW, "text", {"body": "salam"})],
    )
    assert post(client, joined([preference(OURS, "stop", NOW, wa_id=NUMBER), written])) == 200
    assert states(database) == {"whatsapp": STOPPED}
