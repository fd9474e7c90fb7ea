"""Messages out, by Twilio's own SDK against an account on loopback."""

import json
import logging
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

import channels.twilio.transport as transport
from channels.contract.errors import Ambiguous, GiveUp, RetryLater
from channels.contract.messages import Outbound, Refusal, Template
from channels.contract.provider import Finder, Provider, Sender, Sent
from store.conversations.content_templates import get_template
from store.conversations.deliveries import record_delivery
from tests.channels.simulators.twilio import Trouble, TwilioSimulator
from tests.channels.twilio.conftest import (
    ACCOUNT,
    AMINA,
    PUBLIC,
    SMS_FROM,
    WHATSAPP_FROM,
    Ours,
    menu,
    message,
    sms,
)


def find(ours: Ours, outbound: Outbound, since: datetime | None = None) -> Sent | None:
    async def work(provider: Provider) -> Sent | None:
        sender = provider.senders[outbound.channel]
        assert isinstance(sender, Finder)
        return await sender.find(outbound, since or datetime.now(UTC) - timedelta(minutes=1))

    return ours.use(work)


def test_the_provider_is_what_the_application_expects(ours: Ours) -> None:
    provider = ours.built()
    senders: dict[str, Sender] = dict(provider.senders)
    assert provider.name == "twilio"
    assert set(senders) == {"sms", "whatsapp"}
    assert len(provider.periodic) == 1
    ours.config = replace(ours.config, sms_from="", whatsapp_from="")
    assert (dict(ours.built().senders), list(ours.built().periodic)) == ({}, [])


def test_a_text_by_sms(ours: Ours, twilio: TwilioSimulator) -> None:
    outbound = sms("Salam Amina\nkayn 3 formations")
    [sent] = ours.send(outbound)
    [taken] = twilio.sent
    assert sent == Sent(taken["sid"])
    assert {name: value for name, value in taken.items() if name not in ("sid", "resource")} == {
        "To": AMINA,
        "From": SMS_FROM,
        "Body": "Salam Amina\nkayn 3 formations",
        "StatusCallback": f"{PUBLIC}/channels/twilio/status?m={outbound.message_id}",
    }


def test_a_text_by_whatsapp(ours: Ours, twilio: TwilioSimulator) -> None:
    ours.send(message("سلام"), message("salam", to="MA.1349"))
    assert [(each["To"], each["From"]) for each in twilio.sent] == [
        (f"whatsapp:{AMINA}", f"whatsapp:{WHATSAPP_FROM}"),
        ("whatsapp:MA.1349", f"whatsapp:{WHATSAPP_FROM}"),
    ]
    assert twilio.sent[0]["Body"] == "سلام"


def test_a_messaging_service_chooses_the_number(ours: Ours, twilio: TwilioSimulator) -> None:
    ours.config = replace(ours.config, sms_from="MG" + "b2" * 16)
    ours.send(sms())
    assert (twilio.sent[0]["MessagingServiceSid"], "From" in twilio.sent[0]) == ("MG" + "b2" * 16, False)


def test_buttons_by_a_form_that_is_made_once(ours: Ours, twilio: TwilioSimulator) -> None:
    first, second = menu(3, "Salam!\nAchmen domaine?"), menu(3, "Ahlan!\nAchmen mdina?")
    ours.send(first, second)
    ours.send(first)  # another process: it finds the form in the database
    assert len(twilio.contents) == 1
    assert len({each["ContentSid"] for each in twilio.sent}) == 1
    for taken, outbound in zip(twilio.sent, (first, second, first), strict=True):
        form = twilio.filled(taken)["twilio/quick-reply"]
        assert form["body"] == outbound.text
        assert [action["id"] for action in form["actions"]] == [option.id for option in outbound.options]
        assert "Body" not in taken
    with ours.database.session() as session:
        assert get_template(session, "twilio", f"{ACCOUNT}:v1:buttons:3:xx") == twilio.sent[0]["ContentSid"]


def test_a_list_with_descriptions(ours: Ours, twilio: TwilioSimulator) -> None:
    outbound = replace(
        menu(10, kind="list"), descriptions=tuple("" if n % 2 else f"Cours {n}" for n in range(10))
    )
    ours.send(outbound)
    form = twilio.filled(twilio.sent[0])["twilio/list-picker"]
    assert (form["button"], len(form["items"])) == ("Chouf", 10)
    assert form["items"][2] == {"item": "Domaine 3", "id": outbound.options[2].id, "description": "Cours 2"}
    assert "description" not in form["items"][3]


