"""`POST /webhooks/takwin/turn`: signed, structured, repeatable, and never moved by a failure."""

import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psycopg
import pytest

from store.core.database import connection_string, ensure_database
from store.embedded.server import EmbeddedPostgres
from store.engine.tracker import TrackerStore
from takwin.compose.engine_process import free_port
from tests.bot.engine_harness import ActionStandIn, TurnClient, running_engine, said

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
        ({"text": "x" * 10_001}, "text"),
        ({"text": None}, "text, option"),
        ({"option": {"intent": "greet"}}, "text, option"),
        ({"text": None, "option": {"intent": "restart_everything"}}, "option.intent"),
        ({"text": None, "option": {"intent": "greet", "entities": {"a": 1}}}, "option.entities"),
        ({"forwarded": "yes"}, "forwarded"),
        ({"interrupted": 1}, "interrupted"),
        ({"danger_open": "false"}, "danger_open"),
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
    assert failed.status_code == 500
    assert events_of(tracker_url, person) == before
    again = engine.say(person, "m2", "bghit formation f l'anglais")
    assert again.status_code == 200
    assert again.json()["replies"]
    assert events_of(tracker_url, person) > before


def test_what_the_engine_remembers_can_be_erased(engine: TurnClient, tracker_url: str, person: str) -> None:
    engine.say(person, "m1", "salam")
    assert TrackerStore(tracker_url).erase(uuid.UUID(person)) > 0
    assert events_of(tracker_url, person) == 0


def test_of_a_long_text_it_is_said_that_it_was_cut(engine: TurnClient, person: str) -> None:
    text = (
        "bghit formation f l'informatique. " + "hadi chi 7kaya twila bezzaf. " * 300 + "ana sakn f Marrakech"
    )
    long = engine.say(person, "m1", text).json()
    assert long["understanding"]["cut"] is True
    [city] = [each for each in long["understanding"]["entities"] if each["entity"] == "city"]
    assert text[city["start"] : city["end"]] == "Marrakech"
    assert len(text) - city["end"] == 0
    # Actions are given what was read, and where in it things stand.
    assert {e["end"] < 1000 for e in long["replies"][0]["args"]["entities"]} == {True}
    assert engine.say(person, "m1", text).json() == long
    assert "cut" not in engine.say(person, "m2", "bghit formation f l'informatique").json()["understanding"]


DANGER = {
    "fr": "ce soir je vais me pendre",
    "ar": "سأشنق نفسي الليلة",
    "ary": "هاد الليل غادي نشنق راسي",
    "ary-Latn": "had lil ghadi nchne9 rasi",
}
YES = {"fr": "oui effacez tout", "ar": "نعم احذف كل شيء", "ary": "اه مسح كولشي", "ary-Latn": "ah mse7 kolchi"}


@pytest.fixture
def asked_to_erase(engine: TurnClient, actions: ActionStandIn, person: str) -> Iterator[str]:
    """Somebody who was asked whether all of theirs is to be erased."""
    actions.sets = {"action_delete_my_data": {"offer": {"do": "erase"}}}
    option = {"intent": "delete_my_data", "entities": []}
    engine.post({"person_id": person, "message_id": "m1", "channel": "web", "option": option})
    yield person
    actions.sets = {}


@pytest.mark.parametrize("variety", YES)
def test_a_yes_to_the_question_put_last_is_one(engine: TurnClient, asked_to_erase: str, variety: str) -> None:
    understood = engine.say(asked_to_erase, "m2", YES[variety]).json()["understanding"]
    assert (understood["answer"], understood["intent"]) == ("yes", "affirm")


@pytest.mark.parametrize("variety", YES)
@pytest.mark.parametrize("mark", ["interrupted", "forwarded"])
def test_a_yes_to_something_else_is_none(
    engine: TurnClient, asked_to_erase: str, variety: str, mark: str
) -> None:
    understood = engine.say(asked_to_erase, "m2", YES[variety], **{mark: True}).json()["understanding"]
    assert understood.get("answer") == ("neither" if mark == "forwarded" else None)


def test_a_yes_of_the_day_after_is_none(engine: TurnClient, asked_to_erase: str, tracker_url: str) -> None:
    age(tracker_url, asked_to_erase, hours=25)
    understood = engine.say(asked_to_erase, "m2", YES["fr"]).json()["understanding"]
    assert "answer" not in understood


def test_a_yes_of_the_same_day_is_one(engine: TurnClient, asked_to_erase: str, tracker_url: str) -> None:
    age(tracker_url, asked_to_erase, hours=23)
    assert engine.say(asked_to_erase, "m2", YES["fr"]).json()["understanding"]["answer"] == "yes"


def age(tracker_url: str, person: str, hours: float) -> None:
    """As if all was said so many hours before."""
    change = """
        update events set timestamp = timestamp - %(by)s, data = jsonb_set(
            data::jsonb, '{timestamp}', to_jsonb((data::jsonb ->> 'timestamp')::float8 - %(by)s))::text
        where sender_id = %(person)s"""
    with psycopg.connect(connection_string(tracker_url)) as connection:
        connection.execute(change, {"by": hours * 3600, "person": person})


