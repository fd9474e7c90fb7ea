"""What agencies and providers are called on a page: in its language, else as they call themselves, else as can be."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from console.agencies.routes import name_of
from console.web.visit import Visit


@pytest.mark.parametrize(
    ("language", "names", "shown"),
    [
        ("ar", {"name_fr": "Agence de Fès", "name_ar": "وكالة فاس"}, "وكالة فاس"),
        ("fr", {"name_fr": "Agence de Fès", "name_ar": "وكالة فاس"}, "Agence de Fès"),
        ("ar", {"name_fr": "Agence de Fès", "name_ar": None}, "Agence de Fès"),
        ("fr", {"name_fr": "", "name_ar": "وكالة فاس"}, "وكالة فاس"),
        ("ar", {"name": "OFPPT", "name_fr": "Office de la formation", "name_ar": None}, "OFPPT"),
        ("ar", {"name_fr": None, "name_ar": None}, "fes"),
    ],
)
def test_the_name_on_a_page(language: str, names: dict[str, Any], shown: str) -> None:
    visit = cast(Visit, SimpleNamespace(words=SimpleNamespace(language=language)))
    assert name_of(visit, SimpleNamespace(id="fes", **names)) == shown
