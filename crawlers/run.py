"""Collecting boards: one child process crawls all that are due and lands one outcome of each.

Twisted's reactor cannot start twice in a process, and a crawl may die: the caller stays outside.
``crawlers/crawl_process.py`` is the child; nothing here knows Scrapy.
"""

import json
import logging
import tempfile
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from crawlers import catalog
from crawlers.boards.errors import CatalogError
from crawlers.child import limit_seconds, run_child
from crawlers.landing import (
    Landed,
    landed,
    landed_at,
    landed_since,
    write,
)
from pipelines.captures import Outcome, Status
from pipelines.landing_format import CRAWL_DIED, iso

log = logging.getLogger(__name__)


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

    One outcome is told of each board and instant, whatever happens, and landed: what the child left
    undone is ``crawl_died``. An instant that was landed before stands as it is; one that the child of a
    replay left undone is told with no path, and not landed, for it can be asked again. Of Turns, a
    stand-in lands an outcome where it is asked. ``origin`` sends all requests to one address.
    """
    turns = boards if isinstance(boards, Turns) else Turns(boards)
    stand_ins = sorted(set(turns.then.values()) - set(turns.first))
    _check_known((*turns.first, *stand_ins))
    if instants is not None and origin is None:
        raise ValueError("instants need an origin: the real hosts only know now.")
    if instants is not None:
        instants = [at.astimezone(UTC) for at in instants]
    moments: Sequence[datetime | None] = (None,) if instants is None else instants
    wanted = [(board, at) for board in dict.fromkeys(turns.first) for at in moments]
    done: list[Landed] = []
    reached: set[tuple[str, datetime | None]] = set()

    log.info("collection begun", extra={"boards": len(turns.first), "stand_ins": len(stand_ins)})
    began, began_at = time.monotonic(), datetime.now(UTC)

    def note(outcome: Landed) -> None:
        done.append(outcome)
        reached.add((outcome.board, outcome.instant))
        _tell(outcome, is_stand_in=outcome.board in stand_ins)
        if on_outcome is not None:
            on_outcome(outcome)

    def note_landed(board: str, at: datetime | None) -> None:
        found = landed_at(landing, board, at) if at else landed_since(landing, board, began_at)
        if found:
            note(found)

    # A replay goes on where an earlier one was cut: what it landed is not fetched again.
    possible = [*wanted, *((board, at) for board in stand_ins for at in moments)]
    for board, at in possible if instants else ():
        note_landed(board, at)
    if len(done) < len(wanted) or stand_ins:
        how = _run_child(landing, turns, origin, instants, note)
        # A child that was killed may have landed what it had no time to tell.
        for board, at in possible:
            if (board, at) not in reached:
                note_landed(board, at)
        for board, at in wanted:
            if (board, at) not in reached:
                detail = (
                    "The crawl ended before this board was fetched: "
                    f"{how} Run: fengkou collect {board}"
                )
                note(_left_undone(landing, board, at, detail))
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
    boards = dict.fromkeys((*turns.first, *turns.then.values()))
    limit = limit_seconds(rounds=_rounds(turns), pages=len(boards) * len(instants or (None,)))

    def on_line(line: str) -> None:
        if line.startswith("{"):
            note(Landed.from_line(line))

    with (
        tempfile.TemporaryDirectory() as directory,
        (Path(directory) / "stderr").open("w+b") as errors,
    ):
        arguments = ["--landing", str(landing.absolute())]
        arguments += ["--boards", ",".join(dict.fromkeys(turns.first))]
        arguments += ["--then", ",".join(f"{board}:{other}" for board, other in turns.then.items())]
        if origin is not None:
            arguments += ["--origin", origin]
        if instants is not None:
            file = Path(directory) / "instants.json"
            file.write_text(json.dumps([iso(instant) for instant in instants]), encoding="utf-8")
            arguments += ["--instants", str(file)]
        return run_child(arguments, errors, limit, on_line)


def _rounds(turns: Turns) -> int:
    """How many boards are asked one after the other, at most: each waits for the one before it."""
    longest = 1
    for board in turns.first:
        turn = [board]
        while (other := turns.then.get(turn[-1])) and other not in turn:
            turn.append(other)
        longest = max(longest, len(turn))
    return longest


def _left_undone(landing: Path, board: str, instant: datetime | None, detail: str) -> Landed:
    """What is told of a board that the child did not come to."""
    if instant is None:
        return land_failure(landing, board, None, CRAWL_DIED, detail)
    return Landed(board, instant, Status.FAILED, CRAWL_DIED, detail, 0, 0, "", instant)


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