@pytest.mark.parametrize("trouble", [Trouble(400, 92001), Trouble(500), Trouble(429, 20429, "3")])
def test_without_the_content_api_the_menu_leaves_as_numbers(
    ours: Ours, twilio: TwilioSimulator, trouble: Trouble
) -> None:
    twilio.content_troubles.append(trouble)
    first, second = ours.send(menu(2, "Domaine?"), menu(2, "Domaine?"))
    assert isinstance(first, Sent)
    assert isinstance(second, Sent)
    assert [each["Body"] for each in twilio.sent] == ["Domaine?\n1. Domaine 1\n2. Domaine 2"] * 2
    # It was asked for once only: a form that is refused is not asked for again with each message.
    assert len([path for _, path, _ in twilio.requests if path.startswith("/v1/Content")]) == 1


def test_a_form_that_twilio_forgot_is_made_anew(ours: Ours, twilio: TwilioSimulator) -> None:
    ours.send(menu(2))
    twilio.contents.clear()
    ours.send(menu(2))
    assert len(twilio.contents) == 1
    assert twilio.sent[1]["ContentSid"] in twilio.contents
    ours.send(menu(2))
    assert len(twilio.contents) == 1


def test_a_form_that_is_refused_gives_way_to_numbers(ours: Ours, twilio: TwilioSimulator) -> None:
    twilio.troubles.append(Trouble(400, 63021))
    first, second = ours.send(menu(2, "Domaine?"), menu(2, "Domaine?"))
    assert isinstance(first, Sent)
    assert isinstance(second, Sent)
    assert [each["Body"] for each in twilio.sent] == ["Domaine?\n1. Domaine 1\n2. Domaine 2"] * 2


def test_an_approved_template(ours: Ours, twilio: TwilioSimulator) -> None:
    twilio.contents["HX" + "c3" * 16] = {"types": {"twilio/text": {"body": "Salam {{1}}, {{2}}!"}}}
    ours.config = replace(ours.config, templates={"new_course:ar": "HX" + "c3" * 16})
    outbound = message("", template=Template("new_course", "ar", ("Amina", "Excel")))
    unknown = message("", template=Template("new_course", "fr", ("Amina",)))
    sent, refused = ours.send(outbound, unknown)
    assert isinstance(sent, Sent)
    assert json.loads(twilio.sent[0]["ContentVariables"]) == {"1": "Amina", "2": "Excel"}
    assert twilio.sent[0]["resource"]["body"] == "Salam Amina, Excel!"
    assert isinstance(refused, GiveUp)
    assert refused.reason == "no-template"


def test_an_opt_out_is_not_tried_again(ours: Ours, twilio: TwilioSimulator) -> None:
    twilio.refused_numbers[AMINA] = 21610
    [error] = ours.send(sms())
    assert isinstance(error, GiveUp)
    assert (error.reason, error.refusal) == ("twilio-21610", Refusal("opted_out", "21610"))


def test_outside_the_window(ours: Ours, twilio: TwilioSimulator) -> None:
    twilio.refused_numbers[f"whatsapp:{AMINA}"] = 63016
    text, buttons = ours.send(message(), menu(2))
    for error in (text, buttons):
        assert isinstance(error, GiveUp)
        assert (error.reason, error.refusal) == ("outside-window", None)


def test_a_number_that_is_none(ours: Ours) -> None:
    [error] = ours.send(sms(to="+1"))
    assert isinstance(error, GiveUp)
    assert error.refusal == Refusal("unreachable", "21211")


@pytest.mark.parametrize(
    ("trouble", "reason", "after", "kind"),
    [
        (Trouble(429, 20429, "7"), "twilio-20429", 7.0, RetryLater),
        (Trouble(429, None, None), "twilio-429", None, RetryLater),
        (Trouble(503, None, "2"), "twilio-503", 2.0, RetryLater),
        (Trouble(500), "twilio-500", None, Ambiguous),
        (Trouble(502), "twilio-502", None, Ambiguous),
        (Trouble(401, 20003), "auth", None, RetryLater),
    ],
)
def test_what_passes_is_tried_later_and_does_not_count(
    ours: Ours,
    twilio: TwilioSimulator,
    trouble: Trouble,
    reason: str,
    after: float | None,
    kind: type[Exception],
) -> None:
    twilio.troubles.append(trouble)
    [error] = ours.send(sms())
    assert type(error) is kind
    assert (error.reason, error.after, error.counts) == (reason, after, False)
    assert len(twilio.requests) == 1  # nothing tries again behind our back


def test_a_wrong_token_waits_for_an_operator(ours: Ours, twilio: TwilioSimulator) -> None:
    ours.config = replace(ours.config, auth_token="wrong")
    [error] = ours.send(sms())
    assert isinstance(error, RetryLater)
    assert (error.reason, error.counts) == ("auth", False)
    assert twilio.sent == []


def test_nobody_answers_the_connection(ours: Ours, twilio: TwilioSimulator) -> None:
    twilio.stop()
    [error] = ours.send(sms())
    assert type(error) is RetryLater
    assert (error.reason, error.counts) == ("twilio-unreachable", False)


