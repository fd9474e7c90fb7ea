"""Where Twilio calls: signed forms are stored and acknowledged, others refused."""

import logging
import uuid
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.twilio import Config
from store.core.database import Database
from tests.channels.simulators.twilio import TwilioSimulator
from tests.channels.twilio.conftest import ACCOUNT, AMINA, PUBLIC, SMS_FROM, TOKEN, WHATSAPP_FROM, Ours

SMS, WHATSAPP, STATUS = "/channels/twilio/sms", "/channels/twilio/whatsapp", "/channels/twilio/status"
WA = f"whatsapp:{AMINA}"


def test_a_signed_message_is_stored_and_answered_with_empty_twiml(
    ours: Ours, twilio: TwilioSimulator
) -> None:
    fields = twilio.inbound_fields(WA, f"whatsapp:{WHATSAPP_FROM}", Body="salam")
    answer = ours.post(*twilio.signed(WHATSAPP, fields))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    assert answer.text.endswith("<Response/>")
    [message] = ours.stored()
    assert (message.channel, message.text, message.provider) == ("whatsapp", "salam", "twilio")
    assert message.provider_message_id == fields["MessageSid"]


def test_a_message_that_comes_again_is_stored_once(ours: Ours, twilio: TwilioSimulator) -> None:
    fields = twilio.inbound_fields(AMINA, SMS_FROM, Body="salam")
    for _ in range(3):  # each with an idempotency token of its own
        assert ours.post(*twilio.signed(SMS, fields)).status_code == 200
    assert len(ours.stored()) == 1


def test_blank_fields_are_signed_too(ours: Ours, twilio: TwilioSimulator) -> None:
    fields = twilio.inbound_fields(
        WA, f"whatsapp:{WHATSAPP_FROM}", Latitude="33.5", Longitude="-7.5", Address=""
    )
    assert fields["Body"] == fields["Address"] == ""
    assert ours.post(*twilio.signed(WHATSAPP, fields)).status_code == 200
    [message] = ours.stored()
    assert message.media == {"kind": "location", "latitude": 33.5, "longitude": -7.5}


def test_the_query_is_signed_as_it_came(ours: Ours, twilio: TwilioSimulator) -> None:
    fields = twilio.inbound_fields(AMINA, SMS_FROM, Body="salam")
    target, body, headers = twilio.signed(SMS, fields, query="b=2&a=%C3%A9&c=")
    assert ours.post(target, body, headers).status_code == 200
    assert ours.post(SMS, body, headers).status_code == 403
    assert ours.post(f"{SMS}?a=%C3%A9&b=2&c=", body, headers).status_code == 403


def test_no_header_says_what_our_address_is(ours: Ours, twilio: TwilioSimulator) -> None:
    elsewhere = replace_public(twilio, "https://evil.example")
    target, body, headers = elsewhere.signed(SMS, twilio.inbound_fields(AMINA, SMS_FROM, Body="salam"))
    forged = {
        **headers,
        "Host": "evil.example",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
    }
    assert ours.post(target, body, forged).status_code == 403
    assert ours.stored() == []


def replace_public(twilio: TwilioSimulator, public: str) -> TwilioSimulator:
    return TwilioSimulator(twilio.account_sid, twilio.auth_token, public_url=public)


@pytest.mark.parametrize("path", [SMS, WHATSAPP, STATUS])
def test_what_is_not_signed_is_refused(ours: Ours, twilio: TwilioSimulator, path: str) -> None:
    _, body, headers = twilio.signed(path, twilio.inbound_fields(AMINA, SMS_FROM, Body="salam"))
    without = {name: value for name, value in headers.items() if name != "X-Twilio-Signature"}
    stranger = TwilioSimulator(ACCOUNT, "another token", public_url=PUBLIC)
    forged = stranger.signed(path, twilio.inbound_fields(AMINA, SMS_FROM, Body="salam"))
    assert ours.post(path, body, without).status_code == 403
    assert ours.post(path, body + b"&Body=other", headers).status_code == 403
    assert ours.post(*forged).status_code == 403
    assert ours.client().get(path).status_code == 405
    assert ours.stored() == []


def test_a_shared_key_is_taken_where_it_is_set(ours: Ours, twilio: TwilioSimulator) -> None:
    call = twilio.signed(
        SMS, twilio.inbound_fields(AMINA, SMS_FROM, Body="salam"), "", "HMAC_SHA256", "the key"
    )
    assert ours.post(*call).status_code == 403
    ours.config = replace(ours.config, signing_key="the key")
    assert ours.post(*call).status_code == 200
    assert len(ours.stored()) == 1


def test_a_body_too_long_is_not_read(ours: Ours, twilio: TwilioSimulator) -> None:
    fields = twilio.inbound_fields(AMINA, SMS_FROM, Body="x" * 140_000)
    assert ours.post(*twilio.signed(SMS, fields)).status_code == 413


def test_a_signed_form_that_is_no_message_is_acknowledged(ours: Ours, twilio: TwilioSimulator) -> None:
    assert ours.post(*twilio.signed(SMS, {"Hello": ""})).status_code == 200
    assert ours.post(*twilio.signed(STATUS, {"Hello": ""})).status_code == 204
    assert ours.stored() == []


