"""Importing: every fault named at once, all or nothing, nothing lost; exporting gives the same back."""

from pathlib import Path

import pytest

from store.catalogue import courses as catalogue
from store.catalogue.columns import AGENCIES, COURSES, PROVIDERS
from store.catalogue.importing import CatalogueErrors, apply, export, is_empty, read_csv_catalogue, refold
from store.core.database import Database
from store.registrations import registrations
from store.tables import Course, Registration
from tests.store.making import NOW, TODAY, course, load, person, plain_fold

REAL = Path(__file__).parents[3] / "data" / "catalogue"
COURSE = {
    "id": "a-1", "title": "A, B", "title_language": "en", "provider": "google", "platform": "coursera",
    "topics": "programming; cloud ;", "duration": "P3M/P6M", "teaching_languages": "fr;ary", "cost": "free",
    "needs_computer": "no", "starts_on": "2026-12-01", "capacity": "20", "url": "https://example.org/a",
    "source": "x", "checked_on": "2026-11-01", "status": "open",
}  # fmt: skip


def _write(folder: Path, *courses: dict[str, str]) -> Path:
    def line(cells: list[str]) -> str:
        return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"

    folder.mkdir(exist_ok=True)
    names = [column.name for column in COURSES]
    (folder / "courses.csv").write_text(
        ",".join(names) + "\n" + "".join(line([one.get(name, "") for name in names]) for one in courses),
        "utf-8",
    )
    (folder / "providers.csv").write_text(
        ",".join(c.name for c in PROVIDERS) + "\ngoogle,Google,,,,,,,x,\ncoursera,Coursera,,,,,google,,x,\n",
        "utf-8",
    )
    (folder / "agencies.csv").write_text(
        ",".join(c.name for c in AGENCIES) + "\nfes-1,Fès,,fes,,,,,,,x,\n", "utf-8-sig"
    )
    return folder


