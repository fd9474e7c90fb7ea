"""`POST /actions`: the engine runs our actions here, in the app's own process."""

from __future__ import annotations

import hmac
import logging
import traceback
from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions.base import Verb
from store.core.database import is_outage

log = logging.getLogger(__name__)

ENGINE_HEADER = "X-Takwin-Engine"


def build_actions_router(actions: Sequence[Verb], secret: str) -> APIRouter:
    """The route, closed to everybody who does not bring the installation's secret."""
    router = APIRouter()
    executor = ActionExecutor()
    for action in actions:
        executor.register_action(action)

    async def run_action(request: Request) -> Response:
        given = request.headers.get(ENGINE_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return JSONResponse({"error": f"{ENGINE_HEADER} is missing or wrong"}, status_code=401)
        call = await request.json()
        name = call.get("next_action", "")
        try:
            result = await executor.run(call)
        except ActionExecutionRejection as error:
            return JSONResponse({"error": str(error), "action_name": name}, status_code=400)
        except ActionNotFoundException:
            return JSONResponse({"error": "no such action", "action_name": name}, status_code=404)
        except Exception as error:
            # The answer and the log say where, never what: an exception may quote what a person wrote.
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("action %s failed: %s\n%s", name, type(error).__name__, where)
            # Where the database is away the message is not to blame, and has another try coming.
            status = 503 if is_outage(error) else 500
            return JSONResponse({"error": "the action failed", "action_name": name}, status_code=status)
        if result is None:
            return JSONResponse({"events": [], "responses": []})
        return Response(result.model_dump_json(), media_type="application/json")

    # Starlette's own kind of route: the engine comes here at every turn, and there is nothing for FastAPI to work out.
    router.add_route("/actions", run_action, methods=["POST"], include_in_schema=False)
    return router
