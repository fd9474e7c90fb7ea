"""Links of the catalogue: checked without asking our own network, and what came of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from store.catalogue import link_checks
from store.catalogue.lists import is_dead
from store.core.clock import utc_now
from store.tables import Course, LinkCheck
from takwin.cli.main import app
from takwin.jobs.link_check import LinkChecker, check_next
from tests.console.conftest import Console
from tests.console.course_things import course, fill
from tests.console.pages_checked import check

LIST = "/console/courses"


class _Answers(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        path = self.path.partition("?")[0]
        status = {"/gone": 404, "/good": 200, "/only-get": 405, "/moved": 302, "/loop": 302}.get(path, 500)
        if self.command == "GET" and path == "/only-get":
            status = 200
        self.send_response(status)
        if status == 302:
            self.send_header("location", "/good" if path == "/moved" else "/loop")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def website() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Answers)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_links_are_checked_and_what_came_of_it_is_kept(console: Console, website: str) -> None:
    fill(
        console,
        *(course(name, url=f"{website}/{name}") for name in ("good", "gone", "only-get", "moved", "loop")),
    )
    browser = console.as_role("supervisor")
    assert browser.post(f"{LIST}/links", page=LIST).headers["location"] == f"{LIST}?links=5"
    assert check_next(console.database, LinkChecker(private=True), utc_now) == 5
    assert check_next(console.database, LinkChecker(private=True), utc_now) == 0
    with console.database.session() as session:
        rows = link_checks.checked(session, utc_now() - timedelta(minutes=1))
        dead = {row.url.rpartition("/")[2] for row in rows if is_dead(row)}
    assert dead == {"gone", "loop"}
    page = browser.get(f"{LIST}?only=dead").text
    assert set(re.findall(r'<td><a href="/console/courses/([\w-]+)">', page)) == dead
    check(browser.get(f"{LIST}/gone").text, "fr")


def test_the_command_tells_of_the_links_the_catalogue_has_now(
    console: Console, website: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one line each, however long; what an earlier catalogue had is not told again."""
    long = f"gone?{'x' * 150}"
    fill(console, course("one", url=f"{website}/{long}"), course("two", url=f"{website}/good"))
    opened = contextmanager(lambda _: iter([(console.database, "")]))
    monkeypatch.setattr("takwin.stores.open_database", opened)

    def told() -> list[str]:
        done = CliRunner().invoke(app, ["catalogue", "check-links"])
        assert done.exit_code == 0, done.output
        return done.output.splitlines()

    unasked = told()
    assert f"not-public  {website}/good" in unasked
    assert unasked[-2:] == ["2 links, 0 lead nowhere", "2 not asked: addresses that are not public"]
    monkeypatch.setattr("takwin.jobs.link_check.LinkChecker", partial(LinkChecker, private=True))
    assert told() == [f"404  {website}/{long}", "2 links, 1 lead nowhere"]
    with console.database.session() as session:
        session.execute(update(Course).where(Course.id == "one").values(url=f"{website}/moved"))
    assert told() == ["2 links, 0 lead nowhere"]


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://127.0.0.1:1/", "not-public"),
        ("http://localhost/", "not-public"),
        ("http://[::1]/", "not-public"),
        ("http://10.0.0.1/", "not-public"),
        ("http://169.254.169.254/latest/meta-data", "not-public"),
        ("http://[::ffff:127.0.0.1]/", "not-public"),
        ("http://0.0.0.0/", "not-public"),
        ("file:///etc/passwd", "not-web"),
        ("ftp://example.org/", "not-web"),
        ("http://user:pass@example.org/", "not-web"),
        ("http://no-such-host.invalid/", "no-host"),
    ],
)
def test_no_machine_of_our_own_network_is_asked(url: str, problem: str) -> None:
    assert LinkChecker(timeout=2).check_one(url).problem == problem


def test_a_name_that_leads_to_us_or_a_redirection_there_is_not_followed(website: str) -> None:
    port = website.rpartition(":")[2]
    inside = LinkChecker(resolve=lambda _host, _port: ["127.0.0.1"])
    assert inside.check_one(f"http://courses.example:{port}/good").problem == "not-public"
    both = LinkChecker(resolve=lambda _host, _port: ["93.184.216.34", "127.0.0.1"])
    assert both.check_one("http://courses.example/").problem == "not-public"


def test_a_link_table_row_is_told_dead_or_not() -> None:
    for status, problem, dead in ((200, None, False), (404, None, True), (403, None, False), (None, "timeout", True),
                                  (None, "not-public", False), (None, None, False)):  # fmt: skip
        assert is_dead(LinkCheck(url="x", status=status, problem=problem)) is dead
