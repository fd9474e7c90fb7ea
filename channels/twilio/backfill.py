"""Messages that Twilio has and its call did not bring: listed every minute and taken in.

Twilio tries a failed webhook a few times at most and never again; its list of messages has them all. Taking one in
twice is harmless, since a message's id is stored once. One whose webhook may still be under way is left alone: the
webhook says more than the list does (which button was tapped, where somebody is).
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import HTTPException

from channels.contract.errors import ChannelError
from channels.contract.messages import Inbound
from channels.contract.periodic import Periodic, Stopping
from channels.intake.webhook import Webhook
from channels.twilio.inbound import inbound_of
from channels.twilio.seen import Seen

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=1)
CRON = "* * * * * */10"  # a look that could not be taken to its end is tried again so soon
WINDOW = timedelta(minutes=10)  # looked back at each time; a message may be listed late
GRACE = timedelta(seconds=90)  # more than a webhook's five tries of 15 seconds
FURTHEST = timedelta(hours=48)
#: Twilio cuts its times to the second. What it could not bring in one was written after what it could.
_REST_OF_SECOND = timedelta(seconds=1) - timedelta(microseconds=1)
#: The worker's clock ticks a little late at times: a minute is over then.
_EARLY = timedelta(seconds=5)
PAGE, PAGES = 500, 40
BATCH = 100

LastInbound = Callable[[str], datetime | None]
"""When the newest stored message of a channel came in; None where there is none."""


class Backfill:
    """Looks after the account's receiving numbers, each an address as Twilio writes it, with the time up to which what
    came to it was known when this process began (None: nothing ever came).
    """

    def __init__(
        self,
        client: Any,
        webhook: Webhook,
        numbers: Mapping[str, datetime | None],
        seen: Seen,
        grace: timedelta = GRACE,
    ) -> None:
        self._client = client
        self._webhook = webhook
        self._known_to = dict(numbers)
        self._seen = seen
        self._grace = grace
        self._next_look = datetime.min.replace(tzinfo=UTC)

    @property
    def periodic(self) -> Periodic:
        """The looks as the worker has them taken."""
        return Periodic("twilio-backfill", CRON, self.run)

    async def run(self, stopping: Stopping, now: datetime | None = None) -> None:
        """Look, where the last look that came to its end is a minute ago."""
        at = now or datetime.now(UTC)
        if at < self._next_look:
            return
        looked = [await self._try(number) for number in self._known_to if not stopping()]
        if all(looked):
            self._next_look = at + EVERY - _EARLY

    async def look(self, number: str, now: datetime | None = None) -> int:
        """Take in what came to a number and is not known; how many were given to the door. Raises ChannelError, and
        HTTPException 503 where they could not be stored.
        """
        at = now or datetime.now(UTC)
        known = min(self._known_to.get(number) or at, at)
        self._known_to[number] = known  # where this look fails, the next one begins here too
        since = max(at - FURTHEST, known - WINDOW)
        records = await self._listed(number, since)
        missing = [record for record in records if self._wanted(record, since, at - self._grace)]
        messages = sorted(
            # Of one second, the list has the last one first.
            [each for record in reversed(missing) for each in await self._inbound(record, at)],
            key=lambda message: message.sent_at or at,
        )
        for start in range(0, len(messages), BATCH):
            batch = messages[start : start + BATCH]
            await self._webhook.take(batch)
            self._seen.add(message.provider_message_id for message in batch)
        self._known_to[number] = at
        return len(messages)

    async def _try(self, number: str) -> bool:
        try:
            await self.look(number)
            return True
        except ChannelError as error:
            log.warning("backfill put off: %s", error.reason)
        except HTTPException as error:
            log.warning("backfill put off: store %d", error.status_code)
        except Exception as error:  # one bad answer must not end the looking
            log.error("backfill put off: %s", type(error).__name__)
        return False

    async def _listed(self, number: str, since: datetime) -> list[Any]:
        # Some of Twilio's pages say that a date counts by the day, so the hour is looked at here too; the newest come
        # first.
        page = await self._client.messages.page_async(to=number, date_sent_after=since, page_size=PAGE)
        found: list[Any] = []
        for _ in range(PAGES):
            records = list(page)
            found += records
            oldest = _made_at(records[-1]) if records else None
            if oldest is None or oldest < since:
                return found
            page = await page.next_page_async()
            if page is None:
                return found
        log.error("backfill cut short: more than %d messages", PAGE * PAGES)
        return found

    def _wanted(self, record: Any, since: datetime, until: datetime) -> bool:
        made_at = _made_at(record)
        return (
            record.direction == "inbound"
            and record.sid not in self._seen
            and made_at is not None
            and since <= made_at <= until
        )

    async def _inbound(self, record: Any, at: datetime) -> Iterable[Inbound]:
        fields = {
            "MessageSid": str(record.sid),
            "AccountSid": str(record.account_sid),
            "From": str(record.from_),
            "To": str(record.to),
            "Body": record.body or "",
            "NumMedia": str(record.num_media or "0"),
            "Backfilled": "true",
        }
        if fields["NumMedia"] != "0":
            fields |= await self._file(record)
        made_at = _made_at(record)
        return inbound_of(fields, at, made_at and made_at + _REST_OF_SECOND)

    async def _file(self, record: Any) -> dict[str, str]:
        """What kind of file came, and where it is; the file itself is not fetched."""
        try:
            files = await self._client.messages(record.sid).media.list_async(limit=1)
        except ChannelError as error:
            log.warning("kind of a file not told: %s", error.reason)
            return {}
        return {
            name: value
            for each in files
            for name, value in (
                ("MediaContentType0", each.content_type or ""),
                ("MediaUrl0", f"https://api.twilio.com{(each.uri or '').removesuffix('.json')}"),
            )
        }


def _made_at(record: Any) -> datetime | None:
    found = record.date_sent or record.date_created
    return found.astimezone(UTC) if isinstance(found, datetime) else None
