"""The advisers' console put together: words, channels, the search's folding, the engine's slots."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session

from bot.nlu.folding import fold, fold_word, stems, tokenize
from channels.capabilities import CAPABILITIES
from channels.queue import Deferrer
from channels.render import Renderer
from channels.replies import to_records
from channels.segments import cost_of, count_segments, gsm7_fold
from channels.templates import load
from console import ChannelFacts, ConsoleServices, SegmentCount, TemplateText, build_console
from console.courses.telling import tell_due
from console.passwords import hash_password, one_time_password
from console.services import PasswordCost, Render
from console.telling import Teller
from store import (
    advisers,
    audit,
    canned_answers,
    conversations,
    deliveries,
    facts,
    figure_rolling,
    people,
    person_lists,
    takeover,
)
from store.adviser_hours import Hours, out_of_hours, read_hours
from store.advisers import NewAdviser
from store.clock import utc_now
from store.conversations import OutboundRecord
from store.database import Database
from store.tables import Message
from store.tracker import TrackerStore
from store.tracker_slots import TrackerSlots
from takwin import reviewing
from takwin.link_check import LinkChecker, check_due
from takwin.retention import periods_of
from takwin.settings import ROOT, Settings

log = logging.getLogger(__name__)

DATA = ROOT / "data" / "console"
TEMPLATES = ROOT / "data" / "templates" / "whatsapp.json"
FIRST_LOGIN = "admin"
GAVE_BACK = "adviser-gave-back"
OUT_OF_HOURS = "adviser-out-of-hours"
#: How often what is due is looked for, in seconds: conversations to give back, messages to take into the search.
_EVERY = 20.0
#: An adviser who lets somebody wait so long, in opening hours, loses the conversation to the next.
IDLE_AFTER = timedelta(minutes=30)
_DEFAULT_VARIETY = "fr"
#: Shorter skeletons than this are left alone: taking more off them leaves nothing that tells words apart.
_SHORTEST_STEM = 3
_PLURAL = "ات"
_ARTICLES = frozenset(
    {"ال", "لل", "وال", "فال", "بال", "كال", "دال", "ولل", "l", "el", "al", "il", "fel", "bel", "lel"}
)


def console_services(
    settings: Settings,
    database: Database,
    secret: str,
    renderer: Renderer,
    deferrer: Deferrer,
    tracker_url: str,
    stopping: Callable[[], bool] = lambda: False,
) -> ConsoleServices:
    """What the console works with in an installation. `stopping`: whether it is being stopped."""
    return ConsoleServices(
        database=database,
        secret=secret,
        data=DATA,
        terms=ROOT / "data" / "replies",
        deliver=deliver_with(deferrer),
        render=render_with(renderer),
        write=write,
        segments=segments,
        index_words=index_words,
        query_words=query_words,
        slots_of=TrackerSlots(tracker_url).of_person,
        forget=TrackerStore(tracker_url).forget,
        keep=periods_of(settings),
        fold=fold,
        channels={
            name: ChannelFacts(each.max_text, each.window_hours, each.counts_segments)
            for name, each in CAPABILITIES.items()
        },
        hours=adviser_hours(),
        templates=template_texts(TEMPLATES),
        public_url=settings.public_url,
        try_url="/try" if settings.web_channel_on else "",
        stopping=stopping,
        sms_cost=lambda sent: cost_of(sent, Decimal(str(settings.sms_price))),
        sms_budget=settings.sms_budget,
        reviewing=reviewing.reviewing(),
    )


def console_routers(
    settings: Settings,
    database: Database,
    secret: str,
    renderer: Renderer,
    deferrer: Deferrer,
    tracker_url: str,
    stopping: Callable[[], bool] = lambda: False,
) -> list[APIRouter]:
    """The routes of the console; canned answers are there from the first start."""
    with database.session() as session:
        canned_answers.fill_once(session, DATA / "canned.json")
    services = console_services(settings, database, secret, renderer, deferrer, tracker_url, stopping)
    return build_console(services)


def adviser_hours() -> Hours:
    """When advisers are there, as data/console/hours.json says."""
    return read_hours(DATA / "hours.json")


def first_adviser(database: Database, cost: PasswordCost | None = None) -> tuple[str, str] | None:
    """Makes the first administrator where there is no adviser; the login, and a password to be told once.

    Of two processes that start together one makes it.
    """
    password = one_time_password()
    with database.session() as session:
        advisers.hold_first(session)
        if not advisers.nobody_yet(session):
            return None
        kept = hash_password(password, cost or PasswordCost())
        advisers.add(session, NewAdviser(FIRST_LOGIN, FIRST_LOGIN, kept, role="administrator"))
    return FIRST_LOGIN, password


def deliver_with(deferrer: Deferrer) -> Callable[[Session, Message], None]:
    """Defers the delivery of a stored message; where the person's side fetches messages, being there is being sent."""

    def deliver(session: Session, message: Message) -> None:
        if CAPABILITIES[message.channel].pushed:
            deferrer.delivery(session, message_id=message.id, conversation_id=message.conversation_id)
        else:
            deliveries.record_delivery(session, message.id, "sent")

    return deliver


