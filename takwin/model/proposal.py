"""A proposal to the training data: the approved examples as a change of `data/nlu`, and as a patch to read."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from console.review import notation
from console.review.files import Example, added
from console.review.taught import Taught, TaughtLine
from store.core.folding import Fold

_IN_REPOSITORY = "data/nlu"


@dataclass(frozen=True)
class Proposal:
    """The examples that are new to the data, the files they change (by path below `data/nlu`), and why others are not
    in it: the lines that say the same, under the same intent or under another.
    """

    examples: tuple[Example, ...]
    files: Mapping[str, str]
    present: Mapping[str, str] = field(repr=False)
    taught: tuple[tuple[Example, TaughtLine], ...] = ()
    clashes: tuple[tuple[Example, TaughtLine], ...] = ()

    def patch(self) -> str:
        """The change as `git apply` takes it."""
        return "".join(
            _difference(path, self.present.get(path, ""), text) for path, text in sorted(self.files.items())
        )

    def write(self, nlu: Path) -> list[Path]:
        """Makes the change in the working tree, for somebody to look at and commit. Returns the files."""
        written = []
        for path, text in sorted(self.files.items()):
            target = nlu / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            written.append(target)
        return written


def propose(examples: Iterable[Example], nlu: Path, fold: Fold) -> Proposal:
    """What approved examples change in the training data of a folder. What the data say already is left out, also where
    they came to say it after the review; so is what another example of the proposal says.
    """
    data = Taught(nlu, fold)
    present = {
        path.relative_to(nlu).as_posix(): path.read_text(encoding="utf-8") for path in nlu.glob("*/*.yml")
    }
    new: dict[str, Example] = {}
    taught, clashes = [], []
    for example in examples:
        text = notation.read(example.marked).text
        lines = data.same(example.variety, text)
        other = next((line for line in lines if line.intent != example.intent), None)
        if other is not None:
            clashes.append((example, other))
        elif lines:
            taught.append((example, lines[0]))
        else:
            new.setdefault(data.key(example.variety, text), example)
    kept = tuple(new.values())
    return Proposal(kept, added(present, kept), present, tuple(taught), tuple(clashes))


def _difference(path: str, before: str, after: str) -> str:
    name = f"{_IN_REPOSITORY}/{path}"
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        f"a/{name}" if before else "/dev/null",
        f"b/{name}",
    )
    mode = "" if before else "new file mode 100644\n"
    return f"diff --git a/{name} b/{name}\n{mode}" + "".join(lines)
