"""The advisers' console put together: words, channels, the search's folding, the engine's slots."""

from __future__ import annotations

import logging
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from fastapi import APIRouter

from bot.nlu.folding import fold
from channels.contract.capabilities import CAPABILITIES
from channels.delivery.notifying import notifier_with
from channels.queue.deferrer import Deferrer
from channels.wording.render import Renderer
from channels.wording.segments import cost_of, count_segments, gsm7_fold
from channels.wording.templates import load
from console import ChannelFacts, ConsoleServices, SegmentCount, TemplateText, build_console
from console.web.passwords import hash_password, one_time_password
from console.web.services import PasswordCost
from store.advisers import advisers, canned_answers
from store.advisers.advisers import NewAdviser
from store.conversations.outbound import OutboundRecord
from store.core.database import Database
from store.engine.slots import TrackerSlots
from store.engine.tracker import TrackerStore
from takwin import reviewing
from takwin.adviser_hours import adviser_hours
from takwin.jobs.retention import periods_of
from takwin.search_words import index_words, query_words
from takwin.settings import ROOT, Settings

log = logging.getLogger(__name__)

DATA = ROOT / "data" / "console"
TEMPLATES = ROOT / "data" / "templates" / "whatsapp.json"
FIRST_LOGIN = "admin"


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
        notifier=notifier_with(renderer, deferrer),
        write=write,
        segments=segments,
        index_words=index_words,
        query_words=query_words,
        slots_of=TrackerSlots(tracker_url).of_person,
        forget=TrackerStore(tracker_url).forget,
        keep=periods_of(settings),
        fold=fold,
        channels={
            name: ChannelFacts(each.max_text, each.counts_segments) for name, each in CAPABILITIES.items()
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


def first_adviser(database: Database, cost: PasswordCost | None = None) -> tuple[str, str] | None:
    """Makes the first administrator where there is no adviser; the login, and a password to be told once.

    Of two processes that start together one makes it.
    """
    password = one_time_password()
    with database.session() as session:
        advisers.lock_first_adviser(session)
        if not advisers.nobody_yet(session):
            return None
        kept = hash_password(password, cost or PasswordCost())
        advisers.add(session, NewAdviser(FIRST_LOGIN, FIRST_LOGIN, kept, role="administrator"))
    return FIRST_LOGIN, password


def write(text: str, channel: str) -> OutboundRecord:
    """An adviser's own words as a channel carries them."""
    capabilities = CAPABILITIES[channel]
    if not capabilities.counts_segments:
        return OutboundRecord((), text)
    folded = gsm7_fold(text)
    counted = count_segments(folded)
    return OutboundRecord((), folded, segments=counted.count, encoding=counted.encoding)


def segments(text: str) -> SegmentCount:
    """How many SMS an adviser's words take, as `write` would send them."""
    counted = count_segments(gsm7_fold(text))
    return SegmentCount(counted.encoding, counted.units, counted.count)


def template_texts(path: Path) -> tuple[TemplateText, ...]:
    """The forms approved for use outside the window, with their words by variety."""
    texts: dict[str, dict[str, str]] = {}
    values: dict[str, tuple[str, ...]] = {}
    for (key, variety), form in load(path).items():
        texts.setdefault(key, {})[variety] = form.text
        values[key] = form.values
    return tuple(TemplateText(key, texts[key], values[key]) for key in texts)
