"""Taking a conversation, answering in it, and giving it back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.pages import Pages
from console.refusals import Refusal, not_found
from console.thread.routes import thread_page
from console.thread.seen import reachable, seen, window_of
from console.visit import Visit, VisitHere
from store import advisers, canned_answers, conversations, takeover
from store.conversations import OutboundRecord
from store.tables import Adviser, Conversation, Person

#: Among the arguments of a stored message, as the outbox reads them: the approved form to send outside the window,
#: and the variety its words are in.
TEMPLATE = "$template"
VARIETY = "$variety"
#: The reply key of what an adviser wrote in their own words.
ADVISER_WORDS = "adviser-words"
#: The form that says that an answer waits (data/templates/whatsapp.json).
WAITING = "adviser_reply_waiting"
_DEFAULT_VARIETY = "fr"


Compose = Callable[[Visit, Session, Conversation, Person], OutboundRecord]


class NotSent(Exception):
    """Words that cannot be sent: why (a key of words)."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


def add_pages(pages: Pages) -> None:
    @pages.post("/conversations/{conversation_id}/take")
    def take(visit: VisitHere, conversation_id: UUID) -> Response:
        with visit.services.database.session() as session:
            conversation, person = seen(visit, session, conversation_id)
            _take(visit, session, conversation, person)
        return visit.go(f"/console/conversations/{conversation_id}#reply")

    @pages.post("/conversations/{conversation_id}/reply")
    def reply(visit: VisitHere, conversation_id: UUID) -> Response:
        said = visit.text("text", 20_000).strip()
        return _answer(visit, conversation_id, _words, said)

    @pages.post("/conversations/{conversation_id}/template")
    def template(visit: VisitHere, conversation_id: UUID) -> Response:
        return _answer(visit, conversation_id, _template)

    @pages.post("/conversations/{conversation_id}/give-back")
    def give_back(visit: VisitHere, conversation_id: UUID) -> Response:
        return _end(visit, conversation_id, "adviser-gave-back", closed=False)

    @pages.post("/conversations/{conversation_id}/close")
    def close(visit: VisitHere, conversation_id: UUID) -> Response:
        return _end(visit, conversation_id, "adviser-closed", closed=True)

    @pages.post("/conversations/{conversation_id}/reopen")
    def reopen(visit: VisitHere, conversation_id: UUID) -> Response:
        return _end(visit, conversation_id, None, closed=False)

    @pages.post("/conversations/{conversation_id}/assign")
    def assign(visit: VisitHere, conversation_id: UUID) -> Response:
        with visit.services.database.session() as session:
            conversation, person = seen(visit, session, conversation_id)
            to = colleague(session, visit.id("adviser"))
            if not hand_on(visit, session, conversation, person, to):
                raise Refusal(409, "refused-not-yours-to-assign")
        return visit.go(f"/console/conversations/{conversation_id}")

    @pages.post("/conversations/{conversation_id}/segments")
    def segments(visit: VisitHere, conversation_id: UUID) -> Response:
        with visit.services.database.session() as session:
            seen(visit, session, conversation_id)
        said = visit.text("text", 20_000)
        return visit.page("thread/segments.html", counted=visit.services.segments(said) if said else None)

    @pages.get("/conversations/{conversation_id}/canned")
    def canned(visit: VisitHere, conversation_id: UUID) -> Response:
        with visit.services.database.session() as session:
            _, person = seen(visit, session, conversation_id)
            found = canned_answers.matching(session, visit.query("canned", 60))
        variety = person.variety or _DEFAULT_VARIETY
        return visit.page("thread/canned.html", found=found, variety=variety, conversation_id=conversation_id)

    @pages.post("/inbox/assign-waiting")
    def assign_waiting(visit: VisitHere) -> Response:
        with visit.services.database.session() as session:
            shared = takeover.assign_waiting(session, visit.now)
            visit.audit(session, "assigned-waiting", shared=shared)
        return visit.go("/console/inbox?tab=waiting")


def colleague(session: Session, adviser_id: UUID) -> Adviser:
    """Somebody to whom conversations are handed on. Refuses who is not there, or answers nobody."""
    try:
        found = advisers.get(session, adviser_id)
    except advisers.AdviserUnknown:
        raise not_found() from None
    if found.disabled_at is not None or found.role == "reader":
        raise not_found()
    return found


def hand_on(visit: Visit, session: Session, conversation: Conversation, person: Person, to: Adviser) -> bool:
    """Hands a conversation on. False, and nothing done, where another adviser has it and who asks is no supervisor, or
    where who is to have it does not see the people of this place.
    """
    takeover.hold(session, conversation.id)
    if of_another(visit, conversation) or not takeover.serves(to, person.city, person.region):
        return False
    takeover.assign(session, conversation.id, to.id, visit.now, visit.services.give_back_after)
    visit.audit(session, "assigned", person_id=person.id, conversation_id=conversation.id, to=str(to.id))
    return True


def of_another(visit: Visit, conversation: Conversation) -> bool:
    """Whether another adviser has the conversation, from whom only a supervisor takes it."""
    return (
        conversation.state == "adviser"
        and conversation.adviser_id != visit.adviser.id
        and visit.adviser.role not in advisers.EVERYWHERE
    )


