"""One person on two channels: a code asked for on the first, written on the second, confirmed on the first."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from bot.nlu.folding import plain
from channels.steps.linking import Linking, six_digits
from channels.wording.segments import count_segments
from store.conversations.replies import Reply
from store.core.clock import utc_now
from store.core.vocabulary import VARIETIES
from store.lifecycle import privacy
from store.people import consents, link_codes
from store.registrations import registrations
from store.tables import LinkCode, Message, Person
from tests.channels.conftest import World
from tests.channels.stepping import LINK, Stepping, renderer
from tests.store.making import course, load

FIRST = {"sender": "+212600000001", "channel": "sms"}
SECOND = {"sender": "212600000009", "channel": "whatsapp"}


@pytest.fixture
def talk(world: World) -> Stepping:
    return Stepping.out_of(world, Linking(LINK, plain))


def keys(talk: Stepping, who: dict[str, str]) -> list[str]:
    return talk.keys(**who)


def last(talk: Stepping, who: dict[str, str]) -> Message:
    return talk.replies(**who)[-1]


def ask_code(talk: Stepping, who: dict[str, str] = FIRST, word: str = "lier") -> str:
    talk.say(word, **who)
    said = last(talk, who)
    assert said.reply == "link-code"
    (code,) = re.findall(r"\d{6}", said.text or "")
    return code


def claimed(talk: Stepping) -> str:
    """Both have written, and the second has written the first's code."""
    talk.say("salam", **FIRST)
    talk.say("bonjour", **SECOND)
    code = ask_code(talk)
    talk.say(code, **SECOND)
    return code


def option(talk: Stepping, who: dict[str, str], number: int) -> str:
    return str((last(talk, who).options or [])[number - 1]["id"])


def one_person(talk: Stepping) -> bool:
    with talk.database.session() as session:
        return len(session.scalars(select(Person.id)).all()) == 1


@pytest.mark.parametrize(
    "word", ["lier", "LIER", "ربط", "رَبط", "rabt", "Rbet", "lier mes comptes", "بغيت نربط"]
)
def test_words_that_ask_for_a_code(word: str) -> None:
    assert plain(word) in LINK.ask


@pytest.mark.parametrize("word", ["code", "link", "lien", "rabat", "الرباط", "oui", "123456"])
def test_words_that_do_not(word: str) -> None:
    assert plain(word) not in LINK.ask


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("012345", "012345"), ("012 345", "012345"), (" 01-23-45 ", "012345"), ("٠١٢٣٤٥", "012345"),
        ("۰۱۲ ۳۴۵", "012345"), ("０１２３４５", "012345"), ("12345", None), ("1234567", None), ("abcdef", None),
        ("code 123456", None), ("", None), ("½23456", None), ("²23456", "223456"),
    ],
)  # fmt: skip
def test_six_digits(said: str, code: str | None) -> None:
    assert six_digits(said) == code


def test_a_code_links_two_channels_after_a_yes_on_the_first(talk: Stepping) -> None:
    talk.say("salam", **FIRST)
    talk.say("bonjour", **SECOND)
    first, second = talk.person(**FIRST), talk.person(**SECOND)
    code = ask_code(talk)
    talk.say(f"{code[:3]} {code[3:]}", **SECOND)
    assert keys(talk, SECOND)[-1] == "link-asked"
    assert keys(talk, FIRST)[-1] == "link-confirm"
    assert "واتساب" in (last(talk, FIRST).text or "") or "WhatsApp" in (last(talk, FIRST).text or "")
    talk.say("1", **FIRST)
    assert keys(talk, FIRST)[-1] == "link-done"
    assert keys(talk, SECOND)[-1] == "link-done"
    assert talk.person(**FIRST) == talk.person(**SECOND) == first
    assert talk.forgotten == [second]
    talk.say("je continue ici", **SECOND)
    assert talk.engine.asked[-1]["person_id"] == str(first)
    with talk.database.session() as session:
        said = [each.text for each in people_history(session, first) if each.direction == "in"]
    assert said == ["salam", "bonjour", "lier", f"{code[:3]} {code[3:]}", "1", "je continue ici"]


def people_history(session: Session, person_id: uuid.UUID) -> list[Message]:
    from store.conversations.messages import history

    return history(session, person_id)


@pytest.mark.parametrize("yes", ["oui", "Oui, c'est moi", "iyeh", "ايه", "نعم", "wakha", "OK", "إيه، أنا"])
def test_yes_in_words(talk: Stepping, yes: str) -> None:
    claimed(talk)
    talk.say(yes, **FIRST)
    assert one_person(talk)