def _faults(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(CatalogueErrors) as caught:
        read_csv_catalogue(folder)
    for error in caught.value.errors:
        assert error.problem
        assert error.accepted
        assert str(error) in str(caught.value)
    return [(error.file, error.line, error.column) for error in caught.value.errors]


def test_cells_become_values(tmp_path: Path) -> None:
    [row] = read_csv_catalogue(_write(tmp_path, COURSE)).courses
    assert (row["title"], row["topics"], row["teaching_languages"]) == (
        "A, B",
        ["programming", "cloud"],
        ["fr", "ary"],
    )
    assert (row["needs_computer"], row["works_on_phone"], row["capacity"]) == (False, None, 20)
    assert row["city"] is None


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("id", "A 1"), ("id", ""), ("title", " "), ("title_language", "english"), ("topics", "cooking"), ("topics", ""),
        ("occupations", "astronaut"), ("level", "easy"), ("education", "bac"), ("duration", "20 hours"),
        ("duration", "P6M/P3M"), ("teaching_languages", "fr;french"), ("mode", "remote"), ("city", "paris"),
        ("cost", "0"), ("certificate", "true"), ("needs_computer", "maybe"), ("starts_on", "01/12/2026"),
        ("ends_on", "2026-11-30"), ("registration_closes_on", "2026-13-01"), ("capacity", "0"), ("capacity", "-1"),
        ("capacity", "٢"), ("url", "example.org"), ("source", ""), ("status", "draft"), ("provider", "nobody"),
        ("platform", "nowhere"), ("provider", ""),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_taken_is_named(tmp_path: Path, column: str, cell: str) -> None:
    assert _faults(_write(tmp_path, COURSE, {**COURSE, "id": "b", column: cell})) == [
        ("courses.csv", 3, column)
    ]


def test_registration_cannot_close_after_the_end(tmp_path: Path) -> None:
    row = {**COURSE, "ends_on": "2026-12-20", "registration_closes_on": "2026-12-21"}
    assert _faults(_write(tmp_path, row)) == [("courses.csv", 2, "registration_closes_on")]


def test_every_fault_of_every_row_is_named_at_once(tmp_path: Path) -> None:
    long = {**COURSE, "summary_fr": "two\nlines"}
    folder = _write(
        tmp_path, long, {**COURSE, "city": "x", "cost": "y"}, COURSE, {**COURSE, "id": "b", "mode": "z"}
    )
    assert _faults(folder) == [
        ("courses.csv", 4, "city"),
        ("courses.csv", 4, "cost"),
        ("courses.csv", 5, "id"),
        ("courses.csv", 6, "mode"),
    ]


def test_faults_of_a_whole_file(tmp_path: Path) -> None:
    folder = _write(tmp_path, COURSE)
    (folder / "agencies.csv").unlink()
    (folder / "courses.csv").write_bytes("id,title\né,".encode("latin-1"))
    (folder / "providers.csv").write_text("id,name,name,colour\n")
    faults = _faults(folder)
    assert ("agencies.csv", 0, "-") in faults
    assert ("courses.csv", 0, "-") in faults
    assert {("providers.csv", 1, name) for name in ("name", "colour", "url", "source")} <= set(faults)
    assert ("providers.csv", 1, "platform_of") not in faults


def test_a_row_of_too_many_cells(tmp_path: Path) -> None:
    folder = _write(tmp_path, COURSE)
    with (folder / "courses.csv").open("a", encoding="utf-8") as file:
        file.write("\nb,too,short\n")
    assert _faults(folder) == [("courses.csv", 4, "-")]


def test_an_empty_file_and_an_unclosed_quote(tmp_path: Path) -> None:
    folder = _write(tmp_path, COURSE)
    (folder / "agencies.csv").write_text("")
    with (folder / "courses.csv").open("a", encoding="utf-8") as file:
        file.write('b,"never closed\nc,d\n')
    faults = _faults(folder)
    assert ("agencies.csv", 1, "id") in faults
    assert ("courses.csv", 3, "-") in faults


def test_the_real_catalogue_comes_back_from_an_export_the_same(database: Database, tmp_path: Path) -> None:
    real = read_csv_catalogue(REAL)
    with database.session() as session:
        assert is_empty(session)
        report = apply(session, real, plain_fold)
        assert len(report.added) >= 150
        assert not is_empty(session)
    with database.session() as session:
        again = apply(session, real, plain_fold)
        assert (again.added, again.changed, again.withdrawn) == ((), (), ())
        export(session, tmp_path / "out")
    back = read_csv_catalogue(tmp_path / "out")
    for kind in ("courses", "providers", "agencies"):
        assert sorted(getattr(real, kind), key=lambda row: str(row["id"])) == list(getattr(back, kind))


def test_dates_and_places_come_back_too(database: Database, tmp_path: Path) -> None:
    row = {**COURSE, "ends_on": "2026-12-20", "registration_closes_on": "2026-11-30"}
    given = read_csv_catalogue(_write(tmp_path / "in", row))
    with database.session() as session:
        apply(session, given, plain_fold)
        export(session, tmp_path / "out")
    back = read_csv_catalogue(tmp_path / "out")
    assert (back.courses, back.agencies) == (given.courses, given.agencies)


def test_a_course_that_is_gone_is_withdrawn_and_its_registrations_stay(database: Database) -> None:
    with database.session() as session:
        load(session, course("a"), course("b"))
        made = registrations.register(session, person(session, "s", "registration"), "a", now=NOW)
        assert isinstance(made, Registration)
        report = load(session, course("b", title="New"), course("c"))
        assert (report.added, report.changed, report.withdrawn) == (("c",), ("b",), ("a",))
        gone = catalogue.get_course(session, "a")
        assert gone is not None
        assert gone.status == "withdrawn"
        assert registrations.find(session, made.id).state == "requested"
        assert load(session, course("a"), course("b", title="New"), course("c")).changed == ("a",)
        back = catalogue.get_course(session, "a")
        assert back is not None
        assert back.status == "open"


def test_a_new_date_is_a_new_session(database: Database) -> None:
    with database.session() as session:
        load(session, course("a", starts_on=TODAY, capacity=1))
        made = registrations.register(session, person(session, "s", "registration"), "a", now=NOW)
        load(session, course("a", starts_on=TODAY.replace(year=2027), capacity=5))
        [found] = catalogue.courses_of_ids(session, ["a"])
        assert [run.id for run in found.sessions] == ["a@2027-11-24"]
        assert isinstance(made, Registration)
        assert registrations.find(session, made.id).session_id == "a@2026-11-24"


def test_what_an_adviser_edited_stays(database: Database) -> None:
    with database.session() as session:
        load(session, course("a"))
        row = session.get(Course, "a")
        assert row is not None
        row.status, row.edited_columns = "closed", ["status"]
        load(session, course("a", title="Renamed"))
        assert (row.title, row.status) == ("Renamed", "closed")


def test_a_failure_leaves_the_catalogue_as_it_was(database: Database) -> None:
    with database.session() as session:
        load(session, course("a"))

    def broken(text: str) -> str:
        if text == "B":
            raise RuntimeError(text)
        return text

    with pytest.raises(RuntimeError), database.session() as session:
        load(session, course("b"), fold=broken)
    with database.session() as session:
        assert catalogue.get_course(session, "b") is None
        assert catalogue.get_course(session, "a") is not None


def test_texts_are_folded_anew_when_folding_changed(database: Database) -> None:
    with database.session() as session:
        load(session, course("a", title="Excel"), course("b", title="Word"))
        assert refold(session, plain_fold) == 0
        assert refold(session, lambda text: plain_fold(text)[::-1]) == 2
        found = catalogue.find_course_by_title(session, "lecxE", lambda text: plain_fold(text))
        assert found is not None
        assert found.id == "a"
