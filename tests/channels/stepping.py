"""A world in which messages go through steps, with the words and the replies of the product."""

import asyncio
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bot.nlu.folding import plain
from channels.steps.danger import Danger
from channels.steps.linking import LinkWords
from channels.turn.engine import Engine
from channels.turn.reading import Reading
from channels.turn.turn import Turns
from channels.wording.render import Renderer
from store.people.lookups import conversation_at
from store.tables import Message
from takwin.compose.steps import danger, messages
from tests.channels.conftest import World
from tests.channels.engines import SECRET, says

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "data" / "words"
STOP = messages(WORDS / "opt-out.txt")
START = messages(WORDS / "opt-in.txt")
LINK = LinkWords(*(messages(WORDS / f"{name}.txt") for name in ("link", "link-yes", "link-no")))


@cache
def renderer() -> Renderer:
    return Renderer(ROOT / "data" / "replies", strict=True)


@cache
def product_danger() -> Danger:
    return danger()


@dataclass
class Stepping(World):
    """Takes turns with `steps`, and says what became of them."""

    danger: Danger = field(default_factory=product_danger)

    @classmethod
    def out_of(cls, world: World, *steps: Any) -> "Stepping":
        world.engine.answering = echo
        return cls(
            world.database, world.engine, renderer(), world.deferrer, world.outbox,
            forgotten=world.forgotten, steps=steps,
        )  # fmt: skip

    def say(self, text: str | None = None, sender: str = "+212600000001", **more: Any) -> Message:
        """A message comes in, by SMS unless said otherwise, and is taken; what it became."""
        receipt = self.write(text, sender=sender, **{"channel": "sms", **more})
        self.take(receipt.message_id)
        return self.message(receipt.message_id)

    def take(self, message_id: Any) -> None:
        async def once() -> None:
            client = Engine([self.engine.url], SECRET, timeout=5)
            reading = Reading(self.steps, plain, self.danger)
            turns = Turns(self.database, client, self.renderer, self.deferrer, self.forgotten.append, reading)
            try:
                await turns.take(message_id)
            finally:
                await client.close()

        asyncio.run(once())

    def keys(self, sender: str = "+212600000001", channel: str = "sms") -> list[str]:
        """The replies a person got so far."""
        return [message.reply or "" for message in self.replies(sender, channel)]

    def person(self, sender: str, channel: str) -> Any:
        with self.database.session() as session:
            conversation = conversation_at(session, channel, sender)
            assert conversation is not None
            return conversation.person_id


def echo(question: dict[str, Any]) -> dict[str, Any]:
    """Says back the text, in a reply that the product has."""
    return says({"reply": "language-unknown", "args": {"language": question.get("text") or "-"}})
