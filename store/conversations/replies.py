"""A reply before it is put into words: a key, its arguments, the choices it offers, and how it leaves.

Actions make replies, the engine carries them as JSON, channels put them into words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

#: How `despite_opt_out` stands in the JSON: among the arguments, of which none else starts with "$".
_DESPITE_OPT_OUT = "$last"


@dataclass(frozen=True)
class Reply:
    """`args` are as `channels/wording/render.py` takes them, `options` with their ids and what each means.

    `despite_opt_out`: it leaves although the address takes no more messages: an answer to who stopped them, numbers for
    somebody in danger.
    """

    key: str
    args: Mapping[str, Any] = field(default_factory=dict)
    options: Sequence[Mapping[str, Any]] = ()
    despite_opt_out: bool = False

    def to_wire(self) -> dict[str, Any]:
        """The JSON between app and engine: `{"reply": key, "args": {...}, "options": [...]}`."""
        marks = {_DESPITE_OPT_OUT: True} if self.despite_opt_out else {}
        options = [dict(option) for option in self.options]
        return {"reply": self.key, "args": {**self.args, **marks}, "options": options}

    @classmethod
    def from_wire(cls, content: object) -> "Reply":
        """The reply of such JSON, where arguments and options may be missing. Raises ValueError for anything else."""
        if not isinstance(content, dict):
            raise ValueError("a reply is an object")
        key, args, options = content.get("reply"), content.get("args") or {}, content.get("options") or []
        if not (isinstance(key, str) and isinstance(args, dict) and isinstance(options, list)):
            raise ValueError("a reply needs its key")
        arguments = {name: value for name, value in args.items() if name != _DESPITE_OPT_OUT}
        return cls(key, arguments, tuple(options), bool(args.get(_DESPITE_OPT_OUT)))
