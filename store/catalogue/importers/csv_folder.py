"""A folder of `providers.csv`, `courses.csv` and `agencies.csv`, as `takwin catalogue export` writes them."""

from pathlib import Path

from store.catalogue.files import Catalogue, read_csv_catalogue


def read(source: Path) -> Catalogue:
    """The rows of the three files. Raises CatalogueErrors, with all there is to mend."""
    return read_csv_catalogue(source)
