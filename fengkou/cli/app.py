"""``fengkou``: the command line at the top of the house."""

import json
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from fengkou.backtest import backtest, train
from fengkou.cli.boards import PageUnreadableError, boards_app, doctor, parse
from fengkou.cli.forecasts import learn, record
from fengkou.cli.tables import board_table, failure_table, rising_table, token_table, written_lines
from fengkou.cli.terminal import (
    AsJson,
    Boards,
    err,
    exit_status,
    out,
    print_json,
    progress_bar,
)
from fengkou.cli.topics import topic, topics, why
from fengkou.home import Home

app = typer.Typer(
    name="fengkou",
    help="Tells people who plan content what is about to be big. State lives under FENGKOU_HOME.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

NEXT = {
    "make live": "the real boards, once",
    "make ui": "watch the runs",
    "make test": "the tests, offline",
}

Lang = Annotated[str, typer.Option("--language", help="zh or en: what the digest is written in.")]


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise typer.BadParameter(
            f"{text!r} is no instant with a zone; write it like 2025-05-20T08:00+08:00"
        )
    return at


@app.command()
def collect(boards: Boards = None, as_json: AsJson = False) -> None:
    """Fetch boards once and land what they answered. Exit 3: some failed, 4: none answered.

    Of boards that show one list the first is asked, and the next where it fails.
    """
    from crawlers import catalog  # noqa: PLC0415 - each command imports what it needs
    from crawlers.run import collect as crawl  # noqa: PLC0415
    from crawlers.run import in_turn  # noqa: PLC0415
    from fengkou.bad_standing import bad_standing  # noqa: PLC0415
    from pipelines.captures import Status  # noqa: PLC0415

    home = Home.from_environment()
    turns = in_turn(boards or catalog.names(), bad_standing(home))
    with progress_bar("collecting", len(turns.first)) as (progress, task):
        outcomes = crawl(home.landing, turns, on_outcome=lambda _: progress.advance(task))
    if as_json:
        print_json([json.loads(one.to_line()) for one in outcomes])
    else:
        for one in outcomes:
            ok = one.status is Status.OK
            said = f"{one.entry_count} entries" if ok else f"{one.reason}: {one.detail}"
            out.print(
                f"{'ok    ' if ok else 'failed'} {one.board:26} {said}",
                highlight=False,
                markup=False,
            )
    failed = sum(one.status is Status.FAILED for one in outcomes)
    raise typer.Exit(exit_status(failed, len(outcomes)))


@app.command()
def build(as_json: AsJson = False) -> None:
    """Load what was landed, then bring every table of the warehouse up to it."""
    from fengkou import operations  # noqa: PLC0415
    from warehouse import graph  # noqa: PLC0415

    with progress_bar("building", len(graph.steps()) + 1) as (progress, task):

        def on_step(table: str) -> None:
            progress.update(task, advance=1, description=f"building {table}")

        built = operations.build(Home.from_environment(), on_step)
    if as_json:
        print_json({"loaded": asdict(built.loaded), "rows_written": dict(built.rows)})
        return
    loaded = built.loaded
    out.print(
        f"loaded {loaded.snapshot_count} snapshots: {loaded.rows_in} rows in, "
        f"{loaded.rows_kept} kept, {loaded.rows_rejected} rejected, {loaded.rows_known} known"
    )
    if loaded.stray_count:
        out.print(f"passed over {loaded.stray_count} files in the landing that no crawl has landed")
    for table, rows in built.rows.items():
        if rows:
            out.print(f"{table:26} {rows:>10} rows written", highlight=False)
    out.print("Next: fengkou digest, or fengkou publish")


@app.command()
def digest(
    at: Annotated[
        str | None,
        typer.Option("--at", help="Instant with a zone, 2025-05-20T08:00+08:00; else the newest."),
    ] = None,
    period: Annotated[str, typer.Option("--period", help="hour or day")] = "day",
    language: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """Write the digest of an instant, from what was known then: HTML, Markdown, JSON, CSV, Atom."""
    from fengkou import operations  # noqa: PLC0415
    from pipelines.digest.contents import Period  # noqa: PLC0415
    from pipelines.digest.render import to_json  # noqa: PLC0415
    from pipelines.language import Language  # noqa: PLC0415

    written = operations.write_digest_at(
        Home.from_environment(), _instant(at), _choice(Period, period), _choice(Language, language)
    )
    if as_json:
        out.print_json(to_json(written.digest, Language(language)))
        return
    out.print(rising_table(written.digest, Language(language)))
    out.print(written_lines(written), highlight=False, soft_wrap=True)


@app.command()
def tokens(
    at: Annotated[
        str | None,
        typer.Option("--at", help="Instant with a zone, 2025-05-20T08:00+08:00; else the newest."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 20,
    language: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """The words that burst over their own usual at an instant; a star: found in titles lately."""
    from fengkou import reads  # noqa: PLC0415
    from pipelines.language import Language  # noqa: PLC0415

    found = reads.trending_tokens(Home.from_environment(), _instant(at), limit)
    if as_json:
        print_json([asdict(token) for token in found])
        return
    out.print(token_table(found, _choice(Language, language)))


def _choice(kind: Any, text: str) -> Any:
    try:
        return kind(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r}; expected one of {', '.join(kind)}") from None


@app.command()
def publish(as_json: AsJson = False) -> None:
    """Swap in a new read-only copy for analysts, and Parquet beside it."""
    from fengkou import operations  # noqa: PLC0415

    published = operations.publish_home(Home.from_environment())
    if as_json:
        print_json(asdict(published))
        return
    out.print(f"{published.file}  {published.size_bytes / 1e6:.1f} MB", soft_wrap=True)
    out.print(f"Read it from anywhere: duckdb -readonly {published.file}", soft_wrap=True)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Parquet, CSV or JSON lines files.")],
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="COLUMN=THEIRS names a column of the file; source:THEIRS=BOARD names a board.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Import archives as if they had been collected; a file imported before changes nothing."""
    from fengkou import operations  # noqa: PLC0415

    columns, boards = _maps(maps or [])
    with progress_bar("importing", len(files)) as (progress, task):

        def on_file(file: Path, loaded: object) -> None:
            progress.update(task, advance=1 if loaded else 0, description=f"importing {file.name}")

        loaded = operations.import_files(Home.from_environment(), files, columns, boards, on_file)
    if as_json:
        figures = {str(file): asdict(one) for file, one in loaded.items()}
        for each in figures.values():
            del each["stray_count"]  # of a landing alone
        print_json(figures)
        return
    for file, one in loaded.items():
        out.print(
            f"{file.name}: {one.rows_in} rows in, {one.rows_kept} kept, {one.rows_rejected} rejected, "
            f"{one.rows_known} known before; {one.snapshot_count} snapshots",
            highlight=False,
        )
    if any(one.rows_rejected for one in loaded.values()):
        out.print("Rejected rows and why: SELECT * FROM mart.rejects after fengkou publish")
    out.print("Next: fengkou build")


def _maps(maps: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    columns, boards = {}, {}
    for text in maps:
        left, sign, right = text.partition("=")
        if not (left and sign and right):
            raise typer.BadParameter(
                f"--map {text}: write COLUMN=THEIRS, or source:THEIRS=BOARD for a board's name"
            )
        if left.startswith("source:"):
            boards[left.removeprefix("source:")] = right
        else:
            columns[left] = right
    return columns, boards


@app.command()
def status(as_json: AsJson = False) -> None:
    """How each list stands now and who serves it, and how far the warehouse is built."""
    from fengkou import reads  # noqa: PLC0415
    from pipelines.boards.standing import Verdict  # noqa: PLC0415
    from pipelines.digest.render.board_sentences import list_sentence  # noqa: PLC0415
    from pipelines.language import Language  # noqa: PLC0415

    home = Home.from_environment()
    standings = reads.standings(home, datetime.now(UTC))
    summary = asdict(reads.summary(home))
    if as_json:
        boards = [
            {
                "board": standing.board,
                "verdict": standing.verdict,
                "served_by": standing.server.board,
                "last_ok_at": standing.last_ok_at,
                "claims": [breach.claim for breach in standing.server.breaches],
                "sentence_zh": list_sentence(standing, Language.ZH),
                "sentence_en": list_sentence(standing, Language.EN),
            }
            for standing in standings
        ]
        print_json({"home": str(home.root), "boards": boards, "warehouse": summary})
        return
    out.print(f"home {home.root}", highlight=False, soft_wrap=True)
    if standings:
        out.print(board_table(standings))
        troubled = sum(standing.verdict is not Verdict.OK for standing in standings)
        out.print(f"{len(standings) - troubled} lists fine, {troubled} not")
    else:
        out.print(
            "No list was built in the last 30 days. Next: fengkou collect, then fengkou build"
        )
    for name, value in summary.items():
        out.print(f"{name:24} {value}", highlight=False)


@app.command()
def run(
    live: Annotated[
        bool, typer.Option("--live", help="The real boards, once, instead of the simulated ones.")
    ] = False,
    language: Lang = "zh",
) -> None:
    """The whole line once, as a Dagster run. Exit 3: some boards failed, 4: none answered."""
    from dagster_project import run as whole  # noqa: PLC0415
    from pipelines.language import Language  # noqa: PLC0415

    lang = _choice(Language, language)
    home = Home.from_environment()
    with err.status("starting") as spinner:
        ran = (
            whole.run_live(home, lang, spinner.update)
            if live
            else whole.run_simulated(Home(home.root / "simulated"), lang, spinner.update)
        )
    out.print(rising_table(ran.written.digest, lang))
    if ran.failed:
        out.print(failure_table(ran.failed))
    out.print(written_lines(ran.written), highlight=False, soft_wrap=True)
    out.print(
        f"{ran.board_count - len(ran.failed)} of {ran.board_count} boards answered; "
        f"{ran.snapshot_count} snapshots, {ran.entry_count} entries",
        highlight=False,
    )
    nexts = ("make ui", "make test") if live else ("make live", "make ui", "make test")
    out.print(f"Next: {', '.join(f'{command} ({NEXT[command]})' for command in nexts)}")
    raise typer.Exit(exit_status(len(ran.failed), ran.board_count))


app.add_typer(boards_app, name="boards")
app.command("doctor")(doctor)
app.command()(backtest)
app.command()(train)
app.command()(learn)
app.command()(record)
app.command()(parse)
app.command()(topic)
app.command()(topics)
app.command()(why)


def main() -> None:
    """Run the command line; what a user can mend is told in one line, without a traceback."""
    logging.getLogger("dagster").setLevel(logging.ERROR)
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")
    from crawlers.catalog import CatalogError  # noqa: PLC0415

    try:
        app()
    except CatalogError as error:
        # Told before the others are looked for: their modules cannot be imported without boards.
        _end(error)
    except _known_errors() as error:
        _end(error)


def _end(error: BaseException) -> None:
    err.print(f"[red]fengkou:[/red] {escape(str(error))}", highlight=False, soft_wrap=True)
    sys.exit(1)


def _known_errors() -> tuple[type[BaseException], ...]:
    """What a user can mend; anything else is a fault of ours and shows its traceback."""
    from crawlers.authoring.detect_list import GuessError  # noqa: PLC0415
    from crawlers.authoring.doctor import LookError  # noqa: PLC0415
    from dagster_project.run import RunFailedError  # noqa: PLC0415
    from fengkou.errors import FengkouError  # noqa: PLC0415
    from warehouse.connection import WarehouseBusyError, WarehouseDamagedError  # noqa: PLC0415
    from warehouse.load.archive import ArchiveError  # noqa: PLC0415
    from warehouse.migrate import MigrationError  # noqa: PLC0415
    from warehouse.readers.topic_evidence import NotFoundError  # noqa: PLC0415

    return (
        ArchiveError,
        FileNotFoundError,
        GuessError,
        LookError,
        MigrationError,
        NotFoundError,
        FengkouError,
        PageUnreadableError,
        RunFailedError,
        WarehouseBusyError,
        WarehouseDamagedError,
    )
