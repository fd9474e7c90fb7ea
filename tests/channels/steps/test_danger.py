"""Danger stands before everything, is answered in the words of who wrote it, and stays until they lead away."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from bot.nlu.folding import plain
from channels.contract.errors import GiveUp, RetryLater
from channels.contract.messages import Media, MediaKind, Refusal
from channels.delivery.danger_replies import HELP, STAY
from channels.steps.danger import Danger
from channels.steps.limits import Allowed, TooFast
from channels.steps.opt_out import OptOut
from channels.steps.switched_off import switched_off
from channels.steps.with_adviser import with_adviser
from channels.turn import turn as turns
from channels.wording.segments import count_segments
from store.catalogue.helplines import Helpline, read_helplines
from store.conversations import conversations
from store.conversations.replies import Reply
from store.core.vocabulary import VARIETIES
from store.handover import requests as adviser_requests
from store.people import addresses, people
from store.tables import Address, Conversation, Message
from tests.channels.conftest import World
from tests.channels.delivery.test_deliveries import Way, through
from tests.channels.engines import says, understands
from tests.channels.stepping import START, STOP, WORDS, Stepping, echo, product_danger, renderer

ROOT = Path(__file__).resolve().parents[3]
HELPLINES = read_helplines(ROOT / "data" / "places" / "helplines.csv")
AMINA = "+212600000001"
#: Danger in words that stand in no list, so that the engine alone can tell.
UNLISTED = {
    "fr": "cette nuit je vais avaler toute la boîte et ne plus me réveiller",
    "ar": "سأبتلع العلبة كلها الليلة ولن أستيقظ",
    "ary": "هاد الليل غادي نبلع لحكة كاملة وما نفيقش",
    "ary-Latn": "had lil ghadi nbla3 l7ka kamla w manfi9ch",
}
#: The same in words that stand in them.
LISTED = {"fr": "je veux mourir", "ar": "أريد أن أموت", "ary": "بغيت نموت", "ary-Latn": "bghit nmout"}
KINDS = ("self", "violence", "medical", "child")
HARMLESS = "formation prévention des risques, svp"
#: What is asked for after danger, and in it.
NEEDS = {
    "qu'on m'écrive pas il lit tout": "no_contact",
    "qui voit ça": "who_reads",
    "je dors où ce soir": "shelter",
    "ça sonne occupé": "no_answer",
}
ALONE = "appelez surtout personne, il va me tuer"


def judges(question: dict[str, Any]) -> dict[str, Any]:
    """As the engine: what it knows for danger, and what stays of it until somebody asks for a course."""
    text = question.get("text") or ""
    for variety in VARIETIES:
        if text in (UNLISTED[variety], LISTED[variety]):
            return understands(danger=True, danger_kind="self", variety=variety, variety_confidence=0.95)
    if text == ALONE:
        return understands(danger=True, danger_kind="violence", danger_need="no_contact", variety="fr")
    leads_away = text == HARMLESS
    stays = bool(question.get("danger_open")) and not leads_away and "option" not in question
    intent = "find_course" if leads_away else "nlu_fallback"
    need = {"danger_need": NEEDS[text]} if text in NEEDS else {}
    return understands(
        intent=intent, confidence=0.9, stays=stays, variety="fr", variety_confidence=0.9, **need
    )


def answers(question: dict[str, Any]) -> dict[str, Any]:
    understood = judges(question)
    if understood.get("danger") or understood["stays"]:
        return {"replies": [], "understanding": understood}
    return {**echo(question), "understanding": understood}


Making = Callable[..., Stepping]


@pytest.fixture
def made(world: World) -> Making:
    def make(*steps: Any) -> Stepping:
        talk = Stepping.out_of(world, *steps)
        talk.engine.answering, talk.engine.judging = answers, judges
        return talk

    return make


@pytest.fixture
def talk(made: Making) -> Stepping:
    return made(OptOut(STOP, START), with_adviser)


def requests(talk: Stepping, person_id: UUID) -> list[adviser_requests.AdviserRequest]:
    with talk.database.session() as session:
        found = adviser_requests.of_person(session, person_id)
        return [each for each in found if each.reason == adviser_requests.URGENT]


def danger_at(talk: Stepping, message: Message) -> datetime | None:
    with talk.database.session() as session:
        return conversations.get(session, message.conversation_id).danger_at


def is_cared_for(talk: Stepping, message: Message, key: str = HELP, channel: str = "sms") -> None:
    """They were given numbers, an adviser sees it first, and the talk stays there."""
    answer = talk.replies(AMINA, channel)[-1]
    assert (answer.reply, answer.in_reply_to) == (key, message.id)
    assert answer.despite_opt_out is True
    for number in ("19", "177", "15", "141"):
        assert number in (answer.text or "")
    assert (message.state, message.flagged) == ("done", True)
    (request,) = requests(talk, message.person_id)
    assert request.state == "open"
    assert (message.text or "") in (request.detail or "").split("\n")
    assert danger_at(talk, message) is not None


def has_address(talk: Stepping, state: addresses.AddressState) -> None:
    with talk.database.session() as session:
        address = session.scalars(select(Address)).one()
        addresses.set_address_state(session, address.id, state)


@pytest.mark.parametrize("variety", VARIETIES)
def test_danger_is_answered_with_numbers_and_an_adviser(talk: Stepping, variety: str) -> None:
    message = talk.say(UNLISTED[variety])
    assert talk.keys() == [HELP]
    is_cared_for(talk, message)
    with talk.database.session() as session:
        assert conversations.get(session, message.conversation_id).state == "waiting"


@pytest.mark.parametrize("variety", VARIETIES)
@pytest.mark.parametrize("channel", ["sms", "whatsapp", "telegram"])
def test_an_opted_out_address_is_no_reason_for_silence(talk: Stepping, variety: str, channel: str) -> None:
    talk.say("salam", channel=channel)
    talk.say("STOP", channel=channel)
    message = talk.say(UNLISTED[variety], channel=channel)
    is_cared_for(talk, message, channel=channel)
    with talk.database.session() as session:
        assert session.scalars(select(Address.state)).one() == "opted_out"


def test_help_leaves_to_an_opted_out_address(made: Making, world: World) -> None:
    way = Way()
    world.outbox = through(world, way)
    talk = made(OptOut(STOP, START))
    talk.outbox = world.outbox
    for text in ("salam", "STOP", UNLISTED["fr"]):
        talk.say(text)
    talk.work_until(lambda: talk.outbox_is_empty("sms", AMINA))
    assert any("Chaque vie compte" in sent.text for sent in way.sent)


def test_limits_are_no_reason_for_silence(made: Making) -> None:
    talk = made(TooFast(Allowed(messages=1)))
    talk.say("salam")
    assert talk.say("salam, ça va").failure == "too-fast"
    for text in (UNLISTED["ary"], LISTED["ary-Latn"], UNLISTED["fr"]):
        is_cared_for(talk, talk.say(text))
    assert talk.say(HARMLESS).failure == "too-fast"


def test_an_assistant_that_is_switched_off_is_no_reason_for_silence(made: Making) -> None:
    talk = made(switched_off)
    talk.say("bonjour")
    is_cared_for(talk, talk.say(UNLISTED["ar"]))
    assert talk.engine.asked == []


def test_an_advisers_conversation_is_no_reason_for_silence(talk: Stepping) -> None:
    before = talk.say("bonjour")
    with talk.database.session() as session:
        session.execute(
            update(Conversation)
            .where(Conversation.id == before.conversation_id)
            .values(state="adviser", adviser_id=UUID(int=1))
        )
    is_cared_for(talk, talk.say(UNLISTED["ary-Latn"]))
    with talk.database.session() as session:
        assert conversations.get(session, before.conversation_id).state == "adviser"
    assert talk.say("merci d'être là", sender=AMINA).flagged  # stays


def test_a_caption_is_judged_as_any_words(made: Making) -> None:
    talk = made(lambda _session, _incoming: turns.Settled(quiet="media"))
    message = talk.say(UNLISTED["fr"], media=Media(MediaKind.IMAGE))
    is_cared_for(talk, message)


def test_forwarded_danger_is_danger(talk: Stepping) -> None:
    is_cared_for(talk, talk.say(UNLISTED["fr"], forwarded=True))
    assert talk.engine.asked[-1]["forwarded"] is True


@pytest.mark.parametrize("failure", [503, 500, 0, 413, 401])
@pytest.mark.parametrize("variety", VARIETIES)
def test_an_engine_that_fails_leaves_the_lists(talk: Stepping, failure: int, variety: str) -> None:
    talk.engine.failures = [failure]
    message = talk.say(f"{LISTED[variety]} ...")
    is_cared_for(talk, message)
    assert talk.engine.asked == []


@pytest.mark.parametrize("variety", VARIETIES)
def test_the_lists_stand_before_the_steps_too(talk: Stepping, variety: str) -> None:
    talk.say("salam")
    talk.say("STOP")
    talk.engine.failures = [503]
    is_cared_for(talk, talk.say(LISTED[variety]))


@pytest.mark.parametrize("stopped", [True, False])
def test_an_engine_that_is_silent_is_not_waited_for_long(
    talk: Stepping, monkeypatch: pytest.MonkeyPatch, stopped: bool
) -> None:
    talk.say("salam")
    if stopped:
        talk.say("STOP")
    monkeypatch.setattr(turns, "JUDGED_WITHIN", 0.1)
    talk.engine.delay = 0.6
    is_cared_for(talk, talk.say(LISTED["ar"]))


def test_without_a_phrase_of_the_lists_a_message_waits_for_the_engine(talk: Stepping) -> None:
    talk.engine.failures = [503]
    receipt = talk.write(UNLISTED["fr"], sender=AMINA, channel="sms")
    with pytest.raises(RetryLater):
        talk.take(receipt.message_id)
    assert talk.message(receipt.message_id).state == "received"
    talk.take(receipt.message_id)
    is_cared_for(talk, talk.message(receipt.message_id))


def test_a_danger_that_stays_stays_while_the_engine_is_away(talk: Stepping) -> None:
    talk.say("salam")
    talk.say("STOP")
    talk.say(UNLISTED["fr"])
    talk.engine.failures = [503]
    is_cared_for(talk, talk.say("personne ne répond"), STAY)


@pytest.mark.parametrize("before", VARIETIES)
@pytest.mark.parametrize("variety", VARIETIES)
def test_help_comes_in_the_messages_own_variety(talk: Stepping, before: str, variety: str) -> None:
    spoken = talk.say("salam")
    with talk.database.session() as session:
        people.set_variety(session, spoken.person_id, before, "chosen")
    talk.say(UNLISTED[variety])
    args = talk.replies(AMINA, "sms")[-1].args or {}
    expected = talk.renderer.render(Reply(HELP, args=args), variety, "sms").text
    assert talk.texts(AMINA, "sms")[-1] == expected
    with talk.database.session() as session:
        assert people.get(session, spoken.person_id).variety == before


@pytest.mark.parametrize("variety", VARIETIES)
def test_by_the_lists_too(talk: Stepping, variety: str) -> None:
    talk.engine.failures = [503]
    talk.say(LISTED[variety])
    args = talk.replies(AMINA, "sms")[-1].args or {}
    assert talk.texts(AMINA, "sms") == [talk.renderer.render(Reply(HELP, args=args), variety, "sms").text]


def test_an_unsure_variety_does_not_change_the_talks(talk: Stepping) -> None:
    talk.say(HARMLESS)
    talk.engine.answering = lambda _: {
        "replies": [],
        "understanding": understands(danger=True, variety="ary-Latn", variety_confidence=0.4),
    }
    talk.say("pff nmt")
    assert "Chaque vie compte" in talk.texts(AMINA, "sms")[-1]


def test_it_stays_until_they_lead_away(talk: Stepping) -> None:
    first = talk.say(UNLISTED["fr"])
    for text in ("je sais pas qui appeler", "oui", "merci"):
        is_cared_for(talk, talk.say(text), STAY)
    (request,) = requests(talk, first.person_id)
    said = [UNLISTED["fr"], "je sais pas qui appeler", "oui", "merci"]
    assert (request.detail or "").split("\n") == said
    away = talk.say(HARMLESS)
    assert (away.flagged, danger_at(talk, away)) == (False, None)
    assert talk.say("oui").flagged is False
    assert talk.keys() == [HELP, STAY, STAY, STAY, "language-unknown", "language-unknown"]
    assert [asked.get("danger_open", False) for asked in talk.engine.asked] == [False, *[True] * 4, False]


@pytest.mark.parametrize("need", sorted(set(NEEDS.values()) - {"no_contact"}))
def test_what_is_asked_for_after_danger_is_answered(talk: Stepping, need: str) -> None:
    talk.say(UNLISTED["fr"])
    asked = next(text for text, of in NEEDS.items() if of == need)
    is_cared_for(talk, talk.say(asked), STAY)
    answer = talk.replies(AMINA, "sms")[-1].text or ""
    expected = renderer().render(product_danger().stay(need), "fr", "sms").text
    assert answer == expected
    assert expected != renderer().render(product_danger().stay(), "fr", "sms").text


def test_who_begs_that_nobody_writes_is_promised_nobody(talk: Stepping) -> None:
    first = talk.say(UNLISTED["fr"])
    asked = talk.say(next(text for text, need in NEEDS.items() if need == "no_contact"))
    is_cared_for(talk, asked, STAY)
    (request,) = requests(talk, first.person_id)
    assert request.no_contact_at is not None
    is_cared_for(talk, talk.say("merci"), STAY)
    is_cared_for(talk, talk.say(UNLISTED["fr"]))
    for answer in talk.replies(AMINA, "sms")[-3:]:
        assert "ni message ni appel" in (answer.text or "")
        assert "écrira" not in (answer.text or "")


def test_who_tells_of_danger_and_begs_so_at_once_too(talk: Stepping) -> None:
    talk.say(ALONE)
    (answer,) = talk.replies(AMINA, "sms")
    assert "ni message ni appel" in (answer.text or "")
    assert "écrira" not in (answer.text or "")


def test_a_choice_leads_away(talk: Stepping) -> None:
    talk.engine.answering = lambda _: says(
        {
            "reply": "menu",
            "args": {},
            "options": [
                {
                    "id": "o-1",
                    "title_key": "option-find",
                    "intent": "find_course",
                    "entities": [{"entity": "topic", "value": "english"}],
                }
            ],
        }
    )
    talk.say("bonjour à vous")
    talk.engine.answering = answers
    talk.say(UNLISTED["fr"])
    picked = talk.say(None, option="o-1")
    assert (picked.flagged, danger_at(talk, picked)) == (False, None)


def test_after_a_day_it_is_over(talk: Stepping) -> None:
    first = talk.say(UNLISTED["fr"])
    with talk.database.session() as session:
        conversations.get(session, first.conversation_id).danger_at = datetime.now(UTC) - timedelta(
            hours=24, minutes=1
        )
    assert talk.say("bonjour").flagged is False


def test_another_persons_talk_is_as_it_was(talk: Stepping) -> None:
    talk.say(UNLISTED["fr"])
    assert talk.say("oui", sender="+212600000002").flagged is False


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("variety", VARIETIES)
@pytest.mark.parametrize("form", ["sms", "chat"])
def test_numbers_are_the_datas(kind: str, variety: str, form: str) -> None:
    moved = [
        Helpline(f"70{at}0", each.service, each.area, each.group, each.source, each.checked, each.note)
        for at, each in enumerate(HELPLINES)
    ]
    text = helped(Danger({}, moved), kind, variety, form)
    first = {"police", "gendarmerie", "civil_protection", "samu"}
    besides = {"violence": {"women_line", "child_line"}, "child": {"child_line"}}.get(kind, set())
    for each in moved:
        told = each.service in first | besides
        assert (each.number in text) is told, (each.service, text)
    assert not {each.number for each in HELPLINES} & set(plain(text).split())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("variety", VARIETIES)
def test_by_sms_help_is_short(kind: str, variety: str) -> None:
    most = 2 if variety in ("ar", "ary") else 1
    for danger_open in (False, True):
        text = helped(product_danger(), kind, variety, "sms", stays=danger_open)
        assert count_segments(text).count <= most + 1, text


@pytest.mark.parametrize("variety", VARIETIES)
@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("need", [None, *sorted(NEEDS.values())])
def test_by_sms_what_is_said_after_it_is_short(need: str | None, variety: str, alone: bool) -> None:
    text = renderer().render(product_danger().stay(need, alone=alone), variety, "sms").text
    assert count_segments(text).count <= (4 if variety in ("ar", "ary") else 2), text


def helped(danger: Danger, kind: str, variety: str, form: Any, *, stays: bool = False) -> str:
    reply = danger.stay() if stays else danger.help(kind)
    return renderer().render(reply, variety, form).text


def test_help_that_is_refused_is_noted_with_the_request(made: Making, world: World) -> None:
    way = Way()
    way.failures = [GiveUp("sms-21610", refusal=Refusal("opted_out", "twilio-21610"))]
    world.outbox = through(world, way)
    talk = made(OptOut(STOP, START))
    talk.outbox = world.outbox
    message = talk.say(UNLISTED["fr"])
    talk.work_until(lambda: talk.outbox_is_empty("sms", AMINA))
    (request,) = requests(talk, message.person_id)
    assert request.undelivered_at is not None


@pytest.mark.parametrize("word", ["STOP", "arrêt", "توقف", "حبس", "7bes"])
def test_an_exact_stop_is_honoured_while_danger_is_open(talk: Stepping, word: str) -> None:
    talk.say(UNLISTED["fr"])
    talk.say(word)
    assert talk.keys() == [HELP, "opt-out-done"]
    with talk.database.session() as session:
        assert session.scalars(select(Address.state)).one() == "opted_out"
    is_cared_for(talk, talk.say("vous êtes là ?"), STAY)


@pytest.mark.parametrize(
    "text",
    [
        "je cherche une formation d'ambulancier",
        "أريد دورة في الإسعافات الأولية",
        "الخدمة صعيبة بزاف هاد ليام",
        "khedma s3iba bzaf had liyam",
        "il tue le temps en apprenant excel",
        "mort de rire, votre menu",
    ],
)
def test_what_is_harmless_passes(talk: Stepping, text: str) -> None:
    assert product_danger().listed(plain(text)) is None
    message = talk.say(text)
    assert (message.flagged, danger_at(talk, message)) == (False, None)
    assert talk.keys() == ["language-unknown"]
    assert requests(talk, message.person_id) == []


def test_a_phrase_that_the_engine_finds_harmless_passes(talk: Stepping) -> None:
    talk.engine.answering = echo
    message = talk.say("je veux mourir de rire devant vos tableaux")
    assert (message.flagged, talk.keys()) == (False, ["language-unknown"])


@pytest.mark.parametrize("word", ["nmoutou", "mourira", "أموتك"])
def test_within_a_word_a_phrase_is_none(word: str) -> None:
    danger = Danger({"fr": ["mour"], "ary-Latn": ["nmout"], "ar": [plain("أموت")]})
    assert danger.listed(plain(word)) is None
    assert danger.listed(plain(f"{word} nmout")) == {"danger": True, "variety": "ary-Latn"}


def test_a_list_in_a_language_we_do_not_speak_says_no_variety() -> None:
    assert product_danger().listed(plain("I want to die")) == {"danger": True}


def test_the_lists_are_those_of_the_product() -> None:
    assert {path.stem for path in (WORDS / "danger").glob("*.txt")} >= set(VARIETIES)


def test_what_was_judged_is_what_is_settled(talk: Stepping) -> None:
    """While one message is judged an older one may come in: the word on the one is none on the other."""
    talk.say("salam")
    talk.say("STOP")
    later = talk.write("je regarde la télé", sender=AMINA, channel="sms")
    older: list[UUID] = []

    def judging(question: dict[str, Any]) -> dict[str, Any]:
        if not older:
            at = datetime.now(UTC) - timedelta(minutes=5)
            receipt = talk.write(UNLISTED["fr"], sender=AMINA, channel="sms", sent_at=at)
            older.append(receipt.message_id)
        return judges(question)

    talk.engine.judging = judging
    talk.take(later.message_id)
    is_cared_for(talk, talk.message(older[0]))
    talk.take(later.message_id)
    assert talk.replies(AMINA, "sms")[-1].reply == STAY
