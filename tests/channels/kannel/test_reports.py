"""Delivery reports: Kannel's types, and what is kept of the network's answer."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.contract.messages import StatusUpdate
from channels.kannel.fields import fields_of
from channels.kannel.reports import is_report, parse_report, step_of
from tests.channels.kannel.conftest import config_of

FAILED = "id:1234 sub:001 dlvrd:000 submit date:2611252142 done date:2611252143 stat:UNDELIV err:027 text:Salam Amina"


def read(query: str) -> StatusUpdate | None:
    return parse_report(fields_of(query.encode(), "", b""), config_of())


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        ("1", "delivered"),
        ("2", "failed"),
        ("4", "sent"),
        ("8", "sent"),
        ("16", "failed"),
        ("34", "failed"),  # expired
        ("66", "failed"),  # unknown
        ("12", "sent"),
        ("0", None),
        ("DELIVRD", "delivered"),
        ("Undeliv", "failed"),
        ("REJECTD", "failed"),
        ("ENROUTE", "sent"),
        ("-1", None),
        ("", None),
        ("whatever", None),
    ],
)
def test_types_of_reports(kind: str, step: str | None) -> None:
    assert step_of(kind) == step


def test_a_report_names_our_message() -> None:
    assert read("message=abc&type=1&answer=") == StatusUpdate("sms", "delivered", message_id="abc")


def test_a_failure_keeps_codes_and_no_words() -> None:
    update = read(f"message=abc&type=2&answer={quote(FAILED)}")
    assert update is not None
    assert (update.code, update.refusal) == ("dlr-undeliv-027", None)


def test_an_address_that_does_not_exist_is_marked() -> None:
    update = read("message=abc&type=16&answer=NACK/0x0000000b/Invalid%20destination%20address")
    assert update is not None
    assert update.code == "dlr-0x0000000b"
    assert update.refusal is not None
    assert update.refusal.state == "unreachable"
    throttled = read("message=abc&type=16&answer=NACK/0x00000058/Throttling%20error")
    assert throttled is not None
    assert throttled.refusal is None


def test_a_failure_without_an_answer_keeps_its_type() -> None:
    update = read("message=abc&type=34&answer=")
    assert update is not None
    assert update.code == "dlr-34"


@pytest.mark.parametrize("query", ["", "type=1", "message=abc", "message=abc&type=0", "message=abc&type=x"])
def test_a_report_that_says_nothing_is_none(query: str) -> None:
    assert read(query) is None


@pytest.mark.parametrize(
    ("query", "report"),
    [
        ("message=abc&type=1", True),
        ("from=1&text=x&type=sms", False),  # a gateway that says what kind of message it hands over
        ("from=1&text=", False),
    ],
)
def test_a_report_may_come_by_the_route_of_messages(query: str, report: bool) -> None:
    assert is_report(fields_of(query.encode(), "", b""), config_of()) is report


@given(st.text(), st.text(), st.text())
def test_no_report_breaks_the_reading(message: str, kind: str, answer: str) -> None:
    fields = {"message": message, "type": kind, "answer": answer}
    parse_report({name: value.encode("utf-8", "replace") for name, value in fields.items()}, config_of())
