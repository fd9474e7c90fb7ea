"""The stock Rasa server beside ours: trained once, kept under var/bench, started with its own Twilio connector.

`fixed` is Rasa as it comes: texts for answers, conversations in memory. `working` does what ours does, as a team would
build it on stock Rasa: our rules and actions behind an action server, and conversations in PostgreSQL.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

from benchmarks.rig.fleet import Fleet, Process
from benchmarks.rig.runs import BENCH, Bench
from benchmarks.rig.traffic import Traffic
from benchmarks.rig.wires import Twilio
from store.core.database import Database
from takwin.compose.actions import load_catalogue_once
from takwin.compose.engine_process import free_port
from takwin.model.model import ENGINE_PYTHON, fingerprint
from takwin.settings import ROOT
from takwin.stores import psycopg2_url

Kind = Literal["fixed", "working"]
KINDS: tuple[Kind, ...] = ("fixed", "working")
NAMES = {
    "fixed": "stock Rasa with fixed texts, nothing stored",
    "working": "stock Rasa with our rules and actions, stored in PostgreSQL",
}
SAMPLE = 8  # lines an intent and variety: DIET takes very long on all of them
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "NO_PROXY": "127.0.0.1",
}


def stock_model(kind: Kind) -> tuple[Path, dict[str, float]]:
    """The stock assistant of the present data, trained where it is not there yet, and what it was trained with."""
    model = BENCH / f"stock-{kind}-{fingerprint()}-{SAMPLE}.tar.gz"
    facts = model.with_suffix(".json")
    if not model.exists() or not facts.exists():
        began = time.monotonic()
        with (BENCH / f"stock-{kind}-training.log").open("wb") as log:
            subprocess.run(
                [str(ENGINE_PYTHON), "-W", "ignore", "-m", "benchmarks.stock.train", str(model), kind, str(SAMPLE)],
                cwd=ROOT, env={**os.environ, **QUIET}, check=True, stdout=log, stderr=log,
            )  # fmt: skip
        found = json.loads(facts.read_text())
        facts.write_text(json.dumps({**found, "seconds": round(time.monotonic() - began)}))
    return model, json.loads(facts.read_text())


class Stock(Fleet):
    """One stock server; where it works, with an action server (counted as "app") and a PostgreSQL, as ours."""

    def __init__(self, folder: Path, model: Path, api: str, kind: Kind) -> None:
        super().__init__(folder, {}, roles=())
        self._model = model
        self._api = api
        self._kind = kind
        self._port = free_port()
        self.app_urls = [f"http://127.0.0.1:{self._port}"]

    def start(self) -> None:
        command = [str(ENGINE_PYTHON), "-W", "ignore", "-m", "benchmarks.stock.server", str(self._model),
                   str(self._port), self._api]  # fmt: skip
        if self._kind == "working":
            command += [psycopg2_url(self._start_store()), f"{self._start_actions()}/webhook"]
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

    def _start_store(self) -> str:
        self.start_database()
        database = Database(self.server.url)
        load_catalogue_once(database)
        database.close()
        return self.tracker_url

    def _start_actions(self) -> str:
        address = f"http://127.0.0.1:{free_port()}"
        command = [
            sys.executable,
            "-m",
            "benchmarks.stock.actions",
            self.server.url,
            address.rpartition(":")[2],
        ]
        server = Process("app", command, os.environ, self.folder / "actions.log", f"{address}/health")
        self.apps.append(server)
        server.start()
        server.wait_ready()
        return address


@asynccontextmanager
async def stock_running(kind: Kind, people: int = 200) -> AsyncIterator[Bench]:
    """The stock server, started, with the provider that takes its messages."""
    wire = Twilio(path="/webhooks/twilio/webhook")
    wire.name = NAMES[kind]
    model, _ = await asyncio.to_thread(stock_model, kind)
    traffic = Traffic(wire, (), people)
    await traffic.sink.start()
    stock = Stock(BENCH / f"stock-{time.strftime('%H%M%S')}", model, traffic.sink.url, kind)
    traffic.apps = [stock.app_url.removeprefix("http://")]
    try:
        await asyncio.to_thread(stock.start)
        yield Bench(stock, traffic)
    finally:
        await traffic.close()
        await asyncio.to_thread(stock.stop)
        shutil.rmtree(stock.folder / "postgres", ignore_errors=True)
