"""The figures: what happened in a period, drawn and as tables, each number with the list behind it."""

from fastapi.responses import Response

from console.figures.building import Known, all_tables
from console.figures.charts import WIDTH, plot
from console.figures.request import PERIODS, Wanted, wanted
from console.figures.tables import Table
from console.figures.written import as_csv, number_in
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import not_found
from console.web.visit import Visit, VisitHere
from store.core.regions import CITIES_OF_REGION
from store.core.vocabulary import CHANNELS, CITIES, VARIETIES
from store.figures.expensive_conversations import over_budget
from store.figures.figures import course_titles, figures

_FILES = "text/csv; charset=utf-8"

pages = PageGroup()


@pages.get("/figures", Need.READER, bar="nav-figures")
def figures_page(visit: VisitHere) -> Response:
    request = wanted(visit)
    known = _known(visit, request)
    say = number_in(visit.words)
    mirrored = visit.words.direction == "rtl"
    tables = all_tables(known)
    return visit.page(
        "figures/figures.html",
        wanted=request,
        known=known,
        total=known.figures.total,
        say=say,
        width=WIDTH,
        figures=[(table, plot(table, say, mirrored)) for table in tables],
        periods=PERIODS,
        choices={"channel": CHANNELS, "variety": VARIETIES, "region": CITIES_OF_REGION, "city": CITIES},
    )


@pages.get("/figures/{table}.csv", Need.READER)
def table_file(visit: VisitHere, table: str) -> Response:
    request = wanted(visit)
    found = _table(all_tables(_known(visit, request)), table)
    with visit.services.database.session() as session:
        visit.audit(session, "figures-exported", table=table)
    name = f"takwin-{table}-{request.filter.since}-{request.filter.until}.csv"
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


def _known(visit: Visit, request: Wanted) -> Known:
    services = visit.services
    found = figures(services.database, request.filter, visit.now)
    with services.database.session() as session:
        many, expensive = over_budget(session, request.filter, services.sms_budget)
        titles = course_titles(session, visit.words.language)
    return Known(found, request, visit.words, titles, services.sms_cost, services.sms_budget, many, expensive)
