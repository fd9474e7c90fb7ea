"""A signed body becomes values that the database can keep."""

import json
from typing import Any

import pytest

from channels.whatsapp.plain import read_json


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (rb'{"text": "sa\u0000lam"}', {"text": "salam"}),
        (rb'{"te\u0000xt": "\ud83d\ude00"}', {"text": "😀"}),
        (rb'["\ud83d", "\udc4d!", "\u0633"]', ["", "!", "س"]),
        (b"[NaN, Infinity, -Infinity, 1e999, 1.5]", [None, None, None, None, 1.5]),
        (b'{"a": [true, null, 3]}', {"a": [True, None, 3]}),
        ("\ufeff".encode() + b"[1]", [1]),
    ],
)
def test_what_cannot_be_kept_is_taken_out(body: bytes, value: Any) -> None:
    assert read_json(body) == value


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe\xfa", b"{'a': 1}", b"1" * 5000, b"[" * 200_000])
def test_what_is_not_json(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's errors have no common text
        read_json(body)


def test_nesting_ends() -> None:
    value = read_json(b"[" * 200 + b"]" * 200)
    assert json.dumps(value).count("[") == 24
