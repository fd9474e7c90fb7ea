"""Only bodies that Meta signed are Meta's."""

import pytest

from channels.meta.signature import is_signed, same, sign

SECRET = "the app's secret"
BODY = '{"text":"سلام é 👍"}'.encode()
#: printf '{"text":"سلام é 👍"}' | openssl dgst -sha256 -hmac "the app's secret" -hex
SIGNATURE = "sha256=b83630907e971941ba88df3b0e2979c80bd5412af2ec05ae8a7a7d5445e25f4a"


def test_a_signature_made_by_another_program() -> None:
    assert sign(SECRET, BODY) == SIGNATURE
    assert is_signed(SECRET, BODY, SIGNATURE)


@pytest.mark.parametrize(
    ("secret", "body", "header"),
    [
        (SECRET, BODY + b" ", SIGNATURE),
        (SECRET, BODY, SIGNATURE.removeprefix("sha256=")),
        (SECRET, BODY, "sha256="),
        (SECRET, BODY, SIGNATURE.replace("sha256", "sha1")),
        (SECRET, BODY, SIGNATURE[:-1]),
        (SECRET, BODY, "é\udcff"),
        (SECRET, BODY, ""),
        (SECRET, BODY, None),
        ("another secret", BODY, SIGNATURE),
        ("", BODY, sign("", BODY)),
    ],
)
def test_what_is_not_signed(secret: str, body: bytes, header: str | None) -> None:
    assert not is_signed(secret, body, header)


def test_the_body_written_again_is_another_body() -> None:
    assert not is_signed(SECRET, '{"text": "سلام é 👍"}'.encode(), SIGNATURE)


@pytest.mark.parametrize(
    ("given", "equal"), [("token", True), ("Token", False), ("", False), ("tokén", False)]
)
def test_texts_are_compared_whole(given: str, equal: bool) -> None:
    assert same(given, "token") is equal
