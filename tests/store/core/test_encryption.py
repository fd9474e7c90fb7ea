"""The cipher: readable with the secret, and only with it."""

import pytest

from store.core.encryption import Cipher, CipherError

SECRET = "sixteen letters!"


def test_what_is_encrypted_is_read_back() -> None:
    cipher = Cipher(SECRET)
    tokens = {cipher.encrypt("+212600000001") for _ in range(3)}
    assert len(tokens) == 3
    assert {Cipher(SECRET).decrypt(token) for token in tokens} == {"+212600000001"}
    assert cipher.decrypt(cipher.encrypt("فاطمة \ud800")) == "فاطمة \ud800"


def test_another_secret_reads_nothing() -> None:
    with pytest.raises(CipherError, match="TAKWIN_SECRET"):
        Cipher("another secret!!!").decrypt(Cipher(SECRET).encrypt("x"))


def test_a_digest_is_the_same_for_the_same_address_only() -> None:
    cipher = Cipher(SECRET)
    assert cipher.digest("sms", "1") == Cipher(SECRET).digest("sms", "1")
    others = {
        cipher.digest("sms", "2"),
        cipher.digest("web", "1"),
        Cipher("another secret!!!").digest("sms", "1"),
    }
    assert cipher.digest("sms", "1") not in others
    assert len(others) == 3


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="16"):
        Cipher("short")
