"""What the training data teach already, and what a new example would add to them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock

from store.core.folding import Fold
from store.review.answers import Worth

#: Sure enough, and seen before: one more example of it teaches nothing.
SURE = 0.95
_EXAMPLE = "      - "
_MARK = re.compile(r"\[([^\]]+)\]\{[^}]*\}")
#: Folded, few short lines are told apart by their words only as written.
_FEW_WORDS = 3


@dataclass(frozen=True)
class TaughtLine:
    """Where a line stands: `data/nlu/fr/greet.yml:12`."""

    variety: str
    intent: str
    number: int
    text: str

    @property
    def path(self) -> str:
        return f"{self.variety}/{self.intent}.yml:{self.number}"


@dataclass
class Taught:
    """The lines of `data/nlu`, looked up by what they fold to. Files that changed are read again."""

    folder: Path | None
    fold: Fold
    _read: dict[Path, tuple[float, list[tuple[str, TaughtLine]]]] = field(default_factory=dict)
    _by_fold: dict[str, list[TaughtLine]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def same(self, variety: str, text: str) -> list[TaughtLine]:
        """The lines of a variety that a text repeats: as written, or in another spelling."""
        key = self.key(variety, text)
        return self._lines().get(key, []) if key else []

    def key(self, variety: str, text: str) -> str:
        """What lines that say the same have in common; empty for a text without words."""
        folded = " ".join(self.fold(text).split())
        if not folded:
            return f"{variety}\n{text.strip()}"
        if len(folded.split()) < _FEW_WORDS:
            return f"{variety}\n{folded}\n{_bare(text)}"
        return f"{variety}\n{folded}"

    def _lines(self) -> Mapping[str, list[TaughtLine]]:
        if self.folder is None:
            return {}
        with self._lock:
            present = {path: path.stat().st_mtime for path in self.folder.glob("*/*.yml")}
            if {path: at for path, (at, _) in self._read.items()} != present:
                self._read = {
                    path: self._read[path]
                    if self._read.get(path, (None,))[0] == at
                    else (at, list(self._of(path)))
                    for path, at in present.items()
                }
                self._by_fold = {}
                for _, lines in self._read.values():
                    for key, taught_line in lines:
                        self._by_fold.setdefault(key, []).append(taught_line)
            return self._by_fold

    def _of(self, path: Path) -> Iterator[tuple[str, TaughtLine]]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.startswith(_EXAMPLE):
                text = _MARK.sub(r"\1", line[len(_EXAMPLE) :])
                taught_line = TaughtLine(path.parent.name, path.stem, number, text)
                yield self.key(taught_line.variety, text), taught_line


@cache
def taught_by(folder: Path | None, fold: Fold) -> Taught:
    """The lines of a folder, shared by all who look them up: to fold them all takes a second or two."""
    return Taught(folder, fold)


@dataclass(frozen=True)
class Judgement:
    """What an example is worth, and the lines that say the same already."""

    worth: Worth
    lines: tuple[TaughtLine, ...] = ()


def judge(
    taught: Taught, variety: str, text: str, intent: str, *, predicted: str, confidence: float, times: int
) -> Judgement:
    """Whether an example of an intent would teach anything. `predicted` and `confidence` are how the least sure of the
    messages like it was understood, `times` how many there were.
    """
    lines = tuple(taught.same(variety, text))
    if any(taught_line.intent != intent for taught_line in lines):
        return Judgement("clash", tuple(taught_line for taught_line in lines if taught_line.intent != intent))
    if lines:
        return Judgement("taught", lines)
    if predicted == intent and confidence > SURE and times > 1:
        return Judgement("sure")
    return Judgement("new")


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
