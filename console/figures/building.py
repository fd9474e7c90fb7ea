"""Which tables there are, and what is in each: from the figures of a period to rows with words and links."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from console.figures.request import Wanted
from console.figures.tables import Column, Table, TableRow, Value, ranked, share
from console.web.words import Words
from store.core.regions import REGION_OF_CITY
from store.core.vocabulary import CITIES
from store.figures.expensive_conversations import ExpensiveConversation
from store.figures.figures import Figures, Numbers
from store.figures.filters import FIELDS
from store.figures.funnel import DETAIL_REPLIES, LIST_REPLIES, SEARCH_INTENTS, funnel
from store.figures.times import percentile
from store.tables.conversations import UNANSWERED_REPLIES

_MANY = 12
#: What opens the list behind a step of the funnel, in the language of filters.
_BEHIND = {
    "wrote": (),
    "asked": (f"intent:{','.join(SEARCH_INTENTS)}",),
    "shown": (f"reply:{','.join(LIST_REPLIES)}",),
    "detail": (f"reply:{','.join(DETAIL_REPLIES)}",),
}
#: And the registrations behind its last two.
_REGISTERED = {"registered": {}, "completed": {"state": "completed"}}
#: What people say who are handed to an adviser for a reason.
_REASON_QUERY = {
    "asked": "intent:talk_to_adviser", "access_problem": "intent:report_access_problem", "jobs": "intent:ask_jobs",
    "job_loss": "intent:job_loss", "agency": "intent:find_agency", "business": "intent:ask_business_support",
    "employer": "intent:employer_training",
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """All that the tables are made of."""

    figures: Figures
    wanted: Wanted
    words: Words
    titles: Mapping[str, str]
    cost: Callable[[int], Decimal]
    budget: int
    over_budget: int
    expensive: Sequence[ExpensiveConversation]

    def part(self, part: str) -> list[tuple[str | None, Numbers]]:
        """The numbers of a part by its values, those of most people first and what is not known last.

        Regions are those of the cities people told.
        """
        found = self._regions() if part == "region" else self.figures.numbers.get(part, {}).items()
        return sorted(found, key=lambda item: (item[0] is None, -item[1].people, item[0] or ""))

    def _regions(self) -> Iterable[tuple[str | None, Numbers]]:
        by_region: dict[str | None, Numbers] = {}
        for city, each in self.figures.numbers.get("city", {}).items():
            region = REGION_OF_CITY.get(city or "")
            by_region[region] = by_region.get(region, Numbers()).with_these(each)
        return by_region.items()

    def named(self, part: str, value: str | None) -> str:
        if value is None:
            return self.words.say("figures-not-known")
        return (
            self.words.say(f"{part}-{value}")
            if part in ("channel", "variety")
            else self.words.name(part, value)
        )


def all_tables(known: Known) -> list[Table]:
    """Every table of the page, in its order."""
    return [
        _days(known), _by(known, "channel"), _by(known, "variety"), _funnel(known), _assistant(known),
        _unanswered(known), _courses(known), _handed_over(known), _times(known), _sms(known), _expensive(known),
        _failures(known),
        *(_equity(known, part) for part in ("region", "city", "education", "employment_status", "channel", "variety")),
    ]  # fmt: skip


def _days(known: Known) -> Table:
    rows = [
        TableRow(
            day,
            (each.people, each.new_people, each.messages_in, each.messages_out),
            known.wanted.listed(day=day),
        )
        for day, each in sorted(known.figures.numbers.get("day", {}).items(), key=lambda item: item[0] or "")
        if day is not None
    ]
    columns = (Column("people"), Column("new"), Column("in"), Column("out"))
    return Table("days", columns, tuple(rows), "lines", (0, 2))


def _by(known: Known, part: str) -> Table:
    everybody = known.figures.total.people
    rows = [
        TableRow(
            known.named(part, value),
            (each.people, share(each.people, everybody), each.messages_in, each.messages_out),
            known.wanted.listed(**{part: value}) if value else None,
        )
        for value, each in known.part(part)
    ]
    columns = (Column("people"), Column("people-share", "share"), Column("in"), Column("out"))
    return Table(f"by-{part}", columns, tuple(rows))


def _funnel(known: Known) -> Table:
    rows = [
        TableRow(
            known.words.say(f"figures-step-{step.name}"),
            (step.people, share(step.people, known.figures.total.people), step.lost),
            _behind(known, step.name),
        )
        for step in funnel(known.figures.total.stages)
    ]
    return Table(
        "funnel", (Column("people"), Column("people-share", "share"), Column("lost", "share")), tuple(rows)
    )


def _behind(known: Known, step: str) -> str:
    if step in _REGISTERED:
        return known.wanted.registrations(**_REGISTERED[step])
    return known.wanted.listed(*_BEHIND[step])


def _assistant(known: Known) -> Table:
    """How well the assistant did: shares of what it was asked."""
    total = known.figures.total
    shares: list[tuple[str, int, int, tuple[str, ...]]] = [
        ("fallback", total.fallbacks, total.messages_in, ("is:fallback",)),
        ("out-of-scope", total.out_of_scope, total.messages_in, ("is:out-of-scope",)),
        ("unanswered", total.unanswered, total.messages_in, (f"reply:{','.join(UNANSWERED_REPLIES)}",)),
        (
            "handed-over",
            total.handed_over,
            total.people,
            ("reply:adviser-requested,adviser-already-requested",),
        ),
    ]
    rows = [
        TableRow(
            known.words.say(f"figures-share-{name}"),
            (share(part, whole), part, whole),
            known.wanted.listed(*behind),
        )
        for name, part, whole, behind in shares
    ]
    return Table("assistant", (Column("share", "share"), Column("counted"), Column("of")), tuple(rows))


def _unanswered(known: Known) -> Table:
    reply = f"reply:{','.join(UNANSWERED_REPLIES)}"
    rows = [
        TableRow(
            known.words.name("topic", topic) or known.words.say("figures-no-topic"),
            (count,),
            known.wanted.listed(reply, f"topic:{topic}") if topic else known.wanted.listed(reply),
        )
        for topic, count in ranked(known.figures.counts.get("unanswered", {}), _MANY)
    ]
    return Table("unanswered", (Column("counted"),), tuple(rows))


def _courses(known: Known) -> Table:
    measures = ("shown", "told", "registered", "completed")
    counted = [known.figures.counts.get(measure, {}) for measure in measures]
    every = {course for counts in counted for course in counts}
    first = sorted(every, key=lambda course: [*(-counts.get(course, 0) for counts in counted[1:3]), course])
    rows = [
        TableRow(
            known.titles.get(each, each),
            tuple(counts.get(each, 0) for counts in counted),
            known.wanted.registrations(course=each),
        )
        for each in first[:20]
    ]
    columns = (Column("shown"), Column("told"), Column("registered"), Column("completed"))
    return Table("courses", columns, tuple(rows), "bars", (1,))


def _handed_over(known: Known) -> Table:
    rows = [
        TableRow(
            known.words.name("reason", reason),
            (count,),
            known.wanted.listed(_REASON_QUERY.get(reason, "is:request")),
        )
        for reason, count in ranked(known.figures.counts.get("handed-over", {}), _MANY)
    ]
    return Table("handed-over", (Column("counted"),), tuple(rows))


def _times(known: Known) -> Table:
    rows = []
    for who, measure in (("assistant", "answered"), ("advisers", "adviser-answered")):
        counts = known.figures.counts.get(measure, {})
        values: tuple[Value, ...] = (percentile(counts, 0.5), percentile(counts, 0.95), sum(counts.values()))
        rows.append(TableRow(known.words.say(f"figures-times-{who}"), values))
    columns = (Column("half", "seconds"), Column("nearly-all", "seconds"), Column("answers"))
    return Table("times", columns, tuple(rows), "none")


def _sms(known: Known) -> Table:
    """What SMS cost, by variety: Arabic letters take more segments. A mean is told of all who use SMS together."""
    rows = []
    for value, each in known.part("variety"):
        if each.segments:
            link = known.wanted.listed(**{"channel": "sms", **({"variety": value} if value else {})})
            values = (each.segments, known.cost(each.segments), None, None)
            rows.append(TableRow(known.named("variety", value), values, link))
    sms = dict(known.part("channel")).get("sms", Numbers())
    cost, people = known.cost(sms.segments), sms.people or 1
    values_of_all = (sms.segments, cost, sms.segments / people, cost / people)
    rows.append(
        TableRow(known.words.say("figures-together"), values_of_all, known.wanted.listed(channel="sms"))
    )
    each_column = (Column("segments-each", "rate"), Column("cost-each", "money"))
    return Table("sms", (Column("segments"), Column("cost", "money"), *each_column), tuple(rows))


def _expensive(known: Known) -> Table:
    rows = [
        TableRow(
            str(each.segments),
            (each.segments, known.cost(each.segments)),
            f"/console/conversations/{each.conversation_id}",
        )
        for number, each in enumerate(known.expensive, 1)
    ]
    return Table("costly", (Column("segments"), Column("cost", "money")), tuple(rows), "none")


def _failures(known: Known) -> Table:
    rows = [
        TableRow(known.words.name("failure", reason) or known.words.say("figures-not-known"), (count,))
        for reason, count in ranked(known.figures.counts.get("failed", {}), _MANY)
    ]
    return Table("failures", (Column("counted"),), tuple(rows))


def _equity(known: Known, part: str) -> Table:
    """Whether people of every kind get as far: how many came, how many of these registered and completed."""
    total = known.figures.total
    rows = [
        TableRow(
            known.named(part, value),
            (
                each.people, share(each.people, total.people), each.registered_people,
                share(each.registered_people, total.registered_people), each.completed_people,
                share(each.completed_people, total.completed_people), share(each.registered_people, each.people),
            ),
            known.wanted.listed(**{part: value}) if value and part in FIELDS else None,
        )
        for value, each in known.part(part)[: len(CITIES) + 1]
    ]  # fmt: skip
    columns = (
        Column("people"), Column("people-share", "share"), Column("registered"), Column("registered-share", "share"),
        Column("completed"), Column("completed-share", "share"), Column("registered-rate", "share"),
    )  # fmt: skip
    return Table(f"equity-{part}", columns, tuple(rows), "bars", (6,))
