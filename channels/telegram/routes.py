"""`POST /channels/telegram`: the Bot API's updates, one a call.

Telegram sends an update again until it is answered 2xx, and holds the later ones of that chat back meanwhile: only what
could not be stored is answered otherwise.
"""

import hmac
import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from channels.intake.webhook import Webhook
from channels.telegram.inbound import parse
from store.core.storable import storable_json

log = logging.getLogger(__name__)

PATH = "/channels/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - what the header is called
MAX_BODY = 128 * 1024  # bytes; an update of the longest text, every letter escaped, has 50,000


def build_router(secret_token: str, webhook: Webhook, answer_callback: Callable[[str], None]) -> APIRouter:
    """The route. `answer_callback` is called with the id of each button pressed, once it is stored."""
    router = APIRouter(tags=["telegram"])

    @router.post(PATH)
    async def take_update(request: Request) -> Response:
        _check_secret(request, secret_token)
        update = _update(await _body(request))
        if update is None:
            log.warning("update not read: telegram-unreadable")
            return Response()
        parsed = parse(update, datetime.now(UTC))
        if parsed.ignored is not None:
            log.info("update ignored: %s", parsed.ignored)
        if parsed.message is not None:
            await webhook.take([parsed.message])
        if parsed.address is not None:
            await webhook.note([parsed.address])
        if parsed.callback_id is not None:
            answer_callback(parsed.callback_id)
        return Response()

    return router


def _check_secret(request: Request, secret_token: str) -> None:
    brought = request.headers.get(SECRET_HEADER, "")
    # As bytes: headers may hold letters that compare_digest refuses in a str.
    if not hmac.compare_digest(brought.encode("utf-8", "replace"), secret_token.encode()):
        raise HTTPException(403, f"{SECRET_HEADER} is not right.")


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413, f"The body is over {MAX_BODY} bytes.")
    return bytes(body)


def _update(body: bytes) -> Mapping[str, Any] | None:
    """The update; None where it is none. What the database could not keep (a NUL, half a letter) is U+FFFD in it."""
    try:
        content = json.loads(storable_json(json.loads(body)))
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None
