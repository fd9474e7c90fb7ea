"""A conversation as a journey test: anonymous, in the format of `tests/journeys/`, to be kept and held again."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from fastapi.responses import Response

from console.review.desk import DeskHere
from console.thread.seen import seen
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.visit import VisitHere
from store.conversations import threads
from store.core.vocabulary import VARIETIES
from store.tables import Message

#: The messages of a conversation that a journey is made of: the last so many.
LONGEST = 400

pages = PageGroup()


@pages.get("/conversations/{conversation_id}/journey", Need.ADVISER)
def save_journey(visit: VisitHere, desk: DeskHere, conversation_id: UUID) -> Response:
    with visit.services.database.session() as session:
        _, person = seen(visit, session, conversation_id)
        found = threads.messages(session, conversation_id, limit=LONGEST).messages
        names = desk.names(person)
        visit.audit(session, "journey-saved", person_id=person.id, conversation_id=conversation_id)
        variety = person.variety if person.variety in VARIETIES else VARIETIES[1]
        text = journey(found, lambda text: desk.anonymous.text(text, names), variety)
    name = f"{variety}-{visit.now:%Y-%m-%d-%H%M}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="text/plain; charset=utf-8", headers=headers)


def journey(messages: Sequence[Message], anonymous: Callable[[str], str], variety: str) -> str:
    """The journey of a conversation: what was said, as it was understood, and the reply keys it got.

    What an adviser wrote, and what was sent without being asked, cannot be held again and stands as a remark.
    """
    replies: dict[UUID | None, list[Message]] = {}
    for message in messages:
        if message.direction == "out":
            replies.setdefault(message.in_reply_to, []).append(message)
    lines = [
        f"# Saved from a conversation, made anonymous. Say here what it shows. Belongs into tests/journeys/{variety}/."
    ]
    for number, message in enumerate(messages):
        if message.direction == "in":
            lines += _turn_lines(message, messages[:number], anonymous)
            lines += _answered(replies.get(message.id, ()))
        elif message.author_kind == "adviser":
            lines.append("# (an adviser wrote here)")
        elif message.in_reply_to is None:
            lines.append(f"# (sent unasked: {' + '.join(message.reply_keys or ())})")
    return "\n".join(lines) + "\n"


def _turn_lines(
    message: Message, before: Sequence[Message], anonymous: Callable[[str], str]
) -> Iterator[str]:
    understood = (message.understanding or {}).get("intent")
    if message.option:
        choice = _choice(message.option, before)
        yield f">> {choice}" if choice else "# (a choice that is no longer known)"
    elif message.text and (text := anonymous(message.text)):
        yield f"> {text}"
    else:
        yield "# (a message without text)"
        return
    if understood and not message.option:
        yield f"= {understood}"


def _choice(option: dict[str, Any], before: Sequence[Message]) -> str | None:
    """The choice as a journey names it: the key of its title, and which it is of several of that key."""
    for message in reversed(before):
        offered = message.options or []
        chosen = next((each for each in offered if each.get("id") == option.get("id")), None)
        if chosen is not None and chosen.get("title_key"):
            alike = [each for each in offered if each.get("title_key") == chosen["title_key"]]
            number = alike.index(chosen) + 1
            return chosen["title_key"] if number == 1 else f"{chosen['title_key']} {number}"
    return None


def _answered(answers: Sequence[Message]) -> Iterator[str]:
    keys = [key for each in answers if each.author_kind != "adviser" for key in each.reply_keys or ()]
    if keys:
        yield f"< {', '.join(keys)}"
    varieties = {each.variety for each in answers if each.variety}
    if len(varieties) == 1:
        yield f"@ {varieties.pop()}"
