"""Formats that courses come in, one module each: `read(source)` gives the rows, with every fault found at once.

A module here is an importer by being here; its name is what `takwin catalogue import --format` takes. What is done with
the rows (compared, stored, withdrawn) is `store/catalogue/importing.py`'s and the same for all.
"""

import pkgutil
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from store.catalogue.files import Catalogue

Importer = Callable[[Path], Catalogue]


def importers() -> Mapping[str, Importer]:
    """Each importer by its format's name: `csv-folder` is `csv_folder.py`."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name.replace("_", "-"): import_module(f"{__name__}.{name}").read for name in names}
