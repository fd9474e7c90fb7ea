"""Searching: filters first, then one constraint given up after the other, each result with its reasons."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from store.core.database import Database
from store.search.search import GIVEN_UP_IN_ORDER, Criteria, SearchResult, search_courses
from tests.store.making import TODAY, course, load, plain_fold

Search = Callable[..., SearchResult]


@pytest.fixture
def search(database: Database) -> Search:
    def run(*, limit: int = 10, offset: int = 0, reads: tuple[str, ...] = (), **wished: Any) -> SearchResult:
        with database.session() as session:
            return search_courses(
                session,
                Criteria(**wished),
                limit=limit,
                offset=offset,
                today=TODAY,
                fold=plain_fold,
                reads=reads,
            )

    return run


def _load(database: Database, *courses: dict[str, Any]) -> None:
    with database.session() as session:
        load(session, *courses)


def _ids(result: SearchResult) -> list[str]:
    return [match.course.id for match in result.matches]


def _reasons(result: SearchResult) -> list[tuple[str, str | None]]:
    return [(reason.code, reason.value) for reason in result.matches[0].reasons]


def test_only_what_is_open_is_offered(database: Database, search: Search) -> None:
    yesterday = TODAY - timedelta(days=1)
    _load(database, course("gone"), course("open"))
    _load(
        database, course("open"), course("shut", status="closed"), course("old", status="historic"),
        course("over", ends_on=yesterday), course("running", mode="online", starts_on=yesterday),
        course("last-day", registration_closes_on=TODAY),
    )  # fmt: skip
    assert _ids(search()) == ["last-day", "open", "running"]


@pytest.mark.parametrize(
    ("wished", "fitting", "other", "reason"),
    [
        ({"topics": ("cloud",)}, {"topics": ["cloud"]}, {}, ("topic", "cloud")),
        ({"providers": ("add",)}, {"provider": "add"}, {}, ("provider", "add")),
        ({"providers": ("coursera",)}, {"platform": "coursera"}, {}, ("provider", "coursera")),
        ({"occupations": ("cook",)}, {"occupations": ["cook"]}, {}, ("occupation", "cook")),
        ({"occupations": ("accountant",)}, {"topics": ["accounting"]}, {}, ("occupation", "accountant")),
        ({"city": "fes"}, {"city": "fes"}, {"city": "rabat"}, ("city", "fes")),
        ({"level": "advanced"}, {"level": "advanced"}, {"level": "beginner"}, ("level", "advanced")),
        ({"mode": "online"}, {"mode": "online"}, {"mode": "in_person"}, ("online", None)),
        ({"languages": ("ar", "fr")}, {"teaching_languages": ["fr"]}, {}, ("language", "fr")),
        ({"cost": "free"}, {"cost": "free"}, {"cost": "paid"}, ("free", None)),
        ({"certificate": "yes"}, {"certificate": "yes", "certificate_name": "C"}, {}, ("certificate", "C")),
        ({"duration": "short"}, {"duration": "PT5H"}, {"duration": "P6M"}, ("duration", "PT5H")),
        ({"duration": "long"}, {"duration": "P6M"}, {"duration": "PT5H"}, ("duration", "P6M")),
        ({"duration": "P1M"}, {"duration": "PT5H"}, {"duration": "P6M"}, ("duration", "PT5H")),
        ({"text": "docker"}, {"summary_fr": "Tout sur Docker"}, {}, ("text", "docker")),
    ],
)
def test_each_constraint_filters_and_is_a_reason(
    database: Database,
    search: Search,
    wished: dict[str, Any],
    fitting: dict[str, Any],
    other: dict[str, Any],
    reason: tuple[str, str | None],
) -> None:
    _load(database, course("a-other", **other), course("fitting", **fitting))
    result = search(**wished)
    assert (_ids(result), result.total, result.given_up) == (["fitting"], 1, ())
    assert reason in _reasons(result)


def test_what_is_not_stated_does_not_fit(database: Database, search: Search) -> None:
    _load(database, course("unknown"))
    for name, wish in (("cost", "free"), ("level", "beginner"), ("duration", "short"), ("certificate", "no")):
        result = search(**{name: wish})
        assert (_ids(result), result.given_up) == (["unknown"], (name,))


def test_constraints_are_given_up_in_order(database: Database, search: Search) -> None:
    everything: dict[str, Any] = {
        "text": "unheard", "duration": "short", "certificate": "yes", "languages": ("ar",), "level": "advanced",
        "mode": "in_person", "city": "fes", "cost": "free", "providers": ("add",),
    }  # fmt: skip
    _load(database, course("bare", topics=["cloud"], mode="online"))
    assert search(topics=("cloud",), **everything).given_up == GIVEN_UP_IN_ORDER
    two = {"level": "advanced", "cost": "free"}
    _load(database, course("free", cost="free"), course("hard", level="advanced"))
    result = search(**two)
    assert (_ids(result), result.given_up) == (["free"], ("level",))


def test_only_what_stands_in_the_way_is_given_up(database: Database, search: Search) -> None:
    _load(database, course("fits", duration="PT5H", certificate="yes", level="beginner"))
    result = search(duration="short", certificate="yes", level="beginner", cost="free")
    assert result.given_up == ("cost",)
    assert ("duration", "PT5H") in _reasons(result)


def test_none_in_the_city_these_are_online(database: Database, search: Search) -> None:
    _load(database, course("online", mode="online"), course("away", mode="in_person", city="rabat"))
    result = search(topics=("programming",), city="fes")
    assert (_ids(result), result.given_up) == (["online"], ("city",))
    assert ("online", None) in _reasons(result)
    _load(database, course("away", mode="in_person", city="rabat"))
    assert _ids(search(topics=("programming",), city="fes")) == ["away"]


def test_who_learns_online_may_live_anywhere(database: Database, search: Search) -> None:
    _load(database, course("online", mode="online"))
    assert search(mode="online", city="fes").given_up == ()


def test_a_wish_for_a_classroom_is_kept_where_it_can_be(database: Database, search: Search) -> None:
    _load(database, course("online", mode="online"), course("away", mode="in_person", city="rabat"))
    result = search(mode="in_person", city="fes")
    assert (_ids(result), result.given_up) == (["away"], ("city",))


def test_what_it_is_about_is_never_given_up(database: Database, search: Search) -> None:
    _load(database, course("a", cost="free"))
    for wished in (
        {"topics": ("cloud",), "cost": "free"},
        {"occupations": ("cook",)},
        {"text": "unheard"},
        {"text": "unheard", "cost": "free"},
        {"providers": ("add",), "cost": "paid"},
    ):
        assert search(**wished) == SearchResult((), 0, ())
    kept = search(text="unheard", providers=("google",))
    assert (_ids(kept), kept.given_up) == (["a"], ("text",))


def test_ranking_is_by_what_was_asked_then_free_certificate_level_language_title(
    database: Database, search: Search
) -> None:
    _load(
        database,
        course("h-title"),
        course("i-title"),
        course("g-reads", teaching_languages=["ar"]),
        course("f-beginner", level="beginner"),
        course("e-certificate", certificate="yes"),
        course("d-free", cost="free"),
        course("c-both", topics=["cloud", "programming"]),
        course("b-via", topics=["web_development"]),
        course("a-occupation", topics=["programming"], occupations=["web_developer"]),
    )
    plain = ["d-free", "e-certificate", "f-beginner", "g-reads", "h-title", "i-title"]
    assert _ids(search(topics=("programming", "cloud"), reads=("ary",))) == ["c-both", "d-free", "e-certificate",
        "f-beginner", "g-reads", "a-occupation", "h-title", "i-title"]  # fmt: skip
    both = _ids(search(occupations=("web_developer",), reads=("ar",)))
    assert both[0] == "a-occupation"
    assert [one for one in both if one in plain] == plain


def test_pages_do_not_overlap(database: Database, search: Search) -> None:
    _load(database, *(course(f"c-{n}") for n in range(5)))
    pages = [search(limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert [_ids(page) for page in pages] == [["c-0", "c-1"], ["c-2", "c-3"], ["c-4"], []]
    assert {page.total for page in pages} == {5}


def test_free_text_weighs_its_words(database: Database, search: Search) -> None:
    _load(
        database,
        course("python", title="Python pour tous", summary_fr="Une formation pour débuter"),
        course("excel", title="Excel", summary_fr="Une formation en bureautique, Python compris"),
        course("other", title="Word", summary_fr="Une formation en bureautique"),
    )
    result = search(text="je cherche une formation Python svp")
    assert _ids(result)[0] == "python"
    assert "other" not in _ids(result)


def test_free_text_in_arabic_with_what_is_written_on_its_words(database: Database, search: Search) -> None:
    _load(
        database,
        course("market", title="Marketing", title_ar="التسويق الرقمي"),
        course("code", title="Code", title_ar="البرمجة", summary_ar="مدخل للبرمجة"),
    )
    for typed in ("التسويق", "تسويق", "فالتسويق", "بالتسويق", "وتسويق"):
        assert _ids(search(text=typed)) == ["market"]
    assert search(text="ال").total == 0
    assert search(text="؟!").total == 0


def test_a_duration_that_is_none(search: Search) -> None:
    with pytest.raises(ValueError, match="duration"):
        search(duration="tomorrow")


def test_words_that_are_all_it_is_about_outlast_other_wishes(database: Database, search: Search) -> None:
    _load(database, course("pottery", title="Poterie", cost=None, mode="online", city=None))
    found = search(text="poterie", city="fes", cost="free")
    assert (_ids(found), found.given_up) == (["pottery"], ("city", "cost"))
