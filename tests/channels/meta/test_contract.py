"""Every request we make, against Meta's own specification (facebook/openapi, v23.0); skipped where that is absent."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from channels.contract.messages import Option, Outbound, Template
from channels.meta.outbound import read_receipt, request_for

SPECIFICATION = (
    Path(__file__).resolve().parents[4] / "shared" / "contract" / "providers" / "whatsapp_v23.json"
)

pytestmark = pytest.mark.skipif(not SPECIFICATION.is_file(), reason="Meta's specification is not here")

#: On Meta's pages, not yet in its specification of messages.
_NEWER = {"biz_opaque_callback_data": {"type": "string", "maxLength": 512}, "recipient": {"type": "string"}}


@cache
def schemas() -> dict[str, Any]:
    return dict(json.loads(SPECIFICATION.read_text("utf-8"))["components"]["schemas"])


def schema_of(name: str) -> dict[str, Any]:
    """A kind of message: its base and its own part as one, since each by itself forbids the other's fields."""
    base, own = schemas()["BaseMessageProperties"], schemas()[name]["allOf"][1]
    return {
        **own,
        "properties": {**base["properties"], **_NEWER, **own["properties"]},
        "required": [*base["required"], *own["required"]],
        "additionalProperties": False,
        "components": {"schemas": schemas()},
    }


def problems(name: str, request: dict[str, Any]) -> list[str]:
    schema = schema_of(name)
    if "recipient" in request:
        schema["required"].remove("to")
    return [error.message for error in Draft202012Validator(schema).iter_errors(request)]


def outbound(kind: str = "text", number: int = 0, to: str = "212612345678", **more: Any) -> Outbound:
    options = tuple(Option(f"o{n}", f"خيار {n}", "x") for n in range(number))
    return Outbound(
        "019353f2-0000-7000-8000-000000000001", "whatsapp", to, "سلام", options, kind=kind, **more
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("TextMessage", outbound()),
        ("TextMessage", outbound(to="MA.13491208655302741918")),
        ("TextMessage", outbound("buttons", 4)),
        ("InteractiveMessage", outbound("buttons", 1)),
        ("InteractiveMessage", outbound("buttons", 3, to="MA.13491208655302741918")),
        ("InteractiveMessage", outbound("list", 10, menu_label="ختار")),
        ("InteractiveMessage", outbound("list", 2, menu_label="ختار", descriptions=("كامل", ""))),
        ("TemplateMessage", outbound(template=Template("adviser_reply_waiting", "ar"))),
        (
            "TemplateMessage",
            outbound(template=Template("registration_update", "fr", ("TK-7F3K2", "confirmée"))),
        ),
    ],
)
def test_requests(name: str, message: Outbound) -> None:
    assert problems(name, request_for(message)) == []


def test_read_receipts() -> None:
    schema = {**schemas()["MarkMessageRequestPayload"], "components": {"schemas": schemas()}}
    assert list(Draft202012Validator(schema).iter_errors(read_receipt("wamid.1"))) == []


def test_the_check_itself_sees_what_is_wrong() -> None:
    request = request_for(outbound("buttons", 3))
    request["interactive"]["action"]["buttons"][0]["reply"]["title"] = "x" * 21
    assert problems("InteractiveMessage", request)
    assert problems("TextMessage", {**request_for(outbound()), "unknown": 1})
