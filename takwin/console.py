"""The advisers' console put together: words, channels, the search's folding, the engine's slots."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session

from bot.nlu.folding import fold
from channels.capabilities import CAPABILITIES
from channels.queue import Deferrer
from channels.render import Renderer
from channels.replies import to_records
from channels.segments import cost_of, count_segments, gsm7_fold
from channels.templates import load
from console import ChannelFacts, ConsoleServices, SegmentCount, TemplateText, build_console
from console.passwords import hash_password, one_time_password
from console.services import PasswordCost, Render
from store import (
    advisers,
    canned_answers,
    deliveries,
)
from store.adviser_hours import Hours, out_of_hours, read_hours
from store.advisers import NewAdviser
from store.conversations import OutboundRecord
from store.database import Database
from store.tables import Message
from store.tracker import TrackerStore
from store.tracker_slots import TrackerSlots
from takwin import reviewing
from takwin.retention import periods_of
from takwin.search_words import index_words, query_words
from takwin.settings import ROOT, Settings

log = logging.getLogger(__name__)

DATA = ROOT / "data" / "console"
TEMPLATES = ROOT / "data" / "templates" / "whatsapp.json"
FIRST_LOGIN = "admin"
OUT_OF_HOURS = "adviser-out-of-hours"


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


def template_texts(path: Path) -> tuple[TemplateText, ...]:
    """The forms approved for use outside the window, with their words by variety."""
    texts: dict[str, dict[str, str]] = {}
    places: dict[str, tuple[str, ...]] = {}
    for (key, variety), form in load(path).items():
        texts.setdefault(key, {})[variety] = form.text
        places[key] = form.values
    return tuple(TemplateText(key, texts[key], places[key]) for key in texts)


def out_of_hours_reply(hours: Hours, now: datetime, agency_id: str | None = None) -> dict[str, Any] | None:
    """The reply to who asks for an adviser when none is there; None where one is."""
    args = out_of_hours(hours, now, agency_id)
    return None if args is None else {"reply": OUT_OF_HOURS, "args": args, "options": []}
