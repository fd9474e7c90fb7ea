"""The filter language: what each thing typed means, what is refused and how that is told."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.inbox.form import read, written
from console.inbox.language import FilterProblem, parse_filter
from store.inbox.filters import All, Any, Confidence, Day, Filter, Not, Where, Words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", All(())),
        ("   ", All(())),
        ("formation", Words("formation")),
        ("فورماسيون", Words("فورماسيون")),
        ('"appel d\'offre"', Words("appel d'offre", phrase=True)),
        ("form*", Words("form*")),
        ("channel:sms", Where("channel", ("sms",))),
        ("channel:SMS,whatsapp", Where("channel", ("sms", "whatsapp"))),
        ("state:waiting", Where("state", ("waiting",))),
        ("-state:closed", Not(Where("state", ("closed",)))),
        ("not state:closed", Not(Where("state", ("closed",)))),
        ("variety:ary-Latn", Where("variety", ("ary-Latn",))),
        ("city:al_hoceima", Where("city", ("al_hoceima",))),
        ('region:"Fès-Meknès"', Where("region", ("Fès-Meknès",))),
        ('tag:"À suivre"', Where("tag", ("à-suivre",))),
        ("is:out_of_scope", Where("is", ("out-of-scope",))),
        ("conf<0.5", Confidence(True, 0.5)),
        ("conf>=0.8", Confidence(False, 0.8)),
        ("intent:register conf<0.6", Confidence(True, 0.6, ("register",))),
        ("intent:register", Where("intent", ("register",))),
        ("after:2026-11-01", Day(date(2026, 11, 1), before=False)),
        ("before:2026-12-01", Day(date(2026, 12, 1), before=True)),
        ("a b", All((Words("a"), Words("b")))),
        ("a and b", All((Words("a"), Words("b")))),
        ("a or b", Any((Words("a"), Words("b")))),
        ("a b or c", Any((All((Words("a"), Words("b"))), Words("c")))),
        ("(a or b) -c", All((Any((Words("a"), Words("b"))), Not(Words("c"))))),
        ("-(a b)", Not(All((Words("a"), Words("b"))))),
        ("prix-bas", Words("prix-bas")),
        ('"and"', Words("and", phrase=True)),
    ],
)
def test_what_is_typed_is_what_is_meant(typed: str, meant: Filter) -> None:
    assert parse_filter(typed) == meant


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("channel:pigeon", "filter-no-such-value"),
        ("colour:red", "filter-no-such-field"),
        ("channel:", "filter-no-value"),
        ("channel<sms", "filter-colon"),
        ("conf:0.5", "filter-confidence"),
        ("conf<0.33", "filter-confidence"),
        ("conf<2", "filter-confidence"),
        ("conf<many", "filter-confidence"),
        ("after:yesterday", "filter-date"),
        ('"open', "filter-quote-open"),
        ("(a", "filter-open-without-close"),
        ("a)", "filter-close-without-open"),
        ("a or", "filter-incomplete"),
        ("or a", "filter-incomplete"),
        ("not", "filter-incomplete"),
        ("- a", None),
        ("a and", "filter-incomplete"),
        ("()", "filter-incomplete"),
        ("x" * 501, "filter-too-long"),
        ("(" * 40 + "a" + ")" * 40, "filter-too-long"),
    ],
)
def test_what_cannot_be_read_is_told(typed: str, key: str | None) -> None:
    if key is None:
        parse_filter(typed)
        return
    with pytest.raises(FilterProblem) as problem:
        parse_filter(typed)
    assert problem.value.key == key


@given(st.text(alphabet=st.sampled_from("ab:\"()<>-, 0.5اب*\\'")))
def test_nothing_typed_breaks_the_parser(typed: str) -> None:
    with suppress(FilterProblem):
        parse_filter(typed)


def test_the_form_writes_what_it_reads() -> None:
    values = {
        "channel": "sms", "variety": "ary-Latn", "city": "fes", "topic": "cloud", "intent": "register",
        "tag": "urgent", "is": "unread", "region": "Fès Meknès", "conf": "0.5", "after": "2026-11-01",
        "before": "2026-11-30", "words": "formation excel",
    }  # fmt: skip
    form = read(written(values))
    assert form.values == values
    assert form.whole
    assert not read("a or b").whole
    assert not read("-channel:sms").whole
