"""Taking a conversation, answering in it, and giving it back."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.thread.handover import colleague, end, hand_on, tell
from console.thread.routes import thread_page
from console.thread.seen import seen
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import Refusal
from console.web.visit import Visit, VisitHere
from store.advisers import canned_answers
from store.conversations.deferred_replies import WAITING
from store.conversations.outbound import ContentTemplate, OutboundRecord
from store.core.vocabulary import DEFAULT_VARIETY
from store.handover import takeover
from store.tables import Conversation, Person

#: The reply key of what an adviser wrote in their own words.
ADVISER_WORDS = "adviser-words"

Compose = Callable[[Visit, Session, Conversation, Person], OutboundRecord]


class NotSent(Exception):
    """Words that cannot be sent: why (a key of words)."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


pages = PageGroup()


@pages.post("/conversations/{conversation_id}/take", Need.ADVISER)
def take_conversation(visit: VisitHere, conversation_id: UUID) -> Response:
    with visit.services.database.session() as session:
        conversation, person = seen(visit, session, conversation_id)
        _take(visit, session, conversation, person)
    return visit.go(f"/console/conversations/{conversation_id}#reply")


@pages.post("/conversations/{conversation_id}/reply", Need.ADVISER)
def send_reply(visit: VisitHere, conversation_id: UUID) -> Response:
    text = visit.text("text", 20_000).strip()
    return _answer(visit, conversation_id, _words, text)


@pages.post("/conversations/{conversation_id}/template", Need.ADVISER)
def send_template(visit: VisitHere, conversation_id: UUID) -> Response:
    return _answer(visit, conversation_id, _template)


@pages.post("/conversations/{conversation_id}/give-back", Need.ADVISER)
def give_back(visit: VisitHere, conversation_id: UUID) -> Response:
    return _end(visit, conversation_id, "adviser-gave-back", closed=False)


@pages.post("/conversations/{conversation_id}/close", Need.ADVISER)
def close_conversation(visit: VisitHere, conversation_id: UUID) -> Response:
    return _end(visit, conversation_id, "adviser-closed", closed=True)


@pages.post("/conversations/{conversation_id}/reopen", Need.ADVISER)
def reopen_conversation(visit: VisitHere, conversation_id: UUID) -> Response:
    return _end(visit, conversation_id, None, closed=False)


@pages.post("/conversations/{conversation_id}/assign", Need.ADVISER)
def assign_conversation(visit: VisitHere, conversation_id: UUID) -> Response:
    with visit.services.database.session() as session:
        conversation, person = seen(visit, session, conversation_id)
        to = colleague(session, visit.id("adviser"))
        if not hand_on(visit, session, conversation, person, to):
            raise Refusal(409, "refused-not-yours-to-assign")
    return visit.go(f"/console/conversations/{conversation_id}")


@pages.post("/conversations/{conversation_id}/segments", Need.ADVISER)
def count_segments(visit: VisitHere, conversation_id: UUID) -> Response:
    with visit.services.database.session() as session:
        seen(visit, session, conversation_id)
    text = visit.text("text", 20_000)
    return visit.page("thread/segments.html", counted=visit.services.segments(text) if text else None)


@pages.get("/conversations/{conversation_id}/canned", Need.ADVISER)
def canned_answers_fragment(visit: VisitHere, conversation_id: UUID) -> Response:
    with visit.services.database.session() as session:
        _, person = seen(visit, session, conversation_id)
        found = canned_answers.matching(session, visit.query("canned", 60))
    variety = person.variety or DEFAULT_VARIETY
    return visit.page("thread/canned.html", found=found, variety=variety, conversation_id=conversation_id)


@pages.post("/inbox/assign-waiting", Need.SUPERVISOR)
def assign_waiting(visit: VisitHere) -> Response:
    with visit.services.database.session() as session:
        shared = takeover.assign_waiting(session, visit.now)
        visit.audit(session, "assigned-waiting", shared=shared)
    return visit.go("/console/inbox?tab=waiting")


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
        tell(visit, session, conversation, "adviser-took-over", {"name": visit.adviser.display_name})


def _answer(visit: Visit, conversation_id: UUID, compose: Compose, draft: str = "") -> Response:
    """Sends what an adviser answers; the conversation stays theirs for as long again."""
    services = visit.services
    try:
        with services.database.session() as session:
            _, person = seen(visit, session, conversation_id)
            conversation = takeover.locked_for(session, conversation_id, visit.adviser.id)
            if services.notifier.reach(session, conversation).state != "active":
                raise NotSent("not-sent-address")
            record = compose(visit, session, conversation, person)
            services.notifier.send(session, conversation.id, record, visit.adviser.id)
            conversation.give_back_at = visit.now + services.give_back_after
            visit.audit(session, "answered", person_id=person.id, conversation_id=conversation_id)
    except takeover.NotTaken:
        return thread_page(visit, conversation_id, 409, problem="not-sent-not-taken", draft=draft)
    except NotSent as error:
        return thread_page(visit, conversation_id, 422, problem=error.key, draft=draft)
    return visit.go(f"/console/conversations/{conversation_id}#reply")


def _words(visit: Visit, session: Session, conversation: Conversation, person: Person) -> OutboundRecord:
    """What the adviser wrote in their own words."""
    text = visit.text("text", 20_000).strip()
    window = visit.services.notifier.reach(session, conversation).window
    if not text:
        raise NotSent("not-sent-empty")
    variety = person.variety or DEFAULT_VARIETY
    form: ContentTemplate | None = None
    if not window.is_open(visit.now):
        if all(each.key != WAITING for each in visit.services.templates):
            raise NotSent("not-sent-window")
        # The form leaves in their place, and the words when the person has answered it.
        form = ContentTemplate(WAITING)
    channel = visit.services.channels.get(conversation.channel)
    record = visit.services.write(text, conversation.channel)
    if channel is not None and len(record.text) > channel.max_text:
        raise NotSent("not-sent-long")
    return replace(record, reply_keys=(ADVISER_WORDS,), variety=variety, content_template=form)


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
    variety = person.variety or DEFAULT_VARIETY
    variety = variety if variety in wanted.texts else next(iter(wanted.texts))
    values = [
        " ".join(visit.text(f"place-{at}", 200).split()) for at in range(1, len(wanted.placeholders) + 1)
    ]
    if not all(values):
        raise NotSent("not-sent-places")
    text = wanted.texts[variety]
    for at, value in enumerate(values, start=1):
        text = text.replace("{{" + str(at) + "}}", value)
    form = ContentTemplate(wanted.key, values)
    return OutboundRecord((wanted.key,), text, variety=variety, content_template=form)


def _end(visit: Visit, conversation_id: UUID, key: str | None, *, closed: bool) -> Response:
    """The assistant has the conversation again, or nobody until the person writes; they are told which."""
    with visit.services.database.session() as session:
        conversation, person = seen(visit, session, conversation_id)
        changed = end(visit, session, conversation, person, key, closed=closed)
    if changed is None:
        raise Refusal(409, "refused-taken")
    return visit.go("/console/inbox?tab=mine" if changed else f"/console/conversations/{conversation_id}")
