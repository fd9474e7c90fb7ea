"""Signing in: the first administrator, one-time passwords, the second step, recovery codes, one's own password."""

import re
from datetime import timedelta

import pyotp

from store.advisers import advisers, audit
from takwin.compose.console import first_adviser
from tests.console.conftest import CHEAP, PASSWORD, Console


def test_the_first_start_makes_an_administrator_once(console: Console) -> None:
    first = first_adviser(console.database, CHEAP)
    assert first is not None
    assert first_adviser(console.database, CHEAP) is None
    browser = console.browser()
    assert browser.sign_in(*first).status_code == 303
    assert browser.get("/console/inbox").headers["location"] == "/console/account"
    changed = browser.post("/console/account/password", old=first[1], new=PASSWORD, again=PASSWORD)
    assert changed.headers["location"] == "/console/inbox"
    assert browser.get("/console/inbox").status_code == 200
    assert console.adviser("admin").role == "administrator"


def test_a_one_time_password_runs_out(console: Console) -> None:
    page = console.as_role("administrator").post("/console/advisers", login="Nadia", display_name="Nadia",
                                                 role="adviser").text  # fmt: skip
    told = re.search(r'<code class="secret" dir="ltr">([^<]+)</code>', page)
    assert told is not None
    browser = console.browser()
    console.clock.ahead += timedelta(days=8)
    assert browser.sign_in("nadia", told[1]).status_code == 401
    console.clock.ahead -= timedelta(days=2)
    assert browser.sign_in("nadia", told[1]).status_code == 303


def test_a_new_password_must_be_one(console: Console) -> None:
    browser = console.as_role("reader")
    named = "the-reader the-reader"
    tried = [("court", "court"), (named, named), ("une autre phrase", "une autre fraise"), (PASSWORD, PASSWORD),
             ("aaaaaaaaaaaa", "aaaaaaaaaaaa")]  # fmt: skip
    for new, again in tried:
        answer = browser.post("/console/account/password", old=PASSWORD, new=new, again=again)
        assert answer.status_code == 422
    assert browser.post("/console/account/password", old="wrong", new="une autre phrase", again="une autre phrase"
                        ).status_code == 422  # fmt: skip
    assert console.browser().sign_in("the-reader").status_code == 303


def test_a_changed_password_signs_out_everywhere_else(console: Console) -> None:
    here, there = console.as_role("reader"), console.browser()
    there.sign_in("the-reader")
    here.post("/console/account/password", old=PASSWORD, new="une autre phrase", again="une autre phrase")
    assert there.get("/console/inbox").status_code == 303
    assert here.get("/console/inbox").status_code == 200
    assert console.browser().sign_in("the-reader", "une autre phrase").status_code == 303


def test_with_a_second_step_the_password_alone_opens_nothing(console: Console) -> None:
    browser = console.as_role("adviser")
    browser.post("/console/account/second-step")
    secret = re.search(
        r'<code class="secret" dir="ltr">([A-Z2-7]+)</code>', browser.get("/console/account").text
    )
    assert secret is not None
    totp = pyotp.TOTP(secret[1])
    assert browser.post("/console/account/second-step/confirm", code="000000").status_code == 422
    page = browser.post("/console/account/second-step/confirm", code=totp.at(console.clock())).text
    codes = re.findall(r"<li><code>([^<]+)</code></li>", page)
    assert len(codes) == 8

    other = console.browser()
    assert other.sign_in("the-adviser").headers["location"] == "/console/second-step"
    assert other.get("/console/inbox").headers["location"].startswith("/console/second-step")
    assert other.post("/console/second-step", page="/console/second-step", code="123456").status_code == 401
    used = totp.at(console.clock())
    assert other.post("/console/second-step", page="/console/second-step", code=used).status_code == 401, (
        "used before"
    )
    console.clock.ahead += timedelta(seconds=60)
    fresh = totp.at(console.clock())
    before = other.client.cookies["takwin_console"]
    assert other.post("/console/second-step", page="/console/second-step", code=fresh).status_code == 303
    assert other.client.cookies["takwin_console"] != before
    assert other.get("/console/inbox").status_code == 200

    third = console.browser()
    third.sign_in("the-adviser")
    assert third.post("/console/second-step", page="/console/second-step", code=codes[0]).status_code == 303
    fourth = console.browser()
    fourth.sign_in("the-adviser")
    assert fourth.post("/console/second-step", page="/console/second-step", code=codes[0]).status_code == 401


def test_the_language_is_kept_with_the_adviser(console: Console) -> None:
    browser = console.as_role("reader")
    browser.post("/console/language", language="ar", back="/console/account")
    assert 'dir="rtl"' in browser.get("/console/inbox").text
    again = console.browser()
    again.sign_in("the-reader")
    assert 'lang="ar"' in again.get("/console/inbox").text


def test_every_read_of_a_person_is_in_the_audit(console: Console) -> None:
    said = console.says("salam", name="Amina", sender="+212612345678")
    browser = console.as_role("supervisor")
    page = browser.get(said.path).text
    assert "+212612345678" not in page
    assert "•••• 78" in page
    shown = browser.post(
        f"/console/people/{said.person_id}/phone", conversation=str(said.conversation_id)
    ).text
    assert "+212612345678" in shown
    with console.database.session() as session:
        entries = audit.entries(session, person_id=said.person_id)
        assert {"phone-shown", "conversation-read"} <= {each.action for each in entries}
        assert all(each.adviser_name == "The-Supervisor" for each in entries)
        assert "salam" not in str(entries)
        assert "Amina" not in str(entries)
        assert advisers.names(session)
    assert "A affiché le téléphone" in browser.get(f"/console/audit?person={said.person_id}").text
    for role in ("reader", "adviser"):
        assert "+212612345678" not in console.as_role(role).get(said.path).text