@pytest.mark.parametrize("no", ["non", "la", "لا", "machi ana", "لا، لست أنا", "2"])
def test_no_in_words_voids_the_code_and_both_hear_it(talk: Stepping, no: str) -> None:
    code = claimed(talk)
    talk.say(no, **FIRST)
    assert keys(talk, FIRST)[-1] == keys(talk, SECOND)[-1] == "link-refused"
    assert not one_person(talk)
    talk.say(code, **SECOND)
    assert keys(talk, SECOND)[-1] == "link-expired"
    talk.say("1", **FIRST)
    assert not one_person(talk)


@pytest.mark.parametrize("answer", ["option", "word", "number"])
def test_the_second_may_take_it_back(talk: Stepping, answer: str) -> None:
    claimed(talk)
    yes = option(talk, FIRST, 1)
    if answer == "option":
        talk.say(None, option=option(talk, SECOND, 1), **SECOND)
    else:
        talk.say("non" if answer == "word" else "1", **SECOND)
    assert keys(talk, FIRST)[-1] == keys(talk, SECOND)[-1] == "link-refused"
    talk.say(None, option=yes, **FIRST)
    assert keys(talk, FIRST)[-1] == "link-expired"
    assert not one_person(talk)


def test_a_choice_may_be_tapped_and_only_once(talk: Stepping) -> None:
    claimed(talk)
    yes = option(talk, FIRST, 1)
    talk.say(None, option=yes, **FIRST)
    assert one_person(talk)
    talk.say(None, option=yes, **FIRST)
    assert keys(talk, FIRST)[-1] == "link-expired"


def test_the_second_cannot_say_yes_for_the_first(talk: Stepping) -> None:
    claimed(talk)
    talk.say("oui", **SECOND)
    talk.say(None, option=option(talk, FIRST, 1), **SECOND)
    assert not one_person(talk)
    assert keys(talk, SECOND)[-1] == "option-expired"


def test_a_yes_to_another_question_is_none_to_this(talk: Stepping) -> None:
    claimed(talk)
    talk.say("combien de formations ?", **FIRST)
    talk.say("oui", **FIRST)
    assert talk.engine.asked[-1]["text"] == "oui"
    assert not one_person(talk)
    talk.say("1", **FIRST)
    assert one_person(talk)


@pytest.mark.parametrize("side", ["code", "question"])
def test_fifteen_minutes(talk: Stepping, side: str) -> None:
    talk.say("bonjour", **SECOND)
    code = ask_code(talk)
    if side == "question":
        talk.say(code, **SECOND)
    with talk.database.session() as session:
        past = utc_now() - timedelta(minutes=16)
        session.execute(update(LinkCode).values(expires_at=utc_now(), claimed_at=past))
    if side == "code":
        talk.say(code, **SECOND)
        assert keys(talk, SECOND)[-1] == "link-expired"
    else:
        talk.say("1", **FIRST)
        assert keys(talk, FIRST)[-1] == "link-expired"
    assert not one_person(talk)


def test_a_new_code_voids_the_one_before_and_three_an_hour_are_enough(talk: Stepping) -> None:
    first = ask_code(talk)
    second = ask_code(talk)
    talk.say(first, **SECOND)
    assert keys(talk, SECOND) == ["link-expired"]
    talk.say(second, **SECOND)
    assert keys(talk, SECOND)[-1] == "link-asked"
    ask_code(talk)
    talk.say("lier", **FIRST)
    assert keys(talk, FIRST)[-1] == "link-code-wait"


def test_only_the_digest_of_a_code_is_kept(talk: Stepping) -> None:
    code = ask_code(talk)
    with talk.database.session() as session:
        assert code not in str(session.execute(text("select link_codes::text from link_codes")).all())


def test_ones_own_code_is_for_elsewhere(talk: Stepping) -> None:
    talk.say(ask_code(talk), **FIRST)
    assert keys(talk, FIRST)[-1] == "link-own"


def test_six_digits_are_a_text_where_no_code_is_open(talk: Stepping) -> None:
    for number in range(8):
        talk.say(f"20000{number}", **SECOND)
    assert set(keys(talk, SECOND)) == {"language-unknown"}


def test_guessing_ends_after_five(talk: Stepping) -> None:
    code = ask_code(talk)
    wrong = [f"{(int(code) + step) % 10**6:06d}" for step in range(1, 6)]
    for guess in wrong:
        talk.say(guess, **SECOND)
    talk.say(code, **SECOND)
    assert keys(talk, SECOND) == ["language-unknown"] * 5 + ["link-too-many"]
    assert keys(talk, FIRST) == ["link-code"]


