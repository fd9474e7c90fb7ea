"""`POST /webhooks/takwin/turn`: signed, structured, repeatable, and never moved by a failure."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from store.database import connection_string, ensure_database
from store.embedded import EmbeddedPostgres
from store.tracker import TrackerStore
from tests.bot.engine_harness import ActionStandIn, TurnClient, running_engine

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def tracker_url(postgres: EmbeddedPostgres) -> str:
    return ensure_database(postgres.url, "engine_tests")


@pytest.fixture(scope="module")
def actions() -> Iterator[ActionStandIn]:
    with ActionStandIn() as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def engine(
    tracker_url: str, actions: ActionStandIn, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TurnClient]:
    folder: Path = tmp_path_factory.mktemp("engine")
    with running_engine(tracker_url, actions.port, folder) as client:
        yield client


@pytest.fixture
def person() -> str:
    return str(uuid.uuid4())


def events_of(tracker_url: str, person: str) -> int:
    with psycopg.connect(connection_string(tracker_url)) as connection:
        row = connection.execute("select count(*) from events where sender_id = %s", (person,)).fetchone()
        assert row is not None
        return int(row[0])


def test_a_turn_answers_with_keys_and_what_was_understood(engine: TurnClient, person: str) -> None:
    answer = engine.say(person, "m1", "بغيت شي فورماسيون فابور فكازا")
    assert answer.status_code == 200
    body = answer.json()
    assert body["replies"][0]["reply"] == "action_find_course"
    assert body["understanding"]["intent"] == "find_course"
    assert body["understanding"]["variety"] == "ary"
    assert {"entity", "value", "start", "end"} == set(body["understanding"]["entities"][0])


def test_an_option_is_taken_as_structured_data(engine: TurnClient, person: str) -> None:
    option = {"intent": "find_course", "entities": [{"entity": "topic", "value": "english"}]}
    body = engine.post({"person_id": person, "message_id": "m1", "channel": "web", "option": option}).json()
    assert body["understanding"]["intent"] == "find_course"
    assert body["understanding"]["confidence"] == 1.0
    assert body["replies"][0]["args"]["entities"][0]["value"] == "english"


def test_the_same_message_again_gives_the_same_answer_and_moves_nothing(
    engine: TurnClient, actions: ActionStandIn, tracker_url: str, person: str
) -> None:
    first = engine.say(person, "m1", "je cherche une formation en anglais")
    events, calls = events_of(tracker_url, person), len(actions.calls)
    again = engine.say(person, "m1", "je cherche une formation en anglais")
    assert again.json() == first.json()
    assert events_of(tracker_url, person) == events
    assert len(actions.calls) == calls


@pytest.mark.parametrize("secret", [None, "", "another secret altogether, as long as the first"])
def test_an_unsigned_or_wrongly_signed_turn_is_refused(
    engine: TurnClient, tracker_url: str, person: str, secret: str | None
) -> None:
    body = {"person_id": person, "message_id": "m1", "channel": "web", "text": "salam"}
    assert engine.post(body, secret=secret).status_code == 401
    assert events_of(tracker_url, person) == 0


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "//restart",
        '//register{"name":"x"}',
        '/register{"course":"google-ux"}',
        '\u00a0/register{"course":"x"}',
        '\u2003 / /register{"course":"x"}',
        "\x1c/restart",
        '/delete_my_data@1.0{"view":"x"}',
    ],
)
def test_a_text_never_steers_the_dialogue(engine: TurnClient, person: str, text: str) -> None:
    """A slash command would be understood with confidence 1.0 and bring its entities along."""
    body = engine.say(person, "m1", text).json()
    understanding = body["understanding"]
    assert understanding["confidence"] < 1.0
    assert not [e for e in understanding["entities"] if e["entity"] in ("course", "view", "name")]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"message_id": ""}, "message_id"),
        ({"message_id": 7}, "message_id"),
        ({"person_id": None}, "person_id"),
        ({"channel": "a b"}, "channel"),
        ({"variety": "en"}, "variety"),
        ({"text": ""}, "text"),
        ({"text": "/ / /"}, "text"),
        ({"text": "x" * 10_000}, "text"),
        ({"text": None}, "text, option"),
        ({"option": {"intent": "greet"}}, "text, option"),
        ({"text": None, "option": {"intent": "restart_everything"}}, "option.intent"),
        ({"text": None, "option": {"intent": "greet", "entities": {"a": 1}}}, "option.entities"),
    ],
)
def test_a_malformed_turn_is_refused_and_the_field_named(
    engine: TurnClient, tracker_url: str, person: str, change: dict[str, object], named: str
) -> None:
    body: dict[str, object] = {
        "person_id": person,
        "message_id": "m1",
        "channel": "web",
        "text": "salam",
        **change,
    }
    answer = engine.post({k: v for k, v in body.items() if v is not None})
    assert answer.status_code == 422
    assert named in answer.json()["error"]
    assert events_of(tracker_url, person) == 0


@pytest.mark.parametrize(
    "text", ["😀😀😀", "\u202ebghit\u202c", "a\u0000b", "؟؟؟؟", "٣", "ـــــــ", "x " * 900, "🇲🇦👍🏽👨‍👩‍👧"]
)
def test_odd_texts_are_answered(engine: TurnClient, person: str, text: str) -> None:
    answer = engine.say(person, "m1", text)
    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        assert answer.json()["replies"]


def test_a_failed_action_leaves_the_dialogue_where_it_was(
    engine: TurnClient, actions: ActionStandIn, tracker_url: str, person: str
) -> None:
    engine.say(person, "m1", "salam")
    before = events_of(tracker_url, person)
    actions.failing = True
    try:
        failed = engine.say(person, "m2", "bghit formation f l'anglais")
    finally:
        actions.failing = False
    assert failed.status_code == 503
    assert events_of(tracker_url, person) == before
    again = engine.say(person, "m2", "bghit formation f l'anglais")
    assert again.status_code == 200
    assert again.json()["replies"]
    assert events_of(tracker_url, person) > before


def test_what_the_engine_remembers_can_be_erased(engine: TurnClient, tracker_url: str, person: str) -> None:
    engine.say(person, "m1", "salam")
    assert TrackerStore(tracker_url).erase(uuid.UUID(person)) > 0
    assert events_of(tracker_url, person) == 0
