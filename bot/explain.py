"""Why the trained model understood a message as it did: `takwin understand --explain "..."`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.nlu.entities.component import GazetteerEntityExtractor
from bot.nlu.folding import fold, tokenize
from bot.nlu.intents.component import IntentClassifier
from bot.understanding import Understanding

_MOST_PIECES = 8


def explain(understanding: Understanding, text: str, variety: str | None = None) -> Iterator[str]:
    """Lines to read: the message as folded, the two likeliest intents, what decided, entities with their sources."""
    (answer,) = understanding.of([{"text": text, "variety": variety}])
    yield f"text      {text}"
    yield f"folded    {fold(text)}"
    components = understanding.components()
    model = next((c.model for c in components if isinstance(c, IntentClassifier)), None)
    if model is not None:
        knowledge, tokens = model.views.knowledge, tokenize(text)
        spots = knowledge.spots(text)
        yield f"shape     {' '.join(knowledge.shape(tokens, spots))}"
        yield f"concepts  {' '.join(knowledge.concepts(tokens, spots))}"
    yield f"variety   {answer['variety']}"
    yield "intents   " + ", ".join(f"{name} {confidence:.3f}" for name, confidence in answer["ranking"])
    if answer["fallback"]:
        yield "          too unsure: the assistant would say that it did not understand"
    if model is not None:
        yield from _decision(model.explain(text))
    for component in components:
        if isinstance(component, GazetteerEntityExtractor):
            yield from _entities(component, text, answer["intent"] or "")


def _decision(found: Any) -> Iterator[str]:
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
