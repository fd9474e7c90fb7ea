"""Every route by everybody: nobody, half signed in, and each role; the table of permissions is what happens."""

import pytest
from fastapi.routing import APIRoute

from console.building import ROUTES
from console.web.page_group import PageGroup, needs_of
from console.web.permissions import Need, allows
from store.advisers.roles import ROLES, Role
from tests.console.addresses import address, fields, make_things
from tests.console.conftest import Browser, Console

#: Never-ending (tests/console/inbox/test_live.py), or ends what the others need.
_APART = (
    "GET /console/events",
    "POST /console/sign-out",
    "POST /console/language",
    "POST /console/sign-in",
    "POST /console/account/password",
)
_OWN_VIEWS = "POST /console/views/{view_id}/delete"
_CHECKED = [route for route in ROUTES if route not in _APART]


def _calls(browser: Browser, console: Console, routes: list[str]) -> dict[str, tuple[int, str]]:
    things = make_things(console)
    found = {}
    for route in routes:
        path = address(route, things)
        if route.startswith("GET "):
            answer = browser.get(path)
        else:
            answer = browser.post(path, page="/console/sign-in", **fields(route, things))
            if answer.status_code == 403 and "Page expirée" in answer.text:
                answer = browser.post(path, page="/console/account", **fields(route, things))
        found[route] = (answer.status_code, answer.headers.get("location", ""))
    return found


def test_the_table_has_every_route_and_no_other(console: Console) -> None:
    served = {
        f"{method} {route.path}"
        for route in _routes(console)
        for method in route.methods
        if "{anything" not in route.path
    }
    assert served == set(ROUTES)


def test_no_two_pages_answer_one_route() -> None:
    one, other = PageGroup(), PageGroup()
    one.get("/twice", Need.READER)(lambda: None)
    one.post("/twice", Need.ADVISER)(lambda: None)
    assert needs_of([one]) == {"GET /console/twice": Need.READER, "POST /console/twice": Need.ADVISER}
    other.get("/twice", Need.OPEN)(lambda: None)
    with pytest.raises(ValueError, match="GET /console/twice"):
        needs_of([one, other])


def _routes(console: Console) -> list[APIRoute]:
    from console import build_console

    return [
        route
        for router in build_console(console.services)
        for route in router.routes
        if isinstance(route, APIRoute)
    ]


def test_nobody_gets_anywhere_but_to_the_sign_in(console: Console) -> None:
    browser = console.browser()
    for route, (status, location) in _calls(browser, console, _CHECKED).items():
        if ROUTES[route] is Need.OPEN:
            assert status == 200, route
        else:
            assert status == 303, route
            assert location.startswith("/console/sign-in"), route


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_what_the_table_says(console: Console, role: Role) -> None:
    browser = console.as_role(role)
    for route, (status, location) in _calls(browser, console, _CHECKED).items():
        if route == _OWN_VIEWS and not allows(Need.SUPERVISOR, role):
            assert status == 404, "somebody else's view"
        elif allows(ROUTES[route], role):
            assert status not in (401, 403, 404, 500), (route, status)
            assert not location.startswith("/console/second-step"), route
        else:
            assert status == 403, (route, status)


def test_roles_include_those_before_them() -> None:
    for need in ROUTES.values():
        allowed = [allows(need, role) for role in ROLES]
        assert allowed == sorted(allowed), need
    assert not allows(Need.ADVISER, "reader")
    assert not allows(Need.ADMINISTRATOR, "supervisor")


def test_who_has_a_password_to_change_may_do_nothing_else(console: Console) -> None:
    console.add("fresh", "administrator", must_change=True)
    browser = console.browser()
    browser.sign_in("fresh")
    for route, (status, location) in _calls(browser, console, _CHECKED).items():
        if ROUTES[route] not in (Need.OPEN, Need.HALF, Need.ANY):
            assert (status, location) == (303, "/console/account"), route


def test_a_page_shows_no_button_that_would_be_refused(console: Console) -> None:
    things = make_things(console)
    page = console.as_role("reader").get(things.said.path).text
    for action in ("/take", "/notes", "/tags", "/assign", "/flag", "/phone", "/reply"):
        assert f'{action}"' not in page
    assert "/console/advisers" not in page
