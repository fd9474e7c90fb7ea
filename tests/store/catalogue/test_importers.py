"""Formats of courses: each is a module of its own, found by being there."""

from pathlib import Path

from store.catalogue import importers as package
from store.catalogue.importers import importers

REAL = Path(__file__).parents[3] / "data" / "catalogue"


def test_a_folder_of_csv_files_is_read() -> None:
    assert len(importers()["csv-folder"](REAL).courses) > 200


def test_a_module_put_there_is_an_importer(tmp_path: Path) -> None:
    (tmp_path / "three_titles.py").write_text(
        "from store.catalogue.files import Catalogue\n"
        "def read(source):\n"
        "    return Catalogue((), tuple({'title': line} for line in source.read_text().split()), ())\n"
    )
    source = tmp_path / "titles.txt"
    source.write_text("one two three")
    package.__path__.append(str(tmp_path))
    try:
        read = importers()["three-titles"](source)
    finally:
        package.__path__.remove(str(tmp_path))
    assert [row["title"] for row in read.courses] == ["one", "two", "three"]
