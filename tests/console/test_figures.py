"""The page of figures: numbers that lead to their lists, plots with tables, files that are no formulas, a scope."""

import csv
import io
import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from console.figures.charts import plot
from console.figures.tables import Column, Table, TableRow
from console.figures.written import as_csv, number_in
from console.inbox.language import parse_filter
from console.web.words import AllWords
from store.conversations.outbound import OutboundRecord, store_replies
from store.core.clock import moroccan_day
from store.tables.conversations import UNANSWERED_REPLIES
from takwin.compose.console import DATA
from takwin.settings import ROOT
from tests.console.conftest import Browser, Console
from tests.console.pages_checked import check, texts

CLOUD = [{"entity": "topic", "value": "cloud", "start": 0, "end": 5}]


def _some(console: Console) -> None:
    console.says("cloud", understanding={"intent": "find_course", "confidence": 0.9, "entities": CLOUD}, city="fes",
                 variety="fr")  # fmt: skip
    console.says("bghit nt3ellem", sender="+212600000002", city="rabat", variety="ary-Latn", channel="whatsapp",
                 understanding={"intent": "nlu_fallback", "confidence": 0.2})  # fmt: skip


def _in(browser: Browser, language: str) -> Browser:
    browser.post("/console/language", language=language)
    return browser


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_plot_has_words_and_a_table(console: Console, language: str) -> None:
    _some(console)
    page = _in(console.as_role("supervisor"), language).get("/console/figures").text
    root = check(page, language)
    tables = len(re.findall(r"<table>", page))
    assert page.count('<svg class="plot"') >= 6
    assert page.count('<svg class="plot"') <= tables
    for drawn in re.findall(r'<svg class="plot".*?</svg>', page, re.DOTALL):
        assert re.search(r"<title id=[^>]+>\S.*?</title>\s*<desc id=[^>]+>\S", drawn)
    assert "figures-" not in texts(root)


def test_every_link_of_the_page_is_a_filter_that_can_be_read(console: Console) -> None:
    _some(console)
    page = console.as_role("supervisor").get("/console/figures?channel=sms&region=fes_meknes").text
    page += console.as_role("supervisor").get("/console/figures").text
    links = {unescape(each) for each in re.findall(r'href="(/console/inbox\?[^"]+)"', page)}
    assert len(links) > 10
    for link in links:
        parse_filter(parse_qs(urlsplit(link).query)["q"][0])


def test_a_number_opens_the_conversations_it_counts(console: Console) -> None:
    _some(console)
    browser = console.as_role("supervisor")
    page = browser.get("/console/figures").text
    fallback = re.search(r'href="(/console/inbox\?[^"]*is%3Afallback[^"]*)"', page)
    assert fallback is not None
    listed = browser.get(unescape(fallback[1])).text
    assert listed.count('class="open"') == 1
    assert "bghit" in listed


def test_what_stays_unanswered_is_the_same_to_figures_lists_and_gaps(console: Console) -> None:
    for number, reply in enumerate(UNANSWERED_REPLIES):
        told = console.says("cloud", sender=f"+21260000010{number}")
        with console.database.session() as session:
            store_replies(
                session, told.message_id, [OutboundRecord(reply_keys=("noted", reply), text="..", segments=1)]
            )
    _some(console)
    browser = console.as_role("supervisor")
    page = browser.get("/console/figures").text
    share = page.split("Aucune formation ou agence trouvée", 1)[1].split("</tr>", 1)[0]
    assert re.findall(r"<td[^>]*>(?:<a[^>]*>)?([^<]+)<", share)[1:] == ["3", "5"]
    behind = re.search(r'href="(/console/inbox\?[^"]*reply[^"]*nothing-found[^"]*)"', page)
    assert behind is not None
    assert browser.get(unescape(behind[1])).text.count('class="open"') == 3
    gaps = check(browser.get("/console/gaps").text, "fr")
    assert len(list(next(iter(gaps.iter("tbody"))).iter("tr"))) == 3


def test_figures_are_of_the_period_and_the_filter(console: Console) -> None:
    _some(console)
    today = moroccan_day(console.clock())
    console.says("avant", sender="+212600000003", at=console.clock() - timedelta(days=40))
    browser = console.as_role("supervisor")

    def people(query: str) -> str:
        page = browser.get(f"/console/figures?{query}").text
        found = re.search(r"<dt>Personnes actives</dt><dd>(?:<a[^>]*>)?([^<]+)<", page)
        assert found is not None
        return found[1]

    assert people("") == "2"
    assert people(f"since={today - timedelta(days=60)}&until={today}") == "3"
    assert people(f"since={today}&until={today - timedelta(days=60)}") == "3"
    assert people("channel=sms") == "1"
    assert people("channel=pigeon&since=never") == "2"
    assert people("city=rabat") == "1"


def test_an_adviser_gets_figures_of_their_own_people(console: Console) -> None:
    _some(console)
    console.add("of-fes", "adviser", cities=["fes"])
    browser = console.browser()
    browser.sign_in("of-fes")
    page = browser.get("/console/figures").text
    assert "votre secteur" in page
    assert re.search(r"<dt>Personnes actives</dt><dd><a[^>]*>1<", page)
    assert "Rabat</bdi>" not in page


def test_each_table_is_a_file(console: Console) -> None:
    _some(console)
    browser = console.as_role("reader")
    page = browser.get("/console/figures").text
    files = [unescape(each) for each in re.findall(r'href="(/console/figures/[a-z_-]+\.csv\?[^"]+)"', page)]
    assert len(files) >= 6
    for file in files:
        answer = browser.get(file)
        assert answer.headers["content-type"].startswith("text/csv")
        assert "attachment" in answer.headers["content-disposition"]
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(rows) > 1
        assert {len(row) for row in rows} == {len(rows[0])}
    assert browser.get("/console/figures/nothing.csv").status_code == 404


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_file_has_no_formulas(label: str) -> None:
    table = Table("days", (Column("people"),), (TableRow(label, (3,)),))
    words = AllWords(DATA, ROOT / "data" / "replies").of("fr")
    cell = list(csv.reader(io.StringIO(as_csv(table, words).decode("utf-8-sig"))))[1][0]
    assert cell == f"'{label}"


def test_plots_are_mirrored_where_one_reads_from_the_right() -> None:
    words = AllWords(DATA, ROOT / "data" / "replies").of("ar")
    table = Table("funnel", (Column("people"),), (TableRow("a", (10,)), TableRow("b", (5,))))
    there, mirrored = (plot(table, number_in(words), each) for each in (False, True))
    assert there is not None
    assert mirrored is not None
    for one, other in zip(there.bars, mirrored.bars, strict=True):
        assert one.width == other.width
        assert one.x + one.width + other.x == pytest.approx(480)
        assert one.x == 170 < other.x + other.width == 310 or one.x + one.width <= 480


def test_what_sms_cost_is_told(make_console) -> None:  # type: ignore[no-untyped-def]
    from decimal import Decimal

    console = make_console(sms_cost=lambda sent: sent * Decimal("0.35"), sms_budget=1)
    said = console.says("salam", variety="ary")
    with console.database.session() as session:
        from store.conversations import conversations

        store_replies(
            session, said.message_id, [OutboundRecord(reply_keys=("greet",), text="..", segments=4)]
        )
        conversations.get(session, said.conversation_id).segments_sent = 4
    page = console.as_role("supervisor").get("/console/figures").text
    assert "1,40 DH" in page
    assert f'href="{said.path}"' in page
