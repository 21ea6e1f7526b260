"""How boards and lists stood at an instant, from what was captured and judged by then."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from pipelines.boards.contract import Breach, Kept
from pipelines.boards.standing import BoardStanding, Verdict
from warehouse import query
from warehouse.connection import Connection
from warehouse.instants import to_aware


class _BreachStruct(TypedDict):
    claim: str
    verdict: str
    figures: list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class _Standing:
    board: str
    list_board: str
    place: int
    served_by: str | None
    list_zh: str
    list_en: str
    name_zh: str
    name_en: str
    tried_at: datetime
    last_ok_at: datetime | None
    verdict: str
    contract_verdict: str
    breaches: list[_BreachStruct] | None
    ranked_count: int
    said_zh: str | None
    said_en: str | None
    other_zh: str
    other_en: str
    age_minutes: float | None
    is_overdue: bool
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class CaptureVerdict:
    """How one capture kept the contract of its board; ``reason`` is the fetch's where it yielded no list.

    ``captured_at`` is naive UTC.
    """

    board: str
    captured_at: datetime
    verdict: str
    claims: list[str]
    reason: str


def verdicts_since(con: Connection, since: datetime) -> list[CaptureVerdict]:
    """The verdict on each capture from ``since`` (naive UTC) on, in the order of capture."""
    return query.rows(con, CaptureVerdict, "readers/boards.verdicts_since", since=since)


def boards_at(con: Connection, at: datetime) -> list[BoardStanding]:
    """How each board tried in the 30 days before ``at`` (naive UTC) stood then; its instants are aware."""
    return [_standing(row) for row in query.rows(con, _Standing, "readers/boards.at", at=at)]


def _standing(row: _Standing) -> BoardStanding:
    return BoardStanding(
        board=row.board,
        name_zh=row.name_zh,
        name_en=row.name_en,
        verdict=Verdict(row.verdict),
        contract_verdict=Kept(row.contract_verdict),
        breaches=tuple(map(_breach, row.breaches or ())),
        ranked_count=row.ranked_count,
        reason=row.reason,
        detail=row.detail,
        other_zh=row.other_zh,
        other_en=row.other_en,
        tried_at=to_aware(row.tried_at),
        last_ok_at=to_aware(row.last_ok_at) if row.last_ok_at else None,
        age_minutes=row.age_minutes,
        is_overdue=row.is_overdue,
        list_board=row.list_board,
        list_zh=row.list_zh,
        list_en=row.list_en,
        place=row.place,
        served_by=row.served_by,
        said_zh=row.said_zh,
        said_en=row.said_en,
    )


def _breach(told: _BreachStruct) -> Breach:
    return Breach(told["claim"], Kept(told["verdict"]), dict(told["figures"]))
