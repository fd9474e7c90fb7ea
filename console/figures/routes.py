"""The figures: what happened in a period, drawn and as tables, each number with the list behind it."""

from fastapi.responses import Response

from console.figures.asked import PERIODS, Wanted, wanted
from console.figures.building import Known, all_tables
from console.figures.charts import WIDTH, plot
from console.figures.tables import Table
from console.figures.written import as_csv, number_in
from console.inbox.language import CHANNELS
from console.pages import Pages
from console.refusals import not_found
from console.visit import Visit, VisitHere
from store.costly import over_budget
from store.figures import course_titles, figures
from store.regions import CITIES_OF_REGION
from store.vocabulary import CITIES, VARIETIES

_FILES = "text/csv; charset=utf-8"


def add_pages(pages: Pages) -> None:
    @pages.get("/figures")
    def page(visit: VisitHere) -> Response:
        asked = wanted(visit)
        known = _known(visit, asked)
        say = number_in(visit.words)
        mirrored = visit.words.direction == "rtl"
        tables = all_tables(known)
        return visit.page(
            "figures/figures.html",
            wanted=asked,
            known=known,
            total=known.figures.total,
            say=say,
            width=WIDTH,
            figures=[(table, plot(table, say, mirrored)) for table in tables],
            periods=PERIODS,
            choices={"channel": CHANNELS, "variety": VARIETIES, "region": CITIES_OF_REGION, "city": CITIES},
        )

    @pages.get("/figures/{table}.csv")
    def file(visit: VisitHere, table: str) -> Response:
        asked = wanted(visit)
        found = _table(all_tables(_known(visit, asked)), table)
        with visit.services.database.session() as session:
            visit.audit(session, "figures-exported", table=table)
        name = f"takwin-{table}-{asked.asked.since}-{asked.asked.until}.csv"
        return Response(
            as_csv(found, visit.words),
            media_type=_FILES,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def _table(tables: list[Table], key: str) -> Table:
    for table in tables:
        if table.key == key:
            return table
    raise not_found()


def _known(visit: Visit, asked: Wanted) -> Known:
    services = visit.services
    found = figures(services.database, asked.asked, visit.now)
    with services.database.session() as session:
        many, costly = over_budget(session, asked.asked, services.sms_budget)
        titles = course_titles(session, visit.words.language)
    return Known(found, asked, visit.words, titles, services.sms_cost, services.sms_budget, many, costly)
