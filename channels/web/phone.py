"""The phone at /try: one page, in French or Arabic, that talks to the web channel's API."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

LANGUAGES = ("fr", "ar")
_HERE = Path(__file__).parent
_STATIC: Mapping[str, str] = {
    "phone.css": "text/css; charset=utf-8",
    "phone.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}

SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def build_phone_router(labels_file: Path) -> APIRouter:
    """The page and its files. `labels_file` has its words: {"fr": {...}, "ar": {...}}, the same keys in each.

    Raises ValueError where the two differ.
    """
    labels = _read_labels(labels_file)
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )
    template = environment.get_template("phone.html")
    router = APIRouter(tags=["web"])

    @router.get("/try", response_class=HTMLResponse)
    async def phone(
        request: Request, wanted: Annotated[str | None, Query(alias="lang")] = None
    ) -> HTMLResponse:
        language = wanted if wanted in LANGUAGES else _preferred(request.headers.get("accept-language", ""))
        page = template.render(
            language=language,
            direction="rtl" if language == "ar" else "ltr",
            other="fr" if language == "ar" else "ar",
            label=labels[language],
            labels=labels,
        )
        return HTMLResponse(page, headers={**SECURITY_HEADERS, "Cache-Control": "no-cache"})

    @router.get("/try/{name}")
    async def static(name: str) -> Response:
        if name not in _STATIC:
            raise HTTPException(404, "No such file.")
        headers = {**SECURITY_HEADERS, "Cache-Control": "no-cache"}
        return FileResponse(_HERE / "static" / name, media_type=_STATIC[name], headers=headers)

    return router


def _read_labels(path: Path) -> dict[str, dict[str, Any]]:
    labels: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    first, second = (set(labels.get(language, ())) for language in LANGUAGES)
    if first != second or not first:
        raise ValueError(f"{path}: not the same labels in both languages: {sorted(first ^ second)}")
    return labels


def _preferred(accepted: str) -> str:
    """Arabic where the browser asks for it before French, French otherwise."""
    wanted = [part.partition(";")[0].strip()[:2].lower() for part in accepted.split(",")]
    return next((language for language in wanted if language in LANGUAGES), "fr")