def render_with(renderer: Renderer) -> Render:
    """A reply in words of a variety, as a channel carries it."""

    def render(
        key: str,
        args: Mapping[str, Any],
        variety: str,
        channel: str,
        options: Sequence[Mapping[str, Any]] = (),
    ) -> OutboundRecord:
        capabilities = CAPABILITIES[channel]
        reply = {"reply": key, "args": dict(args), "options": [dict(option) for option in options]}
        said = renderer.render(reply, variety, capabilities.form, isolates=capabilities.isolates)
        return to_records([reply], [said], capabilities)[0]

    return render


def write(text: str, channel: str) -> OutboundRecord:
    """An adviser's own words as a channel carries them."""
    capabilities = CAPABILITIES[channel]
    if not capabilities.counts_segments:
        return OutboundRecord(reply="", text=text)
    folded = gsm7_fold(text)
    counted = count_segments(folded)
    return OutboundRecord(reply="", text=folded, segments=counted.count, encoding=counted.encoding)


def segments(text: str) -> SegmentCount:
    """How many SMS an adviser's words take, as `write` would send them."""
    counted = count_segments(gsm7_fold(text))
    return SegmentCount(counted.encoding, counted.units, counted.count)


def index_words(text: str) -> list[list[str]]:
    """What each word of a text is found by: its skeleton, and those without what is written onto its front."""
    return [list(_index_forms(token.plain)) for token in tokenize(text)]


@lru_cache(maxsize=32768)
def _index_forms(plain: str) -> tuple[str, ...]:
    return tuple(_forms(plain, lambda _: True))


def query_words(text: str) -> list[list[str]]:
    """What each word of a search is looked for as: its skeleton, and that without an article. `*` ends a beginning."""
    found = []
    for each in text.split():
        starred = "*" if each.endswith("*") and len(each) > 1 else ""
        for token in tokenize(each):
            forms = _forms(token.plain, _ARTICLES.__contains__)
            found.append([form + starred for form in forms])
    return found


def _forms(plain: str, taken_off: Callable[[str], bool]) -> list[str]:
    bases = [plain, plain[: -len(_PLURAL)]] if plain.endswith(_PLURAL) else [plain]
    shorter = [
        fold_word(stem)
        for base in bases
        for off, stem in stems(base)
        if (off and taken_off(off)) or base != plain
    ]
    return list(dict.fromkeys([fold_word(plain), *(form for form in shorter if len(form) >= _SHORTEST_STEM)]))


def template_texts(path: Path) -> tuple[TemplateText, ...]:
    """The forms approved for use outside the window, with their words by variety."""
    texts: dict[str, dict[str, str]] = {}
    places: dict[str, tuple[str, ...]] = {}
    for (key, variety), form in load(path).items():
        texts.setdefault(key, {})[variety] = form.text
        places[key] = form.values
    return tuple(TemplateText(key, texts[key], places[key]) for key in texts)


