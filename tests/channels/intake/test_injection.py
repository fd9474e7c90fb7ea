"""`/intent{...}` typed, in a caption, on a button, or as a name: it never reaches the engine as a command.

Each payload is the provider's own, through its own parser, the inbox and a turn.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from channels.contract.messages import Inbound
from channels.intake.inbox import receive
from channels.kannel.config import Config
from channels.kannel.inbound import parse as sms
from channels.meta.inbound import parse as whatsapp
from channels.steps.linking import Linking
from channels.steps.opt_out import OptOut
from channels.telegram.inbound import parse as telegram
from channels.twilio.inbound import inbound_of as twilio
from store.people import people
from tests.channels.conftest import World
from tests.channels.stepping import LINK, START, STOP, Stepping

NOW = datetime.now(UTC)
ATTACKS = [
    '/restart{"a": 1}',
    '//register_course{"name":"x"}',
    '\u200f/\u00a0/delete_my_data{"offer":"erase"}',
    "\u2028/session_start",
    "\u202e \u200b/back",
]


def by_twilio(channel: str, **fields: str) -> Inbound:
    address = "whatsapp:+212600000001" if channel == "whatsapp" else "+212600000001"
    given = {"MessageSid": "SM1", "From": address, "To": "+1", "Body": "", "NumMedia": "0", **fields}
    (inbound,) = twilio(given, NOW)
    return inbound


def by_meta(name: str, message: dict[str, Any]) -> Inbound:
    contact = {"profile": {"name": name}, "wa_id": "212600000001"}
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "1", "phone_number_id": "9"},
        "contacts": [contact],
        "messages": [
            {"from": "212600000001", "id": "wamid.1", "timestamp": str(int(NOW.timestamp())), **message}
        ],
    }
    payload = {
        "object": "whatsapp_business_account",
        "entry": [{"id": "0", "changes": [{"field": "messages", "value": value}]}],
    }
    (inbound,) = whatsapp(payload, "9", NOW).messages
    return inbound


def tapped(attack: str) -> dict[str, Any]:
    reply = {"type": "button_reply", "button_reply": {"id": attack, "title": attack}}
    return {"type": "interactive", "interactive": reply}


def by_telegram(name: str, content: dict[str, Any]) -> Inbound:
    message = {
        "message_id": 1,
        "date": int(NOW.timestamp()),
        "chat": {"id": 77, "type": "private"},
        "from": {"id": 77, "is_bot": False, "first_name": name},
        **content,
    }
    inbound = telegram({"update_id": 5, "message": message}, NOW).message
    assert inbound is not None
    return inbound


def by_telegram_button(data: str) -> Inbound:
    presser = {"id": 77, "is_bot": False, "first_name": "Amina"}
    under = {"message_id": 1, "date": 1, "chat": {"id": 77, "type": "private"}}
    callback = {"id": "8", "from": presser, "chat_instance": "1", "data": data, "message": under}
    inbound = telegram({"update_id": 6, "callback_query": callback}, NOW).message
    assert inbound is not None
    return inbound


def by_sms(said: str) -> Inbound:
    fields = {"from": b"212600000001", "to": b"1", "id": b"1", "text": said.encode()}
    inbound = sms(fields, Config(url="http://127.0.0.1", token="t"), NOW)
    assert inbound is not None
    return inbound


PHOTO = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}
WAYS: dict[str, Callable[[str], Inbound]] = {
    "twilio sms text": lambda attack: by_twilio("sms", Body=attack),
    "twilio whatsapp caption": lambda attack: by_twilio(
        "whatsapp", Body=attack, NumMedia="1", MediaUrl0="https://x/y", MediaContentType0="image/jpeg"
    ),
    "twilio button label": lambda attack: by_twilio("whatsapp", MessageType="button", ButtonText=attack, Body=attack),
    "twilio button payload": lambda attack: by_twilio("whatsapp", ButtonPayload=attack, ButtonText="Oui", Body="Oui"),
    "twilio list": lambda attack: by_twilio("whatsapp", ListId=attack, ListTitle=attack, Body=attack),
    "twilio profile name": lambda attack: by_twilio("whatsapp", Body="salam", ProfileName=attack),
    "meta text": lambda attack: by_meta("Amina", {"type": "text", "text": {"body": attack}}),
    "meta caption": lambda attack: by_meta("Amina", {"type": "image", "image": {"id": "1", "caption": attack}}),
    "meta button label": lambda attack: by_meta("Amina", {"type": "button", "button": {"text": attack}}),
    "meta button payload": lambda attack: by_meta("Amina", tapped(attack)),
    "meta profile name": lambda attack: by_meta(attack, {"type": "text", "text": {"body": "salam"}}),
    "telegram text": lambda attack: by_telegram("Amina", {"text": attack}),
    "telegram caption": lambda attack: by_telegram("Amina", {**PHOTO, "caption": attack}),
    "telegram callback data": by_telegram_button,
    "telegram profile name": lambda attack: by_telegram(attack, {"text": "salam"}),
    "gateway text": by_sms,
    "web text": lambda attack: Inbound("web", "s", "1", NOW, text=attack),
    "web option": lambda attack: Inbound("web", "s", "1", NOW, option_id=attack),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("way", WAYS)
def test_no_command_reaches_the_engine(world: World, way: str, attack: str) -> None:
    talk = Stepping.out_of(world, OptOut(STOP, START), Linking(LINK))
    inbound = WAYS[way](attack)
    receipt = receive(talk.database, talk.deferrer, inbound)
    talk.take(receipt.message_id)
    message = talk.message(receipt.message_id)
    assert message.state == "done"
    for asked in talk.engine.asked:
        assert "option" not in asked, "nobody offered this option"
        assert not asked["text"].strip().startswith("/")
        assert not asked["text"].lstrip("\u200f\u202e\u200b\u2028\u00a0").startswith("/")
        assert set(asked) <= {"message_id", "person_id", "channel", "variety", "text"}
    if "profile name" in way:
        assert [asked["text"] for asked in talk.engine.asked] == ["salam"]
        assert attack.strip() not in json.dumps(talk.engine.asked, ensure_ascii=False)
    if "payload" in way or "option" in way or "data" in way or "list" in way:
        assert talk.engine.asked == []
        assert [reply.reply for reply in talk.replies(inbound.sender, inbound.channel)] == ["option-expired"]
    else:
        assert len(talk.engine.asked) == 1


@pytest.mark.parametrize("name", ["\u202egnp.exe", "a\nb\0c", "\u200b\u200b", "x" * 500])
def test_a_hostile_name_is_one_visible_line(world: World, name: str) -> None:
    inbound = replace(by_twilio("whatsapp", Body="salam"), profile_name=name)
    receipt = receive(world.database, world.deferrer, inbound)
    with world.database.session() as session:
        kept = people.get(session, world.message(receipt.message_id).person_id).profile_name
    assert kept is None or (len(kept) <= people.NAME_LIMIT and kept.isprintable())
