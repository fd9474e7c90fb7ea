"""What Meta's bodies say: its own sixteen examples first, then what else is known to come."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from channels.contract.messages import AddressUpdate, Inbound, Media, MediaKind
from channels.meta.inbound import Parsed, parse
from tests.channels.simulators.whatsapp_events import contact, event, joined, message

EXAMPLES: dict[str, Any] = json.loads((Path(__file__).parent / "meta_examples.json").read_text("utf-8"))
OURS = "106540352242922"
AT = datetime(2026, 11, 25, tzinfo=UTC)
NUMBER, BSUID = "212612345678", "MA.13491208655302741918"
KIND = MediaKind


def read(payload: Any) -> Parsed:
    return parse(payload, OURS, AT)


def one(payload: Any) -> Inbound:
    parsed = read(payload)
    assert len(parsed.messages) == 1, parsed
    return parsed.messages[0]


def said(kind: str, part: Any, sender: str = NUMBER, **more: Any) -> dict[str, Any]:
    found = {**message(sender, "wamid.1", 1763000000, kind, part), **more}
    return event(OURS, contacts=[contact(sender, "Amina")], messages=[found])


@pytest.mark.parametrize(
    ("example", "text", "option", "media"),
    [
        ("Text Message", "Does it come in another color?", None, None),
        ("Text Message with Context (Product Inquiry)", "Is this still available?", None, None),
        ("Text Message from Click to WhatsApp Ad", "Hello! Can I get more info on this?", None, None),
        ("Reaction Message", None, None, Media(KIND.REACTION, emoji="👍")),
        ("Image Message", "Taj Mahal", None, Media(KIND.IMAGE, "1003383421387256", "image/jpeg")),
        (
            "Location Message",
            None,
            None,
            Media(KIND.LOCATION, latitude=37.44221496582, longitude=-122.16165924072),
        ),
        ("Contact Sharing Message", None, None, Media(KIND.CONTACT)),
        ("Unsupported Message", None, None, Media(KIND.UNSUPPORTED)),
        ("Button Message", "Unsubscribe", None, None),
        ("Interactive List Reply Message", None, "priority_express", None),
        ("Interactive Button Reply Message", None, "cancel-button", None),
        ("Order Message", None, None, Media(KIND.UNSUPPORTED)),
    ],
)
def test_messages_of_metas_examples(
    example: str, text: str | None, option: str | None, media: Media | None
) -> None:
    found = one(EXAMPLES[example])
    sent = EXAMPLES[example]["entry"][0]["changes"][0]["value"]["messages"][0]
    assert (found.text, found.option_id, found.media) == (text, option, media)
    assert (found.channel, found.provider) == ("whatsapp", "whatsapp-cloud")
    assert (found.sender, found.aliases, found.profile_name) == ("16505551234", (), "Sheena Nelson")
    assert found.provider_message_id == sent["id"]
    assert found.sent_at == datetime.fromtimestamp(int(sent["timestamp"]), UTC)
    assert found.received_at == AT
    assert found.raw == {"message": sent}


def test_the_number_that_a_person_left_is_no_longer_theirs() -> None:
    parsed = read(EXAMPLES["System Message"])
    assert parsed.messages == []
    assert parsed.addresses == [AddressUpdate("whatsapp", "16505551234", "unreachable", "changed-number")]


@pytest.mark.parametrize(
    ("example", "code"),
    [
        ("Group Create Message", "field-group_lifecycle_update"),
        ("Group Settings Update", "field-group_settings_update"),
        ("Group Remove Participants", "field-group_participants_update"),
    ],
)
def test_what_is_of_groups_is_passed_over(example: str, code: str) -> None:
    assert read(EXAMPLES[example]) == Parsed(ignored=[code])


def test_all_sixteen_in_one_body() -> None:
    parsed = read(joined(list(EXAMPLES.values())))
    assert (len(parsed.messages), len(parsed.addresses), len(parsed.ignored)) == (12, 1, 3)


@pytest.mark.parametrize(
    ("kind", "part", "text", "option", "media"),
    [
        (
            "audio",
            {"id": "7", "mime_type": "audio/ogg; codecs=opus", "voice": True},
            None,
            None,
            Media(KIND.VOICE, "7", "audio/ogg; codecs=opus"),
        ),
        ("audio", {"id": "7", "voice": False}, None, None, Media(KIND.AUDIO, "7")),
        ("video", {"id": 7, "caption": "شوف"}, "شوف", None, Media(KIND.VIDEO, "7")),
        (
            "document",
            {"id": "7", "filename": "cv.pdf", "caption": ""},
            None,
            None,
            Media(KIND.DOCUMENT, "7"),
        ),
        (
            "sticker",
            {"id": "7", "mime_type": "image/webp", "animated": False},
            None,
            None,
            Media(KIND.STICKER, "7", "image/webp"),
        ),
        ("reaction", {"message_id": "wamid.0"}, None, None, Media(KIND.REACTION)),
        ("button", {"payload": "opt-1", "text": "Oui"}, None, "opt-1", None),
        ("button", {"text": "Oui"}, "Oui", None, None),
        ("order", {"text": "bghit hada"}, "bghit hada", None, Media(KIND.UNSUPPORTED)),
        ("interactive", {"type": "nfm_reply", "nfm_reply": {}}, None, None, Media(KIND.UNSUPPORTED)),
        ("interactive", {"type": "list_reply", "list_reply": {"title": "Oui"}}, "Oui", None, None),
        ("location", {"latitude": "nowhere", "longitude": 1}, None, None, Media(KIND.UNSUPPORTED)),
        ("location", {"latitude": "nan", "longitude": 1}, None, None, Media(KIND.UNSUPPORTED)),
        ("text", {"body": ""}, None, None, Media(KIND.UNSUPPORTED)),
        ("text", {"body": ["a"]}, None, None, Media(KIND.UNSUPPORTED)),
        ("text", None, None, None, Media(KIND.UNSUPPORTED)),
        ("text", {"body": "/restart", "new": {"field": 1}}, "/restart", None, None),
        ("poll_creation", {"name": "?"}, None, None, Media(KIND.UNSUPPORTED)),
    ],
)  # fmt: skip
def test_other_messages(
    kind: str, part: Any, text: str | None, option: str | None, media: Media | None
) -> None:
    found = one(said(kind, part))
    assert (found.text, found.option_id, found.media) == (text, option, media)


@pytest.mark.parametrize(
    ("context", "forwarded"),
    [
        ({"forwarded": True}, True),
        ({"frequently_forwarded": True}, True),
        ({"forwarded": False, "frequently_forwarded": True}, True),
        ({"forwarded": False}, False),
        ({"from": "15550783881", "id": "wamid.0"}, False),
        ("?", False),
        (None, False),
    ],
)
def test_what_was_passed_on(context: Any, forwarded: bool) -> None:
    assert one(said("text", {"body": "oui"}, context=context)).forwarded is forwarded


@pytest.mark.parametrize("kind", ["request_welcome", "edit", "revoke"])
def test_where_nothing_was_said_nothing_is_answered(kind: str) -> None:
    assert read(said(kind, {})) == Parsed(ignored=[kind])


def test_what_is_written_in_a_group_is_passed_over() -> None:
    assert read(said("text", {"body": "salam"}, group_id="Y2Fw")) == Parsed(ignored=["group"])


@pytest.mark.parametrize(
    ("names", "contacts", "sender", "aliases", "name"),
    [
        ({"from": NUMBER}, [{"wa_id": NUMBER, "profile": {"name": "Amina"}}], NUMBER, (), "Amina"),
        ({"from": NUMBER}, [{"wa_id": NUMBER, "user_id": BSUID}], NUMBER, (BSUID,), None),
        ({"from": NUMBER, "from_user_id": BSUID}, [], NUMBER, (BSUID,), None),
        ({"from": "+" + NUMBER}, [], NUMBER, (), None),
        ({"from": int(NUMBER)}, [], NUMBER, (), None),
        ({"from_user_id": BSUID}, [{"user_id": BSUID, "profile": {"name": "A", "username": "a"}}], BSUID, (), "A"),
        ({"from": BSUID}, [], BSUID, (), None),
        ({"from_user_id": BSUID}, [{"user_id": BSUID, "wa_id": NUMBER}], NUMBER, (BSUID,), None),
        ({}, [{"user_id": BSUID, "profile": "?"}], BSUID, (), None),
        ({}, [{"wa_id": NUMBER}], NUMBER, (), None),
        # Others who came in the same body are others.
        ({"from": NUMBER}, [{"wa_id": "212600000000", "user_id": BSUID}], NUMBER, (), None),
        (
            {"from": NUMBER},
            [{"wa_id": "212600000000", "user_id": "MA.1"}, {"wa_id": NUMBER, "user_id": BSUID}],
            NUMBER,
            (BSUID,),
            None,
        ),
        ({"from_user_id": "MA.ENT.99"}, [], "MA.ENT.99", (), None),
    ],
)  # fmt: skip
def test_who_wrote(
    names: dict[str, Any],
    contacts: list[dict[str, Any]],
    sender: str,
    aliases: tuple[str, ...],
    name: str | None,
) -> None:
    text = {"id": "wamid.1", "timestamp": "1763000000", "type": "text", "text": {"body": "salam"}, **names}
    found = one(event(OURS, contacts=contacts, messages=[text]))
    assert (found.sender, found.aliases, found.profile_name) == (sender, aliases, name)


@pytest.mark.parametrize(
    "stamp", ["", "soon", None, "-5", "99999999999999999999", "1e3", {}, True, "1900000000"]
)
def test_a_time_that_cannot_be_is_none(stamp: Any) -> None:
    assert one(said("text", {"body": "salam"}, timestamp=stamp)).sent_at is None


@pytest.mark.parametrize(
    ("system", "names", "left"),
    [
        (
            {"type": "user_changed_number", "wa_id": "212699999999", "user_id": "MA.2"},
            {"from": NUMBER, "from_user_id": "MA.1"},
            [(NUMBER, "changed-number"), ("MA.1", "changed-user-id")],
        ),
        (
            {"type": "customer_changed_number", "new_wa_id": "212699999999"},
            {"from": NUMBER},
            [(NUMBER, "changed-number")],
        ),
        (
            {"type": "user_changed_user_id", "previous_user_id": "MA.1", "user_id": "MA.2"},
            {"from": NUMBER},
            [("MA.1", "changed-user-id")],
        ),
        ({"type": "user_changed_user_id", "user_id": "MA.2"}, {"from_user_id": "MA.1"}, [("MA.1", "changed-user-id")]),
        ({"type": "user_changed_user_id", "user_id": "MA.1"}, {"from_user_id": "MA.1"}, []),
        ({"type": "user_changed_number", "wa_id": NUMBER}, {"from": NUMBER}, []),
        ({"type": "user_changed_number"}, {"from": NUMBER}, []),
        ({"type": "user_identity_changed"}, {"from": NUMBER}, []),
        ("?", {"from": NUMBER}, []),
    ],
)  # fmt: skip
def test_changed_ids(system: Any, names: dict[str, str], left: list[tuple[str, str]]) -> None:
    parsed = read(event(OURS, messages=[{"id": "wamid.1", "type": "system", "system": system, **names}]))
    assert parsed.messages == []
    assert [(update.sender, update.reason) for update in parsed.addresses] == left
    assert all(update.state == "unreachable" for update in parsed.addresses)
    assert parsed.ignored == ([] if left else ["system"])


def test_one_that_cannot_be_read_costs_no_other() -> None:
    good = message(NUMBER, "wamid.1", 1763000000, "text", {"body": "salam"})
    bad = [
        "?",
        None,
        7,
        {},
        {"from": NUMBER},
        {**good, "id": "x" * 600},
        {**good, "id": 5},
    ]
    value = event(OURS, contacts=["?", contact(NUMBER, "Amina")], messages=[*bad, good], statuses=["?", {}])
    payload = {"entry": ["?", {"changes": [None, {"value": "?"}]}, *value["entry"]]}
    parsed = read(payload)
    assert [found.text for found in parsed.messages] == ["salam"]
    assert len(parsed.ignored) == 13


def test_another_number_is_not_ours() -> None:
    assert parse(EXAMPLES["Text Message"], "1", AT) == Parsed(ignored=["other-number"])
    assert read({"entry": [{"changes": [{"field": "messages", "value": {"messages": []}}]}]}).ignored == [
        "other-number"
    ]


def test_errors_are_named_by_code_only() -> None:
    parsed = read(event(OURS, errors=[{"code": 131051, "title": "secret"}, {"code": "secret"}]))
    assert parsed.ignored == ["error-131051", "error-unknown"]


@pytest.mark.parametrize("payload", [None, [], "x", 3, {}, {"entry": None}, {"entry": {}}, {"entry": [[]]}])
def test_what_is_no_body_of_meta(payload: Any) -> None:
    parsed = read(payload)
    assert (parsed.messages, parsed.statuses, parsed.addresses) == ([], [], [])