class ConsoleChores:
    """What the console has done by itself, in the worker: giving back in time, taking messages into the search,
    telling people of courses, checking links.
    """

    def __init__(
        self,
        database: Database,
        renderer: Renderer,
        deferrer: Deferrer,
        checker: LinkChecker | None = None,
        hours: Hours | None = None,
        idle_after: timedelta = IDLE_AFTER,
    ) -> None:
        """`idle_after`: an adviser who lets somebody wait so long loses the conversation to the next; 0 for never."""
        self._database = database
        self._render = render_with(renderer)
        self._deliver = deliver_with(deferrer)
        self._checker = checker or LinkChecker()
        self._hours = hours or adviser_hours()
        self._idle_after = idle_after

    async def run(self, stop: asyncio.Event) -> None:
        """Goes on until the event is set. A failure is logged, and tried again next time."""
        while not stop.is_set():
            for work in (
                self.give_back,
                self.share_out,
                self.take_in,
                self.take_into_review,
                self.roll_up,
                self.tell_of_courses,
                self.check_links,
            ):
                try:
                    await asyncio.to_thread(work)
                except Exception as error:
                    log.error("console chore failed: %s", type(error).__name__)
            try:
                await asyncio.wait_for(stop.wait(), _EVERY)
            except TimeoutError:
                continue

    def give_back(self, now: datetime | None = None) -> int:
        """Gives back what advisers have been silent on for too long, and tells their people; how many there were."""
        with self._database.session() as session:
            given = takeover.give_back_due(session, now or utc_now())
            for conversation in given:
                self._tell(session, conversation.id)
            return len(given)

    def share_out(self, now: datetime | None = None) -> tuple[int, int]:
        """Shares out what waits for nobody in particular, and hands on what advisers have not answered for
        `idle_after`, while the service is open; how many of each.
        """
        now = now or utc_now()
        if not self._hours.general.is_open(now):
            return 0, 0
        with self._database.session() as session:
            shared = takeover.assign_waiting(session, now)
            moved = takeover.reassign_idle(session, now, self._idle_after) if self._idle_after else []
            for conversation, before in moved:
                audit.record(
                    session, None, "reassigned", person_id=conversation.person_id,
                    conversation_id=conversation.id, now=now,
                    was=str(before), to=str(conversation.adviser_id),
                )  # fmt: skip
            return shared, len(moved)

    def _tell(self, session: Session, conversation_id: UUID) -> None:
        conversation = conversations.get(session, conversation_id)
        address = people.address_on(session, conversation.person_id, conversation.channel)
        hours = CAPABILITIES[conversation.channel].window_hours
        if address is None or address.state != "active":
            return
        if hours and (
            address.last_inbound_at is None
            or (utc_now() - address.last_inbound_at).total_seconds() >= hours * 3600
        ):
            return
        variety = people.get(session, conversation.person_id).variety or _DEFAULT_VARIETY
        record = self._render(GAVE_BACK, {}, variety, conversation.channel)
        for message in conversations.store_unprompted(session, conversation.id, [record]):
            self._deliver(session, message)

    def tell_of_courses(self, now: datetime | None = None) -> int:
        """Tells the next of those who are to be told of a course; how many were settled."""
        windows = {name: each.window_hours for name, each in CAPABILITIES.items()}
        teller = Teller(self._render, self._deliver, windows)
        with self._database.session() as session:
            return tell_due(session, teller, now or utc_now())

    def check_links(self) -> int:
        """Checks some of the links that wait to be; how many there were."""
        return check_due(self._database, self._checker, utc_now, limit=16)

    def take_in(self) -> int:
        """Takes every message and name that is due into the search; how many there were."""
        taken = 0
        while True:
            with self._database.session() as session:
                some = facts.take_in(session, index_words) + person_lists.take_in(session, index_words)
            taken += some
            if not some:
                return taken

    def take_into_review(self) -> int:
        """Takes every message that is due into the queue of review; how many there were."""
        return reviewing.take_in(self._database)

    def roll_up(self, now: datetime | None = None) -> int:
        """Adds up for the figures every day that is over; how many there were."""
        rolled = 0
        while True:
            with self._database.session() as session:
                some = figure_rolling.roll_up(session, now or utc_now())
            rolled += some
            if not some:
                return rolled


def out_of_hours_reply(hours: Hours, now: datetime, agency_id: str | None = None) -> dict[str, Any] | None:
    """The reply to who asks for an adviser when none is there; None where one is."""
    args = out_of_hours(hours, now, agency_id)
    return None if args is None else {"reply": OUT_OF_HOURS, "args": args, "options": []}
