"""The same done to many conversations at once, asked for first; notes that call colleagues; what cannot wait."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from httpx import Response
from sqlalchemy import select

from store.advisers import tags
from store.advisers.hours import Hours, Week
from store.handover import requests as adviser_requests
from store.inbox import mentions
from store.tables import AuditEntry
from takwin.adviser_hours import adviser_hours
from takwin.jobs.share_out import share_out
from tests.console.conftest import Browser, Console, Said

BULK = "/console/inbox/bulk"


def _said(console: Console, many: int) -> list[Said]:
    return [console.says(f"salam {n}", sender=f"+21260000010{n}") for n in range(many)]


def _press(browser: Browser, act: str, said: list[Said], sure: bool = True, **more: str) -> Response:
    chosen = [str(each.conversation_id) for each in said]
    fields = {"tab": "all", "act": act, "chosen": chosen, **more}
    if sure:
        fields["sure"] = str(len(chosen))
    return browser.post(BULK, **fields)


def _tags(console: Console, said: Said) -> list[str]:
    with console.database.session() as session:
        return tags.of_target(session, "conversation", said.conversation_id)


def _audited(console: Console, action: str) -> list[dict[str, object]]:
    with console.database.session() as session:
        return [
            each.detail for each in session.scalars(select(AuditEntry).where(AuditEntry.action == action))
        ]


def test_nothing_happens_before_the_number_is_agreed_to(console: Console) -> None:
    said = _said(console, 3)
    browser = console.as_role("adviser")
    asked = _press(browser, "tag", said[:2], sure=False, name="Suivi Fès")
    assert asked.status_code == 200
    assert 'name="sure" value="2"' in asked.text
    assert _tags(console, said[0]) == []
    assert (
        browser.post(
            BULK, tab="all", act="tag", name="x", sure="3", chosen=str(said[0].conversation_id)
        ).status_code
        == 200
    )
    done = _press(browser, "tag", said[:2], name="suivi-fès")
    assert done.headers["location"] == "/console/inbox?tab=all&changed=2&left=0"
    assert [_tags(console, each) for each in said] == [["suivi-fès"], ["suivi-fès"], []]
    assert "2 conversations ont changé" in browser.get(done.headers["location"]).text
    assert _audited(console, "inbox-bulk")[0] | {"filtered": False} == {
        "act": "tag", "chosen": 2, "changed": 2, "tab": "all", "filtered": False,
    }  # fmt: skip
    assert len(_audited(console, "tagged")) == 2
    _press(browser, "untag", said[:1], name="suivi-fès")
    assert [_tags(console, each) for each in said] == [[], ["suivi-fès"], []]


def test_all_that_the_filter_finds(console: Console) -> None:
    said = _said(console, 3)
    console.says("par le web", sender="s-1", channel="web")
    browser = console.as_role("adviser")
    asked = browser.post(BULK, tab="all", q="channel:sms", act="close", all="yes")
    assert 'name="sure" value="3"' in asked.text
    assert asked.text.count('name="chosen"') == 3
    done = _press(browser, "close", said, q="channel:sms")
    assert "changed=3" in done.headers["location"]
    assert {console.conversation(each.conversation_id).state for each in said} == {"closed"}
    assert console.messages(said[0].conversation_id) == []


def test_what_a_colleague_has_is_left_to_them(console: Console) -> None:
    mine, theirs = _said(console, 2)
    console.add("colleague")
    other = console.browser()
    other.sign_in("colleague")
    other.post(f"{theirs.path}/take")
    browser = console.as_role("adviser")
    browser.post(f"{mine.path}/take")
    assert "changed=1&left=1" in _press(browser, "close", [mine, theirs]).headers["location"]
    assert console.conversation(theirs.conversation_id).state == "adviser"
    assert console.messages(mine.conversation_id)[-1].reply == "adviser-closed"
    me = str(console.adviser("the-adviser").id)
    assert "changed=0&left=1" in _press(browser, "assign", [theirs], adviser=me).headers["location"]
    supervisor = console.as_role("supervisor")
    assert "changed=1" in _press(supervisor, "assign", [theirs], adviser=me).headers["location"]
    assert console.conversation(theirs.conversation_id).adviser_id == UUID(me)


def test_read_and_unread(console: Console) -> None:
    said = _said(console, 2)
    browser = console.as_role("reader")
    assert browser.get("/console/inbox?tab=all").text.count('class="row unread"') == 2
    _press(browser, "read", said)
    assert browser.get("/console/inbox?tab=all").text.count('class="row unread"') == 0
    _press(browser, "unread", said[:1])
    assert browser.get("/console/inbox?tab=all").text.count('class="row unread"') == 1


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"act": "tag", "tab": "all"}, 422),
        ({"act": "tag", "tab": "all", "all": "yes", "name": " "}, 422),
        ({"act": "erase", "tab": "all"}, 403),
        ({"act": "close", "tab": "nothing"}, 404),
        ({"act": "assign", "tab": "all", "all": "yes", "adviser": "x"}, 404),
        ({"act": "close", "tab": "all", "chosen": "x"}, 422),
        ({"act": "close", "tab": "all", "q": "state:"}, 303),
    ],
)
def test_what_makes_no_sense_is_refused(console: Console, fields: dict[str, str], status: int) -> None:
    said = console.says("salam")
    assert console.as_role("adviser").post(BULK, **fields).status_code == status
    assert console.conversation(said.conversation_id).state == "assistant"


def test_a_note_calls_who_may_see_the_conversation(console: Console) -> None:
    said = console.says("salam", city="rabat")
    for login, cities in (("nadia", ["rabat"]), ("omar", ["fes"])):
        console.add(login, cities=cities)
    nadia, omar = console.browser(), console.browser()
    nadia.sign_in("nadia")
    omar.sign_in("omar")
    console.as_role("adviser").post(
        f"{said.path}/notes", note="@Nadia. et @omar, voyez ceci (a@nadia.ma @nobody)"
    )
    assert said.path in nadia.get("/console/inbox?q=mentions:new").text
    assert '<span class="count hot">1</span>' in nadia.get("/console/inbox?tab=mentions").text
    assert said.path not in omar.get("/console/inbox?tab=mentions").text
    assert _audited(console, "note-written") == [{"called": 1}]
    nadia.get(said.path)
    assert said.path not in nadia.get("/console/inbox?q=mentions:new").text
    assert said.path in nadia.get("/console/inbox?q=mentions:me").text


def test_calls_are_words_of_their_own() -> None:
    assert mentions.called_in("@a, @B.c. @@d e@f @a -@g") == ["a", "b.c"]


def test_who_is_in_danger_stands_first_among_those_who_wait(console: Console) -> None:
    early, late = _said(console, 2)
    with console.database.session() as session:
        adviser_requests.request(session, early.person_id, "asked")
        adviser_requests.request(session, late.person_id, adviser_requests.URGENT)
    page = console.as_role("adviser").get("/console/inbox").text
    assert page.index(late.path) < page.index(early.path)
    assert page.count(f'href="{late.path}"') == 1
    assert page.count('<li class="row unread urgent">') == 1
    assert early.path not in console.as_role("adviser").get("/console/inbox?q=is:urgent").text


NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def _waits_for(console: Console, adviser: Browser) -> Said:
    said = console.says("salam", at=NOON - timedelta(hours=1), city="fes")
    adviser.post(f"{said.path}/take")
    console.says("vous êtes là ?", at=NOON - timedelta(minutes=40))
    with console.database.session() as session:
        session.merge(console.conversation(said.conversation_id)).state_at = NOON - timedelta(minutes=45)
    return said


def test_who_does_not_answer_loses_the_conversation_to_the_next(console: Console) -> None:
    said = _waits_for(console, console.as_role("adviser"))
    first = console.adviser("the-adviser").id
    assert share_out(console.database, adviser_hours(), NOON) == (0, 0), "nobody else is there"
    console.add("of-rabat", cities=["rabat"])
    assert share_out(console.database, adviser_hours(), NOON) == (0, 0), "nobody else of this city"
    second = console.add("of-fes", cities=["fes"])
    before = console.conversation(said.conversation_id)
    assert share_out(console.database, adviser_hours(), NOON) == (0, 1)
    after = console.conversation(said.conversation_id)
    assert (before.adviser_id, after.adviser_id, after.state) == (first, second, "adviser")
    assert after.give_back_at == before.give_back_at
    assert share_out(console.database, adviser_hours(), NOON) == (0, 0), "the next has time to answer"
    assert _audited(console, "reassigned") == [{"was": str(first), "to": str(second)}]


@pytest.mark.parametrize(
    ("hours", "idle_after"),
    [(Hours(Week()), timedelta(minutes=30)), (None, timedelta(0)), (None, timedelta(hours=2))],
)
def test_nobody_loses_one_out_of_hours_or_where_the_rule_is_off(
    console: Console, hours: Hours | None, idle_after: timedelta
) -> None:
    _waits_for(console, console.as_role("adviser"))
    console.add("next")
    assert share_out(console.database, hours or adviser_hours(), NOON, idle_after)[1] == 0


def test_requests_are_shared_out_by_themselves(console: Console) -> None:
    said = console.says("salam")
    with console.database.session() as session:
        adviser_requests.request(session, said.person_id, "asked")
    only = console.add("only")
    assert share_out(console.database, adviser_hours(), NOON) == (1, 0)
    assert console.conversation(said.conversation_id).adviser_id == only
