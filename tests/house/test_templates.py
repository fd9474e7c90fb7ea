"""Templates: each in every variety, in its script, as a provider takes them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from channels.wording.templates import Templates, TemplatesError, describe, load, template_for, text_of
from store.core.vocabulary import VARIETIES

FILE = Path(__file__).resolve().parents[2] / "data" / "templates" / "whatsapp.json"
KEYS = {"adviser_reply_waiting": 0, "course_alert": 1, "registration_update": 2}
_ARABIC, _LATIN = re.compile(r"[\u0600-\u06ff]"), re.compile(r"[A-Za-zÀ-ÿ]")
#: Names and the word that stops messages stand in Latin letters wherever they are.
_ANYWHERE = re.compile(r"STOP|Takwin|\{\{\d\}\}")


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load(FILE)


def test_every_template_is_in_every_variety(templates: Templates) -> None:
    assert set(templates) == {(key, variety) for key in KEYS for variety in VARIETIES}


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("variety", VARIETIES)
def test_a_form(templates: Templates, key: str, variety: str) -> None:
    form = templates[key, variety]
    assert form.category == "utility"
    assert form.language == ("ar" if variety in ("ar", "ary") else "fr")
    assert len(form.values) == KEYS[key]
    wrong = _LATIN if variety in ("ar", "ary") else _ARABIC
    assert not wrong.search(_ANYWHERE.sub("", form.text)), f"{key} ({variety}): another script in it"
    texts = [templates[key, each].text for each in VARIETIES]
    assert len(set(texts)) == len(texts), f"{key}: two varieties say the same"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("variety", VARIETIES)
def test_filled_in(templates: Templates, key: str, variety: str) -> None:
    values = ["Google\n IT", "TK-7F3K2"][: KEYS[key]]
    template = template_for(templates, key, variety, values)
    text = text_of(templates, template)
    assert "{{" not in text
    assert all(value in text for value in template.values)
    assert [re.sub("[\u2068\u2069]", "", value) for value in template.values] == [
        " ".join(v.split()) for v in values
    ]


def test_latin_in_arabic_is_isolated(templates: Templates) -> None:
    assert template_for(templates, "course_alert", "ary", ["Excel"]).values == ("\u2068Excel\u2069",)
    assert template_for(templates, "course_alert", "fr", ["Excel"]).values == ("Excel",)


@pytest.mark.parametrize(
    ("key", "variety", "values"), [("?", "fr", []), ("course_alert", "en", ["x"]), ("course_alert", "fr", [])]
)
def test_what_there_is_not(templates: Templates, key: str, variety: str, values: list[str]) -> None:
    with pytest.raises(TemplatesError):
        template_for(templates, key, variety, values)


def test_an_operator_reads_what_to_submit(templates: Templates) -> None:
    lines = "\n".join(describe(templates))
    for form in templates.values():
        assert form.name in lines
        assert form.text in lines
        assert all(example in lines for example in form.examples)


def _broken(**changes: Any) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    content["templates"]["course_alert"] |= changes
    return content


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        _broken(texts={"fr": "Une formation : {{1}}."}),
        _broken(texts=dict.fromkeys(VARIETIES, "sans place")),
        _broken(texts=dict.fromkeys(VARIETIES, "{{1}} au début")),
        _broken(texts=dict.fromkeys(VARIETIES, "à la fin {{1}}")),
        _broken(texts=dict.fromkeys(VARIETIES, "place {{2}} trop haute")),
        _broken(texts=dict.fromkeys(VARIETIES, "x" * 1020 + " {{1}} y")),
        _broken(examples={variety: [] for variety in VARIETIES}),
        {**_broken(), "varieties": {v: {"language": "fr", "suffix": ""} for v in VARIETIES}},
        {**_broken(), "varieties": {v: {"language": "fr", "suffix": f"-{v}"} for v in VARIETIES}},
    ],
)
def test_files_that_a_provider_would_refuse(tmp_path: Path, content: Any) -> None:
    path = tmp_path / "templates.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(TemplatesError):
        load(path)
