"""Static files: each under an address with the hash of its contents, so that browsers keep it for good."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request
from fastapi.responses import Response

from console.web.refusals import not_found

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
}
_FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class _File:
    version: str
    media_type: str
    plain: bytes
    zipped: bytes


class StaticFiles:
    """The files of a folder, read and compressed once."""

    def __init__(self, folder: Path) -> None:
        self._files: Mapping[str, _File] = {
            path.name: _read(path) for path in sorted(folder.iterdir()) if path.suffix in _TYPES
        }

    def address(self, name: str) -> str:
        """Where a file is found. Raises KeyError for one that is not there."""
        return f"/console/static/{self._files[name].version}/{name}"

    def serve(self, request: Request, version: str, name: str) -> Response:
        """A file. An old version gets the present one, not to be kept."""
        found = self._files.get(name)
        if found is None:
            raise not_found()
        zipped = "gzip" in request.headers.get("accept-encoding", "")
        headers = {
            "Cache-Control": _FOR_GOOD if version == found.version else "no-cache",
            "Vary": "Accept-Encoding",
        }
        if zipped:
            headers["Content-Encoding"] = "gzip"
        return Response(found.zipped if zipped else found.plain, headers=headers, media_type=found.media_type)


def _read(path: Path) -> _File:
    plain = path.read_bytes()
    return _File(
        version=hashlib.sha256(plain).hexdigest()[:12],
        media_type=_TYPES[path.suffix],
        plain=plain,
        zipped=gzip.compress(plain, compresslevel=9, mtime=0),
    )
