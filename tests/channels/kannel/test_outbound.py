"""Sending: what the gateway is told, and what its answers mean."""

import asyncio
import logging
from urllib.parse import parse_qs, urlsplit

import pytest

from channels.contract.errors import Ambiguous, ChannelError, GiveUp, RetryLater
from channels.contract.messages import Outbound
from channels.contract.provider import Sent
from channels.kannel.config import Config, parameters_of
from channels.kannel.errors import failure, retry_after
from channels.kannel.outbound import GatewaySender, parameters
from tests.channels.kannel.conftest import config_of, outbound
from tests.channels.simulators.kannel import KannelSimulator


def send(config: Config, message: Outbound) -> Sent:
    async def once() -> Sent:
        sender = GatewaySender(config)
        try:
            return await sender.send(message)
        finally:
            await sender.close()

    return asyncio.run(once())


def test_kannel_takes_what_we_send(gateway: KannelSimulator) -> None:
    text = "Où ? é à & = + % { } [ ] € \n1. Oui #2"
    send(config_of(gateway.url), outbound(text))
    (taken,) = gateway.sent
    assert (taken.to, taken.text, taken.sender, taken.coding) == ("+212612345678", text, "3434", "0")
    assert taken.message_id == "m-1"
    said = gateway.calls[0]
    assert (said["charset"], said["dlr-mask"]) == ("UTF-8", "31")
    assert taken.report_url.endswith("&message=m-1&type=%d&answer=%A")


def test_arabic_travels_in_ucs2(gateway: KannelSimulator) -> None:
    send(config_of(gateway.url), outbound("مرحبا بك 👋"))
    assert (gateway.sent[0].text, gateway.sent[0].coding) == ("مرحبا بك 👋", "2")


def test_a_url_keeps_its_own_parameters(gateway: KannelSimulator) -> None:
    send(config_of(f"{gateway.url}?smsc=operator"), outbound())
    assert gateway.calls[0]["smsc"] == "operator"
    assert gateway.calls[0]["to"] == "+212612345678"


def test_another_gateway_has_other_parameters() -> None:
    template = parameters_of(
        "user={username}&msisdn={to}&body={text}&sender={from}&unicode={coding}&type=sms&dlr={report_url}"
    )
    said = parameters(outbound("{password}"), config_of(parameters=template, sender="", public_url=""))
    assert said == {
        "user": "takwin",
        "msisdn": "+212612345678",
        "body": "{password}",
        "unicode": "0",
        "type": "sms",
    }


@pytest.mark.parametrize(
    "template", ["to={to}", "text={text}", "to={to}&text={text}&x={secret}", "to={to}&text={text}&y={"]
)
def test_a_template_that_cannot_work_is_refused_at_start(template: str) -> None:
    with pytest.raises(ValueError, match="SMS gateway"):
        parameters_of(template)


@pytest.mark.parametrize("wrong", [{"url": ""}, {"token": ""}, {"method": "PUT"}])
def test_a_set_up_that_cannot_work_is_refused_at_start(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="SMS gateway"):
        config_of(**wrong)


def test_without_a_public_address_no_report_is_asked_for(gateway: KannelSimulator) -> None:
    send(config_of(gateway.url, public_url=""), outbound())
    assert "dlr-url" not in gateway.calls[0]


@pytest.mark.parametrize(
    ("status", "body", "policy", "reason"),
    [
        (202, "0: Accepted for delivery", None, None),
        (202, "3: Queued for later delivery", None, None),
        (200, "OK", None, None),
        (200, "", None, None),
        (202, "5: No route", GiveUp, "sms-gateway-answer-5"),
        (200, "ERROR invalid credentials", GiveUp, "sms-gateway-answer-error"),
        (400, "Sender missing and no global set, rejected", GiveUp, "sms-gateway-400"),
        (403, "Authorization failed for sendsms", RetryLater, "sms-gateway-403"),
        (404, "Unknown request.", RetryLater, "sms-gateway-404"),
        (429, "", RetryLater, "sms-gateway-429"),
        (500, "", RetryLater, "sms-gateway-500"),
        (502, "", Ambiguous, "sms-gateway-502"),
        (503, "Temporal failure, try again later.", RetryLater, "sms-gateway-503"),
        (504, "", Ambiguous, "sms-gateway-504"),
        (301, "", RetryLater, "sms-gateway-301"),
    ],
)
def test_answers_are_policies(
    status: int, body: str, policy: type[ChannelError] | None, reason: str | None
) -> None:
    said = failure(status, body, {})
    assert type(said) is (policy or type(None))
    assert said is None or said.reason == reason


def test_waiting_as_asked_does_not_count_against_the_message() -> None:
    said = failure(503, "", {"retry-after": "7"})
    assert isinstance(said, RetryLater)
    assert (said.after, said.counts) == (7.0, False)
    assert retry_after("999999") == 3600.0
    assert retry_after("Wed, 25 Nov 2020 21:00:00 GMT") == 0.0
    assert retry_after("soon") is None


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("Invalid destination address", True),
        ("Unknown recipient", True),
        ("Missing receiver number, rejected", False),
        ("Coding field misformed, rejected", False),
    ],
)
def test_an_address_the_gateway_refuses_is_marked(body: str, marked: bool) -> None:
    said = failure(400, body, {})
    assert isinstance(said, GiveUp)
    assert (said.refusal is not None) is marked


def test_a_gateway_that_is_down_is_tried_later() -> None:
    with pytest.raises(RetryLater, match="unreachable") as caught:
        send(config_of("http://127.0.0.1:9/sendsms"), outbound())
    assert type(caught.value) is RetryLater
    assert not caught.value.counts


def test_an_answer_that_is_lost_is_ambiguous(gateway: KannelSimulator) -> None:
    gateway.loses_answers = 1
    with pytest.raises(Ambiguous):
        send(config_of(gateway.url), outbound())
    assert len(gateway.sent) == 1


def test_an_answer_that_is_late_is_ambiguous(gateway: KannelSimulator) -> None:
    gateway.delay = 2.5
    with pytest.raises(Ambiguous):
        send(config_of(gateway.url, timeout=1.0), outbound())


def test_a_name_is_not_answered(gateway: KannelSimulator) -> None:
    with pytest.raises(GiveUp, match="no-return") as caught:
        send(config_of(gateway.url), outbound(to="INWI"))
    assert caught.value.refusal is not None
    assert not gateway.calls


def test_failures_of_the_gateway_come_one_after_the_other(gateway: KannelSimulator) -> None:
    gateway.failing = [(503, "Temporal failure, try again later.")]
    with pytest.raises(RetryLater):
        send(config_of(gateway.url), outbound())
    send(config_of(gateway.url), outbound())
    assert len(gateway.sent) == 1


def test_nothing_personal_is_logged(gateway: KannelSimulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    send(config_of(gateway.url), outbound("un secret"))
    assert not [r for r in caplog.records if "612345678" in r.getMessage() or "secret" in r.getMessage()]


def test_the_report_address_can_be_called_back() -> None:
    url = config_of().report_url("m-1").replace("%d", "1").replace("%A", "")
    assert urlsplit(url).path == "/channels/sms/report"
    assert parse_qs(urlsplit(url).query)["message"] == ["m-1"]
