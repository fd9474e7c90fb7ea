"""The action server of a stock Rasa assistant that does our work: our actions on our store, answering with texts.

    python -m benchmarks.stock.actions DATABASE_URL PORT

A stock assistant speaks in texts and knows people by their address: both are bridged here.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from actions.registry import build_actions
from benchmarks.rig.fleet import SECRET
from channels.contract.messages import SMS
from channels.wording.render import Renderer
from store.core.database import Database
from store.core.encryption import Cipher
from store.tables import Person
from takwin.compose.actions import services
from takwin.settings import ROOT

VARIETY = "fr"


def build(database: Database) -> FastAPI:
    """The server."""
    executor = ActionExecutor()
    for action in build_actions(services(database)):
        executor.register_action(action)
    renderer = Renderer(ROOT / "data" / "replies")
    known: dict[str, str] = {}

    def person(address: str) -> str:
        if address not in known:
            number: UUID = uuid5(NAMESPACE_URL, address)
            with database.session() as session:
                if session.get(Person, number) is None:
                    session.add(Person(id=number))
            known[address] = str(number)
        return known[address]

    app = FastAPI(openapi_url=None)

    @app.get("/health")
    async def health() -> dict[str, bool]:
        return {"ready": True}

    @app.post("/webhook")
    async def run(request: Request) -> JSONResponse:
        call = await request.json()
        call["sender_id"] = call["tracker"]["sender_id"] = person(call["sender_id"])
        try:
            result = await executor.run(call)
        except ActionExecutionRejection as error:
            return JSONResponse({"error": str(error), "action_name": call["next_action"]}, status_code=400)
        done = result.model_dump() if result else {"events": [], "responses": []}
        said = [_words(renderer, each["custom"]) for each in done["responses"] if each.get("custom")]
        # One message a turn, as ours by SMS.
        done["responses"] = [{"text": "\n".join(said)}] if said else []
        return JSONResponse(done)

    return app


def _words(renderer: Renderer, reply: Mapping[str, Any]) -> str:
    rendered = renderer.render(reply, VARIETY, SMS)
    options = [
        f"{number}. {option.title}" for number, option in enumerate(rendered.options, 1) if not option.in_text
    ]
    # The connector would make a message of each paragraph.
    return "\n".join([rendered.text.replace("\n\n", "\n"), *options])


def main() -> None:
    url, port = sys.argv[1:3]
    database = Database(url, Cipher(SECRET))
    uvicorn.run(build(database), host="127.0.0.1", port=int(port), log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
