"""A call is Twilio's if its signature is, over the public URL and every field, blank ones too."""

import pytest

from channels.twilio.signature import Signature

#: The example of https://www.twilio.com/docs/usage/security, with its token and its signature.
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FIELDS = [
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675309"),
    ("Digits", "1234"),
    ("From", "+14158675309"),
    ("To", "+18005551212"),
]
DOCUMENTED = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
SETTINGS = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"


def sha256_of(url: str, fields: list[tuple[str, str]], secret: str) -> str:
    """HMAC-SHA256 of the URL and the sorted fields, by the book."""
    import base64
    import hmac

    signed = url + "".join(name + value for name, value in sorted(fields))
    return base64.b64encode(hmac.digest(secret.encode(), signed.encode(), "sha256")).decode()


def test_the_documented_signature_holds() -> None:
    assert Signature("12345").holds(URL, FIELDS, DOCUMENTED)


def test_a_port_in_the_url_does_not_matter() -> None:
    assert Signature("12345").holds(URL.replace(".com/", ".com:443/"), FIELDS, DOCUMENTED)


@pytest.mark.parametrize(
    ("url", "fields", "signature", "settings"),
    [
        (URL.replace("https", "http"), FIELDS, DOCUMENTED, ""),
        (URL.replace("mycompany.com", "10.0.0.7"), FIELDS, DOCUMENTED, ""),
        (URL.partition("?")[0], FIELDS, DOCUMENTED, ""),
        (URL + "&more=1", FIELDS, DOCUMENTED, ""),
        (URL + "#rc=3", FIELDS, DOCUMENTED, ""),
        (URL, FIELDS[:-1], DOCUMENTED, ""),
        (URL, [*FIELDS, ("Body", "")], DOCUMENTED, ""),
        (URL, [*FIELDS, ("To", "+212600000000")], DOCUMENTED, ""),
        (URL, FIELDS, "", ""),
        (URL, FIELDS, "RSOYDt4T1cUTdK1PDd93/VVr8B8", ""),
        (URL, FIELDS, "é" * 28, ""),
        (URL, FIELDS, DOCUMENTED, SETTINGS),
        (URL, FIELDS, DOCUMENTED, "algorithm=none"),
        (URL, FIELDS, DOCUMENTED, "algorithm=HMAC_MD5"),
    ],
)
def test_anything_else_does_not(
    url: str, fields: list[tuple[str, str]], signature: str, settings: str
) -> None:
    assert not Signature("12345").holds(url, fields, signature, settings)


def test_another_token_does_not_hold() -> None:
    assert not Signature("54321").holds(URL, FIELDS, DOCUMENTED)
    assert not Signature("").holds(URL, FIELDS, DOCUMENTED)


@pytest.mark.parametrize("secrets", [("the key",), ("12345", "the key")])
def test_a_shared_key_signs_with_sha_256(secrets: tuple[str, ...]) -> None:
    fields = [*FIELDS, ("Body", "")]
    signature = sha256_of(URL, fields, "the key")
    assert Signature(*secrets).holds(URL, fields, signature, SETTINGS)
    assert not Signature(*secrets).holds(URL, fields, signature)
    assert not Signature("12345").holds(URL, fields, signature, SETTINGS)
