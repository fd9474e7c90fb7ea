"""The web channel's API.

    POST /channels/web/{session}/messages   {"id", "text"} or {"id", "option"}    -> 202
    GET  /channels/web/{session}/messages?after=N
      -> {"messages": [{"n", "from": "bot", "text", "options": [{"id", "title"}]}]}

With `?as=whatsapp|telegram|sms|web` each message also has its `form`, `segments`, `encoding` and
`direction`, with the text and options in the form that channel would show, and the answer says whether one
is being written (`typing`).

Nobody signs in here: it is for a machine of one's own. Whoever serves it beyond loopback decides so.
"""

import asyncio
import json
import logging
import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import JSONResponse

from channels.contract.messages import Inbound
from channels.intake.inbox import Receipt, receive
from channels.queue.deferrer import Deferrer
from channels.web.view import plain_view, view_as
from channels.wording.render import Renderer
from store.conversations.outbound import outbound_after
from store.core.database import Database
from store.people.lookups import awaits_answer, conversation_at

log = logging.getLogger(__name__)

CHANNEL = "web"

MAX_BODY = 128 * 1024  # bytes: 10,000 characters of any script, even escaped, and room to spare
MAX_ID = 128

_SESSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~@=+-]{0,127}")

View = Literal["whatsapp", "telegram", "sms", "web"]


def build_web_router(database: Database, deferrer: Deferrer, renderer: Renderer) -> APIRouter:
    """The routes of the web channel."""
    router = APIRouter(prefix="/channels/web", tags=["web"])

    @router.post("/{session}/messages", status_code=202)
    async def post_message(session: str, request: Request) -> JSONResponse:
        inbound = _inbound(_checked_session(session), await _json_body(request))
        receipt = await _stored(database, deferrer, inbound)
        return JSONResponse({"accepted": True, "duplicate": receipt.duplicate}, status_code=202)

    @router.get("/{session}/messages")
    async def get_messages(
        session: str,
        after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
        view: Annotated[View | None, Query(alias="as")] = None,
    ) -> JSONResponse:
        name = _checked_session(session)
        content = await asyncio.to_thread(_messages, database, renderer, name, after, view)
        return JSONResponse(content, headers={"Cache-Control": "no-store"})

    return router


async def _stored(database: Database, deferrer: Deferrer, inbound: Inbound) -> Receipt:
    try:
        return await asyncio.to_thread(receive, database, deferrer, inbound)
    except Exception as error:
        log.error("message not stored: %s", type(error).__name__)
        raise HTTPException(
            503, "The message could not be stored. Send it again, with the same id."
        ) from None


def _messages(
    database: Database, renderer: Renderer, name: str, after: int, view: View | None
) -> dict[str, Any]:
    with database.session() as session:
        conversation = conversation_at(session, CHANNEL, name)
        if conversation is None:
            return {"messages": []} if view is None else {"messages": [], "typing": False}
        # After an erasure the conversation begins again at 1, whatever number its reader is at.
        start = after if after <= conversation.last_n else 0
        messages = outbound_after(session, conversation.id, start)
        if view is None:
            return {"messages": [plain_view(message) for message in messages]}
        return {
            "messages": [view_as(message, view, renderer) for message in messages],
            "typing": awaits_answer(session, conversation),
        }


def _checked_session(session: str) -> str:
    if not _SESSION.fullmatch(session):
        raise HTTPException(
            422,
            "The session is 1 to 128 letters, digits or . _ ~ @ = + - and begins with a letter or a digit.",
        )
    return session


async def _json_body(request: Request) -> dict[str, Any]:
    # A page elsewhere on the web may post forms and plain text to loopback, but not JSON without asking
    # first.
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "The body is JSON: send Content-Type: application/json.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413, f"The body is over {MAX_BODY} bytes.")
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(422, "The body is not JSON in UTF-8.") from None
    if not isinstance(content, dict):
        raise HTTPException(422, 'The body is an object: {"id": "...", "text": "..."}.')
    return content


def _inbound(session: str, body: dict[str, Any]) -> Inbound:
    message_id, text, option = body.get("id"), body.get("text"), body.get("option")
    if isinstance(message_id, int) and not isinstance(message_id, bool):
        message_id = str(message_id)
    if not isinstance(message_id, str) or not _is_short(message_id):
        raise HTTPException(
            422, f'"id" is a string of 1 to {MAX_ID} visible characters, new for each message.'
        )
    if (text is None) == (option is None):
        raise HTTPException(422, 'Give either "text" or "option".')
    if text is not None and not isinstance(text, str):
        raise HTTPException(422, '"text" is a string.')
    if option is not None and not (isinstance(option, str) and _is_short(option)):
        raise HTTPException(422, '"option" is the id of an option of an earlier message.')
    return Inbound(
        channel=CHANNEL,
        sender=session,
        provider_message_id=f"{session}:{message_id}",
        received_at=datetime.now(UTC),
        text=text,
        option_id=option,
    )


def _is_short(text: str) -> bool:
    return 0 < len(text) <= MAX_ID and text.isprintable()
