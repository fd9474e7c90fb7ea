"""From "talk to an adviser" to the answer: taking, answering, giving back, assigning."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from channels.steps.danger import AWAY
from channels.wording.render import Renderer
from store.advisers import advisers, canned_answers
from store.advisers.hours import out_of_hours
from store.conversations.replies import Reply
from store.handover import requests as adviser_requests
from store.handover import takeover
from store.people import addresses
from takwin.adviser_hours import adviser_hours
from takwin.compose.console import DATA
from takwin.jobs.give_back import give_back_overdue
from tests.console.conftest import Console, Said


def _asks(console: Console, **more: Any) -> Said:
    said = console.says("bghit nhder m3a mostachar", variety="ary-Latn", **more)
    with console.database.session() as session:
        adviser_requests.request(session, said.person_id, "asked")
    return said


def _jobs(console: Console) -> int:
    with console.database.session() as session:
        return (
            session.scalar(text("select count(*) from procrastinate_jobs where task_name = 'delivery'")) or 0
        )


def test_who_asks_waits_and_stands_in_the_inbox(console: Console) -> None:
    said = _asks(console)
    assert console.conversation(said.conversation_id).state == "waiting"
    assert said.path in console.as_role("adviser").get("/console/inbox").text


def test_one_click_takes_and_the_person_is_told_in_their_variety(console: Console) -> None:
    said = _asks(console)
    browser = console.as_role("adviser")
    assert browser.post(f"{said.path}/take").headers["location"] == f"{said.path}#reply"
    taken = console.conversation(said.conversation_id)
    adviser = console.adviser("the-adviser")
    assert (taken.state, taken.adviser_id) == ("adviser", adviser.id)
    [told] = console.messages(said.conversation_id)
    assert "The-Adviser" in (told.text or "")
    assert "mostacharin" in (told.text or "")
    assert (told.reply_keys, told.author_adviser_id, told.segments) == (["adviser-took-over"], adviser.id, 1)
    assert _jobs(console) == 1
    with console.database.session() as session:
        assert [each.state for each in adviser_requests.of_person(session, said.person_id)] == ["taken"]
    browser.post(f"{said.path}/take")
    assert len(console.messages(said.conversation_id)) == 1


def test_an_answer_is_sent_as_the_channel_carries_it(console: Console) -> None:
    said = _asks(console)
    browser = console.as_role("adviser")
    browser.post(f"{said.path}/take")
    assert browser.post(f"{said.path}/reply", text="Être à l’heure : d’accord ?").status_code == 303
    answer = console.messages(said.conversation_id)[-1]
    assert (answer.text, answer.encoding, answer.segments) == ("Etre à l'heure : d'accord ?", "GSM-7", 1)
    assert _jobs(console) == 2
    page = browser.get(said.path).text
    assert "Etre à l&#39;heure" in page


def test_on_the_web_an_answer_is_there_at_once(console: Console) -> None:
    said = _asks(console, sender="s-1", channel="web")
    browser = console.as_role("adviser")
    browser.post(f"{said.path}/take")
    browser.post(f"{said.path}/reply", text="Bonjour")
    assert [each.delivery_state for each in console.messages(said.conversation_id)] == ["sent", "sent"]


def test_only_who_took_it_answers(console: Console) -> None:
    said = _asks(console)
    first, second = console.as_role("adviser"), console.as_role("supervisor")
    assert first.post(f"{said.path}/reply", text="trop tôt").status_code == 409
    first.post(f"{said.path}/take")
    assert second.post(f"{said.path}/take").status_code == 409
    refused = second.post(f"{said.path}/reply", text="moi aussi")
    assert refused.status_code == 409
    assert len(console.messages(said.conversation_id)) == 1


def test_two_who_take_at_once_are_told_who_has_it(console: Console) -> None:
    said = _asks(console)
    one, two = console.add("one"), console.add("two")
    with console.database.session() as session:
        assert takeover.take(session, said.conversation_id, one, console.clock(), timedelta(hours=1))
    with console.database.session() as session, pytest.raises(takeover.TakenAlready) as taken:
        takeover.take(session, said.conversation_id, two, console.clock(), timedelta(hours=1))
    assert taken.value.adviser_id == one


@pytest.mark.parametrize(("action", "state", "key"), [("give-back", "assistant", "adviser-gave-back"),
                                                      ("close", "closed", "adviser-closed")])  # fmt: skip
def test_it_is_given_back_or_closed_and_the_person_told(
    console: Console, action: str, state: str, key: str
) -> None:
    said = _asks(console)
    browser = console.as_role("adviser")
    browser.post(f"{said.path}/take")
    browser.post(f"{said.path}/{action}")
    assert console.conversation(said.conversation_id).state == state
    assert console.messages(said.conversation_id)[-1].reply == key
    with console.database.session() as session:
        assert [each.state for each in adviser_requests.of_person(session, said.person_id)] == ["closed"]
    browser.post(f"{said.path}/{action}")
    assert len(console.messages(said.conversation_id)) == 2


def test_an_adviser_silent_too_long_has_it_given_back(console: Console) -> None:
    said = _asks(console)
    browser = console.as_role("adviser")
    browser.post(f"{said.path}/take")

    def given_back(**later: float) -> int:
        return give_back_overdue(
            console.database, console.services.notifier, console.clock() + timedelta(**later)
        )

    assert given_back(hours=3) == 0
    console.clock.ahead += timedelta(hours=0.5)
    browser.post(f"{said.path}/reply", text="Je cherche.")
    assert given_back(hours=3, minutes=45) == 0
    assert given_back(hours=4, minutes=1) == 1
    assert console.conversation(said.conversation_id).state == "assistant"
    assert console.messages(said.conversation_id)[-1].reply == "adviser-gave-back"
    assert browser.post(f"{said.path}/reply", text="Voilà").status_code == 409


def test_after_a_day_on_whatsapp_an_answer_waits_behind_a_template(console: Console) -> None:
    before = console.clock() - timedelta(hours=25)
    said = _asks(console, sender="212600000001", channel="whatsapp", at=before)
    browser = console.as_role("adviser")
    browser.post(f"{said.path}/take")
    assert console.messages(said.conversation_id) == []
    page = browser.get(said.path).text
    assert 'name="template"' in page
    assert 'name="text"' in page
    assert browser.post(f"{said.path}/reply", text="Bonjour").status_code == 303
    [waits] = console.messages(said.conversation_id)
    assert (waits.text, waits.reply_keys, waits.variety) == ("Bonjour", ["adviser-words"], "ary-Latn")
    assert waits.content_template == {"key": "adviser_reply_waiting", "values": []}
    assert browser.post(f"{said.path}/template", template="no_such").status_code == 422
    assert browser.post(f"{said.path}/template", template="course_alert").status_code == 422
    browser.post(f"{said.path}/template", template="course_alert", **{"place-1": "Excel  avancé"})
    [_, sent] = console.messages(said.conversation_id)
    assert sent.content_template == {"key": "course_alert", "values": ["Excel avancé"]}
    assert sent.variety == "ary-Latn"
    assert "Excel avancé" in (sent.text or "")


def test_within_the_day_the_time_left_is_shown(console: Console) -> None:
    said = _asks(
        console,
        sender="212600000001",
        channel="whatsapp",
        at=console.clock() - timedelta(hours=20, minutes=30),
    )
    browser = console.as_role("adviser")
    browser.post(f"{said.path}/take")
    assert "data-until=" in browser.get(said.path).text
    assert "3 h 2" in browser.get(said.path).text
    assert browser.post(f"{said.path}/reply", text="Bonjour").status_code == 303


def test_nobody_writes_to_who_opted_out(console: Console) -> None:
    said = _asks(console)
    with console.database.session() as session:
        address = addresses.address_on(session, said.person_id, "sms")
        assert address is not None
        addresses.set_address_state(session, address.id, "opted_out", "stop")
    browser = console.as_role("adviser")
    browser.post(f"{said.path}/take")
    assert browser.post(f"{said.path}/reply", text="Bonjour").status_code == 422
    assert console.messages(said.conversation_id) == []


@pytest.mark.parametrize(("words", "shown"), [("a" * 160, "1 SMS · <bdi dir=\"ltr\">GSM-7"), ("a" * 161, "2 SMS"),
                                              ("م" * 71, "2 SMS · <bdi dir=\"ltr\">UCS-2")])  # fmt: skip
def test_segments_are_counted_while_one_writes(console: Console, words: str, shown: str) -> None:
    said = _asks(console)
    counted = console.as_role("adviser").post(f"{said.path}/segments", text=words).text
    assert shown in " ".join(
        counted.replace("</span>", "")
        .replace('<span class="many">', "")
        .replace('<span class="">', "")
        .split()
    )


def test_canned_answers_are_offered_in_the_persons_variety(console: Console) -> None:
    said = _asks(console)
    with console.database.session() as session:
        assert canned_answers.fill_once(session, DATA / "canned.json") >= 6
        assert canned_answers.fill_once(session, DATA / "canned.json") == 0
    browser = console.as_role("adviser")
    assert "Salam! Kifach" in browser.get(f"{said.path}/canned?canned=/bonj").text
    assert "Aucune" in browser.get(f"{said.path}/canned?canned=zzz").text


def test_requests_are_shared_out_by_city_and_load(console: Console) -> None:
    of_fes = console.add("of-fes", cities=["fes"])
    of_rabat = console.add("of-rabat", cities=["rabat"])
    away = console.add("away")
    console.add("reader", "reader")
    with console.database.session() as session:
        advisers.get(session, away).takes_new = False
    asked = [_asks(console, sender=f"+21260000001{n}", city=city)
             for n, city in enumerate(["fes", "fes", "rabat", "rabat", "agadir"])]  # fmt: skip
    nowhere = [_asks(console, sender=f"+21260000002{n}") for n in range(2)]
    console.as_role("supervisor", cities=["tiznit"]).post("/console/inbox/assign-waiting")
    supervisor = console.adviser("the-supervisor").id
    to = [console.conversation(said.conversation_id).adviser_id for said in (*asked, *nowhere)]
    assert set(to[:2]) <= {of_fes, supervisor}
    assert set(to[2:4]) <= {of_rabat, supervisor}
    assert to[4] == supervisor
    load = [to.count(each) for each in (of_fes, of_rabat, supervisor)]
    assert sum(load) == 7
    assert max(load) - min(load) <= 1
    console.clock.ahead += timedelta(minutes=31)
    with console.database.session() as session:
        assert takeover.assign_waiting(session, console.clock()) > 0
        assert console.conversation(asked[0].conversation_id) is not None
    assert console.conversation(asked[0].conversation_id).adviser_id != to[0]


def test_a_colleague_is_handed_a_conversation(console: Console) -> None:
    said = _asks(console)
    colleague = console.add("colleague")
    console.add("reader", "reader")
    browser = console.as_role("adviser")
    browser.post(f"{said.path}/take")
    assert browser.post(f"{said.path}/assign", adviser=str(colleague)).status_code == 303
    handed = console.conversation(said.conversation_id)
    assert (handed.state, handed.adviser_id) == ("adviser", colleague)
    assert browser.post(f"{said.path}/reply", text="encore moi").status_code == 409
    reader = console.adviser("reader").id
    assert browser.post(f"{said.path}/assign", adviser=str(reader)).status_code == 404


def test_from_the_inbox_to_an_answer_it_takes_three_clicks(console: Console) -> None:
    """Open the conversation, take it, send: each is a link or a form of the page before."""
    said = _asks(console)
    browser = console.as_role("adviser")
    assert f'href="{said.path}"' in browser.get("/console/inbox").text
    assert f'action="{said.path}/take"' in browser.get(said.path).text
    browser.post(f"{said.path}/take", page=said.path)
    assert f'action="{said.path}/reply"' in browser.get(said.path).text
    browser.post(f"{said.path}/reply", page=said.path, text="Bonjour, je vous écoute.")
    assert console.messages(said.conversation_id)[-1].text == "Bonjour, je vous écoute."


def test_out_of_hours_the_next_opening_is_told(replies: Renderer) -> None:
    saturday = datetime(2026, 11, 28, 12, tzinfo=UTC)
    args = out_of_hours(adviser_hours(), saturday)
    assert args is not None
    reply = Reply(AWAY, args=args)
    assert "30 novembre" in replies.render(reply, "fr").text
    assert "08:30" in replies.render(reply, "ary").text
    assert out_of_hours(adviser_hours(), datetime(2026, 11, 25, 12, tzinfo=UTC)) is None
