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
    from fengkou.cli.story_tables import story_tables  # noqa: PLC0415
    from fengkou.cli.tables import failure_table, written_lines  # noqa: PLC0415
    from fengkou.reads import choosing  # noqa: PLC0415

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
    out.print(story_tables(ran.written.digest, language))
    if ran.failed:
        out.print(failure_table(ran.failed, language))
    out.print(written_lines(ran.written), soft_wrap=True)
    if ran.chat:
        out.print("What the chat of a ready desk shows:")
        out.print(ran.chat.strip(), soft_wrap=True)
    out.print(
        f"{ran.board_count - len(ran.failed)} of {ran.board_count} boards answered; "
        f"{ran.snapshot_count} snapshots, {ran.entry_count} entries",
        soft_wrap=True,
    )
    if not live:
        # The simulated run has a home of its own, which no other command looks into unasked.
        out.print(f"Read it: {choosing(home.simulated)} fengkou status", soft_wrap=True)
    nexts = ("make ui", "make test") if live else ("make live", "make ui", "make test")
    said = ", ".join(f"{command} ({NEXT[command]})" for command in nexts)
    out.print(f"Next: {said}", soft_wrap=True)
    raise typer.Exit(exit_status(len(ran.failed), ran.board_count))


@app.command()
def ui(
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port to listen at.")] = 3000,
) -> None:
    """Dagster's UI on the home that was used last. FENGKOU_SCHEDULES=on also collects by cadence.

    It has no login: whoever reaches the port can launch runs. It answers browsers that ask for this machine
    by its own name, and pages of its own; FENGKOU_UI_HOSTS names further hosts, of a proxy that checks who
    asks.
    """
    import dagster as dg  # noqa: PLC0415

    from dagster_project.ui import last_used, newest_run, serve  # noqa: PLC0415
    from fengkou.settings import Switch, settings  # noqa: PLC0415

    said = settings()
    collects = said.schedules is Switch.ON
    root = Home.from_environment()
    home = last_used(root, is_named="home" in said.model_fields_set, collects=collects)
    try:
        run_id = newest_run(home)
    except dg.DagsterError as error:
        raise RunFailedError(_not_readable(home, error)) from error
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    # The page of the run itself: Dagster's first page shows only runs that its own daemon launched.
    seen = f"The newest run: {address}/runs/{run_id}" if run_id else f"No run yet: {address}"
    collects_too = ", which collects by cadence" if collects else ""
    out.print(f"home {home.root}{collects_too}. {seen} (Ctrl-C ends it)", soft_wrap=True)
    serve(host, port, said.ui_hosts)


def _not_readable(home: Home, error: Exception) -> str:
    return (
        f"Dagster cannot work with its state under {home.dagster}: {error} If it is of another version "
        "of Dagster, move that folder away."
    )


def main() -> None:
    """Run the command line with all its commands."""
    fengkou.main(app)