def send_in_vain(ours: Ours, twilio: TwilioSimulator, outbound: Outbound, *, accept: bool) -> None:
    """Nobody answers in time. Only this one request is in a hurry: a busy machine may take long over the others."""
    twilio.troubles.append(Trouble(hang=3, accept=accept))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transport, "TOTAL_SECONDS", 1.5)
        [error] = ours.send(outbound)
    assert type(error) is Ambiguous
    assert error.reason == "twilio-no-answer"


@pytest.mark.parametrize(
    "outbound", [sms("salam\nAmina"), message("salam"), menu(3, "a\n\nb"), menu(4, "a", kind="list")]
)
def test_a_message_whose_answer_was_lost_is_found(
    ours: Ours, twilio: TwilioSimulator, outbound: Outbound
) -> None:
    if outbound.kind != "text":
        ours.send(replace(outbound, to="212700000000"))  # the form is there
    send_in_vain(ours, twilio, outbound, accept=True)
    assert find(ours, outbound) == Sent(twilio.sent[-1]["sid"])


def test_a_message_that_was_not_taken_is_not_found(ours: Ours, twilio: TwilioSimulator) -> None:
    outbound = sms("salam")
    send_in_vain(ours, twilio, outbound, accept=False)
    assert find(ours, outbound) is None


def test_only_the_very_message_is_found(ours: Ours, twilio: TwilioSimulator) -> None:
    ours.send(sms("salam"), sms("bslama", to="+212700000000"), message("salam"))
    twilio.write(AMINA, SMS_FROM, Body="bslama")
    assert find(ours, sms("bslama")) is None
    assert find(ours, sms("salam")) == Sent(twilio.sent[0]["sid"])
    assert find(ours, message("salam")) == Sent(twilio.sent[2]["sid"])
    assert find(ours, sms("salam"), datetime.now(UTC) + timedelta(minutes=5)) is None


def test_the_same_words_in_another_message_are_not_it(ours: Ours, twilio: TwilioSimulator) -> None:
    earlier, later = ours.outbound("sms", AMINA), ours.outbound("sms", AMINA)
    [first] = ours.send(sms("salam", message_id=str(earlier)))
    with ours.database.session() as session:
        record_delivery(session, UUID(str(earlier)), "sent", provider_message_id=first.provider_message_id)
    assert find(ours, sms("salam", message_id=str(later))) is None
    assert find(ours, sms("salam", message_id=str(earlier))) == first
    assert len(twilio.sent) == 1


def test_a_template_is_found_by_its_values(ours: Ours, twilio: TwilioSimulator) -> None:
    twilio.contents["HX" + "c3" * 16] = {"types": {"twilio/text": {"body": "Salam {{1}}, {{2}} (c'est +)!"}}}
    ours.config = replace(ours.config, templates={"new_course:ar": "HX" + "c3" * 16})
    outbound = message("", template=Template("new_course", "ar", ("Amina (B.)", "Excel")))
    assert find(ours, outbound) is None
    ours.send(outbound)
    assert find(ours, outbound) == Sent(twilio.sent[0]["sid"])
    other = message("", template=Template("new_course", "ar", ("Amina (B.)", "Word")))
    assert find(ours, other) is None


def test_looking_up_fails_without_doubt(ours: Ours, twilio: TwilioSimulator) -> None:
    twilio.stop()
    with pytest.raises(RetryLater) as caught:
        find(ours, sms())
    assert type(caught.value) is RetryLater


def test_no_line_of_the_log_has_words_or_numbers(
    ours: Ours, twilio: TwilioSimulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in transport._TALKATIVE:
        logging.getLogger(name).setLevel(logging.NOTSET)
    twilio.refused_numbers["+212600000001"] = 21610
    twilio.content_troubles.append(Trouble(400, 92001))
    outbound = sms("a secret word")
    outcomes: list[Any] = ours.send(
        outbound, sms("a secret word", to="+212600000001"), menu(2, "a secret word")
    )
    find(ours, outbound)
    told = "\n".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records)
    told += "".join(str(each) + repr(each) for each in outcomes if isinstance(each, Exception))
    assert "no form made" in told
    for secret in ("secret", AMINA[1:], "212600000001", "12345:", ours.config.auth_token + "'"):
        assert secret not in told, secret


def test_many_at_once_make_one_form(ours: Ours, twilio: TwilioSimulator) -> None:
    import asyncio

    async def work(provider: Provider) -> list[Sent]:
        return await asyncio.gather(*(provider.senders["whatsapp"].send(menu(3)) for _ in range(20)))

    begun = time.monotonic()
    assert len({sent.provider_message_id for sent in ours.use(work)}) == 20
    assert len(twilio.contents) == 1
    assert time.monotonic() - begun < 15
