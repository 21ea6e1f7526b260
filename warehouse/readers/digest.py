"""Making a digest from the warehouse as it stood at an instant, and writing it to files."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.boards import contract
from pipelines.digest import render
from pipelines.digest.contents import (
    BoardStanding,
    Digest,
    Language,
    Outlook,
    Period,
    Placement,
    Reason,
    Stage,
    TopicCard,
    TracePoint,
    Verdict,
)
from warehouse import query
from warehouse.incremental import Connection
from warehouse.models.core.topic_items import cards_at
from warehouse.models.mart.forecasts import stored_or_made
from warehouse.readers.record import record_at

SHANGHAI = ZoneInfo("Asia/Shanghai")

TOPICS_SHOWN = {Period.HOUR: 15, Period.DAY: 30}
"""What an editor reads through before deciding: minutes for an hour's digest, a meeting for a day's."""

KEYWORDS_SHOWN = 5

SPAN = {Period.HOUR: timedelta(hours=1), Period.DAY: timedelta(days=1)}

ROUND = timedelta(minutes=5)
"""Within this time a list's boards are asked one after another."""

NEW_FOR = timedelta(hours=1)
"""A topic first seen within this time is called new."""


def make_digest(con: Connection, at: datetime, period: Period) -> Digest:
    """The digest of ``at`` (aware), from what was known then and nothing later."""
    instant = at.astimezone(UTC).replace(tzinfo=None)
    rows = query.rows(con, "standings", at=instant)
    standing = {row["topic_id"] for row in rows}
    made = [row for row in stored_or_made(con, instant) if row["topic_id"] in standing]
    chosen = [row for row in made if row["is_rising"]]
    if period is Period.DAY:
        chosen += [row for row in made if not row["is_rising"]]
    chosen = chosen[: TOPICS_SHOWN[period]]
    return Digest(
        at=at.astimezone(UTC),
        since=at.astimezone(UTC) - SPAN[period],
        period=period,
        boards=tuple(map(_board, list_rows(board_rows(con, instant)))),
        topics=tuple(_cards(con, chosen, rows, instant)),
        record=record_at(con, at) if period is Period.DAY else None,
    )


def board_rows(con: Connection, at: datetime) -> list[dict[str, Any]]:
    """How each board stood at ``at`` (naive UTC), with a sentence in both languages."""
    rows = query.rows(con, "boards_at", at=at)
    for row in rows:
        if row["is_overdue"] and row["last_ok_at"] and row["contract_verdict"] != Verdict.FAILED:
            row["sentence_zh"], row["sentence_en"] = contract.overdue(row["age_minutes"])
    return rows


def list_rows(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """How each list stood, from the rows of its boards: as the board that served it, and named by its own.

    A list that a stand-in serves is degraded at best, and says who serves it and why.
    """
    lists: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["list_board"], row["place"])):
        lists[row["list_board"]].append(row)
    return [_list_row(boards) for boards in lists.values()]


