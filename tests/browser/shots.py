"""Screenshots that may be kept in the repository: few colours, few bytes, no longer than somebody looks."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.product import ROOT

SHOTS = ROOT / "docs" / "console"
#: What a screenshot may weigh, in bytes.
LIMIT = 60 * 1024
_TALLEST = 1500
_COLOURS = (128, 64, 48, 32, 24, 16)


def take(page: Page, path: Path) -> int:
    """The page as it looks, from its top, as a PNG; its bytes. Raises ValueError for one that stays too heavy."""
    size = page.viewport_size
    assert size is not None
    tall = min(_TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
    clip = {"x": 0, "y": 0, "width": size["width"], "height": max(tall, 200)}
    taken = Image.open(BytesIO(page.screenshot(clip=clip, full_page=True, animations="disabled")))  # type: ignore[arg-type]
    for colours in _COLOURS:
        out = BytesIO()
        reduced = taken.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
        reduced.save(out, "PNG", optimize=True)
        if out.tell() <= LIMIT:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(out.getvalue())
            return out.tell()
    raise ValueError(f"{path.name} is heavier than {LIMIT} bytes")
