"""The step that links two channels of one person.

    on the first     a word ("lier", "ربط")              a code of six digits, for fifteen minutes
    on the second    the code                            "I ask on the first", and the way to take it back
    on the first     "is it you?"  yes, or no            the two persons are one, or the code is void; both hear it

Nothing of the second channel is shown on the first before the yes, nor the other way round.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.orm import Session

from channels.contract.numbers import LONGEST, bare_number
from channels.contract.steps import Incoming, Settled, Unprompted
from store.conversations import conversations
from store.conversations.outbound import find_option
from store.conversations.replies import Reply
from store.lifecycle.merging import Merged, lock_both, merge
from store.people import link_codes
from store.people.link_codes import Question
from store.people.people import PersonUnknown
from store.queue.job_claims import rename_lock

_YES = "link_yes"
_NO = "link_no"
_ENTITY = "link"
_REFUSED: Mapping[str, str] = {
    "expired": "link-expired",
    "own": "link-own",
    "too-many": "link-too-many",
}


@dataclass(frozen=True)
class LinkWords:
    """Whole messages in plain form (data/words/link.txt, link-yes.txt, link-no.txt)."""

    ask: Collection[str]
    yes: Collection[str]
    no: Collection[str]


@dataclass(frozen=True)
class _Answer:
    says: Literal["link_yes", "link_no"]
    code_id: UUID


class Linking:
    """Gives codes, takes them, and joins two persons after a yes. `plain` is the form in which titles are compared."""

    def __init__(self, words: LinkWords, plain: Callable[[str], str] = str.casefold) -> None:
        self._words = words
        self._plain = plain

    def __call__(self, session: Session, incoming: Incoming) -> Settled | None:
        answer = self._answer(session, incoming)
        if answer is not None:
            return _settle(session, incoming, answer)
        if incoming.plain in self._words.ask:
            code = link_codes.create_code(session, incoming.person_id, incoming.channel)
            return Settled((_reply("link-code-wait") if code is None else _reply("link-code", code=code),))
        code = six_digits(incoming.text)
        return None if code is None else _claim(session, incoming, code)

    def _answer(self, session: Session, incoming: Incoming) -> _Answer | None:
        """What was answered to a question about a code: its choice was tapped, or typed as a number, as its title, or,
        right after the question, in other words.
        """
        if incoming.option_id is not None:
            found = find_option(session, incoming.conversation_id, incoming.option_id)
            return _read(found)
        if not incoming.text:
            return None
        options = incoming.offered
        offered = [each for each in map(_read, options) if each is not None]
        if not offered:
            return None
        number = bare_number(incoming.text)
        if number is not None:
            return _read(options[number - 1]) if 1 <= number <= len(options) else None
        titled = [each for each in options if self._plain(str(each.get("title"))) == incoming.plain]
        if titled:
            return _read(titled[0])
        if not link_codes.was_prompted(session, incoming.conversation_id):
            return None
        for says, words in ((_YES, self._words.yes), (_NO, self._words.no)):
            if incoming.plain in words:
                return next((each for each in offered if each.says == says), None)
        return None


def six_digits(text: str) -> str | None:
    """The code that the whole text is, in Latin digits; spaces and hyphens may part it."""
    if len(text) > LONGEST:
        return None
    bare = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))
    if len(bare) != link_codes.DIGITS or not all(each.isdecimal() for each in bare):
        return None
    return "".join(str(int(each)) for each in bare)


def _claim(session: Session, incoming: Incoming, code: str) -> Settled | None:
    found = link_codes.claim(session, incoming.message_id, code)
    if not isinstance(found, Question):
        # Six digits may be anything while they are no code: the engine reads them.
        return Settled((_reply(_REFUSED[found]),)) if found in _REFUSED else None
    there = conversations.open_conversation(session, found.person_id, found.channel)
    question = _reply(
        "link-confirm",
        (_option("option-link-yes", _YES, found), _option("option-link-no", _NO, found)),
        channel=_channel(found.claimed_on),
    )
    told = _reply("link-asked", (_option("option-link-cancel", _NO, found),), channel=_channel(found.channel))
    return Settled((told,), elsewhere=(Unprompted(there.id, (question,)),))


def _settle(session: Session, incoming: Incoming, answer: _Answer) -> Settled:
    lock = answer.says == _NO
    question = link_codes.open_question(session, answer.code_id, incoming.person_id, lock=lock)
    if question is None or (answer.says == _YES and incoming.person_id != question.person_id):
        return Settled((_reply("link-expired"),))
    if answer.says == _YES:
        return _join(session, incoming, question)
    link_codes.settle(session, question.code_id)
    mine = incoming.person_id == question.person_id
    other = (question.claimed_by, question.claimed_on) if mine else (question.person_id, question.channel)
    there = conversations.open_conversation(session, *other)
    replies = (_reply("link-refused"),)
    return Settled(replies, elsewhere=(Unprompted(there.id, replies),))


def _join(session: Session, incoming: Incoming, question: Question) -> Settled:
    keep, gone = question.person_id, question.claimed_by
    try:
        lock_both(session, keep, gone)
    except PersonUnknown:
        return Settled((_reply("link-expired"),))
    # Read again under the locks: the other side may have taken it back meanwhile.
    if link_codes.open_question(session, question.code_id, keep) is None:
        return Settled((_reply("link-expired"),))
    link_codes.settle(session, question.code_id)
    _requeue(session, merge(session, keep, gone))
    there = conversations.open_conversation(session, keep, question.claimed_on)
    elsewhere = (
        ()
        if there.id == incoming.conversation_id
        else (Unprompted(there.id, (_reply("link-done", channel=_channel(incoming.channel)),)),)
    )
    replies = (_reply("link-done", channel=_channel(question.claimed_on)),)
    return Settled(replies, elsewhere=elsewhere, forget=(gone,))


def _requeue(session: Session, merged: Merged) -> None:
    """Turns and deliveries that wait keep their order among those of the person they now belong to."""
    rename_lock(session, f"person:{merged.gone}", f"person:{merged.kept}")
    for gone, kept in merged.conversations.items():
        rename_lock(session, f"conversation:{gone}", f"conversation:{kept}")


def _read(option: Mapping[str, Any] | None) -> _Answer | None:
    if option is None or option.get("intent") not in (_YES, _NO):
        return None
    for entity in option.get("entities") or ():
        if entity.get("entity") == _ENTITY:
            return _Answer(option["intent"], UUID(entity["value"]))
    return None


def _option(title: str, says: str, question: Question) -> dict[str, Any]:
    return {
        "id": secrets.token_urlsafe(6),
        "title_key": title,
        "title_args": {},
        "intent": says,
        "entities": [{"entity": _ENTITY, "value": str(question.code_id)}],
    }


def _reply(key: str, options: Collection[Mapping[str, Any]] = (), **args: Any) -> Reply:
    return Reply(key, args, list(options))


def _channel(name: str) -> dict[str, str]:
    return {"$": "term", "set": "channel", "value": name}
