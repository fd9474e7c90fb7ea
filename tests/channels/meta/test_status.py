"""Statuses move our message, and say what became of an address."""

from datetime import UTC, datetime
from typing import Any

import pytest

from channels.contract.messages import Refusal, StatusUpdate
from channels.meta.inbound import parse
from tests.channels.simulators.whatsapp_events import event, status

OURS = "106540352242922"
AT = datetime(2026, 11, 25, tzinfo=UTC)
MESSAGE = "019353f2-0000-7000-8000-000000000001"


def read(*statuses: Any) -> tuple[list[StatusUpdate], list[str]]:
    parsed = parse(event(OURS, statuses=list(statuses)), OURS, AT)
    return parsed.statuses, parsed.ignored


@pytest.mark.parametrize("step", ["sent", "delivered", "read"])
def test_a_step(step: Any) -> None:
    found, ignored = read(status(step, "wamid.1", "212612345678", 1763000000, MESSAGE, None))
    assert found == [StatusUpdate("whatsapp", step, "wamid.1", MESSAGE)]
    assert ignored == []


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        (131026, Refusal("unreachable", "131026")),
        (131047, None),
        (131049, None),
        (131050, None),
        (999999, None),
    ],
)
def test_a_failure(code: int, refusal: Refusal | None) -> None:
    found, _ = read(status("failed", "wamid.1", "212612345678", 1763000000, MESSAGE, code))
    assert found == [StatusUpdate("whatsapp", "failed", "wamid.1", MESSAGE, str(code), refusal)]


@pytest.mark.parametrize(
    ("errors", "code"),
    [
        ([{"code": "131026"}], "131026"),
        ([{"title": "?"}, {"code": 131000}], "131000"),
        ([], "unknown"),
        (None, "unknown"),
        ("?", "unknown"),
        ([{"code": "words of a person"}], "unknown"),
    ],
)
def test_codes_as_they_may_come(errors: Any, code: str) -> None:
    found, _ = read({"id": "wamid.1", "status": "failed", "errors": errors})
    assert [update.code for update in found] == [code]


def test_a_status_of_a_message_sent_by_another_program_has_no_id_of_ours() -> None:
    found, _ = read(status("sent", "wamid.1", "212612345678", 1763000000, None, None))
    assert found == [StatusUpdate("whatsapp", "sent", "wamid.1", None)]


def test_others_are_passed_over_and_cost_none() -> None:
    good = status("read", "wamid.1", "212612345678", 1763000000, MESSAGE, None)
    found, ignored = read(
        {"id": "wamid.1", "status": "played"}, {"status": "sent"}, {"id": {}, "status": []}, good
    )
    assert [update.step for update in found] == ["read"]
    assert ignored == ["unread-StatusUnread"] * 3
