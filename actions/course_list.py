"""A search run and told: three courses a page, why each, and which wish was given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions import arguments, course_words, criteria
from actions.base import Option, Turn
from store.search.search import SearchResult, search_courses

PAGE = 3
"""Three courses fit a small screen and, titles only, two SMS segments."""


def search_and_show(
    turn: Turn,
    wished: Mapping[str, Any],
    *,
    offset: int = 0,
    header: str | None = None,
    done: str | None = None,
) -> bool:
    """Search, answer with the page of results, and put it in view. False where nothing at all was found.

    `header` is the reply key above the list; without it the constraints met are named. `done` is the id of a course
    that the person has finished, which is not shown again.
    """
    result = search_courses(
        turn.session,
        criteria.to_search(wished),
        limit=PAGE + 1 if done else PAGE,
        offset=offset,
        today=turn.services.today(),
        fold=turn.services.fold,
    )
    if done:
        result = _without(result, done)
    turn.set("criteria", dict(wished))
    if not result.matches:
        return False
    _show(turn, wished, result, offset, header)
    return True


def _without(result: SearchResult, course_id: str) -> SearchResult:
    kept = tuple(m for m in result.matches if m.course.id != course_id)
    gone = len(result.matches) - len(kept)
    return replace(result, matches=kept[:PAGE], total=result.total - gone)


def _show(
    turn: Turn, wished: Mapping[str, Any], result: SearchResult, offset: int, header: str | None
) -> None:
    turn.set("shown", [m.course.id for m in result.matches])
    turn.set("offset", offset)
    if not turn.in_form:  # a form goes on with its own course
        turn.set("course", None)
    turn.set("offer", None)
    turn.set("expecting", "pick")
    rest = result.total - offset - len(result.matches)
    heading = arguments.reply(header) if header else _heading(wished, result)
    lines = [course_words.list_line(n, match) for n, match in enumerate(result.matches, start=1)]
    options = [
        Option(
            "option-course",
            "course_details",
            {"course": match.course.id},
            {"course": course_words.title(match.course)},
            in_text=True,
        )
        for match in result.matches
    ]
    if rest > 0:
        options.append(Option("option-more", "more_results"))
    turn.say("courses-found", options, heading=heading, courses=arguments.lines(lines), rest=max(rest, 0))


def _heading(wished: Mapping[str, Any], result: SearchResult) -> dict[str, Any]:
    if result.given_up:
        given_up = [_given_up(name, wished) for name in result.given_up]
        return arguments.reply("found-without", given_up=arguments.parts(given_up), total=result.total)
    return arguments.reply("found", total=result.total)


def _given_up(name: str, wished: Mapping[str, Any]) -> dict[str, Any]:
    """What was given up, in words: "none in Fes", "none in Arabic"."""
    value = wished.get(name)
    if name == "city" and value:
        return arguments.reply("given-up-city", city=arguments.term("city", value))
    if name == "provider" and value:
        return arguments.reply("given-up-provider", providers=arguments.terms("provider", value))
    if name == "language" and value:
        return arguments.reply("given-up-language", languages=arguments.terms("language", value))
    if name in ("level", "mode") and value:
        return arguments.reply(f"given-up-{name}", value=arguments.term(name, value))
    return arguments.reply(f"given-up-{name}")