def _list_row(boards: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    first = boards[0]
    server = next((row for row in boards if row["board"] == first["served_by"]), first)
    row = {
        **server,
        "board": first["list_board"],
        "name_zh": first["list_zh"],
        "name_en": first["list_en"],
        "reason": first["reason"],
        "detail": first["detail"],
    }
    is_tried = first["board"] == first["list_board"]
    said = [(first["sentence_zh"], first["sentence_en"])] if is_tried else [contract.NOT_ASKED]
    names = server["name_zh"], server["name_en"]
    if server["board"] == first["list_board"]:
        # Who was asked for it in the same round, and failed too.
        said += [
            contract.not_stood_in(
                one["name_zh"], one["name_en"], one["sentence_zh"], one["sentence_en"]
            )
            for one in boards[1:]
            if server["verdict"] != Verdict.OK and one["tried_at"] >= server["tried_at"] - ROUND
        ]
    elif server["verdict"] in {Verdict.OK, Verdict.DEGRADED}:
        said = [contract.stood_in(*names, *said[0])]
        if server["verdict"] == Verdict.DEGRADED:
            said.append(contract.not_stood_in(*names, server["sentence_zh"], server["sentence_en"]))
        row["verdict"] = Verdict.DEGRADED
    else:
        said.append(contract.not_stood_in(*names, server["sentence_zh"], server["sentence_en"]))
    row["sentence_zh"] = "".join(zh for zh, _ in said)
    row["sentence_en"] = " ".join(en for _, en in said)
    return row


def _board(row: Mapping[str, Any]) -> BoardStanding:
    is_fine = row["verdict"] == Verdict.OK
    return BoardStanding(
        board=row["board"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        verdict=Verdict(row["verdict"]),
        last_ok_at=_aware(row["last_ok_at"]) if row["last_ok_at"] else None,
        reason="" if is_fine else row["sentence_en"],
        reason_zh="" if is_fine else row["sentence_zh"],
    )


def _aware(instant: datetime) -> datetime:
    return instant.replace(tzinfo=UTC)


def _cards(
    con: Connection,
    chosen: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
    at: datetime,
) -> list[TopicCard]:
    ids = [one["topic_id"] for one in chosen]
    wanted = set(ids)
    standing = defaultdict(list)
    for row in rows:
        if row["topic_id"] in wanted:
            standing[row["topic_id"]].append(row)
    printed = _printed(con, [row for group in standing.values() for row in group], at)
    told = cards_at(con, ids, at)
    traces = defaultdict(list)
    for row in query.rows(con, "topic_traces", at=at, topic_ids=ids):
        traces[row["topic_id"]].append(
            TracePoint(_aware(row["at_instant"]), row["board"], row["rank"])
        )
    beginnings = {
        row["topic_id"]: _aware(row["first_seen_at"])
        for row in query.rows(con, "topic_beginnings", at=at, topic_ids=ids)
    }
    cards = []
    for one in chosen:
        placements = sorted(
            (_placement(row, printed) for row in standing[one["topic_id"]]),
            key=lambda p: (p.board != one["board"], p.rank or 0),
        )
        began = beginnings.get(one["topic_id"], placements[0].since_at)
        cards.append(
            TopicCard(
                topic_id=one["topic_id"],
                title=told[one["topic_id"]].label,
                outlook=_outlook(one, placements[0]),
                first_seen_at=began,
                placements=tuple(placements),
                keywords=told[one["topic_id"]].keywords[:KEYWORDS_SHOWN],
                category=told[one["topic_id"]].category,
                reason=_reason(one, is_new=_aware(at) - began <= NEW_FOR),
                trace=tuple(traces[one["topic_id"]]),
            )
        )
    return cards


def _printed(
    con: Connection, rows: Sequence[Mapping[str, Any]], at: datetime
) -> dict[tuple[str, datetime, int], Mapping[str, Any]]:
    if not rows:
        return {}
    found = query.rows(
        con,
        "placements",
        boards=[row["served_by"] for row in rows],
        instants=[row["seen_at"] for row in rows],
        positions=[row["position"] for row in rows],
        since=min(row["seen_at"] for row in rows),
        at=at,
    )
    return {(row["board"], row["captured_at"], row["position"]): row for row in found}


def _placement(
    row: Mapping[str, Any],
    printed: Mapping[tuple[str, datetime, int], Mapping[str, Any]],
) -> Placement:
    line = printed[row["served_by"], row["seen_at"], row["position"]]
    return Placement(
        board=row["board"],
        name_zh=line["name_zh"],
        name_en=line["name_en"],
        title=line["clean_title"],
        url=line["url"],
        since_at=_aware(row["since_at"] or row["seen_at"]),
        seen_at=_aware(row["seen_at"]),
        rank=row["rank"],
        rank_before=row["rank_before"],
        best_rank=row["best_rank"],
        heat=row["heat"],
        heat_before=row["heat_before"],
        heat_unit=line["heat_unit"],
    )


def _outlook(one: Mapping[str, Any], lead: Placement) -> Outlook:
    def three(name: str) -> tuple[float, float, float]:
        return one[f"{name}_low"], one[name], one[f"{name}_high"]

    chances = one["chance_1h"], one["chance_3h"], one["chance_6h"]
    return Outlook(
        stage=Stage(one["stage"]),
        board=one["board"],
        name_zh=lead.name_zh,
        name_en=lead.name_en,
        rank=one["rank"],
        peak_rank=three("peak_rank"),
        minutes_left=three("minutes_left"),
        chances=None if one["chance_1h"] is None else chances,
        spread_chance=one["chance_spread_6h"],
        peak_heat_share=one["peak_heat_share"],
        model_id=one["model"],
        is_honest=one["is_honest"],
    )


def _reason(one: Mapping[str, Any], *, is_new: bool) -> Reason:
    return Reason(
        board_count=one["board_count"],
        is_new=is_new,
        sentence_zh=one["reason_zh"],
        sentence_en=one["reason_en"],
        rank_gain=one["rank_gain"],
        over_minutes=one["over_minutes"],
    )


@dataclass(frozen=True, slots=True)
class Written:
    """A digest and the files it was written to, by ending."""

    digest: Digest
    files: dict[str, Path]


def write_digest(digest: Digest, folder: Path, language: Language) -> Written:
    """Write all formats to ``folder/<period>/<day>T<hour><minute>.<ending>``, each whole or not at all.

    A digest of the same instant is replaced. Names are in Shanghai time; English ones end in ``.en``.
    """
    local = digest.at.astimezone(SHANGHAI)
    stem = local.strftime("%Y-%m-%dT%H%M")
    if language is not Language.ZH:
        stem += f".{language}"
    target = folder / digest.period
    target.mkdir(parents=True, exist_ok=True)
    files = {}
    for ending, content in render.render(digest, language).items():
        file = target / f"{stem}.{ending}"
        partial = target / f".{stem}.{ending}.partial"
        partial.write_bytes(content)
        partial.replace(file)
        files[str(ending)] = file
    return Written(digest, files)
