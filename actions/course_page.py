"""One course: its page, and each question about it."""

from __future__ import annotations

from typing import ClassVar

from actions import arguments, course_words
from actions.base import Option, Turn, Verb
from actions.course_choice import Choice, chosen_course, several_picked, shown
from store.catalogue.courses import CourseView, providers


def show_course(turn: Turn, course: CourseView) -> None:
    """The page of a course: what it is, every stated fact, what is not stated, and what one can do now."""
    if turn.slots.get("course") != course.id:
        turn.leave_form()
    turn.set("course", course.id)
    turn.set("expecting", None)
    facts = [f for f in (course_words.aspect(course, name) for name in course_words.ASPECTS) if f]
    missing = [n for n in course_words.ASPECTS if course_words.aspect(course, n) is None]
    lines = list(facts)
    if missing:
        lines.append(arguments.reply("facts-not-stated", missing=arguments.terms("missing", missing)))
    if course.url:
        lines.append(arguments.reply("fact-url", url=course.url))
    turn.set("offer", {"do": "register", "course": course.id} if course.status == "open" else None)
    turn.say(
        "course-page" if course.status == "open" else "course-page-past",
        page_options(course),
        course=course_words.title(course),
        summary=course_words.summary(course),
        facts=arguments.lines(lines),
    )


def page_options(course: CourseView) -> list[Option]:
    options = []
    if course.status == "open":
        options.append(Option("option-register", "register", {"course": course.id}))
    options += [Option("option-others", "more_results"), Option("option-adviser", "talk_to_adviser")]
    return options


def ask_which(turn: Turn, choice: Choice) -> None:
    """Ask which course is meant, from those it may be, or say the list has no such number."""
    if choice.missing_number is not None:
        if shown(turn) and choice.missing_number > 0:
            turn.say("no-such-number", [Option("option-find", "find_course")], number=choice.missing_number)
        else:
            turn.say("no-list", [Option("option-find", "find_course")])
        return
    if not choice.candidates:
        turn.say(
            "which-course-none",
            [Option("option-find", "find_course"), Option("option-advise-me", "recommend_course")],
        )
        return
    turn.set("shown", [c.id for c in choice.candidates])
    turn.set("expecting", "pick")
    turn.say(
        "which-course",
        [
            Option("option-course", turn.intent, {"course": c.id}, {"course": course_words.title(c)})
            for c in choice.candidates
        ],
    )


class CourseDetails(Verb):
    """More about one course."""

    action_name = "action_course_details"

    def respond(self, turn: Turn) -> None:
        choice = chosen_course(turn)
        if choice.course:
            show_course(turn, choice.course)
        elif several_picked(turn):
            turn.go_on_with("action_inform")
        elif (
            choice.candidates
            and not turn.from_option
            and {c.id for c in choice.candidates}.isdisjoint(shown(turn))
        ):
            turn.go_on_with("action_find_course")  # "a course in accounting", of which none is in view
        else:
            ask_which(turn, choice)


class AskAbout(Verb):
    """A question about one aspect: answered for the course meant, or side by side for those in view, or in general."""

    aspect: ClassVar[str]

    def respond(self, turn: Turn) -> None:
        if turn.is_bare_number or self._wants_another(turn):
            turn.go_on_with("action_inform")
            return
        choice = chosen_course(turn)
        if choice.course:
            self._about_one(turn, choice.course)
        elif choice.candidates:
            self._about_several(turn, choice.candidates)
        elif choice.missing_number is not None:
            ask_which(turn, choice)
        else:
            turn.say(f"general-{self.aspect.replace('_', '-')}", [Option("option-find", "find_course")])

    def _wants_another(self, turn: Turn) -> bool:
        """Whether this is no question about the course but a wish for another: "is there one in Arabic?"."""
        return bool(turn.entity("language")) and turn.says_any(turn.services.one_words) and not turn.in_form

    def _about_one(self, turn: Turn, course: CourseView) -> None:
        if not turn.in_form:  # a form goes on with its own course
            turn.set("course", course.id)
        if course.status == "open" and not turn.in_form:
            turn.set("offer", {"do": "register", "course": course.id})
        fact = course_words.aspect(course, self.aspect)
        options = [] if turn.in_form else page_options(course)
        if fact is None:
            turn.say(
                "not-stated",
                options,
                course=course_words.title(course),
                aspect=arguments.term("missing", self.aspect),
            )
            return
        turn.say("course-fact", options, course=course_words.title(course), fact=fact)

    def _about_several(self, turn: Turn, courses: tuple[CourseView, ...]) -> None:
        turn.set("shown", [c.id for c in courses])
        turn.set("expecting", "pick")
        lines = []
        for number, course in enumerate(courses, start=1):
            fact = course_words.aspect(course, self.aspect) or arguments.reply("fact-not-stated")
            lines.append(
                arguments.reply("fact-of-course", n=number, course=course_words.title(course), fact=fact)
            )
        options = [
            Option(
                "option-course",
                "course_details",
                {"course": c.id},
                {"course": course_words.title(c)},
                in_text=True,
            )
            for c in courses
        ]
        turn.say("facts-of-courses", options, courses=arguments.lines(lines))


def _question(aspect: str) -> type[AskAbout]:
    return type(f"Ask_{aspect}", (AskAbout,), {"action_name": f"action_ask_{aspect}", "aspect": aspect})


QUESTIONS: tuple[type[AskAbout], ...] = tuple(
    _question(aspect)
    for aspect in (
        "cost",
        "certificate",
        "duration",
        "prerequisites",
        "mode",
        "schedule",
        "course_language",
        "equipment",
    )
)


class AskProvider(AskAbout):
    """Who offers courses: a partner named is described; else the course in view; else the partners are listed."""

    action_name = "action_ask_provider"
    aspect = "provider"

    def respond(self, turn: Turn) -> None:
        named = turn.entities.get("provider", [])
        known = {p.id: p for p in providers(turn.session)}
        partner = next((known[p] for p in named if p in known), None)
        if partner is None:
            super().respond(turn)
            return
        turn.say(
            "provider-about",
            [
                Option(
                    "option-courses-of", "find_course", {"provider": partner.id}, {"provider": partner.name}
                )
            ],
            name=arguments.text({"fr": partner.name_fr, "ar": partner.name_ar, "en": partner.name}),
            about=arguments.text({"fr": partner.about_fr, "ar": partner.about_ar}),
        )
