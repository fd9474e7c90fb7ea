"""The routes that Meta calls: `GET /channels/whatsapp` once, to see that we are there; `POST` for everything else.

Meta wants a 200 within some milliseconds and sends again, for up to 7 days, what did not get one
(developers.facebook.com/docs/graph-api/webhooks/getting-started).
"""

import asyncio
import json
import logging
from collections import Counter
from datetime import UTC, datetime

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import PlainTextResponse
from starlette.requests import ClientDisconnect

from channels.intake.webhook import Update, Webhook
from channels.meta.config import Config
from channels.meta.inbound import Parsed, parse
from channels.meta.signature import HEADER, is_signed, same

log = logging.getLogger(__name__)

PATH = "/channels/whatsapp"
MAX_BODY = 3 * 1024 * 1024  # bytes, as Meta documents it
_LARGE = 64 * 1024  # bytes; more is read beside the event loop, so that nobody waits for it


def build_router(config: Config, webhook: Webhook) -> APIRouter:
    """The routes of the channel."""
    router = APIRouter(tags=["whatsapp"])

    @router.get(PATH)
    async def challenge(request: Request) -> PlainTextResponse:
        query = request.query_params
        known = bool(config.verify_token) and same(query.get("hub.verify_token", ""), config.verify_token)
        if query.get("hub.mode") != "subscribe" or not known or "hub.challenge" not in query:
            raise HTTPException(403, "Not the verify token of this installation.")
        return PlainTextResponse(query["hub.challenge"][:1024], headers={"X-Content-Type-Options": "nosniff"})

    @router.post(PATH)
    async def events(request: Request) -> PlainTextResponse:
        body = await _body(request)
        if not is_signed(config.app_secret, body, request.headers.get(HEADER)):
            raise HTTPException(403, "The signature is not Meta's.")
        parsed = await _parsed(body, config.phone_number_id)
        for code, times in Counter(parsed.ignored).items():
            log.warning("whatsapp: passed over: %s (%d)", code, times)
        await _hand_on(parsed, webhook)
        return PlainTextResponse("")

    return router


async def _hand_on(parsed: Parsed, webhook: Webhook) -> None:
    try:
        if parsed.messages:
            await webhook.take(parsed.messages)
    finally:
        # A message that cannot be stored comes again with all that is beside it; that need not wait for it.
        updates: list[Update] = [*parsed.statuses, *parsed.addresses, *parsed.preferences]
        if updates:
            await webhook.note(updates)


async def _parsed(body: bytes, phone_number_id: str) -> Parsed:
    if len(body) <= _LARGE:
        return _parse(body, phone_number_id)
    return await asyncio.to_thread(_parse, body, phone_number_id)


def _parse(body: bytes, phone_number_id: str) -> Parsed:
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        # Signed, so Meta's own; it would be no better the next time.
        return Parsed(ignored=["not-json"])
    return parse(payload, phone_number_id, datetime.now(UTC))


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                raise HTTPException(413, f"The body is over {MAX_BODY} bytes.")
    except ClientDisconnect:
        raise HTTPException(400, "The body ended early.") from None
    return bytes(body)
