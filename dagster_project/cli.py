"""The console script: the commands of ``fengkou.cli``, and those that need Dagster."""

from typing import Annotated

import typer

from fengkou.cli import app as fengkou
from fengkou.cli.terminal import Lang, err, exit_status, out
from fengkou.errors import RunFailedError
from fengkou.home import Home
from pipelines.language import Language

NEXT = {
    "make live": "the real boards, once",
    "make ui": "watch the runs",
    "make test": "the tests, offline",
}

app = fengkou.app


@app.command()
def run(
    live: Annotated[
        bool, typer.Option("--live", help="The real boards, once, instead of the simulated ones.")
    ] = False,
    language: Lang = Language.ZH,
) -> None:
    """The whole line once, as a Dagster run. Exit 3: some boards failed, 4: none answered."""
    import dagster as dg  # noqa: PLC0415 - a second and more, which no other command needs

    from dagster_project import run as line  # noqa: PLC0415
    from fengkou.cli.collecting import outage  # noqa: PLC0415
    from fengkou.cli.tables import failure_table, rising_table, written_lines  # noqa: PLC0415

    home = Home.from_environment()
    try:
        with err.status("starting") as spinner:
            ran = (
                line.run_live(home, language, spinner.update)
                if live
                else line.run_simulated(home.simulated, language, spinner.update)
            )
    except dg.DagsterError as error:
        raise RunFailedError(_not_readable(home, error)) from error
    reasons = {board: reason for board, (reason, _) in ran.failed.items()}
    if said := outage(ran.board_count, reasons):
        out.print(said, soft_wrap=True)
        raise typer.Exit(exit_status(len(ran.failed), ran.board_count))
    out.print(rising_table(ran.written.digest, language))
    if ran.failed:
        out.print(failure_table(ran.failed, language))
    out.print(written_lines(ran.written), soft_wrap=True)
    out.print(
        f"{ran.board_count - len(ran.failed)} of {ran.board_count} boards answered; "
        f"{ran.snapshot_count} snapshots, {ran.entry_count} entries"
    )
    nexts = ("make ui", "make test") if live else ("make live", "make ui", "make test")
    out.print(f"Next: {', '.join(f'{command} ({NEXT[command]})' for command in nexts)}")
    raise typer.Exit(exit_status(len(ran.failed), ran.board_count))


@app.command()
def ui(
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port to listen at.")] = 3000,
) -> None:
    """Dagster's UI on the home that was used last. FENGKOU_SCHEDULES=on also collects by cadence."""
    import dagster as dg  # noqa: PLC0415

    from dagster_project.ui import last_used, run_count, serve  # noqa: PLC0415
    from fengkou.settings import Switch, settings  # noqa: PLC0415

    said = settings()
    collects = said.schedules is Switch.ON
    root = Home.from_environment()
    home = last_used(root, is_named="home" in said.model_fields_set, collects=collects)
    try:
        runs = run_count(home)
    except dg.DagsterError as error:
        raise RunFailedError(_not_readable(home, error)) from error
    out.print(
        f"home {home.root}: {runs} runs. http://{host}:{port} (Ctrl-C ends it). "
        + ("Boards are collected by cadence." if collects else "Nothing is collected by itself."),
        soft_wrap=True,
    )
    serve(host, port)


def _not_readable(home: Home, error: Exception) -> str:
    return (
        f"Dagster cannot work with its state under {home.dagster}: {error} If it is of another version "
        "of Dagster, move that folder away."
    )


def main() -> None:
    """Run the command line with all its commands."""
    fengkou.main(app)
