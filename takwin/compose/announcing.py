"""What an operator is told on the terminal while the product starts."""

from rich.console import Console

from store.core.database import Database
from takwin.compose.console import first_adviser
from takwin.compose.engine_process import EngineProcess
from takwin.credentials import channel_credentials, variable
from takwin.settings import Settings


async def announce(
    console: Console, settings: Settings, role: str, database: Database, engine: EngineProcess | None
) -> None:
    """Tell the operator where what is served, and which channels are on."""
    if engine:
        with console.status("starting the engine ..."):
            ready = await engine.wait_ready()
        if not ready:
            log_file = engine.config.log_file
            console.print(f"[red]the engine does not answer yet[/red]; its log: {log_file}")
    address = settings.address
    if settings.web_channel_on:
        console.print(f"Takwin serves on [bold]{address}/try[/bold] (web phone)")
    else:
        console.print(f"Takwin serves on [bold]{address}[/bold]")
    if role in ("all", "console"):
        _announce_console(database, address, console)
    for channel in channel_credentials(settings):
        if channel.complete:
            console.print(f"{channel.channel} is on")
        elif channel.half_set:
            missing = ", ".join(variable(f) for f in channel.missing)
            console.print(f"[yellow]{channel.channel} is off:[/yellow] {missing} not set")
    console.print("Ctrl-C stops everything.")


def _announce_console(database: Database, address: str, console: Console) -> None:
    console.print(f"Advisers sign in on [bold]{address}/console[/bold]", soft_wrap=True)
    first = first_adviser(database)
    if first is not None:
        login, password = first
        console.print(
            f"first adviser: [bold]{login}[/bold], one-time password [bold]{password}[/bold] "
            "(to be changed at the first sign-in; shown only now)",
            soft_wrap=True,
        )
