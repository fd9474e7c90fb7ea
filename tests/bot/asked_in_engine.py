"""Run by the engine's Python: what is taken for the question asked last; prints JSON.

python asked_in_engine.py < [{"slots": {...}, "said": [[kind, seconds ago], ...], "marks": {...}}, ...]
"""

import json
import sys
import time
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.turn import TurnRequest, _open_question, _user_message

DOMAIN = Domain.from_yaml("""
version: "3.1"
slots:
  requested_slot: {type: any, mappings: [{type: custom}]}
  offer: {type: any, mappings: [{type: custom}]}
  expecting: {type: any, mappings: [{type: custom}]}
""")


def metadata(slots: dict[str, Any], said: list[list[Any]], marks: dict[str, Any]) -> Any:
    tracker = DialogueStateTracker("p", DOMAIN.slots)
    for kind, ago in said:
        at = time.time() - ago
        tracker.update(
            BotUttered("", timestamp=at) if kind == "bot" else UserUttered("x", timestamp=at), DOMAIN
        )
    for name, value in slots.items():
        tracker.update(SlotSet(name, value), DOMAIN)
    request = TurnRequest("m", "p", "web", None, "oui", None, **marks)
    return _user_message(request, _open_question(request, tracker)).metadata


if __name__ == "__main__":
    print(json.dumps([metadata(**each) for each in json.load(sys.stdin)]))
