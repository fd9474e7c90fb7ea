"""The ASGI application: every route, put together from its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from actions.base import Verb
from store.core.database import Database, current_revision, head_revision, is_outage
from takwin.compose.actions_route import build_actions_router

#: Seconds after which a database that does not answer counts as away.
READY_WITHIN = 2


@dataclass(frozen=True)
class Parts:
    """What the application is made of."""

    database: Database
    actions: Sequence[Verb]
    secret: str
    engine_ready: Callable[[], bool]
    web: Sequence[APIRouter]
    serves_people: bool
    console: Sequence[APIRouter] = ()
    home: str = "/try"


def build_app(parts: Parts) -> FastAPI:
    """The application. With `serves_people` false it only answers the engine and the operator."""
    app = FastAPI(title="Takwin", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_exception_handler(SQLAlchemyError, _database_away)
    app.include_router(build_actions_router(parts.actions, parts.secret))
    app.include_router(_health(parts))
    if parts.serves_people:
        for router in parts.web:
            app.include_router(router)
    for router in parts.console:
        app.include_router(router)
    if parts.web or parts.console:

        @app.get("/", include_in_schema=False)
        async def home() -> RedirectResponse:
            return RedirectResponse(parts.home)

    return app


async def _database_away(_: Request, error: Exception) -> Response:
    """Where the database is away one may ask again; any other failure of it is a mistake of ours."""
    if not is_outage(error):
        raise error
    return JSONResponse(
        {"detail": "The database does not answer. Try again."}, status_code=503, headers={"Retry-After": "2"}
    )


def _health(parts: Parts) -> APIRouter:
    router = APIRouter()

    @router.get("/health/live")
    async def live() -> dict[str, bool]:
        return {"live": True}

    @router.get("/health/ready")
    def ready() -> JSONResponse:
        """Ready when the database is migrated and an engine answers."""
        checks = {"database": _database_ready(parts.database), "engine": parts.engine_ready()}
        return JSONResponse(checks, status_code=200 if all(checks.values()) else 503)

    @router.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


def _database_ready(database: Database) -> bool:
    try:
        return current_revision(database.url, seconds=READY_WITHIN) == head_revision()
    except Exception:
        return False
