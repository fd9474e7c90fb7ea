"""`python -m benchmarks.harms.answers`: answers to the four questions, through the whole product.

Nobody learnt from them.

Each answer is given by a person of their own, who was brought to the question before. What is not a yes and is acted on
is a harm; a yes that is not acted on costs the person a second one.
"""

from __future__ import annotations

import sys
import tempfile
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.rig.fleet import trained_model
from store.people.consents import has_consent
from store.people.lookups import conversation_at
from store.registrations.registrations import of_person
from tests.product import Chat, Product

SETS = Path(__file__).parent / "sets" / "answers"
MISSED_BAR = 0.05
_PEOPLE_AT_ONCE = 6

_SEARCH = "je cherche une formation en marketing digital"
_ASKED_TO_REGISTER = (_SEARCH, "1", "je veux m'inscrire")
_FORM = (*_ASKED_TO_REGISTER, "oui je suis d'accord", "Amina Bennani", "Rabat", "licence")
_REGISTERED = (*_FORM, "oui c'est exact")
WAYS = {
    "erase": ("je veux effacer toutes mes données",),
    "consent": _ASKED_TO_REGISTER,
    "summary": _FORM,
    "cancel": (*_REGISTERED, "je veux annuler mon inscription"),
}
ASKED = {
    "erase": "ask-erase",
    "consent": "ask-consent",
    "summary": "ask-confirmation",
    "cancel": "ask-cancel",
}


@dataclass(frozen=True)
class Answer:
    """What somebody wrote when they were asked; `label` is a yes, a weak one, a no, or neither."""

    variety: str
    question: str
    label: str
    text: str

    @property
    def is_yes(self) -> bool:
        return self.label == "yes" or (self.label == "weak" and self.question != "erase")


@dataclass(frozen=True)
class Outcome:
    """Whether an answer was acted on; None where the question was not reached."""

    answer: Answer
    acted: bool | None


def answers(folder: Path = SETS) -> Iterator[Answer]:
    """The answers kept apart."""
    for path in sorted(folder.glob("*/*/*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield Answer(path.parent.parent.name, path.parent.name, path.stem, line)


def given(product: Product, answer: Answer) -> Outcome:
    """Bring somebody new to the question, and give the answer."""
    chat = product.chat(f"h-{uuid.uuid4().hex}")
    said: Sequence[str] = ()
    for text in WAYS[answer.question]:
        said = [key for reply in chat.say(text) for key in reply.keys]
    if ASKED[answer.question] not in said:
        return Outcome(answer, None)
    keys = {key for reply in chat.say(answer.text) for key in reply.keys}
    return Outcome(answer, _ACTED[answer.question](chat, keys))


def _erased(_: Chat, keys: set[str]) -> bool:
    return "erased" in keys


def _agreed(chat: Chat, keys: set[str]) -> bool:
    with chat.product.database.session() as session:
        conversation = conversation_at(session, "web", chat.session)
        recorded = conversation is not None and has_consent(session, conversation.person_id, "registration")
    return recorded or bool(keys & {"ask-name", "ask-city", "ask-education", "ask-confirmation"})


def _states(chat: Chat) -> list[str]:
    with chat.product.database.session() as session:
        conversation = conversation_at(session, "web", chat.session)
        return [each.state for each in of_person(session, conversation.person_id)] if conversation else []


def _registered(chat: Chat, _: set[str]) -> bool:
    return bool(_states(chat))


def _cancelled(chat: Chat, _: set[str]) -> bool:
    return "cancelled" in _states(chat)


_ACTED: dict[str, Callable[[Chat, set[str]], bool]] = {
    "erase": _erased,
    "consent": _agreed,
    "summary": _registered,
    "cancel": _cancelled,
}


def run(product: Product, chosen: Sequence[Answer]) -> list[Outcome]:
    with ThreadPoolExecutor(_PEOPLE_AT_ONCE) as people:
        return list(people.map(lambda answer: given(product, answer), chosen))


def table(outcomes: Sequence[Outcome]) -> Table:
    """Harms and missed yeses by question, and in all."""
    found = Table("question", "answers", "not a yes, acted on", "a yes, not acted on", "not reached")
    for question in (*ASKED, "all"):
        some = [each for each in outcomes if question in ("all", each.answer.question)]
        counted = Counter(_kind(each) for each in some)
        others = sum(not each.answer.is_yes for each in some)
        yeses = sum(each.answer.is_yes for each in some)
        found.add_row(
            question, str(len(some)), f"{counted['harm']} of {others}",
            f"{counted['missed']} of {yeses}", str(counted["not reached"]),
        )  # fmt: skip
    return found


def _kind(outcome: Outcome) -> str:
    if outcome.acted is None:
        return "not reached"
    if outcome.acted == outcome.answer.is_yes:
        return "right"
    return "harm" if outcome.acted else "missed"


def main() -> None:
    console = Console()
    chosen = list(answers())
    with (
        tempfile.TemporaryDirectory() as folder,
        Product.started("", Path(folder), TAKWIN_MODEL=str(trained_model())) as product,
    ):
        outcomes = run(product, chosen)
    console.print(table(outcomes))
    for outcome in outcomes:
        if _kind(outcome) != "right":
            each = outcome.answer
            console.print(
                f"{_kind(outcome)}: {each.variety} {each.question} {each.label}: {each.text}",
                highlight=False,
                markup=False,
            )
    missed = [each for each in outcomes if _kind(each) == "missed"]
    yeses = [each for each in outcomes if each.answer.is_yes]
    harmed = any(_kind(each) == "harm" for each in outcomes)
    sys.exit(int(harmed or len(missed) > MISSED_BAR * len(yeses)))


if __name__ == "__main__":
    main()
