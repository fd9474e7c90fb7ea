"""Where Twilio calls: messages and statuses, signed forms all.

A form that is not signed is refused (403) before anything in it is read. One that is signed is acknowledged whatever
is in it, unless it could not be stored (503): Twilio would bring it again no better.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from fastapi import APIRouter, HTTPException, Request, Response

from channels.intake.webhook import Webhook
from channels.twilio.config import Config
from channels.twilio.inbound import inbound_of
from channels.twilio.seen import Seen
from channels.twilio.sender import STATUS_PATH
from channels.twilio.signature import SIGNATURE_HEADER, SIGNATURE_SETTINGS_HEADER, Signature
from channels.twilio.statuses import status_of

log = logging.getLogger(__name__)

SMS_PATH, WHATSAPP_PATH = "/channels/twilio/sms", "/channels/twilio/whatsapp"
MAX_BODY = 128 * 1024

#: Nothing to say here: answers are messages of their own.
_EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


def build_router(
    config: Config, webhook: Webhook, seen: Seen, now: Callable[[], datetime] | None = None
) -> APIRouter:
    """The routes. `seen` gets the ids of what they took; `now` tells the time that messages are received at."""
    router = APIRouter(tags=["twilio"])
    signature = Signature(config.auth_token, config.signing_key)
    clock = now or (lambda: datetime.now(UTC))

    async def fields_of(request: Request, path: str) -> dict[str, str]:
        return await _verified(request, config.public(path), signature)

    @router.post(SMS_PATH)
    async def sms(request: Request) -> Response:
        return await _take(webhook, seen, await fields_of(request, SMS_PATH), clock())

    @router.post(WHATSAPP_PATH)
    async def whatsapp(request: Request) -> Response:
        return await _take(webhook, seen, await fields_of(request, WHATSAPP_PATH), clock())

    @router.post(STATUS_PATH, status_code=204)
    async def status(request: Request) -> Response:
        updates = status_of(await fields_of(request, STATUS_PATH), request.query_params.get("m"))
        if updates:
            await webhook.note(updates)
        return Response(status_code=204)

    return router


async def _take(webhook: Webhook, seen: Seen, fields: dict[str, str], at: datetime) -> Response:
    messages = inbound_of(fields, at)
    if messages:
        await webhook.take(messages)
        seen.add(message.provider_message_id for message in messages)
    else:
        log.warning("a message without id or sender was acknowledged: %d fields", len(fields))
    return Response(_EMPTY_TWIML, media_type="text/xml")


async def _verified(request: Request, url: str, signature: Signature) -> dict[str, str]:
    body = await _body(request)
    fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace")
    query = request.scope.get("query_string", b"").decode("latin-1")
    if not signature.holds(
        f"{url}?{query}" if query else url,
        fields,
        request.headers.get(SIGNATURE_HEADER, ""),
        request.headers.get(SIGNATURE_SETTINGS_HEADER, ""),
    ):
        log.warning("a call without Twilio's signature was refused")
        raise HTTPException(403, "The signature does not match.")
    return dict(fields)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413, f"The body is over {MAX_BODY} bytes.")
    return bytes(body)
