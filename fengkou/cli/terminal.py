"""What the commands share: where they print, how they show progress, what their exit status says."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from fengkou.logs import log_to
from pipelines.language import Language

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

SOME_BOARDS_FAILED = 3
NO_BOARD_ANSWERED = 4

# What a terminal obeys or a reader is deceived by: C0 and C1 controls but tab and line feed, marks of
# writing direction, line separators.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def printable(text: str, instead: str = "\N{REPLACEMENT CHARACTER}") -> str:
    """The text with nothing in it that a terminal would obey: titles and errors come from strangers."""
    return UNPRINTABLE.sub(instead, text)


class PlainConsole(Console):
    """A console that prints what it is given: no markup, no colours of its own, nothing to obey."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, markup=False, emoji=False, highlight=False)

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Every text that is shown, in whatever table or bar it stands, comes through here."""
        for segment in super().render(renderable, options):
            if segment.control or not UNPRINTABLE.search(segment.text):
                yield segment
            else:
                yield Segment(printable(segment.text), segment.style)


out = PlainConsole()
err = PlainConsole(stderr=True)

Lang = Annotated[Language, typer.Option("--language", help="zh or en: what it is told in.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


def print_json(value: object) -> None:
    """For a program to read: what a terminal would obey is escaped, and reads back as it was."""
    text = json.dumps(value, ensure_ascii=False, default=str, indent=2)
    out.print(escaped(text), soft_wrap=True)


def escaped(text: str) -> str:
    """JSON text whose unprintable characters are written as escapes, which JSON reads back."""
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


@contextmanager
def progress_bar(what: str, total: int | None) -> "Iterator[tuple[Progress, TaskID]]":
    """A bar on standard error that goes away when the work is done; None for a total not known."""
    from rich.progress import (  # noqa: PLC0415 - most commands show none
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        yield progress, progress.add_task(what, total=total)


def follow(verbosity: Any) -> Any:
    """Let a command be followed on standard error, where -v was given."""
    if verbosity:
        log_to(err, verbosity)
    return verbosity


def exit_status(failed: int, total: int) -> int:
    """0 when every board answered, else how many did not: some, or all."""
    if not failed:
        return 0
    return NO_BOARD_ANSWERED if failed == total else SOME_BOARDS_FAILED
