"""What several commands are asked alike, and how a wrong word is refused."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

Choice = TypeVar("Choice", bound=StrEnum)

At = Annotated[
    str | None,
    typer.Option("--at", help="Instant with a zone, 2025-05-20T08:00+08:00; else the newest."),
]

Boards = Annotated[
    list[str] | None,
    typer.Argument(help="Boards by name, apart or with commas; all of them when none is named."),
]
MoreBoards = Annotated[
    list[str] | None, typer.Option("--boards", help="The same as naming them without it.")
]


def named_boards(*words: list[str] | None) -> list[str]:
    """The boards that were named, each once, in the order in which they were; empty where none was."""
    given = [word for each in words for word in each or ()]
    names = [name for word in given for part in word.split(",") if (name := part.strip())]
    if given and not names:
        # No name at all means every board, which nobody means by a stray comma.
        raise typer.BadParameter(f"{' '.join(given)!r} names no board; fengkou boards lists them")
    return list(dict.fromkeys(names))


YEARS = range(2000, 2100)
"""Days before and after an instant are computed with: at the ends of the calendar there are none."""


def instant(text: str | None) -> datetime | None:
    """The instant that was asked for, aware; None where none was."""
    return None if text is None else wanted_instant(text)


def wanted_instant(text: str) -> datetime:
    """The instant that was asked for, aware."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise typer.BadParameter(
            f"{text!r} is no instant with a zone; write it like 2025-05-20T08:00+08:00"
        )
    if at.year not in YEARS:
        raise typer.BadParameter(
            f"{text!r} is of no year from {YEARS[0]} to {YEARS[-1]}; nothing was captured then"
        )
    return at


def choice(kind: type[Choice], text: str) -> Choice:
    """The member of an enumeration that was named."""
    try:
        return kind(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r}; expected one of {', '.join(kind)}") from None


def instant_of_archives(text: str) -> datetime:
    """An instant as archives write them: one without a zone is UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no instant; write 2025-05-20 or 2025-05-20T08:00"
        ) from None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at