def test_a_status_moves_a_delivery_by_the_id_in_its_address(ours: Ours, twilio: TwilioSimulator) -> None:
    mine = ours.outbound("sms", AMINA)
    for status in ("queued", "delivered", "sent"):
        fields = {
            "MessageSid": "SM1",
            "MessageStatus": status,
            "To": AMINA,
            "From": SMS_FROM,
            "ApiVersion": "",
        }
        assert ours.post(*twilio.signed(STATUS, fields, f"m={mine}")).status_code == 204
    message = next(each for each in ours.stored() if each.id == mine)
    assert (message.delivery_state, message.provider_message_id) == ("delivered", "SM1")


def test_an_opt_out_told_by_a_status_marks_the_address(ours: Ours, twilio: TwilioSimulator) -> None:
    from store.people.addresses import addresses_of

    mine = ours.outbound("sms", AMINA)
    fields = {
        "MessageSid": "SM1",
        "MessageStatus": "failed",
        "ErrorCode": "21610",
        "To": AMINA,
        "From": SMS_FROM,
    }
    assert ours.post(*twilio.signed(STATUS, fields, f"m={mine}")).status_code == 204
    message = next(each for each in ours.stored() if each.id == mine)
    with ours.database.session() as session:
        [address] = addresses_of(session, message.person_id)
    assert (message.delivery_state, message.delivery_detail, address.state) == (
        "failed",
        "21610",
        "opted_out",
    )


def test_what_cannot_be_stored_is_not_acknowledged(ours: Ours, twilio: TwilioSimulator) -> None:
    ours.database = Database("postgresql://127.0.0.1:1/nowhere?connect_timeout=1")
    fields = twilio.inbound_fields(AMINA, SMS_FROM, Body="salam")
    status = {"MessageSid": "SM1", "MessageStatus": "sent", "To": AMINA}
    assert ours.post(*twilio.signed(SMS, fields)).status_code == 503
    assert ours.post(*twilio.signed(STATUS, status)).status_code == 503


def test_no_line_of_the_log_has_words_or_numbers(
    ours: Ours, twilio: TwilioSimulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fields = twilio.inbound_fields(AMINA, SMS_FROM, Body="a secret word")
    target, body, headers = twilio.signed(SMS, fields)
    ours.post(target, body, headers)
    ours.post(target, body, {**headers, "X-Twilio-Signature": "no"})
    ours.post(*twilio.signed(SMS, {"Body": "a secret word", "From": AMINA}))
    told = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("channels"))
    assert "refused" in told
    assert "secret" not in told
    assert "612345678" not in told


@pytest.fixture(scope="module")
def unstored() -> tuple[TestClient, list[object]]:
    """The routes in front of a door that only counts, so that many forms can be tried."""
    from fastapi import FastAPI

    from channels.twilio.routes import build_router
    from channels.twilio.seen import Seen

    class Counter:
        def __init__(self) -> None:
            self.taken: list[object] = []

        async def take(self, messages: list[object]) -> None:
            self.taken += messages

        note = take

    counter = Counter()
    app = FastAPI()
    config = Config(ACCOUNT, TOKEN, PUBLIC, SMS_FROM, WHATSAPP_FROM)
    app.include_router(build_router(config, counter, Seen()))  # type: ignore[arg-type]
    return TestClient(app), counter.taken


NAMES = st.sampled_from(
    ["MessageSid", "From", "To", "Body", "NumMedia", "MediaUrl0", "Latitude", "ButtonPayload", "ListId", "WaId",
     "OptOutType", "MessageStatus", "ErrorCode", "MessageType", "ProfileName", "ExternalUserId"]
) | st.text(max_size=12)  # fmt: skip
VALUES = st.text(max_size=30) | st.sampled_from(
    ["SM" + "1" * 32, AMINA, WA, "failed", "1", "-1", "\x00", "21610"]
)


@given(
    st.dictionaries(NAMES, VALUES, max_size=8),
    st.sampled_from([SMS, WHATSAPP, STATUS]),
    st.text("m=&é#?%", max_size=9),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_signed_form_is_never_an_error(
    unstored: tuple[TestClient, list[object]], fields: dict[str, str], path: str, query: str
) -> None:
    client, _ = unstored
    simulator = TwilioSimulator(ACCOUNT, TOKEN, public_url=PUBLIC)
    encoded = urlencode({"m": query})
    target, body, headers = simulator.signed(path, fields, encoded)
    assert client.post(target, content=body, headers=headers).status_code in (200, 204)


@given(st.binary(max_size=200), st.text("ABC=", max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_noise_is_refused(unstored: tuple[TestClient, list[object]], body: bytes, signature: str) -> None:
    client, taken = unstored
    before = len(taken)
    answer = client.post(SMS, content=body, headers={"X-Twilio-Signature": signature})
    assert answer.status_code == 403
    assert len(taken) == before


@given(st.lists(st.tuples(NAMES, VALUES), max_size=6))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_is_acknowledged_is_stored(
    ours: Ours, twilio: TwilioSimulator, fields: list[tuple[str, str]]
) -> None:
    """With the real database: nothing in a form of people makes storing impossible."""
    form = {**twilio.inbound_fields(WA, f"whatsapp:{WHATSAPP_FROM}"), **dict(fields)}
    form |= {"MessageSid": f"SM{uuid.uuid4().hex}", "From": WA}
    assert ours.post(*twilio.signed(WHATSAPP, form)).status_code == 200
    assert form["MessageSid"] in {message.provider_message_id for message in ours.stored()}
