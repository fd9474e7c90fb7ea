"""Replies in words: every kind of argument, in every variety and form."""

import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.wording.bidi import FSI, PDI
from channels.wording.render import Renderer, RenderError
from channels.wording.words import Words, WordsError
from store.conversations.replies import Reply

WORDS = Path(__file__).parents[1] / "words"


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(WORDS, strict=True)


def said(renderer: Renderer, variety: str, reply: str, **args: Any) -> str:
    return renderer.render(Reply(reply, args=args), variety).text


TERM = {"$": "term", "set": "topic", "value": "it_support"}
FES = {"$": "term", "set": "city", "value": "fes"}


@pytest.mark.parametrize(
    ("variety", "counts"),
    [
        ("fr", {0: "0 formation", 1: "1 formation", 2: "2 formations", 11: "11 formations"}),
        ("ar", {1: "دورة واحدة", 2: "دورتان", 3: "3 دورات", 10: "10 دورات", 11: "11 دورة", 100: "100 دورة"}),
        ("ary", {1: "فورماسيون وحدة", 2: "جوج د الفورماسيونات", 3: "3 د الفورماسيونات", 11: "11 فورماسيون"}),
        ("ary-Latn", {0: "walo", 2: "jouj d les formations", 3: "3 d les formations", 11: "11 formation"}),
    ],
)
def test_things_are_counted_as_the_variety_counts(
    renderer: Renderer, variety: str, counts: dict[int, str]
) -> None:
    assert {n: said(renderer, variety, "count", count=n) for n in counts} == counts


@pytest.mark.parametrize(
    ("variety", "text"),
    [
        ("fr", "support informatique à Fès"),
        ("ar", "الدعم المعلوماتي في فاس"),
        ("ary-Latn", "l'informatique f Fes"),
    ],
)
def test_terms_are_messages_of_their_set(renderer: Renderer, variety: str, text: str) -> None:
    assert said(renderer, variety, "about", what=TERM, where=FES) == text


@pytest.mark.parametrize(
    ("variety", "text"),
    [
        ("fr", "support informatique, marketing et support informatique"),
        ("ar", "الدعم المعلوماتي والتسويق والدعم المعلوماتي"),
        ("ary-Latn", "l'informatique, marketing w l'informatique"),
    ],
)
def test_several_terms_are_said_as_a_list(renderer: Renderer, variety: str, text: str) -> None:
    terms = {"$": "terms", "set": "topic", "values": ["it_support", "marketing", "it_support"]}
    assert text in said(renderer, variety, "echo", text=terms)
    one = {"$": "terms", "set": "city", "values": ["fes"]}
    assert said(renderer, variety, "echo", text=one).count("،") == 0
    assert said(renderer, "fr", "echo", text={**one, "values": []}) == "Vous avez dit :"


@pytest.mark.parametrize(
    ("variety", "duration", "text"),
    [
        ("fr", "PT20H", "20 heures"),
        ("fr", "PT1H30M", "1 heure et 30 minutes"),
        ("fr", "P3M/P6M", "de 3 mois à 6 mois"),
        ("ar", "P2W", "أسبوعان"),
        ("ar", "P11M", "11 شهرا"),
        ("ary", "P6M", "6 شهور"),
        ("ary-Latn", "P1Y", "3am wa7ed"),
        ("ary-Latn", "P3D", "3 yyam"),
    ],
)
def test_durations(renderer: Renderer, variety: str, duration: str, text: str) -> None:
    argument = {"$": "duration", "value": duration}
    assert said(renderer, variety, "course-line", number=1, title="دورة", duration=argument).endswith(
        f"({text})"
    )


@pytest.mark.parametrize(
    ("variety", "day", "text"),
    [
        ("fr", "2026-12-01", "1er décembre 2026"),
        ("fr", "2026-12-11", "11 décembre 2026"),
        ("ar", "2026-12-01", "1 دجنبر 2026"),
        ("ary", "2026-08-31", "31 غشت 2026"),
        ("ary-Latn", "2026-08-31", "31 août 2026"),
    ],
)
def test_dates_have_the_months_said_in_morocco(renderer: Renderer, variety: str, day: str, text: str) -> None:
    assert text in said(renderer, variety, "starts", date={"$": "date", "value": day})


@pytest.mark.parametrize(
    ("variety", "text"), [("ar", "العنوان"), ("ary", "العنوان"), ("fr", "Titre"), ("ary-Latn", "Titre")]
)
def test_data_text_comes_in_the_nearest_language(renderer: Renderer, variety: str, text: str) -> None:
    by = {"$": "text", "by": {"en": "Title", "ar": "العنوان", "fr": "Titre"}}
    assert text in said(renderer, variety, "echo", text=by)
    assert "Only" in said(renderer, variety, "echo", text={"$": "text", "by": {"en": "Only", "fr": ""}})


