"""Help numbers: those we give, and a file that cannot be used is told row by row, with the mend."""

from datetime import date
from pathlib import Path

import pytest

from store.catalogue.helplines import COLUMNS, Helpline, HelplinesError, read_helplines
from takwin.cli.doctor import HELPLINES

HEADER = ",".join(COLUMNS)
GOOD = "19,police,town,,https://a.ma,2026-11-24,"


def written(tmp_path: Path, *rows: str, header: str = HEADER) -> Path:
    path = tmp_path / "helplines.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def test_the_numbers_that_we_give() -> None:
    lines = read_helplines(HELPLINES)
    assert {(line.number, line.area, line.group) for line in lines} == {
        ("19", "town", ""),
        ("177", "country", ""),
        ("15", "", ""),
        ("141", "", ""),
        ("8350", "", "women"),
        ("2511", "", "children"),
    }
    assert len({line.service for line in lines}) == len(lines)
    [women] = [line for line in lines if line.group == "women"]
    assert "verify before launch" in women.note


def test_a_line_that_closed_is_given_by_nobody() -> None:
    assert "reda" not in HELPLINES.read_text(encoding="utf-8").lower()


def test_a_row_is_read_as_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, '15,civil_protection,,,https://a.ma https://b.ma,2026-11-24,"fire, too"', "")
    assert read_helplines(path) == (
        Helpline(
            "15", "civil_protection", "", "", "https://a.ma https://b.ma", date(2026, 11, 24), "fire, too"
        ),
    )


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (GOOD.replace("19", "dix-neuf"), "number 'dix-neuf'"),
        (GOOD.replace("19", "١٩"), "number"),
        (GOOD.replace("police", "La police"), "service 'La police'"),
        (GOOD.replace("town", "rabat"), "place 'rabat' is not known; write town or country"),
        (GOOD.replace("town,", "town,men"), "group 'men' is not known; write women or children"),
        (GOOD.replace("https://a.ma", "a friend"), "source 'a friend'"),
        (GOOD.replace("https://a.ma", ""), "source ''"),
        (GOOD.replace("2026-11-24", "24/11/2026"), "checked '24/11/2026' is no day"),
        (GOOD.replace("2026-11-24", "20261124"), "checked '20261124' is no day"),
        (GOOD.replace("2026-11-24", "2026-02-30"), "checked '2026-02-30' is no day"),
        (GOOD + ",more", "has 8 cells; write 7"),
        ("19", "has 1 cells; write 7"),
        (GOOD.replace("19,", "177,"), "number 177 stands in row 2 too"),
    ],
)
def test_a_fault_names_its_row_and_its_mend(tmp_path: Path, row: str, told: str) -> None:
    with pytest.raises(HelplinesError) as raised:
        read_helplines(written(tmp_path, GOOD.replace("19,police", "177,gendarmerie"), row))
    assert len(raised.value.faults) == 1
    assert raised.value.faults[0].startswith("helplines.csv, row 3: ")
    assert told in str(raised.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, "x,Y,z,z,z,z,", GOOD, GOOD)
    with pytest.raises(HelplinesError) as raised:
        read_helplines(path)
    assert len(raised.value.faults) == 7


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(HelplinesError, match="cannot be read"):
        read_helplines(tmp_path / "nowhere.csv")
    with pytest.raises(HelplinesError, match="row 1: write the columns"):
        read_helplines(written(tmp_path, GOOD, header="number,service"))
    with pytest.raises(HelplinesError, match="it has no number"):
        read_helplines(written(tmp_path))
    (tmp_path / "latin.csv").write_bytes(b"\xe9")
    with pytest.raises(HelplinesError, match="cannot be read"):
        read_helplines(tmp_path / "latin.csv")
