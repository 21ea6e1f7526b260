"""Import archives as if they had been collected; a file imported before changes nothing."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from fengkou.cli.terminal import AsJson, out, print_json, progress_bar
from fengkou.home import Home


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
    from fengkou import operations

    columns, boards = _maps(maps or [])
    with progress_bar("importing", len(files)) as (progress, task):

        def on_file(file: Path, loaded: object) -> None:
            progress.update(task, advance=1 if loaded else 0, description=f"importing {file.name}")

        imported = operations.import_files(Home.from_environment(), files, columns, boards, on_file)
    if as_json:
        figures = {str(file): asdict(loaded) for file, loaded in imported.items()}
        for each in figures.values():
            del each["stray_count"]  # of a landing alone
        print_json(figures)
        return
    for file, loaded in imported.items():
        out.print(
            f"{file.name}: {loaded.rows_in} rows in, {loaded.rows_kept} kept, "
            f"{loaded.rows_rejected} rejected, {loaded.rows_known} known before; "
            f"{loaded.snapshot_count} snapshots",
            soft_wrap=True,
        )
    if any(loaded.rows_rejected for loaded in imported.values()):
        out.print("Rejected rows and why: SELECT * FROM mart.rejects after fengkou build")
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
