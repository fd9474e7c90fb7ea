"""Opting out and coming back, by a whole message and nothing less, in every variety."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.nlu.folding import plain
from channels.opt_out import LAST, OptOut
from store import addresses, alerts, consents, people
from store.encryption import cipher_of
from store.tables import Address
from takwin.words import word_list
from tests.channels.conftest import World
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
    assert (confirmation.args or {})[LAST] is True
    for text in ("salam", "bghit formation", "STOP", "7bes", "help"):
        message = talk.say(text, channel=channel)
        assert (message.state, message.failure) == ("quiet", "opted-out")
    picked = talk.say(None, option="whatever", channel=channel)
    assert (picked.state, picked.failure) == ("quiet", "opted-out")
    assert talk.keys(channel=channel) == ["language-unknown", "opt-out-done"]
    assert len(talk.engine.asked) == 1


def test_who_comes_back_is_answered_again(talk: Stepping) -> None:
    talk.say("arrêt")
    talk.say("START")
    assert (address(talk).state, address(talk).state_reason) == ("active", "word:sms")
    talk.say("salam")
    assert talk.keys() == ["opt-out-done", "opt-in-done", "language-unknown"]


def test_a_start_word_of_somebody_who_never_stopped_is_a_greeting(talk: Stepping) -> None:
    talk.say("START")
    assert [asked["option"]["intent"] for asked in talk.engine.asked] == ["greet"]


def test_the_web_is_left_to_the_engine(talk: Stepping) -> None:
    talk.say("STOP", channel="web")
    assert [asked["text"] for asked in talk.engine.asked] == ["STOP"]
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
