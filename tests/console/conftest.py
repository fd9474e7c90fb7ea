"""The console of one test: real pages on a real database, advisers of every role, somebody who wrote."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from bot.nlu.folding import fold
from channels.contract.capabilities import CAPABILITIES
from channels.delivery.notifying import notifier_with
from channels.queue.deferrer import Deferrer
from channels.wording.render import Renderer
from console import ChannelFacts, ConsoleServices, PasswordCost, build_console
from console.web.passwords import hash_password
from store.advisers import advisers
from store.advisers.advisers import NewAdviser
from store.advisers.roles import Role
from store.advisers.sign_ins import Throttle
from store.conversations import conversations
from store.conversations.inbound import InboundRecord, store_inbound
from store.conversations.messages import record_understanding
from store.conversations.outbound import outbound_after
from store.core.database import Database
from store.lifecycle.retention import KINDS
from store.people import people
from store.tables import Adviser, Message
from takwin.adviser_hours import adviser_hours
from takwin.compose.console import (
    DATA,
    TEMPLATES,
    segments,
    template_texts,
    write,
)
from takwin.reviewing import reviewing
from takwin.search_words import index_words, query_words
from takwin.settings import ROOT

#: As in service, only cheap.
CHEAP = PasswordCost(passes=1, memory=8, threads=1)
PASSWORD = "une phrase assez longue"
_KEPT = hash_password(PASSWORD, CHEAP)
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_ids = count(1)


class Clock:
    """The time of the console; a test may move it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class Browser:
    """One adviser's browser."""

    client: TestClient

    def get(self, path: str, **more: Any) -> Response:
        return self.client.get(path, **more)

    def csrf(self, page: str = "/console/sign-in") -> str:
        """A token that a page gave this browser."""
        found = _CSRF.search(self.client.get(page).text)
        return found[1] if found else ""

    def post(self, path: str, page: str = "/console/account", **fields: Any) -> Response:
        """Sends a form with the token of a page."""
        headers = fields.pop("headers", {})
        return self.client.post(path, data={"csrf": self.csrf(page), **fields}, headers=headers)

    def sign_in(self, login: str, password: str = PASSWORD) -> Response:
        return self.post("/console/sign-in", page="/console/sign-in", login=login, password=password)


@dataclass
class Console:
    """The console, and what tests ask of the world around it."""

    database: Database
    services: ConsoleServices
    app: FastAPI
    clock: Clock
    stop: Event = field(default_factory=Event)
    signed_in: dict[str, Browser] = field(default_factory=dict)

    def browser(self) -> Browser:
        """A browser nobody is signed in with."""
        client = TestClient(self.app, base_url="http://console.test", follow_redirects=False)
        client.headers["accept-language"] = "fr"
        return Browser(client)

    def add(self, login: str, role: Role = "adviser", **more: Any) -> UUID:
        """An adviser, their password chosen."""
        with self.database.session() as session:
            new = NewAdviser(login, login.title(), _KEPT, role=role, **{"must_change": False, **more})
            return advisers.add(session, new).id

    def as_role(self, role: Role, **more: Any) -> Browser:
        """The browser of an adviser of this role, made the first time."""
        if role not in self.signed_in:
            self.add(f"the-{role}", role, **more)
            self.signed_in[role] = self.browser()
            assert self.signed_in[role].sign_in(f"the-{role}").status_code == 303
        return self.signed_in[role]

    def adviser(self, login: str) -> Adviser:
        with self.database.session() as session:
            found = advisers.by_login(session, login)
            assert found is not None
            return found

    def says(
        self,
        text: str,
        sender: str = "+212600000001",
        channel: str = "sms",
        at: datetime | None = None,
        **more: Any,
    ) -> "Said":
        """A person writes; `understanding`, `city`, `name`, `variety` are kept with it."""
        understanding = more.pop("understanding", None)
        known = {name: more.pop(name) for name in ("city", "name", "variety", "region") if name in more}
        with self.database.session() as session:
            stored = store_inbound(
                session,
                InboundRecord(
                    channel, sender, f"m{next(_ids)}", text, received_at=at or self.clock(), **more
                ),
            )
            if understanding is not None:
                record_understanding(session, stored.message_id, understanding)
            person = people.get(session, stored.person_id)
            for name, value in known.items():
                setattr(person, name, value)
            return Said(stored.conversation_id, stored.person_id, stored.message_id)

    def messages(self, conversation_id: UUID) -> list[Message]:
        with self.database.session() as session:
            return outbound_after(session, conversation_id, 0)

    def conversation(self, conversation_id: UUID) -> Any:
        with self.database.session() as session:
            return conversations.get(session, conversation_id)


@dataclass(frozen=True)
class Said:
    """Where something that was said is."""

    conversation_id: UUID
    person_id: UUID
    message_id: UUID

    @property
    def path(self) -> str:
        return f"/console/conversations/{self.conversation_id}"


@pytest.fixture(scope="session")
def replies() -> Renderer:
    return Renderer(ROOT / "data" / "replies", strict=True)


@pytest.fixture
def slots() -> dict[str, Any]:
    """What the engine holds of everybody's dialogue."""
    return {"criteria": {"topic": ["cloud"]}}


@pytest.fixture
def forgotten() -> list[UUID]:
    """Whom the engine was asked to forget."""
    return []


@pytest.fixture
def make_console(
    database: Database, replies: Renderer, slots: dict[str, Any], forgotten: list[UUID]
) -> Callable[..., Console]:
    def make(**changed: Any) -> Console:
        clock, stop = Clock(), Event()
        given: dict[str, Any] = {
            "database": database,
            "secret": "a secret that only tests know, long enough",
            "data": DATA,
            "terms": ROOT / "data" / "replies",
            "notifier": notifier_with(replies, Deferrer()),
            "write": write,
            "segments": segments,
            "index_words": index_words,
            "query_words": query_words,
            "slots_of": lambda _: slots,
            "forget": forgotten.append,
            "keep": {kind: timedelta(days=730) for kind in KINDS},
            "fold": fold,
            "channels": {
                name: ChannelFacts(each.max_text, each.counts_segments) for name, each in CAPABILITIES.items()
            },
            "hours": adviser_hours(),
            "templates": template_texts(TEMPLATES),
            "now": clock,
            "password_cost": CHEAP,
            "throttle": Throttle(by_account=4, by_address=30),
            "heartbeat": 0.2,
            "reviewing": reviewing(),
            "stopping": stop.is_set,
        }
        services = ConsoleServices(**{**given, **changed})
        app = FastAPI(openapi_url=None)
        for router in build_console(services):
            app.include_router(router)
        return Console(database, services, app, clock, stop)

    return make


@pytest.fixture
def console(make_console: Callable[..., Console]) -> Console:
    return make_console()
