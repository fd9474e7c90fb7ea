"""What no webhook brought is fetched from Twilio's list."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import HTTPException
from sqlalchemy import select

from channels.contract.messages import MediaKind
from channels.contract.periodic import never
from channels.contract.provider import Provider
from store.conversations import next_message
from store.core.database import Database
from store.tables import Message
from tests.channels.simulators.twilio import TwilioSimulator
from tests.channels.twilio.conftest import AMINA, SMS_FROM, WHATSAPP_FROM, Ours

WA, WA_FROM = f"whatsapp:{AMINA}", f"whatsapp:{WHATSAPP_FROM}"


def backfill_of(provider: Provider) -> Any:
    [periodic] = provider.periodic
    return periodic.work.__self__  # type: ignore[attr-defined]


def look(ours: Ours, *numbers: str, times: int = 1) -> list[int]:
    async def work(provider: Provider) -> list[int]:
        backfill = backfill_of(provider)
        return [
            await backfill.look(number) for _ in range(times) for number in numbers or (SMS_FROM, WA_FROM)
        ]

    return ours.use(work)


def ago(**passed: float) -> datetime:
    return datetime.now(UTC) - timedelta(**passed)


def test_a_message_that_no_webhook_brought_is_taken_in_once(ours: Ours, twilio: TwilioSimulator) -> None:
    written = ago(minutes=4)
    sid = twilio.write(AMINA, SMS_FROM, written, Body="bghit formation")["MessageSid"]
    twilio.write(WA, WA_FROM, ago(minutes=3), Body="سلام")
    assert look(ours, times=2) == [1, 1, 0, 0]
    by_sms, by_whatsapp = ours.stored()
    assert (by_sms.channel, by_sms.text, by_sms.provider_message_id) == ("sms", "bghit formation", sid)
    assert by_sms.sent_at == written.replace(microsecond=999_999)
    assert (by_whatsapp.channel, by_whatsapp.text) == ("whatsapp", "سلام")


def test_of_one_second_what_was_acknowledged_comes_first_and_the_rest_as_it_was_written(
    ours: Ours, twilio: TwilioSimulator
) -> None:
    second = ago(minutes=4).replace(microsecond=0)
    acknowledged = twilio.inbound_fields(AMINA, SMS_FROM, Body="first")
    ours.post(*twilio.signed("/channels/twilio/sms", acknowledged))
    for said in ("second", "third"):
        twilio.write(AMINA, SMS_FROM, second, Body=said)
    look(ours, SMS_FROM)
    with ours.database.session() as session:
        [first] = session.scalars(select(Message).where(Message.text == "first"))
        first.created_at = second + timedelta(milliseconds=900)
        session.flush()
        said = []
        while (waiting := next_message.oldest(session, first.id)) is not None:
            said.append(waiting.message.text)
            waiting.message.state = "done"
            session.flush()
    assert said == ["first", "second", "third"]


def test_another_process_takes_it_in_no_second_time(ours: Ours, twilio: TwilioSimulator) -> None:
    twilio.write(AMINA, SMS_FROM, ago(minutes=4), Body="salam")
    assert look(ours, SMS_FROM) == look(ours, SMS_FROM) == [1]
    assert len(ours.stored()) == 1


def test_the_writer_is_the_same_as_by_webhook(ours: Ours, twilio: TwilioSimulator) -> None:
    twilio.write(WA, WA_FROM, ago(minutes=4), Body="salam")
    look(ours, WA_FROM)
    ours.post(*twilio.signed("/channels/twilio/whatsapp", twilio.inbound_fields(WA, WA_FROM, Body="labas?")))
    assert len({message.person_id for message in ours.stored()}) == 1


def test_a_webhook_that_may_still_come_is_waited_for(ours: Ours, twilio: TwilioSimulator) -> None:
    twilio.write(AMINA, SMS_FROM, ago(seconds=20), Body="salam")
    assert look(ours, SMS_FROM) == [0]


def test_what_a_webhook_brought_is_not_brought_back_after_an_erasure(
    ours: Ours, twilio: TwilioSimulator
) -> None:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from store.lifecycle.privacy import erase_person

    async def work(provider: Provider) -> int:
        app = FastAPI()
        app.include_router(provider.router)
        fields = twilio.write(AMINA, SMS_FROM, ago(minutes=3), Body="supprimez mes données")
        target, body, headers = twilio.signed("/channels/twilio/sms", fields)
        assert TestClient(app).post(target, content=body, headers=headers).status_code == 200
        [message] = ours.stored()
        with ours.database.session() as session:
            erase_person(session, message.person_id)
        return int(await backfill_of(provider).look(SMS_FROM))

    assert ours.use(work) == 0
    assert ours.stored() == []


def test_our_own_messages_and_those_long_ago_are_left_alone(ours: Ours, twilio: TwilioSimulator) -> None:
    twilio.write(AMINA, SMS_FROM, ago(minutes=30), Body="long ago")
    twilio.records.append(
        twilio.resource(
            "SM" + "d4" * 16, {"From": AMINA, "To": SMS_FROM}, "outbound-api", "sent", ago(minutes=3)
        )
    )
    assert look(ours, SMS_FROM) == [0]


@pytest.mark.parametrize(("hours", "found"), [(3, 3), (47, 3), (60, 2)])
def test_after_an_outage_it_begins_where_the_last_message_came(
    ours: Ours, twilio: TwilioSimulator, hours: float, found: int
) -> None:
    for since in (hours - 0.05, 1.5, 0.5):
        twilio.write(AMINA, SMS_FROM, ago(hours=since), Body=f"{since} hours ago")
    ours.last_inbound = lambda channel: ago(hours=hours) if channel == "sms" else None
    assert look(ours, SMS_FROM, times=2) == [found, 0]
    assert [message.text for message in ours.stored()][-1] == "0.5 hours ago"


def test_the_oldest_comes_first_over_several_pages(
    ours: Ours, twilio: TwilioSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    import channels.twilio.backfill as backfill

    monkeypatch.setattr(backfill, "PAGE", 3)
    for n in range(8, 0, -1):
        twilio.write(AMINA, SMS_FROM, ago(minutes=1.6 + n / 10), Body=f"{n}")
    assert look(ours, SMS_FROM) == [8]
    assert [message.text for message in ours.stored()] == list("87654321")
    assert len([path for _, path, _ in twilio.requests if "Page=" in path]) == 2


def test_a_file_is_known_by_its_kind_and_not_fetched(ours: Ours, twilio: TwilioSimulator) -> None:
    twilio.write(WA, WA_FROM, ago(minutes=3), NumMedia="1", MediaContentType0="audio/ogg")
    assert look(ours, WA_FROM) == [1]
    [message] = ours.stored()
    assert message.media is not None
    assert (message.media["kind"], message.media["mime_type"]) == (MediaKind.VOICE, "audio/ogg")
    assert message.media["reference"].startswith("https://api.twilio.com/2010-04-01/Accounts/")
    assert message.media["reference"].endswith("/Media/ME1")


def test_what_could_not_be_stored_is_looked_for_again(ours: Ours, twilio: TwilioSimulator) -> None:
    twilio.write(AMINA, SMS_FROM, ago(minutes=9), Body="salam")
    working, broken = ours.database, Database("postgresql://127.0.0.1:1/nowhere?connect_timeout=1")

    async def work(provider: Provider) -> int:
        backfill = backfill_of(provider)
        backfill._webhook._database = broken
        with pytest.raises(HTTPException):
            await backfill.look(SMS_FROM)
        backfill._webhook._database = working
        # Long after, it still begins where it had not come through.
        return int(await backfill.look(SMS_FROM, datetime.now(UTC) + timedelta(minutes=1)))

    assert ours.use(work) == 1


def test_a_look_that_failed_is_tried_again_at_the_next_tick(ours: Ours, twilio: TwilioSimulator) -> None:
    twilio.write(AMINA, SMS_FROM, ago(minutes=3), Body="salam")
    began = datetime.now(UTC)

    async def work(provider: Provider) -> list[int]:
        backfill = backfill_of(provider)
        looked = []
        backfill._client.http_client._base = "http://127.0.0.1:1"
        for seconds in (0, 10, 20, 30):
            if seconds == 20:
                backfill._client.http_client._base = twilio.url
            before = len(twilio.requests)
            await backfill.run(never, began + timedelta(seconds=seconds))
            looked.append(len(twilio.requests) - before)
        return looked

    # Two numbers are looked at each time.
    assert ours.use(work) == [0, 0, 2, 0]
    assert len(ours.stored()) == 1


def test_a_look_that_came_to_its_end_is_taken_again_after_a_minute(
    ours: Ours, twilio: TwilioSimulator
) -> None:
    began = datetime.now(UTC)

    async def work(provider: Provider) -> list[int]:
        looked = []
        for seconds in (0, 10, 50, 60, 70, 120):
            before = len(twilio.requests)
            await backfill_of(provider).run(never, began + timedelta(seconds=seconds))
            looked.append(len(twilio.requests) - before)
        return looked

    assert ours.use(work) == [2, 0, 0, 2, 0, 2]


def test_a_name_or_a_service_receives_nothing(ours: Ours) -> None:
    from dataclasses import replace

    for sender in ("TAKWIN", "MG" + "b2" * 16):
        ours.config = replace(ours.config, sms_from=sender, whatsapp_from="")
        assert list(ours.built().periodic) == []