def test_a_code_that_many_guessed_at_is_void(talk: Stepping) -> None:
    code = ask_code(talk)
    with talk.database.session() as session:
        session.execute(update(LinkCode).values(wrong_tries=link_codes.WRONG_TRIES - 1))
    talk.say(f"{(int(code) + 1) % 10**6:06d}", sender="somebody", channel="web")
    talk.say(code, **SECOND)
    assert keys(talk, SECOND) == ["link-expired"]


def test_the_first_to_write_a_code_has_it(talk: Stepping) -> None:
    code = claimed(talk)
    talk.say(code, sender="77", channel="telegram")
    assert talk.keys("77", "telegram") == ["link-expired"]
    talk.say("oui", **FIRST)
    assert talk.person(**FIRST) == talk.person(**SECOND)


def test_whoever_was_erased_meanwhile_is_not_joined(talk: Stepping) -> None:
    claimed(talk)
    with talk.database.session() as session:
        privacy.erase_person(session, talk.person(**SECOND))
    talk.say("1", **FIRST)
    assert keys(talk, FIRST)[-1] == "link-expired"


def test_two_conversations_on_one_channel_become_one(talk: Stepping) -> None:
    other = {"sender": "browser-2", "channel": "web"}
    code = ask_code(talk, {"sender": "browser-1", "channel": "web"})
    talk.say(code, **other)
    talk.say("oui", sender="browser-1", channel="web")
    assert keys(talk, other) == ["link-code", "link-asked", "link-confirm", "link-done"]
    assert keys(talk, other) == talk.keys("browser-1", "web")


def test_registrations_follow(talk: Stepping) -> None:
    talk.say("bonjour", **SECOND)
    with talk.database.session() as session:
        load(session, course("excel"))
        second = talk.person(**SECOND)
        consents.record_consent(session, second, "registration", "1", True)
        registrations.register(session, second, "excel")
    talk.say(ask_code(talk), **SECOND)
    talk.say("1", **FIRST)
    with talk.database.session() as session:
        mine = registrations.of_person(session, talk.person(**FIRST))
        assert [each.course_id for each in mine] == ["excel"]
        assert consents.has_consent(session, talk.person(**FIRST), "registration")


def test_what_waits_in_the_queue_keeps_its_order_and_is_answered(talk: Stepping) -> None:
    claimed(talk)
    waiting = talk.write("et la suite ?", **SECOND)
    second = talk.person(**SECOND)
    talk.say("1", **FIRST)
    first = talk.person(**FIRST)
    with talk.database.session() as session:
        locks = session.execute(
            text(
                "select lock from procrastinate_jobs where task_name = 'turn' and args->>'message_id' = :id"
            ),
            {"id": str(waiting.message_id)},
        ).all()
        left = session.scalar(
            text("select count(*) from procrastinate_jobs where lock = :lock"), {"lock": f"person:{second}"}
        )
    assert [row.lock for row in locks] == [f"person:{first}"]
    assert left == 0
    talk.take(waiting.message_id)
    assert talk.engine.asked[-1]["person_id"] == str(first)
    assert keys(talk, SECOND)[-1] == "language-unknown"


CODE = "048213"
CHANNEL = {"$": "term", "set": "channel", "value": "telegram"}
SAID = {
    "link-code": {"code": CODE}, "link-code-wait": {}, "link-asked": {"channel": CHANNEL},
    "link-confirm": {"channel": CHANNEL}, "link-done": {"channel": CHANNEL}, "link-refused": {}, "link-own": {},
    "link-expired": {}, "link-too-many": {},
}  # fmt: skip


@pytest.mark.parametrize("variety", VARIETIES)
@pytest.mark.parametrize("key", SAID)
def test_by_sms_each_is_one_segment(key: str, variety: str) -> None:
    said = renderer().render(Reply(key, args=SAID[key]), variety, "sms").text
    assert count_segments(said).count == 1, (len(said), said)


@pytest.mark.parametrize("variety", VARIETIES)
def test_the_answers_that_are_offered_are_understood_as_words_too(variety: str) -> None:
    """The titles are what people type where they see no buttons."""
    titles = {"option-link-yes": LINK.yes, "option-link-no": LINK.no, "option-link-cancel": LINK.no}
    for key, words in titles.items():
        choice = {"id": "x", "title_key": key, "intent": "x"}
        said = renderer().render(Reply("link-refused", options=[choice]), variety).options[0]
        assert plain(said.title) in words, said.title
