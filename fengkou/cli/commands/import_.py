"""Import archives as if they had been collected; a file imported before changes nothing."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from fengkou.cli.terminal import AsJson, err, out, print_json, progress_bar
from fengkou.home import Home

if TYPE_CHECKING:
    from warehouse.load.archive import Imported


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(help="Parquet, CSV, TSV, JSON or JSON lines; text files may be .gz."),
    ],
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="COLUMN=THEIRS names a column of the file; source:THEIRS=BOARD names a board.",
        ),
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option("--zone", help="Of times that print none, such as Asia/Shanghai; else UTC."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    from fengkou import operations

    columns, boards = _maps(maps or [])
    with progress_bar("importing", len(files)) as (progress, task):

        def on_file(file: Path, done: object) -> None:
            progress.update(task, advance=1 if done else 0, description=f"importing {file.name}")

        imported = operations.import_files(
            Home.from_environment(), files, columns, boards, on_file, zone=_zone(zone)
        )
    if as_json:
        print_json({str(file): _figures(done) for file, done in imported.items()})
    else:
        for file, done in imported.items():
            _tell(file, done)
        out.print(NEXT, soft_wrap=True)
    if any(done.kept_nothing for done in imported.values()):
        raise typer.Exit(NOTHING_KEPT)


NOTHING_KEPT = 1
NEXT = (
    "Next: fengkou build. Nothing was forecast of an archive in its time: fengkou replay --from … --to … "
    "tells it again, from what was known then"
)
EXPECTED = {
    "captured_at_relative": "counted from when it was read; expected a date, 2025-05-20T08:00+08:00",
    "captured_at_day_or_month": "either may be the month; expected the year first, 2025-05-20T08:00+08:00",
    "captured_at_zone_ambiguous": "a zone of several meanings; expected +08:00 or Asia/Shanghai",
    "captured_at_unreadable": "no time that is known; expected one such as 2025-05-20T08:00+08:00",
}
"""What a reason does not say by its name."""
UNUSED = {
    "heat_out_of_range": "the line is kept, the value not used",
    "known_differently": "its capture has the title at another rank or heat; what came first stays",
}
ALONE_TOLD = 3
"""So many captures of one line, each close behind another, are no chance."""


def _figures(done: "Imported") -> dict[str, object]:
    figures: dict[str, object] = asdict(done.loaded)
    del figures["stray_count"], figures["hand_count"]  # of a landing and of a home alone
    figures["load_id"] = done.load_id
    figures["rejects"] = [asdict(reject) for reject in done.rejects]
    figures["naive_example"] = done.naive_example
    figures["stamped"] = asdict(done.stamped)
    figures["unused"] = [asdict(value) for value in done.unused]
    return figures


def _tell(file: Path, done: "Imported") -> None:
    loaded = done.loaded
    out.print(
        f"{file.name} (load {done.load_id}): {loaded.rows_in} rows in, {loaded.rows_kept} kept, "
        f"{loaded.rows_rejected} rejected, {loaded.rows_known} known before; "
        f"{loaded.snapshot_count} snapshots",
        soft_wrap=True,
    )
    for reject in done.rejects:
        expected = f" ({EXPECTED[reject.reason]})" if reject.reason in EXPECTED else ""
        told = f"  {reject.count} x {reject.reason}{expected}, such as: {reject.example}"
        out.print(told, soft_wrap=True)
    stamped = done.stamped
    if stamped.instant_count:
        out.print(
            f"  lines bear times of their own: {stamped.instant_count} times are "
            f"{stamped.capture_count} captures, each of its last line's time",
            soft_wrap=True,
        )
    if stamped.alone_count >= ALONE_TOLD:
        err.print(
            f"{file.name}: {stamped.alone_count} captures have one line, within a minute of the capture "
            "before. If those are lines of one capture, give them one time, its last, and import again after "
            f"fengkou unload {done.load_id}.",
            soft_wrap=True,
        )
    for value in done.unused:
        out.print(
            f"  {value.count} x {value.reason}, such as: {value.example} ({UNUSED[value.reason]})",
            soft_wrap=True,
        )
    if done.naive_example is not None:
        err.print(
            f"{file.name}: times such as {done.naive_example} print no zone and were taken for UTC. If they "
            f"are another's: fengkou unload {done.load_id}, then import again with --zone Asia/Shanghai.",
            soft_wrap=True,
        )
    if done.kept_nothing:
        err.print(
            f"{file.name}: nothing could be kept. Look at the reasons above; --map says which column is "
            "which, --zone whose times they are.",
            soft_wrap=True,
        )


def _zone(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise typer.BadParameter(
            f"--zone {name!r} is no zone; write a name such as Asia/Shanghai or UTC"
        ) from None


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
