"""Collecting boards: one child process crawls all that are due and lands one outcome of each.

Twisted's reactor cannot start twice in a process, and a crawl may die: the caller stays outside.
``crawlers/crawl_process.py`` is the child; nothing here knows Scrapy.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import IO

from crawlers import catalog
from crawlers.boards.errors import CatalogError
from crawlers.landing import Landed, landed, landed_at, read_or_damaged, write
from pipelines.captures import Outcome, Status
from pipelines.landing_format import iso

log = logging.getLogger(__name__)

PROJECT = Path(__file__).resolve().parent.parent
LAST_WORDS = 400  # characters of a dead child's last words


@dataclass(frozen=True, slots=True)
class Turns:
    """Who is asked: ``first`` in any case, and behind a board that gives no list, ``then[board]``.

    A list that is shorter than the board's description expects is none.
    """

    first: Sequence[str]
    then: Mapping[str, str] = field(default_factory=dict)


def in_turn(boards: Collection[str], bad_standing: Collection[str] = ()) -> Turns:
    """Of each list that is wanted its first board, with the stand-ins that are wanted behind it.

    Beside a board in bad standing the next one is asked in any case: the first would answer, but is
    not expected to keep its contract. A stand-in that is wanted without its primary is asked itself.
    """
    _check_known(boards)
    turns: dict[str, list[str]] = {}
    for fact in sorted(catalog.facts(), key=lambda fact: fact.place):
        if fact.name in boards:
            turns.setdefault(fact.list_board, []).append(fact.name)
    first: list[str] = []
    then: dict[str, str] = {}
    for turn in turns.values():
        good = (n for n, name in enumerate(turn) if name not in bad_standing)
        first += turn[: next(good, len(turn)) + 1]
        then |= pairwise(turn)
    return Turns(sorted(first), then)


def collect(
    landing: Path,
    boards: Sequence[str] | Turns,
    *,
    origin: str | None = None,
    instants: Sequence[datetime] | None = None,
    on_outcome: Callable[[Landed], None] | None = None,
) -> list[Landed]:
    """Fetch the boards once, or once for each instant to replay, and return what was landed.

    One outcome is landed for each board and instant, whatever happens: what the child left undone
    is landed here as ``crawl_died``, and an instant that was landed before stands as it is. Of Turns,
    a stand-in lands an outcome where it is asked. ``origin`` sends all requests to one address.
    """
    turns = boards if isinstance(boards, Turns) else Turns(boards)
    stand_ins = sorted(set(turns.then.values()) - set(turns.first))
    _check_known((*turns.first, *stand_ins))
    if instants is not None and origin is None:
        raise ValueError("instants need an origin: the real hosts only know now.")
    wanted: list[tuple[str, datetime | None]] = [
        (board, None if at is None else at.astimezone(UTC))
        for board in dict.fromkeys(turns.first)
        for at in ((None,) if instants is None else instants)
    ]
    done: list[Landed] = []

    log.info("collection begun", extra={"boards": len(turns.first), "stand_ins": len(stand_ins)})
    began = time.monotonic()

    def note(outcome: Landed) -> None:
        done.append(outcome)
        _tell(outcome, is_stand_in=outcome.board in stand_ins)
        if on_outcome is not None:
            on_outcome(outcome)

    # A replay goes on where an earlier one was cut: what it landed is not fetched again.
    for board, at in (*wanted, *((board, at) for board in stand_ins for at in instants or ())):
        if at is not None and (path := landed_at(landing, board, at)):
            note(landed(landing, path, read_or_damaged(path), at.astimezone(UTC)))
    is_all_landed = len(done) >= len(wanted) and not stand_ins
    how = "" if is_all_landed else _run_child(landing, turns, origin, instants, note)
    reached = {(outcome.board, outcome.instant) for outcome in done}
    for board, at in wanted:
        if (board, at) not in reached:
            detail = (
                f"The crawl ended before this board was fetched: {how} Run: fengkou collect {board}"
            )
            note(land_failure(landing, board, at, "crawl_died", detail))
    failed = sum(outcome.status is Status.FAILED for outcome in done)
    seconds = round(time.monotonic() - began, 1)
    log.info("collection ended", extra={"landed": len(done), "failed": failed, "seconds": seconds})
    return done


def _tell(outcome: Landed, *, is_stand_in: bool) -> None:
    """Let an outcome be followed in the log."""
    if is_stand_in:
        log.info("stand-in asked", extra={"board": outcome.board})
    if outcome.status is Status.OK:
        log.info("list landed", extra={"board": outcome.board, "entries": outcome.entry_count})
    else:
        what = "robots.txt forbids" if outcome.reason == "robots_denied" else "no list"
        log.info(what, extra={"board": outcome.board, "reason": outcome.reason})
        log.debug(outcome.detail, extra={"board": outcome.board})


def _check_known(boards: Collection[str]) -> None:
    if unknown := sorted(set(boards) - set(catalog.names())):
        raise CatalogError(
            f"No board {', '.join(unknown)}. There are: {', '.join(catalog.names())}."
        )


def _run_child(
    landing: Path,
    turns: Turns,
    origin: str | None,
    instants: Sequence[datetime] | None,
    note: Callable[[Landed], None],
) -> str:
    """Crawl in a child process, telling each outcome as it lands; how the child ended."""
    with (
        tempfile.TemporaryDirectory() as directory,
        (Path(directory) / "stderr").open("w+b") as errors,
    ):
        command = [
            sys.executable,
            "-m",
            "crawlers.crawl_process",
            "--landing",
            str(landing.absolute()),
        ]
        command += ["--boards", ",".join(dict.fromkeys(turns.first))]
        command += ["--then", ",".join(f"{board}:{other}" for board, other in turns.then.items())]
        if origin is not None:
            command += ["--origin", origin]
        if instants is not None:
            file = Path(directory) / "instants.json"
            file.write_text(json.dumps([iso(instant) for instant in instants]), encoding="utf-8")
            command += ["--instants", str(file)]
        search = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
        environment = {**os.environ, "PYTHONPATH": search, "PYTHONIOENCODING": "utf-8"}
        with subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
            command, stdout=subprocess.PIPE, stderr=errors, env=environment, encoding="utf-8"
        ) as child:
            try:
                for line in child.stdout or ():
                    if line.startswith("{"):
                        note(Landed.from_line(line))
            except BaseException:
                child.kill()
                raise
        return f"exit code {child.returncode}. {_last_words(errors)}"


def land_failure(
    landing: Path, board: str, instant: datetime | None, reason: str, detail: str
) -> Landed:
    """Land an outcome for a fetch that was never made."""
    outcome = Outcome(
        board=board,
        captured_at=instant or datetime.now(UTC),
        status=Status.FAILED,
        request_url="",
        reason=reason,
        detail=detail,
    )
    return landed(landing, write(landing, outcome), outcome, instant)


def _last_words(errors: IO[bytes]) -> str:
    errors.seek(0, os.SEEK_END)
    errors.seek(max(0, errors.tell() - LAST_WORDS))
    words = " ".join(errors.read().decode("utf-8", errors="replace").split())
    return f"Its last words: {words}" if words else "It said nothing."
