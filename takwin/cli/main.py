"""The command line: `takwin --help` lists what an operator can do."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Annotated

import typer

from takwin.cli import advisers as advisers_cli
from takwin.cli import catalogue, people
from takwin.cli import channels as channels_cli
from takwin.cli import doctor as doctor_checks
from takwin.cli import models as models_cli
from takwin.cli import understanding as understanding_cli
from takwin.cli.terminal_output import console, fail
from takwin.model.model import ENGINE_PYTHON, TrainingFailed, current_model, fitting_model
from takwin.model.model import train as train_model
from takwin.settings import ROOT, Settings

app = typer.Typer(no_args_is_help=True, help="Takwin: free, certifying courses for Moroccan jobseekers.")
app.add_typer(catalogue.catalogue, name="catalogue")
app.add_typer(people.people, name="people")
app.add_typer(advisers_cli.advisers, name="advisers")
app.add_typer(models_cli.models, name="models")
app.add_typer(channels_cli.messages, name="messages")
app.add_typer(channels_cli.telegram, name="telegram")
app.add_typer(channels_cli.whatsapp, name="whatsapp")
app.add_typer(understanding_cli.understanding, name="understanding")


@app.command()
def serve(role: Annotated[str, typer.Option(help="all, webhooks, worker or console.")] = "all") -> None:
    """Serve: web server, worker and engine together, or one role of them."""
    from takwin.compose import serve as serving

    if role not in serving.ROLES:
        raise fail(f"--role {role}: one of {', '.join(serving.ROLES)} is expected")
    try:
        serving.serve(Settings(), role, console)
    except (serving.CannotServe, serving.EmbeddedError, ValueError) as error:
        raise fail(str(error)) from error


@app.command()
def train(force: Annotated[bool, typer.Option(help="Train even if nothing changed.")] = False) -> None:
    """Train the understanding, unless the model fits the present data already."""
    present = fitting_model()
    if present and not force:
        console.print(f"nothing changed since {present.relative_to(ROOT)}")
        return
    try:
        model = train_model(force=force)
    except (TrainingFailed, RuntimeError) as error:
        raise fail(str(error)) from error
    console.print(f"trained {model.relative_to(ROOT)}")


@app.command()
def understand(
    source: Annotated[
        Path | None, typer.Argument(help="JSON lines with `text`, and `variety` where known.")
    ] = None,
    target: Annotated[Path | None, typer.Argument(help="Where the answers go, one line each.")] = None,
    explain: Annotated[str | None, typer.Option(help="A message: say why it is understood as it is.")] = None,
) -> None:
    """What the trained model understands of each line of a file, or why of one message."""
    model = current_model()
    if model is None:
        raise fail("no trained model for the present data: run `make train`")
    command = [str(ENGINE_PYTHON), "-m", "bot.understand"]
    if explain is not None:
        command += ["--explain", explain]
    elif source is None or target is None:
        raise fail("understand: IN.jsonl and OUT.jsonl are needed, or --explain TEXT")
    else:
        command += [str(source.resolve()), str(target.resolve())]
    raise typer.Exit(subprocess.run([*command, "--model", str(model)], cwd=ROOT, check=False).returncode)


@app.command()
def chat(
    url: Annotated[str, typer.Option(help="Address of a running Takwin; yours when not given.")] = "",
) -> None:
    """Talk to a running Takwin in the terminal."""
    from takwin.cli.terminal import chat as talk

    raise typer.Exit(talk(url or Settings().address))


@app.command()
def doctor() -> None:
    """Say what is missing, and how to mend it."""
    findings = doctor_checks.examine(Settings())
    for finding in findings:
        missing = "[red]missing[/red]" if finding.fails else "[yellow]check[/yellow]"
        mark = "[green]ok[/green]" if finding.ok else missing
        console.print(f"{mark}  {finding.what}", highlight=False)
        if not finding.ok:
            console.print(f"    → {finding.mend}", highlight=False, soft_wrap=True)
    if any(finding.fails for finding in findings):
        raise typer.Exit(1)


def main() -> None:
    app()


if __name__ == "__main__":
    main()
