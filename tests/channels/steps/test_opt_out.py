"""Opting out and coming back, by a whole message and nothing less, in every variety."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.nlu.folding import plain
from channels.contract.messages import Media, MediaKind
from channels.steps.opt_out import OptOut
from store.core.clock import utc_now
from store.core.encryption import cipher_of
from store.outreach import alerts
from store.outreach.opt_out import prefer_none
from store.people import addresses, consents, people
from store.tables import Address
from takwin.words import word_list
from tests.channels.conftest import World
from tests.channels.engines import understands
from tests.channels.stepping import START, STOP, WORDS, Stepping

AMINA = "+212600000001"


@pytest.fixture
def talk(world: World) -> Stepping:
    return Stepping.out_of(world, OptOut(STOP, START))


def address(talk: Stepping, channel: str = "sms") -> Address:
    with talk.database.session() as session:
        return session.scalars(select(Address).where(Address.channel == channel)).one()


@pytest.mark.parametrize(
    "text",
    [
        "STOP", "stop", "Stop.", "STOP!", " stop ", "/stop", "Stop SMS", "ARRET", "ARRÊT", "arrêt", "désabonner",
        "Désabonnez-moi", "UNSUBSCRIBE", "stopall",
        "توقف", "قف", "توقّف", "إلغاء الاشتراك", "الغاء الاشتراك", "إيقاف الرسائل",
        "حبس", "حبسو", "وقف", "ستوب", "صافي بركا", "صافي، باراكا", "حبسو الميساجات",
        "7bes", "7bess", "7BESS", "hbes", "we9ef", "wa9fou", "safi baraka", "7bsou les messages", "7iydouni",
    ],
)  # fmt: skip
def test_a_word_that_stops(text: str) -> None:
    assert plain(text.strip("/")) in STOP


@pytest.mark.parametrize(
    "text",
    [
        # ordinary answers in a form or to a question
        "safi", "صافي", "baraka", "بركا", "cancel", "annuler", "end", "fin", "quit", "quitter", "yes", "oui", "non",
        "la", "لا", "إلغاء", "arrêter", "désinscrire", "me désinscrire",
        # the word within something else
        "stop, je cherche une formation", "kifach n7bes les alertes", "bghit n7bes had tsjil", "non stop",
        "pourquoi stop ?", "واش نحبس", "arrêt de bus", "code stop",
        # asking for help is for the engine
        "help", "info", "aide", "مساعدة",
    ],
)  # fmt: skip
def test_a_word_that_may_mean_something_else(text: str) -> None:
    assert plain(text) not in STOP
    assert plain(text) not in START


@pytest.mark.parametrize(
    "text", ["START", "start!", "/start", "UNSTOP", "ABDA", "ابدأ", "إبدأ", "بدا", "bda", "Reprendre", "rje3"]
)
def test_a_word_that_starts_again(text: str) -> None:
    assert plain(text.strip("/")) in START


def test_the_lists_do_not_contradict_each_other() -> None:
    assert not STOP & START
    for name in ("opt-out", "opt-in", "link", "link-yes", "link-no"):
        lines = word_list(Path(WORDS / f"{name}.txt"))
        assert all(map(plain, lines)), name
    assert "" not in STOP | START


@pytest.mark.parametrize("channel", ["sms", "whatsapp", "telegram"])
def test_who_stops_is_told_how_to_come_back_and_then_nothing(talk: Stepping, channel: str) -> None:
    talk.say("salam", channel=channel)
    assert talk.say("STOP", channel=channel).state == "done"
    assert (address(talk, channel).state, address(talk, channel).state_reason) == (
        "opted_out",
        f"word:{channel}",
    )
    confirmation = talk.replies(AMINA, channel)[-1]
    assert confirmation.reply == "opt-out-done"
    assert "START" in (confirmation.text or "")
    assert confirmation.despite_opt_out is True
    told = talk.say("salam", channel=channel)
    assert (told.state, told.failure) == ("done", "opted-out")
    assert talk.replies(AMINA, channel)[-1].despite_opt_out is True
    for text in ("salam", "bghit formation", "STOP", "7bes", "help"):
        message = talk.say(text, channel=channel)
        assert (message.state, message.failure) == ("quiet", "opted-out")
    picked = talk.say(None, option="whatever", channel=channel)
    assert (picked.state, picked.failure) == ("quiet", "opted-out")
    assert talk.keys(channel=channel) == ["language-unknown", "opt-out-done", "opt-out-return"]
    assert len(talk.engine.asked) == 1


def stopped(talk: Stepping, channel: str = "sms") -> None:
    talk.say("salam", channel=channel)
    talk.say("STOP", channel=channel)


def test_told_again_after_a_new_stop_only(talk: Stepping) -> None:
    stopped(talk)
    for text in ("wach baqi kayn chi 7ed", "STOP", "kayn chi 7ed?"):
        talk.say(text)
    assert talk.keys().count("opt-out-return") == 1
    for text in ("START", "STOP", "kayn chi 7ed?", "kayn?"):
        talk.say(text)
    assert talk.keys()[-3:] == ["opt-in-done", "opt-out-done", "opt-out-return"]
    assert talk.say("kayn?").state == "quiet"


def test_an_option_or_a_picture_is_not_told_of_the_way_back(talk: Stepping) -> None:
    stopped(talk)
    assert talk.say(None, option="o-old").state == "quiet"
    assert talk.say(None, media=Media(MediaKind.STICKER)).state == "quiet"
    assert talk.keys() == ["language-unknown", "opt-out-done"]


def test_who_stopped_by_the_providers_word_is_told_as_well(talk: Stepping) -> None:
    talk.say("salam")
    talk.say("STOP", opt_word="stop")
    talk.say("vous êtes encore là ?")
    assert talk.keys() == ["language-unknown", "opt-out-return"]


@pytest.mark.parametrize("channel", ["sms", "whatsapp", "telegram"])
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("supprimez ce que vous gardez de moi", "delete_my_data"),
        ("ألغوا مقعدي في الدورة", "cancel_registration"),
        ("بغيت ندوي مع شي بنادم", "talk_to_adviser"),
    ],
)
def test_rights_are_not_lost_by_a_stop(talk: Stepping, channel: str, text: str, intent: str) -> None:
    stopped(talk, channel)
    talk.engine.judging = lambda _: understands(intent=intent, confidence=0.9)
    message = talk.say(text, channel=channel)
    assert (message.state, message.failure) == ("done", None)
    assert [asked.get("text") for asked in talk.engine.asked][1:] == [text]
    answer = talk.replies(AMINA, channel)[-1]
    assert answer.reply, (answer.despite_opt_out) == ("language-unknown", True)
    assert address(talk, channel).state == "opted_out"


@pytest.mark.parametrize("answer", ["yes", "no", "neither"])
def test_an_answer_to_an_open_confirmation_is_heard_after_a_stop(talk: Stepping, answer: str) -> None:
    stopped(talk)
    talk.engine.judging = lambda _: understands(answer=answer)
    talk.say("safi, mwafe9")
    assert [asked.get("text") for asked in talk.engine.asked][1:] == ["safi, mwafe9"]
    assert talk.replies(AMINA, "sms")[-1].despite_opt_out is True


@pytest.mark.parametrize("intent", ["find_course", "register", "subscribe_alerts", "affirm", "greet", "help"])
def test_nothing_else_is_answered_after_a_stop(talk: Stepping, intent: str) -> None:
    stopped(talk)
    talk.engine.judging = lambda _: understands(intent=intent, confidence=0.99)
    talk.say("une première fois")
    assert talk.say("une deuxième fois").state == "quiet"
    assert len(talk.engine.asked) == 1
    assert len(talk.engine.judged) == 2


def test_while_the_engine_is_away_who_stopped_is_left_alone(talk: Stepping) -> None:
    stopped(talk)
    talk.engine.failures = [503]
    assert talk.say("ça va chez vous ?").failure == "opted-out"
    assert talk.keys()[1:] == ["opt-out-done", "opt-out-return"]


@pytest.mark.parametrize("text", ["STOP", "توقف", "7bes", "START", "ابدأ"])
def test_an_exact_word_is_not_judged(talk: Stepping, text: str) -> None:
    stopped(talk)
    talk.engine.failures = [500, 500]
    talk.say(text)
    assert (talk.engine.judged, talk.engine.failures) == ([], [500, 500])


def test_answers_after_a_stop_in_the_channels_own_settings_leave(talk: Stepping) -> None:
    talk.say("salam", channel="whatsapp")
    with talk.database.session() as session:
        assert prefer_none(session, "whatsapp", [AMINA], utc_now())
    assert address(talk, "whatsapp").state == "opted_out"
    message = talk.say("je cherche une formation en soudure", channel="whatsapp")
    assert (message.state, message.failure) == ("done", None)
    answer = talk.replies(AMINA, "whatsapp")[-1]
    assert answer.reply, (answer.despite_opt_out) == ("language-unknown", True)
    assert address(talk, "whatsapp").state == "opted_out"


def test_a_word_outweighs_the_settings(talk: Stepping) -> None:
    talk.say("salam", channel="whatsapp")
    with talk.database.session() as session:
        prefer_none(session, "whatsapp", [AMINA], utc_now())
    talk.say("STOP", channel="whatsapp")
    talk.say("je cherche encore", channel="whatsapp")
    assert talk.say("et maintenant ?", channel="whatsapp").state == "quiet"
    assert len(talk.engine.asked) == 1
    assert address(talk, "whatsapp").state_reason == "word:whatsapp"


def test_who_comes_back_is_answered_again(talk: Stepping) -> None:
    talk.say("arrêt")
    talk.say("START")
    assert (address(talk).state, address(talk).state_reason) == ("active", "word:sms")
    talk.say("salam")
    assert talk.keys() == ["opt-out-done", "opt-in-done", "language-unknown"]


def test_a_start_word_of_somebody_who_never_stopped_is_a_greeting(talk: Stepping) -> None:
    talk.say("START")
    assert [asked["option"]["intent"] for asked in talk.engine.asked] == ["greet"]


def test_on_the_web_the_words_hold_and_all_else_is_answered(talk: Stepping) -> None:
    talk.say("STOP", channel="web")
    assert address(talk, "web").state == "opted_out"
    talk.say("bghit formation", channel="web")
    assert [asked["text"] for asked in talk.engine.asked] == ["bghit formation"]
    talk.say("START", channel="web")
    assert address(talk, "web").state == "active"


@pytest.mark.parametrize("text", ["END", "n'importe quoi", "STOP"])
def test_what_the_provider_took_for_an_opt_out_counts_and_is_confirmed_by_it(
    talk: Stepping, text: str
) -> None:
    message = talk.say(text, opt_word="stop")
    assert (message.state, message.failure) == ("quiet", "opted-out")
    assert (address(talk).state, address(talk).state_reason) == ("opted_out", "provider:sms")
    talk.say("YES", opt_word="start")
    assert address(talk).state == "active"
    assert talk.keys() == ["opt-in-done"]


def test_help_by_the_providers_word_goes_to_the_engine(talk: Stepping) -> None:
    talk.say("INFO", opt_word="help")
    assert [asked["text"] for asked in talk.engine.asked] == ["INFO"]


def test_a_stop_ends_alerts_and_reaches_every_address_of_the_channel_only(talk: Stepping) -> None:
    with talk.database.session() as session:
        person = people.find_or_create(session, "whatsapp", "212600000001", aliases=["MA.1"])
        people.find_or_create(session, "whatsapp", "MA.1")
        consents.record_consent(session, person.id, "alerts", "1", True)
        alerts.subscribe(session, person.id, ["cloud"])
        written = cipher_of(session).encrypt(AMINA)
        session.add(
            Address(person_id=person.id, channel="sms", provider_id_digest="d", provider_id_encrypted=written)
        )
        someone = person.id
    talk.say("توقف", sender="212600000001", channel="whatsapp")
    with talk.database.session() as session:
        assert alerts.of_person(session, someone) == []
        states = session.execute(select(Address.channel, Address.state).order_by(Address.channel)).all()
    assert [tuple(row) for row in states] == [
        ("sms", "active"), ("whatsapp", "opted_out"), ("whatsapp", "opted_out"),
    ]  # fmt: skip


def test_a_blocked_address_may_opt_out_too(talk: Stepping) -> None:
    talk.say("salam")
    with talk.database.session() as session:
        addresses.set_address_state(session, address(talk).id, "blocked", "30004")
    talk.say("STOP")
    assert (address(talk).state, address(talk).state_reason) == ("opted_out", "word:sms")
