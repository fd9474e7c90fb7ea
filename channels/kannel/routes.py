"""The addresses that a gateway calls."""

import hmac
import logging
from datetime import UTC, datetime

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import PlainTextResponse

from channels.intake.webhook import Webhook
from channels.kannel.config import Config
from channels.kannel.fields import Fields, fields_of
from channels.kannel.inbound import parse
from channels.kannel.reports import is_report, parse_report

log = logging.getLogger(__name__)

MAX_BODY = 128 * 1024  # bytes

_METHODS = ["GET", "POST"]


def build_router(config: Config, webhook: Webhook) -> APIRouter:
    """The routes. What is stored is acknowledged with 200 and an empty body: Kannel would send a body on as an SMS."""
    router = APIRouter(prefix="/channels/sms", tags=["sms"])

    @router.api_route("", methods=_METHODS)
    async def receive(request: Request) -> PlainTextResponse:
        fields = await _trusted(request, config)
        if is_report(fields, config):
            return await _report(fields, config, webhook)
        message = parse(fields, config, datetime.now(UTC))
        if message is None:
            log.warning("sms gateway: a call without a sender or a message")
        else:
            await webhook.take([message])
        return PlainTextResponse("")

    @router.api_route("/report", methods=_METHODS)
    async def report(request: Request) -> PlainTextResponse:
        return await _report(await _trusted(request, config), config, webhook)

    return router


async def _report(fields: Fields, config: Config, webhook: Webhook) -> PlainTextResponse:
    update = parse_report(fields, config)
    if update is None:
        log.warning("sms gateway: a report that says nothing of use")
    else:
        await webhook.note([update])
    return PlainTextResponse("")


async def _trusted(request: Request, config: Config) -> Fields:
    """The parameters of a call that brings the token, among them or in a header. Raises HTTPException 403, 413."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413, f"The body is over {MAX_BODY} bytes.")
    query: bytes = request.scope.get("query_string", b"")
    fields = fields_of(query, request.headers.get("content-type", ""), bytes(body))
    brought = fields.get(config.names.token) or _header(request)
    if not hmac.compare_digest(brought, config.token.encode()):
        raise HTTPException(403, "The token is missing or wrong.")
    return fields


def _header(request: Request) -> bytes:
    authorization = request.headers.get("authorization", "")
    return authorization.removeprefix("Bearer ").encode("latin-1", "replace")
