"""What each kind of update becomes; that nothing with an id and a chat is lost; that nothing raises."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from channels.contract.messages import AddressUpdate, MediaKind
from channels.telegram.inbound import parse, text_of
from tests.channels.telegram import updates as of

NOW = datetime(2025, 11, 25, 19, 46, 45, 250_000, tzinfo=UTC)

MEDIA: list[tuple[str, dict[str, Any], MediaKind, str | None]] = [
    ("voice", {"voice": of.VOICE}, MediaKind.VOICE, of.FILE["file_id"]),
    ("audio", {"audio": of.AUDIO}, MediaKind.AUDIO, of.FILE["file_id"]),
    ("photo", {"photo": of.PHOTO}, MediaKind.IMAGE, "large"),
    ("video", {"video": of.VIDEO}, MediaKind.VIDEO, of.FILE["file_id"]),
    ("video note", {"video_note": of.VIDEO_NOTE}, MediaKind.VIDEO, of.FILE["file_id"]),
    ("animation", {"animation": of.VIDEO, "document": of.DOCUMENT}, MediaKind.VIDEO, of.FILE["file_id"]),
    ("document", {"document": of.DOCUMENT}, MediaKind.DOCUMENT, of.FILE["file_id"]),
    ("sticker", {"sticker": of.STICKER}, MediaKind.STICKER, of.FILE["file_id"]),
    ("location", {"location": of.LOCATION}, MediaKind.LOCATION, None),
    ("venue", {"venue": of.VENUE, "location": of.LOCATION}, MediaKind.LOCATION, None),
    ("contact", {"contact": of.CONTACT}, MediaKind.CONTACT, None),
    ("poll", {"poll": of.POLL}, MediaKind.UNSUPPORTED, None),
    ("dice", {"dice": {"emoji": "🎲", "value": 3}}, MediaKind.UNSUPPORTED, None),
    ("story", {"story": {"chat": of.PRIVATE, "id": 3}}, MediaKind.UNSUPPORTED, None),
    ("something new", {"hologram": {"file_id": "x"}}, MediaKind.UNSUPPORTED, None),
    ("nothing at all", {}, MediaKind.UNSUPPORTED, None),
    ("a location nowhere", {"location": {"latitude": 1e308, "longitude": 4}}, MediaKind.UNSUPPORTED, None),
    ("a voice that is a word", {"voice": "?"}, MediaKind.UNSUPPORTED, None),
]


@pytest.mark.parametrize(("content", "kind", "reference"), [m[1:] for m in MEDIA], ids=[m[0] for m in MEDIA])
def test_media(content: dict[str, Any], kind: MediaKind, reference: str | None) -> None:
    message = parse(of.message(**content), NOW).message
    assert message is not None
    assert message.media is not None
    assert message.media.kind is kind
    assert message.media.reference == reference
    assert message.text is None


def test_a_text_message_with_all_that_is_known_of_it() -> None:
    update = of.message(text="salam, bghit formation")
    message = parse(update, NOW).message
    assert message is not None
    assert (message.channel, message.provider, message.sender) == ("telegram", "telegram", "4201337")
    assert message.provider_message_id == "4201337:365"
    assert message.text == "salam, bghit formation"
    assert message.profile_name == "Amina El Idrissi"
    assert message.sent_at == datetime.fromtimestamp(1764100000, UTC)
    assert message.received_at == NOW
    assert message.raw == update


def test_a_caption_is_text() -> None:
    message = parse(of.message(photo=of.PHOTO, caption="wach had chi s7i7?"), NOW).message
    assert message is not None
    assert message.media is not None
    assert message.text == "wach had chi s7i7?"


def test_a_sticker_says_its_emoji_and_a_pin_where_it_is() -> None:
    sticker = parse(of.message(sticker=of.STICKER), NOW).message
    pin = parse(of.message(location=of.LOCATION), NOW).message
    assert sticker is not None
    assert sticker.media is not None
    assert sticker.media.emoji == "👍"
    assert pin is not None
    assert pin.media is not None
    assert (pin.media.latitude, pin.media.longitude) == (34.0209, -6.8416)


def test_a_rich_message_is_read_as_text() -> None:
    message = parse(of.message(rich_message=of.RICH), NOW).message
    assert message is not None
    assert message.text == "salam, bghit formation\nf Casa"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/start", "start"),
        ("/start campaign_casa_12", "start"),
        ("/start@takwin_bot", "start"),
        ("/help", "help"),
        ("/stop", "stop"),
        ("/STOP@Takwin_bot", "stop"),
        ("/mes_inscriptions", "mes inscriptions"),
        ("/formations informatique f casa", "formations informatique f casa"),
        ("/restart", "restart"),
        # No commands: the core takes care of the slashes.
        ('/inform{"city": "rabat"}', '/inform{"city": "rabat"}'),
        ("//start", "//start"),
        ("/", "/"),
        ("و/او", "و/او"),
        ("3/4 d'heure", "3/4 d'heure"),
    ],
)
def test_commands(written: str, read: str) -> None:
    assert text_of(written) == read
    message = parse(of.message(text=written), NOW).message
    assert message is not None
    assert message.text == read


ORIGINS: list[dict[str, Any]] = [
    {"type": "user", "date": 1764000000, "sender_user": of.WRITER},
    {"type": "hidden_user", "date": 1764000000, "sender_user_name": "A."},
    {"type": "channel", "date": 1764000000, "chat": {"id": -100200, "type": "channel"}, "message_id": 4},
]


@pytest.mark.parametrize(
    "passed_on",
    [
        *({"forward_origin": origin} for origin in ORIGINS),
        {"forward_from": of.WRITER, "forward_date": 1764000000},
        {"forward_sender_name": "A.", "forward_date": 1764000000},
    ],
)
def test_what_was_passed_on(passed_on: dict[str, Any]) -> None:
    message = parse(of.message(text="oui", **passed_on), NOW).message
    assert message is not None
    assert (message.text, message.forwarded) == ("oui", True)


def test_an_answer_to_a_message_is_the_writers_own() -> None:
    under = {"message_id": 364, "chat": of.PRIVATE, "date": 1764000000, "forward_origin": ORIGINS[0]}
    message = parse(of.message(text="oui", reply_to_message=under), NOW).message
    assert message is not None
    assert message.forwarded is False


def test_a_pressed_button() -> None:
    parsed = parse(of.callback(), NOW)
    assert parsed.callback_id == "4382bfdwdsb323b2d9"
    assert parsed.message is not None
    assert parsed.message.option_id == "a8Kx_2-Q"
    assert parsed.message.text is None
    assert parsed.message.sender == "4201337"
    assert parsed.message.provider_message_id == "cb:4382bfdwdsb323b2d9"
    assert parsed.message.sent_at == NOW.replace(microsecond=0)


@pytest.mark.parametrize(
    "under",
    [None, {"chat": of.PRIVATE, "message_id": 366, "date": 0}],
    ids=["message left out", "message inaccessible"],
)
def test_a_button_of_an_old_message(under: dict[str, Any] | None) -> None:
    message = parse(of.callback(message=under), NOW).message
    assert message is not None
    assert message.sender == "4201337"
    assert message.option_id == "a8Kx_2-Q"


@pytest.mark.parametrize(
    "update",
    [
        of.callback(data=None),
        of.callback(data="   "),
        of.callback(message={"chat": {"id": -100200, "type": "supergroup"}, "message_id": 3, "date": 0}),
        of.callback(data=None, game_short_name="chess"),
        of.callback(message=None, inline_message_id="x", **{"from": {}}),
    ],
)
def test_a_press_that_says_nothing_is_still_answered(update: dict[str, Any]) -> None:
    parsed = parse(update, NOW)
    assert parsed.message is None
    assert parsed.callback_id == "4382bfdwdsb323b2d9"
    assert parsed.ignored


@pytest.mark.parametrize(
    ("status", "before", "state"), [("kicked", "member", "blocked"), ("member", "kicked", "active")]
)
def test_blocked_and_unblocked(status: str, before: str, state: str) -> None:
    parsed = parse(of.membership(status, before), NOW)
    assert parsed.address == AddressUpdate("telegram", "4201337", state, f"telegram-{status}")  # type: ignore[arg-type]
    assert parsed.message is None


GROUP = {"id": -100123, "title": "Cours", "type": "supergroup"}


@pytest.mark.parametrize(
    ("update", "code"),
    [
        (of.message(text="salam", chat=GROUP), "telegram-chat-not-private"),
        (of.message(text="salam", chat={"id": -5, "type": "group"}), "telegram-chat-not-private"),
        (of.message(text="salam", chat={"id": -5}), "telegram-chat-not-private"),
        (of.message(text="salam", chat=None), "telegram-chat-not-private"),
        (of.membership("kicked", id=-100123, type="channel"), "telegram-chat-not-private"),
        (of.membership("administrator"), "telegram-membership-other"),
        (of.message(text="salam", **{"from": of.BOT}), "telegram-from-a-bot"),
        (of.message(pinned_message={"message_id": 3}), "telegram-service-message"),
        (of.message(write_access_allowed={}), "telegram-service-message"),
        ({"update_id": 1, "edited_message": of.message(text="x")["message"]}, "telegram-edit"),
        ({"update_id": 1, "channel_post": of.message(text="x")["message"]}, "telegram-update-not-asked-for"),
        (
            {"update_id": 1, "business_message": of.message(text="x")["message"]},
            "telegram-update-not-asked-for",
        ),
        ({"update_id": 1, "message_reaction": {}}, "telegram-update-not-asked-for"),
        ({}, "telegram-update-not-asked-for"),
    ],
)
def test_what_is_ignored(update: dict[str, Any], code: str) -> None:
    parsed = parse(update, NOW)
    assert parsed.ignored == code
    assert parsed.message is None
    assert parsed.address is None


def test_an_update_that_the_library_refuses_is_not_lost() -> None:
    bare = {"update_id": 8, "message": {"chat": {"id": of.CHAT}, "text": "salam"}}
    with pytest.raises((TypeError, KeyError)):
        Update.de_json(bare, None)
    message = parse(bare, NOW).message
    assert message is not None
    assert message.provider_message_id == "update:8"
    assert (message.sender, message.text, message.sent_at) == ("4201337", "salam", None)


@pytest.mark.parametrize("date", [None, 0, -5, True, "1764100000", 10**30, 4_000_000_000])
def test_a_date_that_cannot_be_is_none(date: object) -> None:
    message = parse(of.message(text="salam", date=date), NOW).message
    assert message is not None
    assert message.sent_at is None


@pytest.mark.parametrize("name", [m[0] for m in MEDIA[:13]] + ["text"])
def test_the_updates_of_these_tests_are_as_the_library_reads_them(name: str) -> None:
    content = next((m[1] for m in MEDIA if m[0] == name), {"text": "salam"})
    update = Update.de_json(of.message(**content), None)
    parsed = parse(of.message(**content), NOW).message
    assert update is not None
    assert update.message is not None
    assert parsed is not None
    assert parsed.provider_message_id == f"{update.message.chat_id}:{update.message.message_id}"
    assert parsed.sent_at == update.message.date
    assert update.effective_user is not None
    assert parsed.profile_name == update.effective_user.full_name


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = (
    "message_id", "from", "chat", "date", "text", "caption", "photo", "voice", "location", "venue", "sticker",
    "contact", "dice", "rich_message", "id", "data", "message", "type", "is_bot", "new_chat_member", "status",
)  # fmt: skip
SHAPED = st.recursive(
    JSON | st.sampled_from(["private", "kicked", 4201337, -4]),
    lambda inner: st.dictionaries(st.sampled_from(FIELDS), inner, max_size=8) | st.lists(inner, max_size=3),
    max_leaves=25,
)
UPDATES = st.dictionaries(
    st.sampled_from(["update_id", "message", "edited_message", "callback_query", "my_chat_member"]), SHAPED
)


@given(UPDATES)
def test_nothing_raises(update: dict[str, Any]) -> None:
    parsed = parse(update, NOW)
    assert parsed.message or parsed.address or parsed.ignored


@given(st.dictionaries(st.sampled_from(FIELDS[3:14]), SHAPED), st.integers(1, 2**52), st.integers(1, 2**31))
def test_whatever_a_private_chat_sends_is_kept(content: dict[str, Any], chat: int, number: int) -> None:
    message = {**content, "message_id": number, "chat": {"id": chat, "type": "private"}, "from": of.WRITER}
    kept = parse({"update_id": 1, "message": message}, NOW).message
    assert kept is not None
    assert kept.provider_message_id == f"{chat}:{number}"
