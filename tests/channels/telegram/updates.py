"""Updates as the Bot API sends them, by what they are (https://core.telegram.org/bots/api#update)."""

from typing import Any

CHAT = 4201337
BOT = {"id": 7000000001, "is_bot": True, "first_name": "Takwin", "username": "takwin_bot"}
WRITER = {
    "id": CHAT,
    "is_bot": False,
    "first_name": "Amina",
    "last_name": "El Idrissi",
    "language_code": "fr",
}
PRIVATE = {"id": CHAT, "first_name": "Amina", "last_name": "El Idrissi", "type": "private"}
FILE: dict[str, Any] = {"file_id": "AwACAgQAAxkBAAIB", "file_unique_id": "AgADcRQAAq", "file_size": 28044}


def message(**content: Any) -> dict[str, Any]:
    """A new message in a private chat."""
    base = {"message_id": 365, "from": WRITER, "chat": PRIVATE, "date": 1764100000}
    return {"update_id": 910000001, "message": {**base, **content}}


def callback(**fields: Any) -> dict[str, Any]:
    """A button pressed under message 366 of the bot."""
    under = {
        "message_id": 366,
        "from": BOT,
        "chat": PRIVATE,
        "date": 1764100002,
        "text": "Quelle ville ?",
        "reply_markup": {"inline_keyboard": [[{"text": "Rabat", "callback_data": "a8Kx_2-Q"}]]},
    }
    query = {
        "id": "4382bfdwdsb323b2d9",
        "from": WRITER,
        "message": under,
        "chat_instance": "-3141592653589793238",
        "data": "a8Kx_2-Q",
        **fields,
    }
    return {
        "update_id": 910000002,
        "callback_query": {k: v for k, v in query.items() if v is not None},
    }


def membership(status: str, before: str = "member", **chat: Any) -> dict[str, Any]:
    """The person blocked ("kicked") or unblocked ("member") the bot."""
    until = {"until_date": 0}
    return {
        "update_id": 910000003,
        "my_chat_member": {
            "chat": {**PRIVATE, **chat},
            "from": WRITER,
            "date": 1764100003,
            "old_chat_member": {"user": BOT, "status": before, **(until if before == "kicked" else {})},
            "new_chat_member": {"user": BOT, "status": status, **(until if status == "kicked" else {})},
        },
    }


VOICE = {"duration": 4, "mime_type": "audio/ogg", **FILE}
AUDIO = {"duration": 180, "mime_type": "audio/mpeg", "title": "Amarrakech", **FILE}
PHOTO = [
    {**FILE, "file_id": "small", "width": 90, "height": 67},
    {**FILE, "file_id": "large", "width": 1280, "height": 960},
]
VIDEO = {"duration": 9, "width": 640, "height": 480, "mime_type": "video/mp4", **FILE}
VIDEO_NOTE = {"duration": 9, "length": 384, **FILE}
DOCUMENT = {"file_name": "cv.pdf", "mime_type": "application/pdf", **FILE}
STICKER = {"width": 512, "height": 512, "type": "regular", "is_animated": False, "is_video": False,
           "emoji": "👍", "set_name": "Hands", **FILE}  # fmt: skip
LOCATION = {"latitude": 34.0209, "longitude": -6.8416}
VENUE = {"location": LOCATION, "title": "ANAPEC", "address": "Rue Oued Ziz, Rabat"}
CONTACT = {"phone_number": "+212600000000", "first_name": "Karim", "user_id": 99}
POLL = {
    "id": "5", "question": "?", "options": [{"persistent_id": "0", "text": "a", "voter_count": 0}],
    "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular",
    "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
}  # fmt: skip
RICH = {
    "blocks": [
        {"type": "paragraph", "text": ["salam, ", {"type": "bold", "text": "bghit"}, " formation"]},
        {"type": "list", "items": [{"blocks": [{"type": "paragraph", "text": "f Casa"}]}]},
    ]
}
