"""Four hot paths of Rasa 3.6.21 made cheaper, with the same results.

Measured with py-spy over 30 turns: two thirds of a turn's time went into checking the *schema* of an action's answer,
again before each answer, and a tenth into walking all subclasses of `Event` for each stored event read back. Checked
against a schema once compiled, the answers still took a fourteenth: they come from our own actions, so their form is
looked at and no more. Each call of an action brought the whole domain and every event of the conversation, which grows
with it; our actions read slots, the last message and the form, and nothing else (`actions/base.py`). A tenth went into
finding anew, for each message and each prediction, in which order the dozen parts of the model depend on one another.
"""

from __future__ import annotations

import functools
import gc
from graphlib import TopologicalSorter
from typing import Any

import rasa
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

#: New objects between two looks of the garbage collector at the young ones, instead of 700.
_YOUNG = 50_000


def _validate_answer(action: RemoteAction, answer: Any) -> bool:
    """Raises jsonschema's ValidationError for an answer out of format, as Rasa's own method does."""
    match answer:
        case {"events": [*events], "responses": [*responses]} if all(
            isinstance(event, dict) and isinstance(event.get("event"), str) for event in events
        ) and all(isinstance(response, dict) for response in responses):
            return True
    raise ValidationError(f"the answer of {action.name()} has no events or no responses")


def _call(action: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """What an action is called with, without events and domain."""
    return {
        "next_action": action.name(),
        "sender_id": tracker.sender_id,
        "tracker": {**tracker.current_state(EventVerbosity.NONE), "events": []},
        "domain": {},
        "version": rasa.__version__,
    }


def _run(
    runner: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    """What the targets come to, each part run once and after those that it needs: as dask does it, in an order kept."""
    wanted = tuple(targets or runner._graph_schema.target_names)
    orders: dict[tuple[str, ...], list[str]] = runner.__dict__.setdefault("_takwin_orders", {})
    order = orders.get(wanted)
    if order is None:
        order = orders[wanted] = _order(runner, wanted)
    results = {name: (name, value) for name, value in (inputs or {}).items()}
    for name in order:
        needs = runner._graph_schema.nodes[name].needs.values()
        # What is not there is given by its name, and the part says what it misses.
        results[name] = runner._instantiated_nodes[name](*(results.get(need, need) for need in needs))
    return dict(results[name] for name in wanted)


def _order(runner: DaskGraphRunner, wanted: tuple[str, ...]) -> list[str]:
    """The parts that the targets need and the targets, each after all that it needs."""
    nodes = runner._graph_schema.nodes
    needed = {name: set(nodes[name].needs.values()) & nodes.keys() for name in nodes}
    before = set(runner._graph_schema.minimal_graph_schema(list(wanted)).nodes)
    return [name for name in TopologicalSorter(needed).static_order() if name in before]


@functools.lru_cache(maxsize=1)
def quicken() -> None:
    """Put them in place; a second call does nothing."""
    gc.collect()
    gc.freeze()  # what is there when the first turn comes stays
    gc.set_threshold(_YOUNG, 20, 50)
    RemoteAction._validate_action_result = _validate_answer
    RemoteAction._action_call_format = _call
    DaskGraphRunner.run = _run
    Event.resolve_by_type = staticmethod(functools.lru_cache(maxsize=None)(Event.resolve_by_type))
