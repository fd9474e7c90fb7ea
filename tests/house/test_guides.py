"""docs/adding: each guide is followed, its code run; what it says must stand in several places does so today."""

import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import yaml
from croniter import croniter
from fluent.syntax import FluentParser, ast
from prometheus_client import generate_latest
from sqlalchemy.orm import Session

from channels.contract.periodic import Periodic, never
from store import outreach
from store.catalogue import importers
from store.catalogue.columns import COURSES, RUN_COLUMNS
from store.catalogue.files import CatalogueErrors
from store.catalogue.views import CourseView
from store.conversations.inbound import InboundRecord, store_inbound
from store.conversations.messages import get_message
from store.conversations.outbound import OutboundRecord
from store.core.database import Database
from store.core.vocabulary import VARIETIES
from store.lifecycle import kinds
from store.outreach import alerts
from store.outreach.notifier import Notifier
from store.people.addresses import addresses_of, set_address_state
from store.people.people import find_or_create
from store.tables import Alert, Course, Feedback, Message
from tests.house.test_imports import ROOT

GUIDES = ROOT / "docs" / "adding"
LONGEST = 110  # lines: one page
_BLOCK = re.compile(r"^ *```(?P<language>\w+) (?P<path>\S+)\n(?P<code>.*?)^ *```", re.MULTILINE | re.DOTALL)
_PATH = re.compile(
    r"`((?:actions|bot|channels|console|data|docs|domain\.yml|store|takwin|tests)(?:/[\w<>.-]+)*/?)`"
)


def block(guide: str, path: str) -> str:
    """The code that a guide has for a file."""
    for found in _BLOCK.finditer((GUIDES / f"{guide}.md").read_text(encoding="utf-8")):
        if found["path"] == path:
            return textwrap.dedent(found["code"])
    raise LookupError(f"docs/adding/{guide}.md has no code for {path}")


@contextmanager
def put_beside(package: ModuleType, folder: Path, name: str, code: str) -> Iterator[None]:
    """A module in a package, for a moment."""
    (folder / f"{name}.py").write_text(code, encoding="utf-8")
    package.__path__.append(str(folder))
    try:
        yield
    finally:
        package.__path__.remove(str(folder))


def terms(*files: Path) -> set[str]:
    """The keys of Fluent files."""
    found: set[str] = set()
    for file in files:
        parsed = FluentParser().parse(file.read_text(encoding="utf-8"))
        found |= {entry.id.name for entry in parsed.body if isinstance(entry, ast.Message)}
    return found


