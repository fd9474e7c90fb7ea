"""What changes, told to open pages as it happens (Server-Sent Events)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import TypeVar
from uuid import UUID

from fastapi.responses import Response, StreamingResponse

from console.thread.seen import EVERYTHING
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.site import Site
from console.web.visit import COOKIE, Visit, VisitHere
from store.advisers import sign_ins
from store.core.database import is_outage
from store.inbox import listing as inbox

_T = TypeVar("_T")

#: Changes within this time are told together.
_TOGETHER = 0.4
#: More than this, and a page reloads its list rather than being told of each.
_MOST = 50
#: How often it is looked whether the server is being stopped, in seconds.
_LOOK_UP = 1.0

pages = PageGroup()


@pages.get("/events", Need.READER)
async def stream_changes(visit: VisitHere) -> Response:
    stream = _told(visit.site, visit)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


async def _told(site: Site, visit: Visit) -> AsyncIterator[str]:
    """Ids of conversations that changed, those in scope only, and a sign of life between."""
    loop = asyncio.get_running_loop()
    changed: asyncio.Queue[UUID | None] = asyncio.Queue()

    def hear(conversation_id: UUID | None) -> None:
        loop.call_soon_threadsafe(changed.put_nowait, conversation_id)

    stop = site.notices.hear(hear)
    # What changed between the page and this stream was told to nobody.
    changed.put_nowait(None)
    try:
        yield "retry: 3000\n\n"
        quiet = 0.0
        while not site.services.stopping():
            wait = min(_LOOK_UP, site.services.heartbeat)
            try:
                first = await asyncio.wait_for(changed.get(), wait)
            except TimeoutError:
                quiet += wait
                if quiet >= site.services.heartbeat:
                    quiet = 0.0
                    if not await _read_or(partial(_still_signed_in, site, visit), when_away=True):
                        return
                    yield ": \n\n"
                continue
            await asyncio.sleep(_TOGETHER)
            batch = {first}
            while not changed.empty():
                batch.add(changed.get_nowait())
            for conversation_id in await _read_or(
                partial(_theirs, site, visit, batch), when_away=list[str]()
            ):
                yield f"event: changed\ndata: {conversation_id}\n\n"
    finally:
        stop()


async def _read_or(ask: Callable[[], _T], *, when_away: _T) -> _T:
    """What the database says, and `when_away` where it is away. The stream goes on: a browser that is refused a new one
    never asks again. When the notices have their connection back all is told.
    """
    try:
        return await asyncio.to_thread(ask)
    except Exception as error:
        if not is_outage(error):
            raise
        return when_away


def _theirs(site: Site, visit: Visit, batch: set[UUID | None]) -> list[str]:
    if None in batch or len(batch) > _MOST:
        return [EVERYTHING]
    with site.services.database.session() as session:
        return [str(each) for each in batch if each and inbox.visible(session, visit.scope, each) is not None]


def _still_signed_in(site: Site, visit: Visit) -> bool:
    token = visit.request.cookies.get(COOKIE, "")
    services = site.services
    with services.database.session() as session:
        return sign_ins.is_open(session, token, services.now(), services.lasting)
