"""What commands print: one console, and one way to fail."""

import typer
from rich.console import Console

console = Console()


def fail(message: str) -> typer.Exit:
    """Says in red what went wrong; to be raised, so that the exit status is 1."""
    console.print(f"[red]{message}[/red]", highlight=False)
    return typer.Exit(1)