def test_lines_parts_and_nested_replies(renderer: Renderer) -> None:
    line = {"reply": "course-line", "args": {"number": 1, "title": "Excel", "duration": "2 h"}}
    parts = {"$": "parts", "items": [TERM, "", {"$": "reply", "reply": "count", "args": {"count": 2}}]}
    text = said(renderer, "fr", "results", lines={"$": "lines", "items": [line, line]}, note=parts)
    assert text == ("Voici :\n1. Excel (2 h)\n1. Excel (2 h)\nsupport informatique · 2 formations")
    nothing = {"$": "lines", "items": []}
    assert said(renderer, "fr", "results", lines=nothing, note=nothing) == "Voici :"


def test_options_carry_what_picking_them_means(renderer: Renderer) -> None:
    option = {
        "id": "x1",
        "title_key": "details",
        "title_args": {"title": "Excel"},
        "intent": "course_details",
        "entities": [{"entity": "ordinal", "value": 1}],
    }
    reply = Reply("hello", options=[option])
    (full,) = renderer.render(reply, "ar").options
    assert full.stored() == {
        "id": "x1",
        "title": "تفاصيل Excel",
        "intent": "course_details",
        "entities": [{"entity": "ordinal", "value": 1}],
    }
    assert renderer.render(reply, "fr", "sms").options[0].title == "Détails"


def test_latin_in_arabic_is_isolated_except_by_sms(renderer: Renderer) -> None:
    reply = Reply("echo", args={"text": "Google IT"})
    assert renderer.render(reply, "ar").text == f"قلت: {FSI}Google IT{PDI}"
    assert renderer.render(reply, "ar", isolates=False).text == "قلت: Google IT"
    assert renderer.render(reply, "ar", "sms").text == "قلت: Google IT"
    assert renderer.render(reply, "fr").text == "Vous avez dit : Google IT"


def test_the_short_form_is_for_sms_and_folded(renderer: Renderer) -> None:
    assert renderer.render(Reply("hello"), "fr", "sms").text == "Que cherchez-vous ?"
    assert renderer.render(Reply("hello"), "fr").text == "Bonjour ! Que cherchez-vous ?"
    assert renderer.render(Reply("starts", args={"date": "août"}), "fr", "sms").text == "Début le aout"


def test_people_cannot_write_fluent(renderer: Renderer) -> None:
    assert said(renderer, "fr", "echo", text="{ hello } { $x }") == "Vous avez dit : { hello } { $x }"


@pytest.mark.parametrize(
    "reply",
    [
        Reply("no-such-key"),
        Reply("only-french"),
        Reply("echo"),
        Reply("echo", args={"text": None}),
        Reply("echo", args={"text": {"$": "term", "set": "topic", "value": "alchemy"}}),
        Reply("echo", args={"text": {"$": "unheard-of"}}),
        Reply("echo", args={"text": {"$": "date", "value": "soon"}}),
        Reply("echo", args={"text": {"$": "duration", "value": "P"}}),
        Reply("echo", args={"text": {"$": "text", "by": {}}}),
    ],
)
def test_what_is_missing_raises_where_tests_can_see_it(renderer: Renderer, reply: Reply) -> None:
    with pytest.raises(RenderError):
        renderer.render(reply, "ar")


def test_in_service_another_variety_is_used_and_only_the_key_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    renderer = Renderer(WORDS)
    with caplog.at_level(logging.ERROR):
        assert renderer.render(Reply("only-french", args={"name": "Fatima"}), "ary").text == "Seulement ici"
    assert "only-french" in caplog.text
    assert "Fatima" not in caplog.text
    alchemy = {"$": "term", "set": "topic", "value": "old_alchemy"}
    assert said(renderer, "fr", "echo", text=alchemy) == "Vous avez dit : old alchemy"
    with pytest.raises(RenderError):
        renderer.render(Reply("no-such-key"), "fr")


@given(st.text(), st.sampled_from(["ar", "fr", "ary", "ary-Latn"]), st.sampled_from(["full", "sms"]))
def test_any_words_of_people_can_be_said_back(text: str, variety: str, form: Any) -> None:
    rendered = _ANY.render(Reply("echo", args={"text": text}), variety, form).text
    assert rendered.count(FSI) == rendered.count(PDI) or FSI in text or PDI in text


_ANY = Renderer(WORDS, strict=True)


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"fr/a.ftl": "good = oui\n= bad\n"}, "a.ftl:2"),
        ({"fr/a.ftl": "same = un\n", "fr/b.ftl": "same = deux\n"}, "b.ftl:1: same is already in a.ftl"),
        ({"es/a.ftl": "uno = uno\n"}, "expected folders named"),
        ({}, "expected folders named"),
    ],
)
def test_files_of_words_are_checked_when_read(tmp_path: Path, files: dict[str, str], problem: str) -> None:
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(WordsError, match=problem):
        Words(tmp_path)