def _take(visit: Visit, session: Session, conversation: Conversation, person: Person) -> None:
    """The conversation is theirs from now on, and its person is told by whom they are served."""
    try:
        new = takeover.take(
            session, conversation.id, visit.adviser.id, visit.now, visit.services.give_back_after
        )
    except takeover.TakenAlready:
        raise Refusal(409, "refused-taken") from None
    if new:
        visit.audit(session, "taken", person_id=person.id, conversation_id=conversation.id)
        tell(visit, session, conversation, person, "adviser-took-over", {"name": visit.adviser.display_name})


def tell(
    visit: Visit,
    session: Session,
    conversation: Conversation,
    person: Person,
    key: str,
    args: Mapping[str, Any] | None = None,
) -> None:
    """Tells a person something in their variety, where they can be told now."""
    window = window_of(visit, session, conversation)
    if (window is not None and not window.open) or reachable(session, conversation) != "active":
        return
    variety = person.variety or _DEFAULT_VARIETY
    send(visit, session, conversation, visit.services.render(key, args or {}, variety, conversation.channel))


def send(visit: Visit, session: Session, conversation: Conversation, record: OutboundRecord) -> None:
    """Stores a message of the adviser's and has it delivered, in one transaction."""
    stored = conversations.store_unprompted(session, conversation.id, [record])
    takeover.write_author(session, [message.id for message in stored], visit.adviser.id)
    for message in stored:
        visit.services.deliver(session, message)


def _answer(visit: Visit, conversation_id: UUID, compose: Compose, draft: str = "") -> Response:
    """Sends what an adviser answers; the conversation stays theirs for as long again."""
    services = visit.services
    try:
        with services.database.session() as session:
            _, person = seen(visit, session, conversation_id)
            conversation = takeover.held_by(session, conversation_id, visit.adviser.id)
            if reachable(session, conversation) != "active":
                raise NotSent("not-sent-address")
            send(visit, session, conversation, compose(visit, session, conversation, person))
            conversation.give_back_at = visit.now + services.give_back_after
            visit.audit(session, "answered", person_id=person.id, conversation_id=conversation_id)
    except takeover.NotTaken:
        return thread_page(visit, conversation_id, 409, problem="not-sent-not-taken", draft=draft)
    except NotSent as error:
        return thread_page(visit, conversation_id, 422, problem=error.key, draft=draft)
    return visit.go(f"/console/conversations/{conversation_id}#reply")


def _words(visit: Visit, session: Session, conversation: Conversation, person: Person) -> OutboundRecord:
    """What the adviser wrote in their own words."""
    said = visit.text("text", 20_000).strip()
    window = window_of(visit, session, conversation)
    if not said:
        raise NotSent("not-sent-empty")
    variety = person.variety or _DEFAULT_VARIETY
    args: dict[str, Any] = {VARIETY: variety}
    if window is not None and not window.open:
        if all(each.key != WAITING for each in visit.services.templates):
            raise NotSent("not-sent-window")
        # The form leaves in their place, and the words when the person has answered it.
        args[TEMPLATE] = {"key": WAITING, "values": []}
    channel = visit.services.channels.get(conversation.channel)
    record = visit.services.write(said, conversation.channel)
    if channel is not None and len(record.text) > channel.max_text:
        raise NotSent("not-sent-long")
    return replace(record, reply=ADVISER_WORDS, args=args)


def _template(
    visit: Visit,
    session: Session,  # noqa: ARG001
    conversation: Conversation,  # noqa: ARG001
    person: Person,
) -> OutboundRecord:
    """A form approved beforehand, with its places filled in by the adviser."""
    wanted = next((each for each in visit.services.templates if each.key == visit.text("template", 80)), None)
    if wanted is None:
        raise NotSent("not-sent-template")
    variety = person.variety or _DEFAULT_VARIETY
    variety = variety if variety in wanted.texts else next(iter(wanted.texts))
    values = [" ".join(visit.text(f"place-{at}", 200).split()) for at in range(1, len(wanted.places) + 1)]
    if not all(values):
        raise NotSent("not-sent-places")
    text = wanted.texts[variety]
    for at, value in enumerate(values, start=1):
        text = text.replace("{{" + str(at) + "}}", value)
    args = {TEMPLATE: {"key": wanted.key, "values": values}, VARIETY: variety}
    return OutboundRecord(reply=wanted.key, text=text, args=args)


def _end(visit: Visit, conversation_id: UUID, key: str | None, *, closed: bool) -> Response:
    """The assistant has the conversation again, or nobody until the person writes; they are told which."""
    with visit.services.database.session() as session:
        conversation, person = seen(visit, session, conversation_id)
        changed = end(visit, session, conversation, person, key, closed=closed)
    if changed is None:
        raise Refusal(409, "refused-taken")
    return visit.go("/console/inbox?tab=mine" if changed else f"/console/conversations/{conversation_id}")


def end(
    visit: Visit,
    session: Session,
    conversation: Conversation,
    person: Person,
    key: str | None,
    *,
    closed: bool,
) -> bool | None:
    """Gives a conversation back, or closes it. None where another adviser has it; False where it was so already."""
    takeover.hold(session, conversation.id)
    if of_another(visit, conversation):
        return None
    held = conversation.state == "adviser"
    changed = takeover.give_back(session, conversation.id, visit.now, closed=closed)
    if changed:
        action = "closed" if closed else "given-back"
        visit.audit(session, action, person_id=person.id, conversation_id=conversation.id)
        if held and key is not None:
            tell(visit, session, conversation, person, key)
    return changed
