"""Both sides over real HTTP: somebody writes, we answer, Twilio tells what became of the answer."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import uvicorn
from fastapi import FastAPI

from channels.contract.provider import Sent
from channels.twilio import Config
from store.tables import Message
from tests.channels.simulators.twilio import TwilioSimulator
from tests.channels.twilio.conftest import AMINA, SMS_FROM, WHATSAPP_FROM, Ours, menu, message, sms

WA, WA_FROM = f"whatsapp:{AMINA}", f"whatsapp:{WHATSAPP_FROM}"


@pytest.fixture
def served(ours: Ours, twilio: TwilioSimulator) -> Iterator[Ours]:
    app = FastAPI()
    app.include_router(ours.built().router)
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    twilio.app_url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield ours
    server.should_exit = server.force_exit = True
    thread.join(10)


def wait_for(done: Callable[[], bool], seconds: float = 10) -> None:
    for _ in range(int(seconds / 0.02)):
        if done():
            return
        time.sleep(0.02)
    pytest.fail("it did not come to be in time")


def of(ours: Ours, message_id: object) -> Message:
    return next(each for each in ours.stored() if str(each.id) == str(message_id))


@pytest.mark.parametrize(
    ("sender", "to", "fields"),
    [
        (AMINA, SMS_FROM, {"Body": "bghit formation f l'informatique"}),
        (WA, WA_FROM, {"Body": "بغيت تكوين"}),
        (WA, WA_FROM, {"Latitude": "33.57", "Longitude": "-7.58", "Label": "ANAPEC"}),
        (WA, WA_FROM, {"NumMedia": "1", "MediaContentType0": "audio/ogg", "MediaUrl0": "https://api/ME1"}),
    ],
)
def test_what_somebody_writes_is_stored(
    served: Ours, twilio: TwilioSimulator, sender: str, to: str, fields: dict[str, str]
) -> None:
    answer = twilio.inbound(sender, to, **fields)
    assert answer.status_code == 200
    [stored] = served.stored()
    assert stored.text == fields.get("Body")
    assert (stored.media is None) == ("Body" in fields)


def test_the_option_that_is_tapped_is_the_one_that_was_sent(served: Ours, twilio: TwilioSimulator) -> None:
    outbound = menu(3)
    served.send(outbound)
    action = twilio.filled(twilio.sent[0])["twilio/quick-reply"]["actions"][1]
    twilio.inbound(WA, WA_FROM, ButtonPayload=action["id"], ButtonText=action["title"], Body=action["title"])
    [stored] = served.stored()
    assert stored.option == {"id": outbound.options[1].id}


def test_statuses_come_back_to_the_message(served: Ours, twilio: TwilioSimulator) -> None:
    twilio.automatic = ("sent", "delivered", "read")
    mine = served.outbound("whatsapp", AMINA[1:])
    [sent] = served.send(message("salam", message_id=str(mine)))
    assert isinstance(sent, Sent)
    wait_for(lambda: of(served, mine).delivery_state == "read")
    assert of(served, mine).provider_message_id == sent.provider_message_id


def test_a_failure_comes_back_with_its_code(served: Ours, twilio: TwilioSimulator) -> None:
    mine = served.outbound("sms", AMINA)
    served.send(sms("salam", message_id=str(mine)))
    assert twilio.call_back(twilio.sent[0]["sid"], "undelivered", 30005).status_code == 204
    assert (of(served, mine).delivery_state, of(served, mine).delivery_detail) == ("failed", "30005")


def test_a_stranger_with_another_token_is_refused(served: Ours, twilio: TwilioSimulator) -> None:
    stranger = TwilioSimulator(
        twilio.account_sid, "guessed", public_url=twilio.public_url, app_url=twilio.app_url
    )
    assert stranger.inbound(AMINA, SMS_FROM, Body="salam").status_code == 403
    assert served.stored() == []


@pytest.mark.parametrize("missing", ["account_sid", "auth_token", "public_url"])
def test_nothing_is_built_without_what_checks_signatures(ours: Ours, missing: str) -> None:
    with pytest.raises(ValueError, match="public URL"):
        replace(ours.config, **{missing: ""})
    assert isinstance(ours.config, Config)
