"""The ASGI application: every route, put together from its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import JSONResponse, RedirectResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from actions.base import Verb
from store.database import Database, current_revision, head_revision
from takwin.actions_route import build_actions_router


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
        return current_revision(database.url) == head_revision()
    except Exception:
        return False
