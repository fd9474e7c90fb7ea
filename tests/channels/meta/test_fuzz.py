"""Whatever comes signed: no exception, no 500, and what is beside it is stored."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from channels.intake.webhook import Webhook
from channels.meta import Config, build
from channels.meta.inbound import parse
from channels.meta.outbound import request_for
from channels.meta.routes import PATH
from channels.meta.signature import HEADER, sign
from channels.queue.deferrer import Deferrer
from store.core.database import Database
from store.tables import Message
from tests.channels.meta.test_inbound import EXAMPLES
from tests.channels.meta.test_outbound import outbound
from tests.channels.simulators.whatsapp_events import contact, event, joined, message
from tests.channels.simulators.whatsapp_rules import check

OURS = "106540352242922"
AT = datetime(2026, 11, 25, tzinfo=UTC)
CONFIG = Config(OURS, "the app's secret", "v", "t")

texts = st.text(st.characters(codec=None), max_size=30)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
TYPES = [
    "text",
    "image",
    "audio",
    "location",
    "contacts",
    "reaction",
    "button",
    "interactive",
    "order",
    "system",
    "?",
]
FIELDS = ["body", "id", "caption", "latitude", "longitude", "emoji", "payload", "text", "type", "button_reply",
          "list_reply", "wa_id", "user_id", "voice", "mime_type"]  # fmt: skip
PLACES = ["from", "from_user_id", "id", "timestamp", "group_id", *TYPES]
parts = st.dictionaries(st.sampled_from(FIELDS), anything, max_size=4) | anything
messages = st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES) | anything},
    optional={
        place: parts if place in TYPES else texts | st.just("212612345678") | anything for place in PLACES
    },
)
hostile = st.text(st.sampled_from("\0\ud83d\udc4da/س \u202e"), max_size=6) | st.sampled_from(["nan", "1e999"])


@st.composite
def genuine(draw: st.DrawFn) -> dict[str, Any]:
    """A message that is to be stored, with hostile words wherever words may be."""
    kind = draw(st.sampled_from(TYPES))
    picked = st.fixed_dictionaries({"id": hostile, "title": hostile})
    inner = {"button_reply": picked, "list_reply": picked, "voice": st.booleans()}
    part = draw(st.fixed_dictionaries({}, optional={field: inner.get(field, hostile) for field in FIELDS}))
    found = message("212612345678", f"wamid.{draw(st.integers(0, 10**9))}", 1763000000, kind, part)
    return {**found, draw(hostile): draw(anything)}


statuses = st.fixed_dictionaries(
    {"status": st.sampled_from(["sent", "failed"]) | anything},
    optional={"id": texts | anything, "biz_opaque_callback_data": texts | anything, "errors": anything},
)
values = st.builds(
    lambda found, contacts, states: event(OURS, messages=found, contacts=contacts, statuses=states),
    st.lists(genuine() | messages | anything, max_size=3) | anything,
    st.lists(anything, max_size=2) | anything,
    st.lists(statuses | anything, max_size=2) | anything,
)


@st.composite
def broken_examples(draw: st.DrawFn) -> Any:
    """One of Meta's examples with one place of it replaced."""
    example = json.loads(json.dumps(draw(st.sampled_from(list(EXAMPLES.values())))))
    at: Any = example
    while True:
        key = draw(st.sampled_from(sorted(at) if isinstance(at, dict) else list(range(len(at)))))
        if not isinstance(at[key], dict | list) or not at[key] or draw(st.integers(0, 3)) == 0:
            at[key] = draw(anything)
            return example
        at = at[key]


bodies = values | broken_examples() | anything


@given(bodies)
@settings(max_examples=300)
def test_parsing_raises_nothing_and_loses_no_neighbour(payload: Any) -> None:
    good = event(
        OURS,
        contacts=[contact("212600000000", "A")],
        messages=[message("212600000000", "wamid.good", 1763000000, "text", {"body": "salam"})],
    )
    beside = (
        payload
        if isinstance(payload, dict) and isinstance(payload.get("entry"), list)
        else {"entry": [payload]}
    )
    read = parse(json.loads(json.dumps(joined([good, beside]))), OURS, AT)
    assert [found.text for found in read.messages if found.provider_message_id == "wamid.good"] == ["salam"]
    json.dumps([found.raw for found in read.messages])


@given(anything)
def test_parsing_takes_anything(payload: Any) -> None:
    parse(payload, OURS, AT)


@pytest.fixture
def client(database: Database) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(build(CONFIG, Webhook(database, Deferrer())).router)
    with TestClient(app) as opened:
        yield opened


@given(payload=bodies.map(lambda payload: json.dumps(payload).encode()) | st.binary(max_size=100))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_route_stores_or_passes_over(client: TestClient, payload: bytes) -> None:
    answer = client.post(PATH, content=payload, headers={HEADER: sign(CONFIG.app_secret, payload)})
    assert answer.status_code == 200


@given(found=st.lists(genuine(), min_size=1, max_size=8))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_they_hold_messages_are_stored(client: TestClient, database: Database, found: Any) -> None:
    payload = json.dumps(event(OURS, messages=found)).encode()
    answer = client.post(PATH, content=payload, headers={HEADER: sign(CONFIG.app_secret, payload)})
    assert answer.status_code == 200
    expected = {each["id"] for each in found if each["type"] != "system" and "group_id" not in each}
    with database.session() as session:
        stored = select(Message.provider_message_id).where(Message.provider_message_id.in_(expected))
        assert set(session.scalars(stored)) == expected


titles = st.text(min_size=1, max_size=30).filter(str.strip)


@given(
    st.text(min_size=1, max_size=1500).filter(str.strip),
    st.lists(titles, max_size=12),
    st.sampled_from(["text", "buttons", "list"]),
    st.text(max_size=25),
)
def test_meta_takes_whatever_we_say(text: str, chosen: list[str], kind: Any, label: str) -> None:
    check(request_for(outbound(text, *chosen, kind=kind, menu_label=label)), None)
