"""`takwin serve`: the store, the engine, the worker and the web server, started together and stopped together."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import uvicorn
import uvloop
from fastapi import APIRouter, FastAPI
from rich.console import Console

from actions.registry import build_actions
from bot.nlu.folding import plain
from channels.delivery.outbox import Outbox
from channels.queue.deferrer import Deferrer
from channels.turn.engine import Engine
from channels.turn.reading import Reading
from channels.turn.turn import Turns
from channels.web import build_phone_router, build_web_router
from channels.wording.render import Renderer
from channels.worker.worker import Messaging, Pace, run_worker
from store.advisers.hours import out_of_hours
from store.core.database import Database
from store.core.encryption import Cipher
from store.engine.tracker import TrackerStore
from takwin.adviser_hours import adviser_hours
from takwin.compose import garbage
from takwin.compose.actions import load_catalogue_once, services
from takwin.compose.announcing import announce
from takwin.compose.app import Parts, build_app
from takwin.compose.channels import build_channels, outbox_words, threads_for_webhooks
from takwin.compose.console import console_routers
from takwin.compose.embedded_watch import watched
from takwin.compose.engine_process import EngineConfig, EngineProcess, free_port
from takwin.compose.steps import danger, steps
from takwin.jobs.registry import periodic_work
from takwin.jobs.retention import periods_of
from takwin.model.model import current_model
from takwin.secret import installation_secret
from takwin.settings import ROOT, Settings
from takwin.stores import EmbeddedError, Stores, open_stores, psycopg2_url

log = logging.getLogger(__name__)
__all__ = ["CannotServe", "EmbeddedError", "serve"]
WORKER_NICENESS = 10
ROLES = ("all", "webhooks", "worker", "console")


class CannotServe(RuntimeError):
    """Something is missing; the text says what and the mend."""


class Serving:
    """One running installation."""

    def __init__(self, settings: Settings, stores: Stores, role: str, console: Console) -> None:
        self.settings = settings
        self.stores = stores
        self.role = role
        self.console = console
        self.secret = installation_secret(settings)
        self.database = Database(stores.url, Cipher(self.secret), pool_size=settings.workers + 4)
        self.engine_process = self._engine_process()
        urls = settings.engine_urls or ((self.engine_process.config.url,) if self.engine_process else ())
        self.engine = Engine(urls or ("http://127.0.0.1:5005",), self.secret)
        self.deferrer = Deferrer()
        self.renderer = Renderer(ROOT / "data" / "replies")
        # Webhooks do not wait behind turns: what a provider brings is stored by threads of its own.
        self.webhook_threads = ThreadPoolExecutor(threads_for_webhooks(), "webhook")
        self.work_threads = ThreadPoolExecutor(settings.workers, "work")
        self.channels = build_channels(settings, self.database, self.deferrer, self.webhook_threads)
        self.turns = Turns(
            self.database,
            self.engine,
            self.renderer,
            self.deferrer,
            forget=TrackerStore(stores.tracker_url).forget,
            reading=Reading(steps(settings), plain, danger(partial(out_of_hours, adviser_hours()))),
            executor=self.work_threads,
        )
        self.stop = asyncio.Event()

    def _engine_process(self) -> EngineProcess | None:
        if self.settings.engine_urls or self.role not in ("all", "worker"):
            return None
        model = current_model()
        if model is None:
            raise CannotServe("no trained model for the present data: run `make train`")
        return EngineProcess(
            EngineConfig(
                model=model,
                port=self.settings.engine_port or free_port(),
                secret=self.secret,
                actions_url=f"http://127.0.0.1:{self.settings.port}/actions",
                tracker_url=psycopg2_url(self.stores.tracker_url),
                log_file=self.settings.var / "log" / "engine.log",
            )
        )

    def app(self) -> FastAPI:
        return build_app(
            Parts(
                database=self.database,
                actions=build_actions(services(self.database)),
                secret=self.secret,
                engine_ready=self._engine_ready,
                web=(*self._web(), *(provider.router for provider in self.channels.providers.values())),
                serves_people=self.role in ("all", "webhooks"),
                console=self._console_routers() if self.role in ("all", "console") else (),
                home="/try" if self.settings.web_channel_on else "/console",
            )
        )

    def _web(self) -> tuple[APIRouter, ...]:
        """The web channel and its phone, where they are on."""
        if not self.settings.web_channel_on:
            return ()
        return (
            build_web_router(self.database, self.deferrer, self.renderer),
            build_phone_router(ROOT / "data" / "try" / "labels.json"),
        )

    def _console_routers(self) -> Sequence[APIRouter]:
        return console_routers(
            self.settings,
            self.database,
            self.secret,
            self.renderer,
            self.deferrer,
            self.stores.tracker_url,
            self.stop.is_set,
        )

    def _engine_ready(self) -> bool:
        return self.engine_process.ready.is_set() if self.engine_process else True

    async def run(self) -> None:
        """Serve until stopped by a signal."""
        server = _Server(
            uvicorn.Config(
                self._with_lifespan(),
                host=self.settings.host,
                port=self.settings.port,
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=3,  # a page that follows what happens never ends by itself
            )
        )
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop.set)
        serving = asyncio.create_task(server.serve())
        tasks = [asyncio.create_task(self.engine_process.run())] if self.engine_process else []
        if self.role in ("all", "worker"):
            tasks.append(asyncio.create_task(run_worker(self._messaging(), self.stop)))
        announcing = asyncio.create_task(
            announce(self.console, self.settings, self.role, self.database, self.engine_process)
        )
        stopping = asyncio.create_task(self.stop.wait())
        await asyncio.wait({stopping, serving}, return_when=asyncio.FIRST_COMPLETED)
        self.stop.set()
        server.should_exit = True
        for task in (announcing, stopping):
            task.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        await self._stop_all(tasks)

    async def _stop_all(self, tasks: list[asyncio.Task[None]]) -> None:
        """The worker first, so that turns in progress end with an engine; then the engine."""
        for task in reversed(tasks):
            if self.engine_process and task is tasks[0]:
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await self.engine.close()
        await self.channels.close()
        for threads in (self.webhook_threads, self.work_threads):
            threads.shutdown(wait=False, cancel_futures=True)
        self.database.close()

    def _messaging(self) -> Messaging:
        return Messaging(
            database_url=self.stores.url,
            turns=self.turns,
            outbox=Outbox(
                self.database,
                self.channels.providers,
                outbox_words(self.renderer),
                executor=self.work_threads,
            ),
            alone=self.stores.embedded and self.role == "all",
            pace=Pace(at_once=self.settings.workers),
            periodic=(
                *self.channels.periodic,
                *periodic_work(
                    self.database,
                    self.renderer,
                    self.deferrer,
                    TrackerStore(self.stores.tracker_url),
                    periods_of(self.settings),
                ),
            ),
        )

    def _with_lifespan(self) -> FastAPI:
        app = self.app()

        @asynccontextmanager
        async def lifespan(_: FastAPI) -> AsyncIterator[None]:
            yield

        app.router.lifespan_context = lifespan
        return app


class _Server(uvicorn.Server):
    """Leaves signals to us: we stop the worker and the engine too."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def port_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def serve(settings: Settings, role: str = "all", console: Console | None = None) -> None:
    """Start everything this role needs and run until stopped.

    Raises:
        CannotServe: the port is taken, or no model is trained; the text names the mend.
    """
    console = console or Console()
    if port_taken(settings.host, settings.port):
        raise CannotServe(
            f"port {settings.port} is taken: stop what uses it, or set PORT to another (PORT=8001 make run)"
        )
    _log_to(settings.var / "log" / "app.log")
    if role == "worker":
        _step_behind()
    with open_stores(settings) as stores:
        serving = Serving(settings, stores, role, console)
        loaded = load_catalogue_once(serving.database)
        if loaded:
            console.print(f"catalogue loaded: {loaded} courses")
        garbage.settle()
        with watched(stores.server, serving.database.close):
            uvloop.run(serving.run())


def _step_behind() -> None:
    """Steps behind webhooks in the kernel's queue, as the engine does: what comes in is stored before it is
    answered.
    """
    with contextlib.suppress(OSError):
        os.nice(WORKER_NICENESS)
        if os.getsid(0) == os.getpid():
            # Linux shares out among sessions first (sched(7), autogroup): without this niceness counts within one only.
            Path("/proc/self/autogroup").write_text(str(WORKER_NICENESS))


def _log_to(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        filename=path, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    for noisy in ("httpx", "procrastinate", "alembic", "rasa_sdk"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
