"""What an attacker would try: others' ids, forged forms, scripts in words, old sessions, guessing, climbing."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from console.building import ROUTES
from console.web.permissions import Need
from console.web.visit import COOKIE, local_path
from store.people import people
from tests.console.addresses import address, fields, make_things, stranger
from tests.console.conftest import PASSWORD, Console
from tests.console.pages_checked import check

_HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "{{ 7331*13 }}{% raw %}",
    "javascript:alert(1)",
    "\u202eevil\u2066",
)
_POSTS = [route for route in ROUTES if route.startswith("POST ")]
_WITH_IDS = [route for route in ROUTES if "_id}" in route]


# Others' ids


def test_an_adviser_of_fes_finds_nobody_of_rabat_by_any_address(console: Console) -> None:
    things = make_things(console)
    with console.database.session() as session:
        people.get(session, things.said.person_id).city = "rabat"
    console.add("of-fes", "adviser", cities=["fes"])
    browser = console.browser()
    browser.sign_in("of-fes")
    for route in _WITH_IDS:
        if ROUTES[route] in (Need.READER, Need.ADVISER) and "conversation" in route:
            path = address(route, things)
            answer = (
                browser.get(path) if route.startswith("GET") else browser.post(path, **fields(route, things))
            )
            assert answer.status_code == 404, route
    assert str(things.said.conversation_id) not in browser.get("/console/inbox?tab=all").text
    assert str(things.said.conversation_id) not in browser.get("/console/inbox?q=conseiller").text


def test_ids_of_nothing_are_not_found(console: Console) -> None:
    things = make_things(console)
    browser = console.as_role("administrator")
    for route in _WITH_IDS:
        path = stranger(route, things)
        answer = browser.get(path) if route.startswith("GET") else browser.post(path, **fields(route, things))
        if route != "POST /console/advisers/{adviser_id}":  # without a role it is wrong before it is unknown
            assert answer.status_code == 404, route
    assert browser.get("/console/conversations/not-an-id").status_code == 404


def test_what_belongs_to_another_conversation_is_not_found(console: Console) -> None:
    mine = console.says("un", sender="+212600000001")
    other = console.says("deux", sender="+212600000002")
    browser = console.as_role("administrator")
    flag = browser.post(f"{mine.path}/messages/{other.message_id}/flag", flagged="yes")
    tag = browser.post(f"{mine.path}/tags", target="message", message=str(other.message_id), name="x")
    phone = browser.post(f"/console/people/{mine.person_id}/phone", conversation=str(other.conversation_id))
    assert [flag.status_code, tag.status_code, phone.status_code] == [404, 404, 404]


def test_a_view_of_another_cannot_be_deleted(console: Console) -> None:
    things = make_things(console)
    assert console.as_role("adviser").post(f"/console/views/{things.view_id}/delete").status_code == 404
    assert console.as_role("supervisor").post(f"/console/views/{things.view_id}/delete").status_code == 303


# Forged forms


@pytest.mark.parametrize("token", ["", "AAAA", "of another"])
def test_no_form_is_taken_without_its_token(console: Console, token: str) -> None:
    things = make_things(console)
    browser = console.as_role("administrator")
    if token == "of another":
        token = console.as_role("supervisor").csrf("/console/account")
    for route in _POSTS:
        answer = browser.client.post(address(route, things), data={"csrf": token, **fields(route, things)})
        assert answer.status_code == 403, route
        assert "Page expirée" in answer.text
    assert console.conversation(things.said.conversation_id).state == "assistant"


def test_tokens_differ_each_time_and_hold_for_their_browser(console: Console) -> None:
    browser = console.as_role("reader")
    first, second = browser.csrf("/console/account"), browser.csrf("/console/account")
    assert first != second
    assert browser.client.post("/console/language", data={"csrf": first, "language": "ar"}).status_code == 303


def test_a_form_without_a_length_or_far_too_long_is_refused(console: Console) -> None:
    browser = console.as_role("adviser")
    answer = browser.client.post("/console/language", headers={"content-length": "99999999"}, content=b"")
    assert answer.status_code == 413


# Scripts in words


@pytest.mark.parametrize("hostile", _HOSTILE)
def test_words_of_people_stay_words(console: Console, hostile: str) -> None:
    understanding = {"intent": hostile, "confidence": 0.2, "ranking": [[hostile, 0.2], [hostile, 0.1]],
                     "entities": [{"entity": hostile, "value": hostile}], "variety": hostile}  # fmt: skip
    said = console.says(hostile, profile_name=hostile, understanding=understanding)
    browser = console.as_role("administrator")
    browser.post(f"{said.path}/take")
    browser.post(f"{said.path}/notes", note=hostile)
    browser.post(f"{said.path}/reply", text=hostile)
    for target in ("person", "conversation", "message"):
        browser.post(f"{said.path}/tags", target=target, message=str(said.message_id), name=hostile)
    browser.post("/console/canned", short_name="x", **{"text-fr": hostile})
    browser.post("/console/views", name=hostile, q="channel:sms")
    browser.post("/console/advisers", login=f"a{uuid4().hex}", display_name=hostile, role="reader")
    for path in (said.path, "/console/inbox?tab=all", "/console/canned", "/console/advisers", "/console/audit",
                 f"{said.path}/canned", "/console/account"):  # fmt: skip
        page = browser.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "95303" not in page
        if ("canned?" not in path and not path.endswith("/canned")) or path == "/console/canned":
            check(page, "fr")


def test_what_is_searched_for_stays_words(console: Console) -> None:
    browser = console.as_role("reader")
    for hostile in _HOSTILE:
        page = browser.client.get("/console/inbox", params={"q": hostile, "tab": hostile, "after": hostile})
        assert page.status_code in (200, 422)
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        check(page.text, "fr")


def test_every_answer_forbids_inline_code_frames_and_guessing(console: Console) -> None:
    browser = console.as_role("reader")
    for path in (
        "/console/inbox",
        "/console/nowhere",
        "/console/static/0/console.css",
        "/console/static/0/no.css",
    ):
        headers = browser.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
    assert browser.get("/console/inbox").headers["cache-control"] == "no-store"


# Sessions


def test_a_token_planted_before_the_sign_in_opens_nothing_after_it(console: Console) -> None:
    console.add("nadia")
    victim = console.browser()
    victim.client.cookies.set(COOKIE, "planted", domain="console.test", path="/console")
    assert victim.sign_in("nadia").status_code == 303
    kept = [cookie.value for cookie in victim.client.cookies.jar if cookie.name == COOKIE]
    assert "planted" not in kept[-1:]
    thief = console.browser()
    thief.client.cookies.set(COOKIE, "planted", domain="console.test", path="/console")
    assert thief.get("/console/inbox").status_code == 303


def test_a_session_is_over_after_sign_out_when_idle_and_in_the_end(console: Console) -> None:
    console.add("nadia")
    browser = console.browser()
    browser.sign_in("nadia")
    kept = browser.client.cookies[COOKIE]
    browser.post("/console/sign-out")
    stolen = console.browser()
    stolen.client.cookies.set(COOKIE, kept)
    assert stolen.get("/console/inbox").status_code == 303

    browser.sign_in("nadia")
    console.clock.ahead += timedelta(minutes=50)
    assert browser.get("/console/inbox").status_code == 200
    console.clock.ahead += timedelta(minutes=61)
    assert browser.get("/console/inbox").status_code == 303

    browser.sign_in("nadia")
    for _ in range(14):
        console.clock.ahead += timedelta(minutes=55)
        last = browser.get("/console/inbox").status_code
    assert last == 303


def test_a_disabled_adviser_is_out_at_once(console: Console) -> None:
    things = make_things(console)
    browser = console.browser()
    browser.sign_in("colleague")
    assert browser.get("/console/inbox").status_code == 200
    console.as_role("administrator").post(f"/console/advisers/{things.adviser_id}/disable")
    assert browser.get("/console/inbox").status_code == 303
    assert browser.sign_in("colleague").status_code == 401


def test_cookies_are_out_of_reach_of_scripts_and_demand_https_where_there_is_https(
    make_console: "object", console: Console
) -> None:
    cookie = console.browser().get("/console/sign-in").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    secured = make_console(public_url="https://takwin.example")  # type: ignore[operator]
    assert "Secure" in secured.browser().get("/console/sign-in").headers["set-cookie"]


# Guessing


def test_guessing_a_password_comes_to_a_halt_even_for_the_right_one(console: Console) -> None:
    console.add("nadia")
    browser = console.browser()
    assert [browser.sign_in("nadia", f"wrong {n}").status_code for n in range(5)] == [401] * 4 + [429]
    assert browser.sign_in("nadia").status_code == 429
    assert console.browser().sign_in("NADIA ").status_code == 429
    console.clock.ahead += timedelta(minutes=16)
    assert browser.sign_in("nadia").status_code == 303


def test_guessing_at_many_accounts_from_one_address_comes_to_a_halt(console: Console) -> None:
    browser = console.browser()
    statuses = [browser.sign_in(f"somebody{n}", "123").status_code for n in range(31)]
    assert statuses == [401] * 30 + [429]


def test_nobody_learns_which_logins_there_are(console: Console) -> None:
    console.add("nadia")
    browser = console.browser()

    def page(login: str) -> str:
        return re.sub(r'value="[^"]*"', "", browser.sign_in(login, "wrong").text)

    assert page("nadia") == page("nobody")


# Climbing


def test_nobody_makes_more_of_themselves(console: Console) -> None:
    console.as_role("supervisor")
    supervisor = console.adviser("the-supervisor")
    browser = console.as_role("supervisor")
    answer = browser.post(f"/console/advisers/{supervisor.id}", role="administrator", display_name="x")
    assert answer.status_code == 403
    browser.post("/console/account/presence", takes_new="no", role="administrator")
    browser.post("/console/account/password", old=PASSWORD, new="autre phrase longue", again="autre phrase longue",
                 role="administrator")  # fmt: skip
    assert console.adviser("the-supervisor").role == "supervisor"


def test_the_last_administrator_stays(console: Console) -> None:
    browser = console.as_role("administrator")
    own = console.adviser("the-administrator").id
    assert browser.post(f"/console/advisers/{own}/disable").status_code == 409
    change = browser.post(f"/console/advisers/{own}", role="reader", display_name="x")
    assert change.status_code == 409
    assert console.adviser("the-administrator").role == "administrator"


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example", "//evil.example/console", "/\\evil.example", "/console//evil.example", "javascript:x",
     "/elsewhere", "/console\n/x"],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(wanted: str) -> None:
    assert local_path(wanted) == "/console/inbox"
    assert local_path("/console/inbox?q=a%20b") == "/console/inbox?q=a%20b"
