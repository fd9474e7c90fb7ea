"""An example of every route's address, with fields that a form of it would send."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from bot.nlu.folding import fold
from console.building import ROUTES
from store.advisers import canned_answers
from store.advisers.access_scope import AccessScope
from store.advisers.advisers import NewAdviser, add
from store.inbox import saved_views
from store.review import intake as review_intake
from store.review import queue as review
from takwin import reviewing
from tests.console.conftest import _KEPT, Console, Said
from tests.console.course_things import of_courses


@dataclass(frozen=True)
class Things:
    """What the addresses are about."""

    said: Said
    adviser_id: UUID
    view_id: UUID
    canned_id: UUID
    values: Mapping[str, str] = field(default_factory=dict)
    item_id: UUID = field(default_factory=uuid4)


def make_things(console: Console) -> Things:
    """A conversation that waits, a colleague, a shared view, a canned answer."""
    said = console.says("je veux parler à un conseiller", name="Amina", city="fes", variety="fr")
    with console.database.session() as session:
        colleague = add(session, NewAdviser("colleague", "Colleague", _KEPT, must_change=False)).id
        saved_views.save(session, colleague, "SMS", "channel:sms", shared=True)
        view_id = next(view.id for view in saved_views.of_adviser(session, colleague))
        canned_answers.put(session, "bonjour", {"fr": "Bonjour", "ar": "مرحبا"}, None)
        canned_id = next(answer.id for answer in canned_answers.everything(session))
    values = of_courses(console, said, colleague)
    return Things(said, colleague, view_id, canned_id, values, item_id=to_review(console))


def to_review(console: Console) -> UUID:
    """A message in the queue of review."""
    understood = {
        "intent": "find_course", "confidence": 0.41, "variety": "fr",
        "ranking": [["find_course", 0.41], ["recommend_course", 0.33], ["help", 0.1]],
        "entities": [{"entity": "topic", "value": "cloud", "start": 16, "end": 21}],
    }  # fmt: skip
    console.says("un truc dans le cloud", sender="+212600000077", city="fes", understanding=understood)
    with console.database.session() as session:
        review_intake.take_in(session, fold, reviewing.complains)
        everywhere = AccessScope()
        page = review.listing(session, everywhere, uuid4(), "queue", review.ReviewFilter())
        return next(entry.item.id for entry in page.entries if entry.message.text == "un truc dans le cloud")


def address(route: str, things: Things) -> str:
    """The path of a route, its places filled in."""
    path = route.split(" ", 1)[1]
    values = {
        "conversation_id": things.said.conversation_id,
        "message_id": things.said.message_id,
        "person_id": things.said.person_id,
        "adviser_id": things.adviser_id,
        "view_id": things.view_id,
        "canned_id": things.canned_id,
        "item_id": things.item_id,
        "version": "0",
        "name": "console.css",
        "topic": "inbox",
        "table": "funnel",
        **things.values,
    }
    return path.format(**values)


def stranger(route: str, things: Things) -> str:
    """The path of a route with ids that nothing has."""
    values = dict.fromkeys(things.values, "nothing") | {
        name: str(uuid4()) for name in ("registration_id", "draft_id")
    }
    nobody = Things(Said(uuid4(), uuid4(), uuid4()), uuid4(), uuid4(), uuid4(), values)
    return address(route, nobody)


#: What a form of the route sends beside its token.
FIELDS: dict[str, dict[str, str]] = {
    "POST /console/inbox/bulk": {"tab": "all", "act": "read", "chosen": "{conversation_id}"},
    "POST /console/conversations/{conversation_id}/tags": {"target": "conversation", "name": "urgent"},
    "POST /console/conversations/{conversation_id}/notes": {"note": "vu"},
    "POST /console/conversations/{conversation_id}/reply": {"text": "Bonjour"},
    "POST /console/people/{person_id}/phone": {"conversation": "{conversation_id}"},
    "POST /console/conversations/{conversation_id}/assign": {"adviser": "{adviser_id}"},
}

#: Pages to look at: every GET that answers with a whole page to who is signed in.
PAGES = tuple(
    route
    for route in ROUTES
    if (
        route.startswith("GET ")
        and not route.endswith(
            (
                "/events",
                "/list",
                "/filter",
                "/messages",
                "/canned",
                "{name}",
                "GET /console",
                "GET /console/",
                "/next",
                "/export",
                ".csv",
                "/journey",
            )
        )
    )
    or route == "GET /console/canned"
)


def fields(route: str, things: Things) -> dict[str, str]:
    """The fields of a route's form, their places filled in."""
    ids = {"conversation_id": things.said.conversation_id, "adviser_id": things.adviser_id}
    return {name: value.format(**ids) for name, value in FIELDS.get(route, {}).items()}
