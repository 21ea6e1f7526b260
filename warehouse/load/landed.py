"""A landed file as the loader takes it: whole, or as a failed capture that says what is wrong with it.

``pipelines/landing_format.py`` documents the format. Those who sync, copy and index folders leave names in
a landing that no capture has ("x (1).json", "@eaDir"): such are no captures, so that none is loaded twice.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from pipelines.landing_format import (
    CRAWL_DIED,
    DamagedError,
    Document,
    checked_document,
    expect_file,
    instant_in,
    stem_instant,
)

BOARD_PRINTED = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")

DAMAGED = "landed_file_damaged"
"""The reason of a capture whose file is not what was landed."""


def boards_in(landing: Path) -> Iterator[Path]:
    """The folders of a landing that are named as boards are."""
    yield from (p for p in landing.iterdir() if BOARD_PRINTED.fullmatch(p.name) and p.is_dir())


def days_in(board: Path) -> Iterator[Path]:
    """The folders of a board that are named as days are."""
    yield from (p for p in board.iterdir() if _is_day(p.name) and p.is_dir())


def instant_of(path: Path) -> datetime | None:
    """The instant that a landed file's name states, naive UTC; None where no capture has that name."""
    instant = stem_instant(path.stem) if path.suffix == ".json" else None
    # A copy into another day's folder would be the capture a second time.
    if instant is None or instant.date().isoformat() != path.parent.name:
        return None
    return instant.replace(tzinfo=None)


def read_landed(path: Path, instant: datetime) -> Document:
    """The capture of that instant in a file, its instants naive UTC; a failed one if it is damaged."""
    board, at = path.parent.parent.name, instant.replace(tzinfo=UTC)
    try:
        expect_file(path.stat())
        document = checked_document(path.read_bytes(), board, at)
    except (OSError, DamagedError) as error:
        lost = f"{path.name}: {error}. It changed after it was landed; it stays a failed capture."
        document = {
            "board": board,
            "status": "failed",
            "reason": DAMAGED,
            "detail": lost,
            "body_bytes": 0,
            "upstream_at": None,
            "cached": False,
            "entries": [],
            "rejects": [],
        }
    upstream_at = instant_in(document["upstream_at"])
    return document | {
        "captured_at": instant,
        "upstream_at": upstream_at and upstream_at.replace(tzinfo=None),
    }


def _is_day(name: str) -> bool:
    try:
        return date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False


def was_asked_again(path: Path, instant: datetime) -> bool:
    """Whether the capture in a file is one that was made, where a crawl that died had left none."""
    return read_landed(path, instant)["reason"] not in {CRAWL_DIED, DAMAGED}
