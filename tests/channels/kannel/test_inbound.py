"""Calls of a gateway become messages: any character set, any way to write a number, any clock."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote, quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.contract.messages import Inbound, MediaKind
from channels.kannel.addresses import address_of, can_be_answered
from channels.kannel.config import names_of
from channels.kannel.fields import fields_of
from channels.kannel.inbound import decode, moment, parse
from tests.channels.kannel.conftest import config_of

NOW = datetime(2026, 11, 25, 21, 45, 10, tzinfo=UTC)

# As Kannel 1.4.5 called us, with get-url = ...?from=%p&to=%P&text=%b&id=%I&time=%T&coding=%c&charset=%C
KANNEL = (
    "from=%2B212612345678&to=3434&text=bghit+formation&id=4b701ed2-37ed-456b-a066-29e159371855"
    "&time=1795643102&coding=0&charset=UTF-8"
)


def read(query: str, **more: object) -> Inbound | None:
    return parse(fields_of(query.encode("latin-1"), "", b""), config_of(**more), NOW)


def test_a_message_as_kannel_hands_it_over() -> None:
    message = read(KANNEL)
    assert message is not None
    assert (message.channel, message.provider, message.sender) == ("sms", "sms-gateway", "+212612345678")
    assert message.text == "bghit formation"
    assert message.provider_message_id.startswith("4b701ed2-37ed-456b-a066-29e159371855.")
    assert message.sent_at == datetime(2026, 11, 25, 21, 45, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("+212612345678", "+212612345678"),
        (" 212612345678", "+212612345678"),  # a "+" that was not percent-encoded
        ("212612345678", "+212612345678"),
        ("00212612345678", "+212612345678"),
        ("0612345678", "+212612345678"),
        ("06 12-34.56 78", "+212612345678"),
        ("٠٦١٢٣٤٥٦٧٨", "+212612345678"),
        ("33612345678", "+33612345678"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("3434", "3434"),
        ("777", "777"),
        ("99999999999999", "99999999999999"),
        ("+99999999999999", "+99999999999999"),
        ("INWI", "INWI"),
        ("", ""),
    ],
)
def test_numbers_come_in_one_form(written: str, address: str) -> None:
    assert address_of(written) == address


@pytest.mark.parametrize(
    ("address", "answerable"),
    [("+212612345678", True), ("3434", True), ("INWI", False), ("", False), ("+212 6", False)],
)
def test_a_name_takes_no_sms(address: str, answerable: bool) -> None:
    assert can_be_answered(address) is answerable


ARABIC = "سلام، بغيت تكوين"


@pytest.mark.parametrize(
    ("raw", "charset", "coding", "text"),
    [
        (ARABIC.encode(), "UTF-8", "2", ARABIC),
        (ARABIC.encode("utf-16-be"), "UTF-16BE", "2", ARABIC),
        (ARABIC.encode("utf-16-be"), "", "2", ARABIC),
        (b"\xfe\xff" + ARABIC.encode("utf-16-be"), "UCS-2", "2", ARABIC),
        (ARABIC.encode(), "", "2", ARABIC),
        (ARABIC.encode(), "UTF-16BE", "2", ARABIC),
        ("مرحبا 👋".encode("utf-16-be"), "UTF-16BE", "2", "مرحبا 👋"),
        ("ⵜⴰⵎⴰⵣⵉⵖⵜ".encode("utf-16-be"), "UTF-16BE", "2", "ⵜⴰⵎⴰⵣⵉⵖⵜ"),
        ("é à".encode("cp1252"), "ISO-8859-1", "0", "é à"),
        ("é à".encode("cp1252"), "", "", "é à"),
        ("é à".encode(), "", "0", "é à"),
        (b"", "UTF-8", "0", ""),
        (b"\x06", "UTF-16BE", "2", "�"),
        (b"\x02\x4a\x3a", "binary", "1", None),
    ],
)
def test_a_text_is_read_in_the_character_set_it_is_in(
    raw: bytes, charset: str, coding: str, text: str | None
) -> None:
    assert decode(raw, charset, coding) == text


def test_ucs2_comes_through_a_query_whole() -> None:
    message = read(f"from=0612345678&id=1&coding=2&text={quote_from_bytes(ARABIC.encode('utf-16-be'))}")
    assert message is not None
    assert message.text == ARABIC


def test_data_for_a_program_is_kept_as_unsupported() -> None:
    message = read("from=0612345678&id=1&coding=1&charset=8-BIT&text=%06%05%04")
    assert message is not None
    assert message.media is not None
    assert (message.text, message.media.kind) == (None, MediaKind.UNSUPPORTED)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1795643102", datetime(2026, 11, 25, 21, 45, 2, tzinfo=UTC)),
        ("2026-11-25 21:42:02", datetime(2026, 11, 25, 21, 42, 2, tzinfo=UTC)),
        ("2026-11-25 21:42", datetime(2026, 11, 25, 21, 42, tzinfo=UTC)),
        ("2026-11-25T22:42:00+01:00", datetime(2026, 11, 25, 21, 42, tzinfo=UTC)),
        ("2026-11-25T21:50:00Z", NOW),  # ahead of us
        ("2020-01-01 00:00", None),
        ("99999999999", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_gateways_clock(written: str, expected: datetime | None) -> None:
    assert moment(written, NOW) == expected


def identity(query: str, at: datetime = NOW) -> str:
    message = parse(fields_of(query.encode(), "", b""), config_of(), at)
    assert message is not None
    return message.provider_message_id


def test_a_call_repeated_is_the_same_message() -> None:
    with_id, without = "from=0612345678&text=1&id=7", "from=0612345678&text=1&time=1795643102"
    assert identity(with_id) == identity(with_id, NOW + timedelta(hours=1))
    assert identity(without) == identity(without, NOW + timedelta(minutes=5))
    bare = "from=0612345678&text=1"
    assert identity(bare) == identity(bare, NOW + timedelta(seconds=40))


def test_other_messages_are_others() -> None:
    alike = [
        identity("from=0612345678&text=1&id=7"),
        identity("from=0699999999&text=1&id=7"),  # a gateway that counts from 1 again
        identity("from=0612345678&text=1&id=8"),
        identity("from=0612345678&text=1&time=1795643102"),
        identity("from=0612345678&text=1&time=1795643103"),
        identity("from=0612345678&text=1"),
        identity("from=0612345678&text=2"),
        identity("from=0612345678&text=1", NOW + timedelta(minutes=2)),
    ]
    assert len(set(alike)) == len(alike)
    assert not any("612345678" in each for each in alike)


@pytest.mark.parametrize("query", ["", "text=salam&id=1", "from=0612345678", "from=&text=x&id=1"])
def test_a_call_without_a_sender_or_a_message_is_none(query: str) -> None:
    assert read(query) is None


def test_a_blank_sms_with_an_id_is_a_message() -> None:
    message = read("from=0612345678&id=9&text=")
    assert message is not None
    assert message.text == ""


def test_parameters_may_have_other_names() -> None:
    names = names_of("sender=msisdn, text=body, id=ref")
    message = read(f"msisdn=0612345678&body={quote('سلام')}&ref=5", names=names)
    assert message is not None
    assert (message.sender, message.text) == ("+212612345678", "سلام")
    for wrong in ("phone=x", "text", "text="):
        with pytest.raises(ValueError, match="inbound names"):
            names_of(wrong)


def test_an_id_that_does_not_show_is_none() -> None:
    assert identity("from=0612345678&text=1&id=%00%0A") == identity("from=0612345678&text=1")


def test_what_is_kept_of_the_call_has_no_token() -> None:
    message = read("from=0612345678&id=1&text=x&token=secret")
    assert message is not None
    assert "token" not in message.raw


@given(
    st.dictionaries(
        st.sampled_from(["from", "to", "text", "id", "time", "coding", "charset", "type", "x"]), st.binary()
    )
)
def test_no_call_breaks_the_reading(values: dict[str, bytes]) -> None:
    query = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in values.items())
    message = parse(fields_of(query.encode(), "", b""), config_of(), NOW)
    assert message is None or (message.sender and message.provider_message_id)


@given(
    st.binary(max_size=300), st.sampled_from(["application/json", "application/x-www-form-urlencoded", "x"])
)
def test_no_body_breaks_the_reading(body: bytes, content_type: str) -> None:
    parse(fields_of(body, content_type, body), config_of(), NOW)
