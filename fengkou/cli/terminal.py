"""What the commands share: where they print, how they show progress, what their exit status says."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
)

from pipelines.language import Language

out = Console()
err = Console(stderr=True)

SOME_BOARDS_FAILED = 3
NO_BOARD_ANSWERED = 4

Lang = Annotated[Language, typer.Option("--language", help="zh or en: what it is told in.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
Boards = Annotated[
    list[str] | None, typer.Argument(help="Boards by name; all of them when none is named.")
]


def print_json(value: object) -> None:
    """For a program to read."""
    out.print_json(json.dumps(value, ensure_ascii=False, default=str))


@contextmanager
def progress_bar(what: str, total: int | None) -> Iterator[tuple[Progress, TaskID]]:
    """A bar on standard error that goes away when the work is done; None for a total not known."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        yield progress, progress.add_task(what, total=total)


def exit_status(failed: int, total: int) -> int:
    """0 when every board answered, else how many did not: some, or all."""
    if not failed:
        return 0
    return NO_BOARD_ANSWERED if failed == total else SOME_BOARDS_FAILED
