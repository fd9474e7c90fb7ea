"""The stock Rasa server beside ours: trained once, kept under var/bench, started with its own Twilio connector."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.fleet import Fleet, Process
from benchmarks.runs import BENCH, Bench
from benchmarks.traffic import Traffic
from benchmarks.wires import Twilio
from store.database import ensure_database
from takwin.engine_process import free_port
from takwin.model import ENGINE_PYTHON, fingerprint
from takwin.serve import psycopg2_url
from takwin.settings import ROOT

SAMPLE = 8  # lines an intent and variety: DIET takes very long on all of them
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "NO_PROXY": "127.0.0.1",
}


def stock_model() -> tuple[Path, dict[str, float]]:
    """The stock assistant of the present data, trained where it is not there yet, and what it was trained with."""
    model = BENCH / f"stock-{fingerprint()}-{SAMPLE}.tar.gz"
    facts = model.with_suffix(".json")
    if not model.exists() or not facts.exists():
        began = time.monotonic()
        subprocess.run(
            [str(ENGINE_PYTHON), "-W", "ignore", "-m", "benchmarks.stock_train", str(model), str(SAMPLE)],
            cwd=ROOT, env={**os.environ, **QUIET}, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        found = json.loads(facts.read_text())
        facts.write_text(json.dumps({**found, "seconds": round(time.monotonic() - began)}))
    found = json.loads(facts.read_text())
    return model, found


class Stock(Fleet):
    """One stock server; with `sql` its tracker is on a PostgreSQL, as ours is."""

    def __init__(self, folder: Path, model: Path, api: str, *, sql: bool) -> None:
        super().__init__(folder, {}, roles=())
        self._model = model
        self._api = api
        self._sql = sql
        self._port = free_port()
        self.app_urls = [f"http://127.0.0.1:{self._port}"]

    def start(self) -> None:
        command = [str(ENGINE_PYTHON), "-W", "ignore", "-m", "benchmarks.stock_server", str(self._model),
                   str(self._port), self._api]  # fmt: skip
        if self._sql:
            self.server.start()
            command.append(psycopg2_url(ensure_database(self.server.url, "stock_tracker")))
        server = Process(
            "engine",
            command,
            {**os.environ, **QUIET},
            self.folder / "stock.log",
            f"{self.app_url}/webhooks/twilio/",
        )
        self.engines.append(server)
        server.start()
        server.wait_ready()


@asynccontextmanager
async def stock_running(*, sql: bool, people: int = 600) -> AsyncIterator[Bench]:
    """The stock server, started, with the provider that takes its messages."""
    import asyncio

    wire = Twilio(path="/webhooks/twilio/webhook")
    wire.name = "stock Rasa, its Twilio connector" + (
        ", tracker in PostgreSQL" if sql else ", tracker in memory"
    )
    model, _ = await asyncio.to_thread(stock_model)
    traffic = Traffic(wire, (), people)
    await traffic.sink.start()
    stock = Stock(BENCH / f"stock-{time.strftime('%H%M%S')}", model, traffic.sink.url, sql=sql)
    traffic.apps = [stock.app_url.removeprefix("http://")]
    try:
        await asyncio.to_thread(stock.start)
        yield Bench(stock, traffic)
    finally:
        await traffic.close()
        await asyncio.to_thread(stock.stop)
