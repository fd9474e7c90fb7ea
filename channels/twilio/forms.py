"""Forms of the Content API: made once for each shape and account, and remembered in the database."""

import asyncio
import hashlib
import logging
import time
from typing import Any

from channels.contract.errors import ChannelError
from channels.twilio.inbound import PROVIDER
from channels.twilio.shapes import Shaped
from store.conversations.content_templates import get_template, remember_template
from store.core.database import Database

log = logging.getLogger(__name__)

REFUSED_SECONDS = 600.0  # so long no form of a shape is asked for again after it was refused


class Forms:
    """The ContentSid (HX...) of shapes. Two processes that make a form at once make two, and either serves."""

    def __init__(self, client: Any, database: Database, account_sid: str) -> None:
        self._client = client
        self._database = database
        self._account = account_sid
        self._known: dict[str, str] = {}
        self._refused: dict[str, float] = {}
        self._making = asyncio.Lock()

    async def sid_of(self, shape: Shaped) -> str | None:
        """The form's id, made now where it never was; None where Twilio does not make it now."""
        async with self._making:
            if shape.key not in self._known and not self._waits(shape.key):
                found = await asyncio.to_thread(self._recall, shape.key) or await self._make(shape)
                if found is not None:
                    self._known[shape.key] = found
            return self._known.get(shape.key)

    async def anew(self, shape: Shaped) -> str | None:
        """The id of a new form, after Twilio no longer knew the old one."""
        async with self._making:
            self._known.pop(shape.key, None)
            made = None if self._waits(shape.key) else await self._make(shape)
            if made is not None:
                self._known[shape.key] = made
            return made

    def refuse(self, shape: Shaped) -> None:
        """Use no form of this shape for a while: messages with it are refused."""
        self._known.pop(shape.key, None)
        self._refused[shape.key] = time.monotonic() + REFUSED_SECONDS

    def _waits(self, key: str) -> bool:
        return self._refused.get(key, 0.0) > time.monotonic()

    async def _make(self, shape: Shaped) -> str | None:
        request = {
            "friendly_name": f"takwin_{hashlib.sha256(shape.key.encode()).hexdigest()[:16]}",
            "language": "fr",
            "variables": {number: f"{number}" for number in shape.values},
            "types": dict(shape.types),
        }
        contents = self._client.content.v1.contents
        try:
            made = await contents.create_async(_request(contents, request))
            sid = made.sid
        except ChannelError as error:
            log.warning("no form made: %s", error.reason)
            sid = None
        if not isinstance(sid, str) or not sid.startswith("HX"):
            self._refused[shape.key] = time.monotonic() + REFUSED_SECONDS
            return None
        await asyncio.to_thread(self._remember, shape.key, sid)
        return sid

    def _recall(self, key: str) -> str | None:
        with self._database.session() as session:
            return get_template(session, PROVIDER, f"{self._account}:{key}")

    def _remember(self, key: str, sid: str) -> None:
        with self._database.session() as session:
            remember_template(session, PROVIDER, f"{self._account}:{key}", sid)


def _request(contents: Any, payload: dict[str, Any]) -> Any:
    return contents.ContentCreateRequest({**payload, "types": contents.Types(payload["types"])})
