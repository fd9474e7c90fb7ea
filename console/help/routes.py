"""The help: one page a topic, in the language of the console, with screenshots in it."""

from fastapi.responses import Response

from console.help.topics import BY_KEY, FILTERS, TOPICS
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import not_found
from console.web.visit import Visit, VisitHere

pages = PageGroup()


@pages.get("/help", Need.READER, bar="nav-help")
def help_page(visit: VisitHere) -> Response:
    return visit.page("help/help.html", topics=TOPICS)


@pages.get("/help/{topic}", Need.READER)
def topic_page(visit: VisitHere, topic: str) -> Response:
    found = BY_KEY.get(topic)
    if found is None:
        raise not_found()
    position = TOPICS.index(found)
    return visit.page(
        "help/topic.html",
        topic=found,
        topics=TOPICS,
        after=TOPICS[position + 1] if position + 1 < len(TOPICS) else None,
        filters=FILTERS,
        picture=lambda name: _picture(visit, name),
    )


def _picture(visit: Visit, name: str) -> str | None:
    """Where a screenshot in the visit's language is; None where none was taken."""
    try:
        return visit.site.static.address(f"help-{name}-{visit.words.language}.webp")
    except KeyError:
        return None
