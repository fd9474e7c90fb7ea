"""What the review works with beside the rest of the console, handed in by takwin/."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from store.review.intake import Complains

_STAND_INS: Mapping[str, str] = {
    "latin": "…", "arabic": "…", "email": "…", "link": "…", "handle": "…", "reference": "…",
}  # fmt: skip


@dataclass(frozen=True)
class Reviewing:
    """nlu: the folder of the training data, `<variety>/<intent>.yml`
    intents: what a message may mean
    complains: whether a message, understood so, complains about the answer before it
    stand_ins, openers, everyday: as in `console.review.anonymous.Anonymous`
    """

    nlu: Path | None = None
    intents: tuple[str, ...] = ()
    complains: Complains = field(default=lambda _text, _intent: False)
    stand_ins: Mapping[str, str] = field(default_factory=lambda: _STAND_INS)
    openers: tuple[str, ...] = ()
    everyday: Callable[[str], bool] = field(default=lambda _: False)
