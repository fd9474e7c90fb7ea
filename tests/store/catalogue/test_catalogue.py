"""The catalogue as it is read."""

from datetime import date, timedelta

from store.catalogue import courses as catalogue
from store.catalogue.courses import find_course_by_title
from store.core.database import Database
from tests.store.making import TODAY, agency, course, load, plain_fold, provider


def test_a_course_with_its_provider_its_platform_and_its_languages(database: Database) -> None:
    with database.session() as session:
        row = course(
            "ux", title="Google UX", title_fr="UX de Google", title_ar="تجربة المستخدم", platform="coursera",
            summary_fr="Un résumé", prerequisites_ar="لا شيء", certificate="yes", works_on_phone=False,
            starts_on=TODAY, capacity=3,
        )  # fmt: skip
        load(
            session,
            row,
            providers=[provider("google", name_ar="غوغل"), provider("coursera", name_fr="Coursera FR")],
        )
        found = catalogue.get_course(session, "ux")
    assert found is not None
    assert (found.title_language, found.title) == ("en", "Google UX")
    assert (found.title_fr, found.title_ar) == ("UX de Google", "تجربة المستخدم")
    assert (found.summary_fr, found.summary_ar) == ("Un résumé", None)
    assert (found.prerequisites_fr, found.prerequisites_ar) == (None, "لا شيء")
    assert (found.provider_name, found.platform) == ("Google", "coursera")
    assert (found.cost, found.works_on_phone, found.needs_computer, found.topics) == (
        None,
        False,
        None,
        ("programming",),
    )
    assert (found.starts_on, [run.capacity for run in found.sessions]) == (TODAY, [3])


def test_courses_in_the_order_asked_for(database: Database) -> None:
    with database.session() as session:
        load(session, course("a"), course("b"))
        assert [one.id for one in catalogue.courses_of_ids(session, ["b", "x", "a"])] == ["b", "a"]
        assert catalogue.get_course(session, "x") is None


def test_whether_one_can_register(database: Database) -> None:
    yesterday = TODAY - timedelta(days=1)
    with database.session() as session:
        load(session, course("a"), course("b", status="closed"), course("c", ends_on=yesterday), course("d"))
        load(session, course("a"), course("b", status="closed"), course("c", ends_on=yesterday))
        views = {one.id: one for one in catalogue.courses_of_ids(session, "abcd")}
        assert {name: view.is_open(TODAY) for name, view in views.items()} == {
            "a": True,
            "b": False,
            "c": False,
            "d": False,
        }
        assert views["c"].is_open(yesterday)
        assert views["c"].next_session(TODAY) is None
        assert views["d"].status == "withdrawn"
        assert [run.id for run in views["c"].sessions] == ["c@any"]
        assert views["a"].sessions == ()


def test_providers_and_agencies(database: Database) -> None:
    with database.session() as session:
        load(
            session,
            providers=[
                provider("github", platform_of=["google"]),
                provider("google", name_fr="Google FR", about_fr="Il"),
            ],
            agencies=[
                agency("fes-1", city="fes", name_fr="Fès", hours_ar="9"),
                agency("all"),
                agency("rabat-1", city="rabat"),
            ],
        )
        github, google = catalogue.providers(session)
        assert (google.name_fr, google.about_fr, google.checked_on) == ("Google FR", "Il", None)
        assert (github.name, github.platform_of) == ("Github", ("google",))
        [fes] = catalogue.agencies(session, "fes")
        assert (fes.name_fr, fes.address_fr, fes.hours_ar) == ("Fès", None, "9")
        assert [one.id for one in catalogue.agencies(session)] == ["fes-1", "rabat-1", "all"]
        assert catalogue.agencies(session, "oujda") == ()


def _named(database: Database, text: str) -> str | None:
    with database.session() as session:
        found = find_course_by_title(session, text, plain_fold)
        return None if found is None else found.id


def test_a_course_named(database: Database) -> None:
    with database.session() as session:
        load(
            session,
            course("data", title="Google Data Analytics", title_fr="Analyse de données de Google"),
            course("advanced", title="Google Advanced Data Analytics"),
            course("excel", title="Excel"),
            course("twin-1", title="Learn Python"),
            course("twin-2", title="Learn Python"),
            course("old", title="Web Basics", status="historic"),
            course("gone", title="Gone Course"),
        )
        load(
            session,
            course("data", title="Google Data Analytics", title_fr="Analyse de données de Google"),
            course("advanced", title="Google Advanced Data Analytics"),
            course("excel", title="Excel"),
            course("twin-1", title="Learn Python"),
            course("twin-2", title="Learn Python"),
            course("old", title="Web Basics", status="historic"),
        )
    assert _named(database, "google data analytics") == "data"
    assert _named(database, "ANALYSE DE DONNEES DE GOOGLE") == "data"
    assert _named(database, "Google Data Analitics") == "data"
    assert _named(database, "chno kay9rraw f Google Advanced Data Analytics?") == "advanced"
    assert _named(database, "advanced analytics") == "advanced"
    assert _named(database, "excel") == "excel"
    assert _named(database, "bghit n9ra excel") is None
    assert _named(database, "learn python") is None
    assert _named(database, "web basics") == "old"
    assert _named(database, "gone course") is None
    assert _named(database, "google") is None
    assert _named(database, "  ?! ") is None


def test_an_open_course_goes_before_one_of_the_same_name_that_is_over(database: Database) -> None:
    with database.session() as session:
        load(session, course("new", title="Web Basics"), course("old", title="Web Basics", status="historic"))
    assert _named(database, "Web basics") == "new"


def test_nothing_is_named_in_an_empty_catalogue(database: Database) -> None:
    assert _named(database, "excel") is None


def test_a_run_is_open_until_a_day(database: Database) -> None:
    day = date(2026, 12, 1)
    rows = {
        "stated": course(
            "stated", mode="in_person", registration_closes_on=day, starts_on=day + timedelta(days=5)
        ),
        "class": course("class", mode="hybrid", starts_on=day, ends_on=day + timedelta(days=5)),
        "online": course("online", mode="online", starts_on=TODAY, ends_on=day),
    }
    with database.session() as session:
        load(session, *rows.values(), course("endless", mode="online", starts_on=TODAY))
        found = catalogue.courses_of_ids(session, [*rows, "endless"])
        assert [[run.open_until for run in one.sessions] for one in found] == [[day]] * 3 + [[None]]
