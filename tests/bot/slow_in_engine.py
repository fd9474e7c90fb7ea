"""The engine with a parse that takes as long as a text says ("sleep 5"), as `python -m bot.serve` runs it."""

import time

from bot.serve import main
from bot.without_tensorflow import stand_in

stand_in()

from rasa.core.processor import MessageProcessor  # noqa: E402

_parse = MessageProcessor._parse_message_with_graph


def _slowly(processor, message, *others):  # type: ignore[no-untyped-def]
    words = message.text.split()
    if words[0] == "sleep":
        time.sleep(float(words[1]))
    return _parse(processor, message, *others)


MessageProcessor._parse_message_with_graph = _slowly

if __name__ == "__main__":
    main()
