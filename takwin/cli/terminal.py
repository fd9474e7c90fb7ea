"""A conversation in the terminal, through the same web API as the phone's.

    › salam
    Takwin answers, its options numbered; a number picks one.

Titles and messages keep their bidi isolates, so that a Latin title in an Arabic line, or an Arabic name in
a French one, stays whole in terminals that know right-to-left.
"""

import contextlib
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from channels.wording.bidi import Direction, isolate
from channels.wording.layout import already_listed

PROMPT = "› "
TIMEOUT = 120.0  # seconds for an answer: as long as the worker tries

_LOOK_EVERY = 0.1


@dataclass
class Conversation:
    """One conversation over the API. `client` has the address as its base URL."""

    client: httpx.Client
    session: str = field(default_factory=lambda: f"terminal-{uuid.uuid4().hex}")
    last: int = 0

    def say(self, text: str) -> Iterator[dict[str, Any]]:
        """Send a text and give each message that answers it, as it comes. Raises httpx.HTTPError,
        TimeoutError.
        """
        answer = self.client.post(self._path, json={"id": uuid.uuid4().hex, "text": text})
        answer.raise_for_status()
        deadline = time.monotonic() + TIMEOUT
        while True:
            new, writing = self.look()
            yield from new
            if not writing:
                return
            if time.monotonic() > deadline:
                raise TimeoutError
            time.sleep(_LOOK_EVERY)

    def look(self) -> tuple[list[dict[str, Any]], bool]:
        """The messages that came since the last look, and whether one is being written."""
        answer = self.client.get(self._path, params={"after": self.last, "as": "web"})
        answer.raise_for_status()
        content = answer.json()
        messages: list[dict[str, Any]] = content["messages"]
        if messages:
            self.last = messages[-1]["n"]
        return messages, bool(content["typing"])

    @property
    def _path(self) -> str:
        return f"/channels/web/{self.session}/messages"


def as_lines(message: dict[str, Any]) -> str:
    """A message as it is printed: its text, then its options, numbered."""
    text, direction = message["text"], _direction(message)
    lines = [text]
    for number, option in enumerate(message["options"], start=1):
        if not already_listed(number, text, bool(option.get("in_text"))):
            lines.append(f"  {number}. {isolate(option['title'], direction)}")
    return "\n".join(lines)


def chat(
    url: str,
    *,
    read: Callable[[str], str] = input,
    write: Callable[[str], None] = print,
    transport: httpx.BaseTransport | None = None,
) -> int:
    """Talk until Ctrl-C, Ctrl-D or the server is not there. The exit status: 0, or 1 without a server."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - gives `input` arrow keys and a history
    with httpx.Client(base_url=url, timeout=10, trust_env=False, transport=transport) as client:
        conversation = Conversation(client)
        try:
            conversation.look()
            write(f"Takwin at {url}. Write as you speak; Ctrl-C leaves.\n")
            while True:
                text = read(PROMPT)
                for message in conversation.say(text):
                    write(f"\n{as_lines(message)}\n")
        except (KeyboardInterrupt, EOFError):
            write("")
            return 0
        except TimeoutError:
            print("No answer came. Is the worker running? `takwin doctor` says more.", file=sys.stderr)
            return 1
        except httpx.HTTPError as error:
            print(f"Nothing answers at {url} ({type(error).__name__}). Start it: make run", file=sys.stderr)
            return 1


def _direction(message: dict[str, Any]) -> Direction:
    return "rtl" if message.get("direction") == "rtl" else "ltr"
