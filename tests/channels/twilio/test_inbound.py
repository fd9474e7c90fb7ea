"""What people write, by the forms that Twilio posts."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.contract.messages import Media, MediaKind
from channels.twilio.addresses import sms_id, twilio_address, whatsapp_id
from channels.twilio.inbound import inbound_of

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)

#: A real WhatsApp call, its ids and numbers changed (names of fields as captured).
QUICK_REPLY = {
    "OriginalRepliedMessageSender": "whatsapp:+14155550100",
    "ExternalUserId": "whatsapp:ID.4566546130240823",
    "SmsMessageSid": "SM11111111111111111111111111111111",
    "FrequentlyForwarded": "false",
    "NumMedia": "0",
    "ProfileName": "Amina B.",
    "MessageType": "interactive",
    "SmsSid": "SM11111111111111111111111111111111",
    "WaId": "212612345678",
    "SmsStatus": "received",
    "Body": "Oui",
    "Forwarded": "false",
    "ButtonText": "Oui",
    "To": "whatsapp:+14155550100",
    "ButtonPayload": "o1-7f3k2",
    "NumSegments": "1",
    "ReferralNumMedia": "0",
    "MessageSid": "SM11111111111111111111111111111111",
    "AccountSid": "ACa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1",
    "OriginalRepliedMessageSid": "MM22222222222222222222222222222222",
    "ChannelMetadata": '{"type":"whatsapp","data":{"context":{"From":"14155550100"}}}',
    "From": "whatsapp:+212612345678",
}
SID = QUICK_REPLY["MessageSid"]
WHATSAPP = {
    name: QUICK_REPLY[name]
    for name in ("MessageSid", "From", "To", "WaId", "ProfileName", "NumMedia", "ExternalUserId")
}
SMS = {
    "ToCountry": "US", "ToState": "", "SmsMessageSid": SID, "NumMedia": "0", "ToCity": "", "FromZip": "",
    "SmsSid": SID, "FromState": "", "SmsStatus": "received", "FromCity": "", "Body": "bghit formation",
    "FromCountry": "MA", "To": "+14155550101", "ToZip": "", "NumSegments": "1", "MessageSid": SID,
    "AccountSid": "ACa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1", "From": "+212612345678", "ApiVersion": "2010-04-01",
}  # fmt: skip


def one(fields: dict[str, str]) -> Any:
    [message] = inbound_of(fields, AT)
    return message


def test_a_text_by_sms() -> None:
    message = one(SMS)
    assert (message.channel, message.sender, message.text) == ("sms", "+212612345678", "bghit formation")
    assert (message.provider, message.provider_message_id, message.received_at) == ("twilio", SID, AT)
    assert (message.option_id, message.media, message.opt_word, message.aliases) == (None, None, None, ())
    assert message.sent_at is None
    assert message.raw == SMS


def test_a_text_by_whatsapp() -> None:
    message = one(WHATSAPP | {"Body": "سلام، بغيت تكوين"})
    assert (message.channel, message.sender, message.text) == ("whatsapp", "212612345678", "سلام، بغيت تكوين")
    assert message.profile_name == "Amina B."
    assert message.aliases == ("ID.4566546130240823",)


@pytest.mark.parametrize(
    "fields",
    [
        QUICK_REPLY,
        {**WHATSAPP, "ListId": "o1-7f3k2", "ListTitle": "Informatique", "Body": "Informatique"},
        {**WHATSAPP, "ButtonPayload": "o1-7f3k2"},
    ],
)
def test_an_option_is_its_id_alone(fields: dict[str, str]) -> None:
    message = one(fields)
    assert (message.option_id, message.text, message.media) == ("o1-7f3k2", None, None)


def test_a_button_without_payload_is_what_stood_on_it() -> None:
    message = one({**QUICK_REPLY, "ButtonPayload": "", "Body": ""})
    assert (message.option_id, message.text) == (None, "Oui")


@pytest.mark.parametrize(
    ("fields", "media", "text"),
    [
        (
            {"NumMedia": "1", "MediaUrl0": "https://api/ME1", "MediaContentType0": "image/jpeg", "Body": "ha CV"},
            Media(MediaKind.IMAGE, "https://api/ME1", "image/jpeg"),
            "ha CV",
        ),
        (
            {"NumMedia": "1", "MediaUrl0": "https://api/ME2", "MediaContentType0": "audio/ogg", "Body": ""},
            Media(MediaKind.VOICE, "https://api/ME2", "audio/ogg"),
            None,
        ),
        (
            {"NumMedia": "1", "MediaContentType0": "audio/ogg; codecs=opus"},
            Media(MediaKind.VOICE, None, "audio/ogg; codecs=opus"),
            None,
        ),
        ({"NumMedia": "1", "MediaContentType0": "audio/mpeg"}, Media(MediaKind.AUDIO, None, "audio/mpeg"), None),
        ({"NumMedia": "1", "MediaContentType0": "video/mp4"}, Media(MediaKind.VIDEO, None, "video/mp4"), None),
        ({"NumMedia": "1", "MediaContentType0": "image/webp"}, Media(MediaKind.STICKER, None, "image/webp"), None),
        (
            {"NumMedia": "2", "MediaContentType0": "application/pdf", "MediaContentType1": "image/png"},
            Media(MediaKind.DOCUMENT, None, "application/pdf"),
            None,
        ),
        (
            {"NumMedia": "1", "MediaContentType0": "image/jpeg", "MessageType": "document"},
            Media(MediaKind.DOCUMENT, None, "image/jpeg"),
            None,
        ),
        ({"NumMedia": "1", "MediaContentType0": "text/vcard"}, Media(MediaKind.CONTACT, None, "text/vcard"), None),
        ({"NumMedia": "1"}, Media(MediaKind.UNSUPPORTED), None),
        ({"MessageType": "unsupported", "Body": ""}, Media(MediaKind.UNSUPPORTED), None),
        ({"MessageType": "reaction", "Body": "👍"}, Media(MediaKind.REACTION, emoji="👍"), None),
        (
            {"MessageType": "location", "Latitude": "33.5731", "Longitude": "-7.5898", "Body": "",
             "Address": "Bd Zerktouni", "Label": "ANAPEC"},
            Media(MediaKind.LOCATION, latitude=33.5731, longitude=-7.5898),
            None,
        ),
        ({"NumMedia": "many", "Body": "salam"}, None, "salam"),
        ({"NumMedia": "-1", "Body": ""}, None, ""),
        ({"Latitude": "nan", "Longitude": "0", "Body": "salam"}, None, "salam"),
        ({"Latitude": "91", "Longitude": "0"}, None, ""),
        ({"Latitude": "inf", "Longitude": "0"}, None, ""),
    ],
)  # fmt: skip
def test_what_is_no_text(fields: dict[str, str], media: Media | None, text: str | None) -> None:
    message = one(WHATSAPP | fields)
    assert (message.media, message.text) == (media, text)


@pytest.mark.parametrize(
    ("told", "word"),
    [("STOP", "stop"), ("START", "start"), ("HELP", "help"), ("stop", "stop"), ("", None), ("OTHER", None)],
)
def test_what_twilio_took_for_an_opt_out(told: str, word: str | None) -> None:
    message = one(SMS | {"OptOutType": told, "Body": "Stop"})
    assert (message.opt_word, message.text) == (word, "Stop")


@pytest.mark.parametrize(
    ("fields", "forwarded"),
    [
        ({"Forwarded": "true", "FrequentlyForwarded": "false"}, True),
        ({"Forwarded": "false", "FrequentlyForwarded": "true"}, True),
        ({"Forwarded": "True"}, True),
        ({"Forwarded": "false", "FrequentlyForwarded": "false"}, False),
        ({"Forwarded": "", "FrequentlyForwarded": "?"}, False),
        ({}, False),
    ],
)
def test_what_was_passed_on(fields: dict[str, str], forwarded: bool) -> None:
    assert one(WHATSAPP | {"Body": "oui"} | fields).forwarded is forwarded


@pytest.mark.parametrize(
    ("fields", "sender", "aliases"),
    [
        ({"From": "whatsapp:+212612345678", "WaId": ""}, "212612345678", ()),
        ({"From": "whatsapp:+212612345678", "WaId": "212612345678"}, "212612345678", ()),
        ({"From": "whatsapp:ID.4566546130240823", "WaId": ""}, "ID.4566546130240823", ()),
        ({"From": "whatsapp:ID.45", "WaId": "212612345678"}, "212612345678", ("ID.45",)),
        ({"From": "whatsapp:ID.45", "ExternalUserId": "whatsapp:ID.45"}, "ID.45", ()),
        ({"From": "whatsapp:+212612345678", "ExternalUserId": "MA.134"}, "212612345678", ("MA.134",)),
    ],
)
def test_who_writes_by_whatsapp(fields: dict[str, str], sender: str, aliases: tuple[str, ...]) -> None:
    message = one({"MessageSid": SID, "Body": "salam", **fields})
    assert (message.sender, message.aliases) == (sender, aliases)


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ("+212612345678", "+212612345678"),
        ("0612345678", "+212612345678"),
        ("00212612345678", "+212612345678"),
        ("212612345678", "+212612345678"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("+15005550006", "+15005550006"),
        ("7726", "7726"),
        ("INWI", "INWI"),
        ("Maroc Telecom", None),
        ("", None),
        ("+2126\x00", None),
        ("1" * 200, None),
    ],
)
def test_who_writes_by_sms(written: str, sender: str | None) -> None:
    assert sms_id(written) == sender


@pytest.mark.parametrize(
    ("channel", "person", "address"),
    [
        ("whatsapp", "212612345678", "whatsapp:+212612345678"),
        ("whatsapp", "+14155550100", "whatsapp:+14155550100"),
        ("whatsapp", "whatsapp:+14155550100", "whatsapp:+14155550100"),
        ("whatsapp", "ID.45", "whatsapp:ID.45"),
        ("sms", "+212612345678", "+212612345678"),
    ],
)
def test_an_address_goes_back_as_it_came(channel: str, person: str, address: str) -> None:
    assert twilio_address(channel, person) == address
    if channel == "whatsapp":
        assert whatsapp_id(address) == person.removeprefix("whatsapp:").removeprefix("+")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"From": "+212612345678", "Body": "salam"},
        {"MessageSid": SID, "Body": "salam"},
        {"MessageSid": SID, "From": "", "Body": "salam"},
        {"MessageSid": "SM\x00", "From": "+212612345678"},
        {"MessageSid": SID, "From": "messenger:1234", "Body": "salam"},
        {"MessageSid": SID, "From": "whatsapp:", "Body": "salam"},
    ],
)
def test_what_cannot_be_stored_is_no_message(fields: dict[str, str]) -> None:
    assert inbound_of(fields, AT) == []


def test_an_older_name_of_the_id_will_do() -> None:
    assert one({"SmsSid": SID, "From": "+212612345678"}).provider_message_id == SID


NAMES = st.sampled_from(
    [*QUICK_REPLY, *SMS, "Latitude", "Longitude", "MediaContentType0", "ListId", "OptOutType"]
)


@given(st.dictionaries(NAMES, st.text(max_size=40)))
def test_no_form_is_too_strange(fields: dict[str, str]) -> None:
    for message in inbound_of({"MessageSid": SID, "From": "whatsapp:+212612345678"} | fields, AT):
        assert message.sender
        assert "\x00" not in message.sender + message.provider_message_id