@pytest.mark.parametrize("guide", sorted(GUIDES.glob("*.md")), ids=lambda each: each.stem)
def test_a_guide_is_a_page_and_names_what_is_there(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST or guide.stem == "channel", "a guide is one page"
    for path in _PATH.findall(text):
        if "zgh" in path or "opening_hours" in path:
            continue  # the example's own
        for variety in VARIETIES if "<variety>" in path else ("",):
            there = ROOT / path.replace("<variety>", variety)
            assert there.exists(), f"docs/adding/{guide.name} names {path}, which is not there"


def test_each_guide_is_found() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for guide in GUIDES.glob("*.md"):
        assert f"(docs/adding/{guide.name})" in contributing, f"CONTRIBUTING.md does not name {guide.name}"
    assert "(docs/adding/)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_an_importer_is_a_file(tmp_path: Path) -> None:
    code = block("course-importer", "store/catalogue/importers/json_titles.py")
    source = tmp_path / "courses.json"
    with put_beside(importers, tmp_path, "json_titles", code):
        read = importers.importers()["json-titles"]
        source.write_text('[{"id": "a", "title": "Excel", "provider": "ofppt"}]')
        assert read(source).courses[0]["title"] == "Excel"
        source.write_text('[{"id": "a", "title": "", "provider": "ofppt"}, {"id": "b", "provider": "ofppt"}]')
        with pytest.raises(CatalogueErrors) as refused:
            read(source)
    assert [error.line for error in refused.value.errors] == [1, 2]


def test_a_kind_of_data_is_a_file(database: Database, tmp_path: Path) -> None:
    code = block("kind-of-data", "store/lifecycle/kinds/opinions.py")
    with put_beside(kinds, tmp_path, "opinions", code):
        kind = next(each for each in kinds.kinds() if each.name == "opinions")
    long_ago, now = datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    with database.session() as session:
        person = find_or_create(session, "web", "s-1")
        session.add(Feedback(person_id=person.id, kind="praise", text="zwin", created_at=long_ago))
        session.add(Feedback(person_id=person.id, kind="praise", text="mzyan", created_at=now))
    with database.session() as session:
        assert kind.count(session, now) == 1
        assert kind.drop is not None
        assert [kind.drop(session, now, 10), kind.drop(session, now, 10)] == [1, 0]


def test_an_unasked_message_is_a_function_and_a_job(database: Database, tmp_path: Path) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    told: list[str | None] = []

    def render(key: str, *_: object) -> OutboundRecord:
        return OutboundRecord((key,), "Salam")

    def deliver(_: Session, message: Message) -> None:
        told.append(message.reply)

    with put_beside(
        outreach, tmp_path, "old_alerts", block("unasked-message", "store/outreach/old_alerts.py")
    ):
        scope: dict[str, Any] = {}
        exec(block("unasked-message", "takwin/jobs/old_alerts.py"), scope)
    with database.session() as session:
        for sender, year in (("+212600000001", 2025), ("+212600000002", 2026), ("+212600000003", 2025)):
            stored = store_inbound(session, InboundRecord("sms", sender, sender, "salam", received_at=now))
            session.add(
                Alert(person_id=stored.person_id, topics=[], created_at=datetime(year, 5, 1, tzinfo=UTC))
            )
        session.flush()
        # Who takes no messages on one channel is told nothing on another.
        for address in addresses_of(session, stored.person_id):
            set_address_state(session, address.id, "opted_out", "word:stop")
    with database.session() as session:
        assert len(alerts.of_person(session, stored.person_id)) == 1
    notifier = Notifier(render, deliver, {})
    assert [scope["end_old_alerts"](database, notifier, now) for _ in range(2)] == [2, 0]
    assert told == ["alerts-ended"]
    registry = {"old_alerts": SimpleNamespace(**scope), "Periodic": Periodic}
    exec(f"works = [{block('unasked-message', 'takwin/jobs/registry.py')}]", registry)
    assert [croniter.is_valid(work.cron) for work in registry["works"]] == [True]  # type: ignore[attr-defined]


def test_a_periodic_job_is_a_file_and_a_line(database: Database) -> None:
    now = datetime(2026, 6, 1, 12, tzinfo=UTC)
    scope: dict[str, Any] = {}
    exec(block("periodic-job", "takwin/jobs/put_aside.py"), scope)
    with database.session() as session:
        for sender, hour in (("+212600000001", 9), ("+212600000002", 11)):
            stored = store_inbound(session, InboundRecord("sms", sender, sender, "salam", received_at=now))
            message = get_message(session, stored.message_id)
            message.state, message.failure = "failed", "engine-down"
            message.finished_at = now.replace(hour=hour, minute=30)
    assert scope["tell_of_put_aside"](database, now) == 1
    registry = {"put_aside": SimpleNamespace(**scope), "Periodic": Periodic, "database": database}
    exec(f"work = ({block('periodic-job', 'takwin/jobs/registry.py').strip()})", registry)
    work: Any = registry["work"]
    assert croniter.is_valid(work.cron)
    assert work.work(never) == 0


def test_each_periodic_job_has_its_line() -> None:
    jobs = ROOT / "takwin" / "jobs"
    with_times = {path.stem for path in jobs.glob("*.py") if "\nCRON = " in path.read_text("utf-8")}
    lines = (jobs / "registry.py").read_text("utf-8")
    assert with_times == {each for each in with_times if f"{each}.CRON" in lines}


def test_a_metric_is_seen() -> None:
    scope: dict[str, object] = {}
    exec(block("metric", "channels/contract/metrics.py"), scope)
    scope["MENUS"].labels("sms").inc()  # type: ignore[attr-defined]
    assert b'takwin_menus_shown_total{channel="sms"} 1.0' in generate_latest()


@pytest.mark.parametrize("column", [column.name for column in COURSES])
def test_a_column_of_courses_stands_where_the_guide_says(column: str) -> None:
    words = [terms(ROOT / "data" / "console" / language / "courses.ftl") for language in ("fr", "ar")]
    assert all(f"column-{column}" in each for each in words), f"column-{column} has no words in the console"
    if column not in RUN_COLUMNS:
        assert hasattr(Course, column), f"store/tables/catalogue.py has no {column}"
        assert column in CourseView.__dataclass_fields__, f"store/catalogue/views.py has no {column}"


def test_an_intent_has_its_rule_and_action() -> None:
    [rule] = yaml.safe_load(block("intent", "data/rules/intents.yml"))["rules"]
    scope: dict[str, object] = {}
    exec(block("intent", "actions/service.py"), scope)
    action = scope["AskOpeningHours"]
    assert rule["steps"][1]["action"] == action.action_name  # type: ignore[attr-defined]


def test_every_intent_stands_where_the_guide_says() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    intents = [next(iter(each)) if isinstance(each, dict) else each for each in domain["intents"]]
    taught = [intent for intent in intents if (ROOT / "data" / "nlu" / "fr" / f"{intent}.yml").exists()]
    assert len(taught) > 30
    words = [terms(ROOT / "data" / "console" / language / "intents.ftl") for language in ("fr", "ar")]
    for intent in taught:
        for variety in VARIETIES:
            assert (ROOT / "data" / "nlu" / variety / f"{intent}.yml").exists(), f"{variety} has no {intent}"
        assert all(f"intent-{intent}" in each for each in words), (
            f"intent-{intent} has no words in the console"
        )
