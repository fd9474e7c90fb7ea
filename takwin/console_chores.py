"""What the console has done by itself, in the worker."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from channels.capabilities import CAPABILITIES
from channels.queue import Deferrer
from channels.render import Renderer
from channels.waiting import sleep_unless
from console.courses.telling import tell_due
from console.telling import Teller
from store import addresses, audit, conversations, facts, figure_rolling, people, person_lists, takeover
from store.adviser_hours import Hours
from store.clock import utc_now
from store.database import Database
from takwin import reviewing
from takwin.console import adviser_hours, deliver_with, render_with
from takwin.link_check import LinkChecker, check_due
from takwin.search_words import index_words

log = logging.getLogger(__name__)

GAVE_BACK = "adviser-gave-back"
#: How often what is due is looked for, in seconds: conversations to give back, messages to take into the search.
_EVERY = 20.0
#: An adviser who lets somebody wait so long, in opening hours, loses the conversation to the next.
IDLE_AFTER = timedelta(minutes=30)
_DEFAULT_VARIETY = "fr"


class ConsoleChores:
    """Giving back in time, sharing out, taking messages into the search and the review, adding up days, telling people
    of courses, checking links.
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
            await sleep_unless(stop, _EVERY)

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
        address = addresses.address_on(session, conversation.person_id, conversation.channel)
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
