"""Examples as training data of Rasa, in the layout of `data/nlu/`: a file a variety and intent, a line a message."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.tables import ReviewExample

_HEAD = (
    'version: "3.1"\n\nnlu:\n  - intent: {intent}\n    metadata:\n      variety: {variety}\n    examples: |\n'
)
_LINE = "      - {marked}\n"


@dataclass(frozen=True)
class Example:
    """A line to be learnt from."""

    variety: str
    intent: str
    marked: str

    @classmethod
    def of(cls, approved: ReviewExample) -> "Example":
        return cls(approved.variety, approved.intent, approved.marked)

    @property
    def path(self) -> str:
        """The file it belongs into, below `data/nlu/`."""
        return f"{self.variety}/{self.intent}.yml"


def added(present: Mapping[str, str], examples: Iterable[Example]) -> dict[str, str]:
    """The files that change, by path, when examples are put at the ends of the present ones; no line twice."""
    changed: dict[str, str] = {}
    for example in examples:
        before = changed.get(example.path, present.get(example.path, ""))
        whole = before or _HEAD.format(intent=example.intent, variety=example.variety)
        if not whole.endswith("\n"):
            whole += "\n"
        line = _LINE.format(marked=" ".join(example.marked.split()))
        if line not in whole.splitlines(keepends=True):
            changed[example.path] = whole + line
    return changed


def archive(examples: Iterable[Example]) -> bytes:
    """The examples alone, as a zip of files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for path, text in sorted(added({}, examples).items()):
            files.writestr(path, text)
    return packed.getvalue()