@pytest.mark.parametrize(
    "text", ["hmm je suis pas sûre", "je sais pas trop", "لست متأكدة", "ماعرفتش واش", "ma3rftch wach"]
)
def test_who_hesitates_is_not_taken_for_sad(engine: TurnClient, asked_to_erase: str, text: str) -> None:
    understood = engine.say(asked_to_erase, "m2", text).json()["understanding"]
    assert understood["answer"] == "neither"
    assert not understood.get("concern")


@pytest.mark.parametrize("variety", DANGER)
@pytest.mark.parametrize("forwarded", [True, False])
def test_danger_is_left_to_the_app_and_the_dialogue_stays(
    engine: TurnClient,
    actions: ActionStandIn,
    asked_to_erase: str,
    tracker_url: str,
    variety: str,
    forwarded: bool,
) -> None:
    events, calls = events_of(tracker_url, asked_to_erase), len(actions.calls)
    body = engine.say(asked_to_erase, "m2", DANGER[variety], forwarded=forwarded).json()
    assert (body["replies"], body["understanding"]["danger"]) == ([], True)
    assert body["understanding"]["danger_kind"] == "self"
    assert (events_of(tracker_url, asked_to_erase), len(actions.calls)) == (events, calls)


def test_after_danger_a_yes_is_none_and_a_wish_leads_away(engine: TurnClient, asked_to_erase: str) -> None:
    body = engine.say(asked_to_erase, "m2", YES["fr"], danger_open=True).json()
    if body["understanding"]["intent"] != "delete_my_data":
        assert (body["replies"], body["understanding"]["stays"]) == ([], True)
    assert "answer" not in body["understanding"]
    stays = engine.say(asked_to_erase, "m3", "oui", danger_open=True).json()
    assert (stays["replies"], stays["understanding"]["stays"]) == ([], True)
    away = engine.say(asked_to_erase, "m4", "je cherche une formation en anglais", danger_open=True).json()
    assert away["replies"][0]["reply"] == "action_find_course"
    assert not away["understanding"].get("stays")


@pytest.mark.parametrize("text", [YES["fr"], DANGER["ary"], "je cherche une formation en anglais"])
def test_to_be_understood_moves_nothing(
    engine: TurnClient, actions: ActionStandIn, asked_to_erase: str, tracker_url: str, text: str
) -> None:
    events, calls = events_of(tracker_url, asked_to_erase), len(actions.calls)
    first = engine.understand(asked_to_erase, "m2", text)
    assert first.json() == engine.understand(asked_to_erase, "m2", text).json()
    assert (first.status_code, first.json()["replies"]) == (200, [])
    assert (events_of(tracker_url, asked_to_erase), len(actions.calls)) == (events, calls)
    understood = engine.say(asked_to_erase, "m2", text).json()["understanding"]
    assert {**first.json()["understanding"], "stays": False} == {**understood, "stays": False}


def test_a_newcomer_can_be_understood_and_is_not_kept(
    engine: TurnClient, tracker_url: str, person: str
) -> None:
    assert engine.understand(person, "m1", "salam").status_code == 200
    assert events_of(tracker_url, person) == 0


@pytest.mark.parametrize("secret", [None, "another secret altogether, as long as the first"])
def test_to_be_understood_has_to_be_signed_too(engine: TurnClient, person: str, secret: str | None) -> None:
    body = said(person, "m1", "salam")
    assert engine.post(body, secret=secret, url=engine.understanding).status_code == 401


def test_an_action_server_that_is_away_is_nobodys_fault(
    tracker_url: str, person: str, tmp_path: Path
) -> None:
    with running_engine(tracker_url, free_port(), tmp_path) as alone:
        assert alone.say(person, "m1", "salam").status_code == 503


def test_while_one_text_is_parsed_the_engine_is_well_and_others_are_served_after_its_limit(
    tracker_url: str, actions: ActionStandIn, person: str, tmp_path: Path
) -> None:
    with (
        running_engine(tracker_url, actions.port, tmp_path, "tests.bot.slow_in_engine") as slow,
        ThreadPoolExecutor(2) as people,
    ):
        slow.say(person, "m0", "salam")
        stuck = people.submit(slow.say, person, "m1", "sleep 30")
        time.sleep(0.3)
        behind = people.submit(slow.say, str(uuid.uuid4()), "m1", "salam")
        waits = []
        while not stuck.done():
            started = time.perf_counter()
            assert httpx.get(slow.health, trust_env=False).status_code == httpx.codes.OK
            waits.append(time.perf_counter() - started)
            time.sleep(0.05)
        assert (stuck.result().status_code, stuck.result().json()) == (413, {"error": "too-slow"})
        assert max(waits) < 1.0
        assert behind.result().status_code == 200
        assert slow.say(person, "m2", "salam").status_code == 200
        assert events_of(tracker_url, person) > 0
