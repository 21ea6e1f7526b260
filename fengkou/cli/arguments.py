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
