"""Titles and links as SMS says them."""

import csv

import pytest

from channels.wording.short import short_link, short_title
from takwin.settings import ROOT


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Microsoft Excel", "Microsoft Excel"),
        ("Marketing digital et e-commerce de Google", "Marketing digital et e-commerce de Google"),
        ("Data scientist Azure : préparation à l'examen DP-100 de Microsoft", "Data scientist Azure"),
        ("Chef de projet multimédia (parcours OpenClassrooms avec Orange)", "Chef de projet multimédia"),
        ("Les fondements du marketing digital et de l'e-commerce", "Les fondements du marketing digital.."),
        ("مهارات من Google: برنامج التسويق الرقمي", "مهارات من Google"),
        ("التسويق الرقمي والتجارة الإلكترونية من Google", "التسويق الرقمي والتجارة.."),
        ("A: " + "b" * 60, "A.."),
        ("b" * 60, "b" * 41 + ".."),
    ],
)
def test_long_titles_are_told_by_their_first_half(title: str, short: str) -> None:
    assert short_title(title) == short


@pytest.mark.parametrize(
    ("title", "share", "short"),
    [
        ("Analyse de données avancée de Google", 0.7, "Analyse de données avancée.."),
        ("Analyse de données avancée de Google", 0.6, "Analyse de données avanc."),
        ("Chef de produit IA de Microsoft", 0.5, "Chef de produit.."),
        ("Microsoft Excel", 0.1, "Microsoft Excel"),
        ("تحليل البيانات المتقدم من Google", 0.1, "تحليل البيانات.."),
    ],
)
def test_less_of_a_title_where_little_room_is_left(title: str, share: float, short: str) -> None:
    assert short_title(title, share) == short


def test_every_title_of_the_catalogue_stays_a_title() -> None:
    with (ROOT / "data" / "catalogue" / "courses.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for title in [row[name] for row in rows for name in ("title", "title_fr", "title_ar") if row[name]]:
        assert 2 <= len(short_title(title)) <= 43, title


def test_links_go_without_their_scheme() -> None:
    assert short_link("https://g.co/Maharat") == "g.co/Maharat"
    assert short_link("voir https://g.co") == "voir https://g.co"
