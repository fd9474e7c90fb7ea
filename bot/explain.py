"""Why the trained model understood a message as it did: `takwin understand --explain "..."`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.nlu.entities.component import GazetteerEntityExtractor
from bot.nlu.folding import fold, tokenize
from bot.nlu.intents.component import IntentClassifier, Learnt
from bot.understanding import Understanding

_MOST_PIECES = 8


def explain(understanding: Understanding, text: str, variety: str | None = None) -> Iterator[str]:
    """Lines to read: the message as folded, the two likeliest intents, what decided, entities with their sources."""
    (answer,) = understanding.of([{"text": text, "variety": variety}])
    yield f"text      {text}"
    yield f"folded    {fold(text)}"
    components = understanding.components()
    learnt = next((c.learnt for c in components if isinstance(c, IntentClassifier)), None)
    model = learnt.model if learnt else None
    if model is not None:
        knowledge, tokens = model.views.knowledge, tokenize(text)
        spots = knowledge.spots(text)
        yield f"shape     {' '.join(knowledge.shape(tokens, spots))}"
        yield f"concepts  {' '.join(knowledge.concepts(tokens, spots))}"
    yield f"variety   {answer['variety']}"
    yield "intents   " + ", ".join(f"{name} {confidence:.3f}" for name, confidence in answer["ranking"])
    if answer["fallback"]:
        yield "          too unsure: the assistant would say that it did not understand"
    if learnt is not None:
        yield from _decision(learnt, text, answer)
    for component in components:
        if isinstance(component, GazetteerEntityExtractor):
            yield from _entities(component, text, answer["intent"] or "")


def _decision(learnt: Learnt, text: str, answer: Any) -> Iterator[str]:
    found = learnt.model.explain(text)
    core = learnt.courtesies.core(text, answer["variety"])
    if core != text and (of_core := learnt.model.explain(core)).intents[0][0] == answer["intent"]:
        yield f"read as   {core}"
        found = of_core
    (first, _), (second, _) = found.intents
    yield f"decided   by the {found.step} model, {first} over {second}:"
    if found.vector:
        yield f"  {found.vector:+.3f}  sentence vector"
    for sign, kind in ((1, first), (-1, second)):
        pieces = [piece for piece in found.pieces[::sign] if sign * piece[2] > 0][:_MOST_PIECES]
        yield f"  for {kind}:"
        for view, piece, score in pieces:
            yield f"  {score:+.3f}  {view}: {piece.strip()}"


def _entities(component: GazetteerEntityExtractor, text: str, intent: str) -> Iterator[str]:
    found = component.found(text, intent)
    yield f"entities  {len(found)}"
    for one in found:
        yield f"  {one.entity} = {one.value}   {text[one.start : one.end]!r}, {one.source}, distance {one.cost}"
