"""How boards and lists stand at an instant: which can be read, which board serves which list, and why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pipelines.boards.contract import Breach, Kept
from pipelines.language import Language

ROUND = timedelta(minutes=5)
"""Within this time a list's boards are asked one after another."""


class Verdict(StrEnum):
    """How a board stands at the digest's instant; anything but OK is said at the digest's head.

    DEGRADED: its list is read, but is not what it usually is. STALE: the last good snapshot is older
    than its cadence allows, or its list rests too long. FAILED: the last fetch yielded no list, or
    another board's. MISSING: no list was landed for it in the digest's time.
    """

    OK = "ok"
    DEGRADED = "degraded"
    STALE = "stale"
    FAILED = "failed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class BoardStanding:
    """How one board stands. Instants are aware, or all of them naive UTC.

    ``breaches`` are those of its newest capture, ``reason`` and ``detail`` the fetch's own words where it
    yielded no list; ``other_zh`` and ``other_en`` name the board that it shows instead of its own list.
    ``age_minutes`` counts since its last list. What version 0.1 judged is told as it was (``said_…``).
    """

    board: str
    name_zh: str
    name_en: str
    verdict: Verdict = Verdict.OK
    contract_verdict: Kept = Kept.OK
    breaches: tuple[Breach, ...] = ()
    ranked_count: int = 0
    reason: str = ""
    detail: str = ""
    other_zh: str = ""
    other_en: str = ""
    tried_at: datetime | None = None
    last_ok_at: datetime | None = None
    age_minutes: float | None = None
    is_overdue: bool = False
    list_board: str = ""
    list_zh: str = ""
    list_en: str = ""
    place: int = 0
    served_by: str | None = None
    said_zh: str | None = None
    said_en: str | None = None

    def name(self, language: Language) -> str:
        return language.choose(self.name_zh, self.name_en)


@dataclass(frozen=True, slots=True)
class ListStanding:
    """How a list stands: by ``server``, the board that serves it.

    ``passed_over`` is the list's own board where another serves, None where it is not one of those that are
    asked; ``failing`` are stand-ins that were asked in the same round and served no better.
    """

    board: str
    name_zh: str
    name_en: str
    verdict: Verdict
    server: BoardStanding
    is_stood_in: bool = False
    passed_over: BoardStanding | None = None
    failing: tuple[BoardStanding, ...] = ()

    @property
    def last_ok_at(self) -> datetime | None:
        return self.server.last_ok_at

    def name(self, language: Language) -> str:
        return language.choose(self.name_zh, self.name_en)


def list_standings(boards: Iterable[BoardStanding]) -> tuple[ListStanding, ...]:
    """How each list stands, from its boards: as the one that serves it.

    A list that a stand-in serves is degraded at best.
    """
    lists: dict[str, list[BoardStanding]] = defaultdict(list)
    for standing in sorted(boards, key=lambda board: (board.list_board, board.place)):
        lists[standing.list_board].append(standing)
    return tuple(_list_standing(group) for group in lists.values())


def _list_standing(boards: Sequence[BoardStanding]) -> ListStanding:
    first = boards[0]
    server = next((board for board in boards if board.board == first.served_by), first)
    own = first if first.board == first.list_board else None
    is_stood_in = server.board != first.list_board
    verdict = server.verdict
    failing: tuple[BoardStanding, ...] = ()
    if not is_stood_in and server.verdict is not Verdict.OK:
        failing = tuple(board for board in boards[1:] if _same_round(board, server))
    if is_stood_in and server.verdict in {Verdict.OK, Verdict.DEGRADED}:
        verdict = Verdict.DEGRADED
    return ListStanding(
        board=first.list_board,
        name_zh=first.list_zh,
        name_en=first.list_en,
        verdict=verdict,
        server=server,
        is_stood_in=is_stood_in,
        passed_over=own if is_stood_in else None,
        failing=failing,
    )


def _same_round(board: BoardStanding, server: BoardStanding) -> bool:
    if board.tried_at is None or server.tried_at is None:
        return False
    return board.tried_at >= server.tried_at - ROUND
