"""Trained models on the command line: which there are, and going back to one of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from takwin.model.model import all_models, choose, chosen_model, current_model, fitting_model
from takwin.settings import Settings

models = typer.Typer(no_args_is_help=True, help="Trained models, and going back to one.")
console = Console()


@models.command("list")
def list_models() -> None:
    """The models, the last trained first; `*` is the one a server would start with."""
    current, fitting, chosen = current_model(), fitting_model(), chosen_model()
    for path in all_models():
        found = path.stat()
        notes = [
            note
            for note, holds in (("of the present data", path == fitting), ("chosen", path == chosen))
            if holds
        ]
        at = datetime.fromtimestamp(found.st_mtime, UTC)
        line = f"{'*' if path == current else ' '} {path.name}  {at:%Y-%m-%d %H:%M}  {found.st_size // 1024:>7} KiB"
        console.print(f"{line}  {', '.join(notes)}".rstrip(), highlight=False, markup=False, soft_wrap=True)
    if Settings().model is not None:
        console.print(
            f"TAKWIN_MODEL names {Settings().model}: it comes before these", highlight=False, markup=False
        )


@models.command("use")
def use_model(
    name: Annotated[
        str, typer.Argument(help="A file that `models list` shows; `present`: that of the data.")
    ],
) -> None:
    """Serve this model from the next start on, whatever the data is now."""
    try:
        choose(None if name == "present" else name)
    except LookupError:
        console.print(
            f"there is no model {name}: `takwin models list` shows them", highlight=False, markup=False
        )
        raise typer.Exit(1) from None
    console.print("chosen; restart the server for it to be served")
