"""Making a digest from the warehouse as it stood at an instant, and writing it to files."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dagster_project.steps import as_standing
from pipelines import contract, render
from pipelines.digest import (
    BoardStanding,
    Digest,
    Language,
    Period,
    Placement,
    Reason,
    TopicCard,
    TracePoint,
    Verdict,
)
from pipelines.forecast import Forecast, forecast
from warehouse import read
from warehouse.build import Connection

SHANGHAI = ZoneInfo("Asia/Shanghai")

TOPICS_SHOWN = {Period.HOUR: 15, Period.DAY: 30}
"""What an editor reads through before deciding: minutes for an hour's digest, a meeting for a day's."""

SPAN = {Period.HOUR: timedelta(hours=1), Period.DAY: timedelta(days=1)}

NEW_FOR = timedelta(hours=1)
"""A topic first seen within this time is called new."""


def make_digest(con: Connection, at: datetime, period: Period) -> Digest:
    """The digest of ``at`` (aware), from what was known then and nothing later."""
    instant = at.astimezone(UTC).replace(tzinfo=None)
    rows = read.rows(con, "standings", at=instant)
    judged = forecast(map(as_standing, rows), instant)
    chosen = sorted(judged, key=lambda f: (not f.is_rising, -f.score, f.topic_id))
    chosen = [f for f in chosen if f.is_rising or period is Period.DAY][: TOPICS_SHOWN[period]]
    return Digest(
        at=at.astimezone(UTC),
        since=at.astimezone(UTC) - SPAN[period],
        period=period,
        boards=tuple(map(_board, board_rows(con, instant))),
        topics=tuple(_cards(con, chosen, rows, instant)),
    )


def board_rows(con: Connection, at: datetime) -> list[dict[str, Any]]:
    """How each board stood at ``at`` (naive UTC), with a sentence in both languages."""
    rows = read.rows(con, "boards_at", at=at)
    for row in rows:
        if row["is_overdue"] and row["last_ok_at"] and row["contract_verdict"] != Verdict.FAILED:
            row["sentence_zh"], row["sentence_en"] = contract.overdue(row["age_minutes"])
    return rows


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
    con: Connection, chosen: Sequence[Forecast], rows: Sequence[Mapping[str, Any]], at: datetime
) -> list[TopicCard]:
    ids = [one.topic_id for one in chosen]
    wanted = set(ids)
    standing = defaultdict(list)
    for row in rows:
        if row["topic_id"] in wanted:
            standing[row["topic_id"]].append(row)
    printed = _printed(con, [row for group in standing.values() for row in group], at)
    words = defaultdict(list)
    for row in read.rows(con, "topic_words", at=at, topic_ids=ids):
        words[row["topic_id"]].append(row["token"])
    traces = defaultdict(list)
    for row in read.rows(con, "topic_traces", at=at, topic_ids=ids):
        traces[row["topic_id"]].append(
            TracePoint(_aware(row["at_instant"]), row["board"], row["rank"])
        )
    beginnings = {
        row["topic_id"]: _aware(row["first_seen_at"])
        for row in read.rows(con, "topic_beginnings", at=at, topic_ids=ids)
    }
    cards = []
    for one in chosen:
        placements = sorted(
            (_placement(row, printed) for row in standing[one.topic_id]),
            key=lambda p: (p.board != one.board, p.rank or 0),
        )
        began = beginnings.get(one.topic_id, placements[0].since_at)
        cards.append(
            TopicCard(
                topic_id=one.topic_id,
                title=placements[0].title,
                score=one.score,
                first_seen_at=began,
                placements=tuple(placements),
                keywords=tuple(words[one.topic_id]),
                reason=_reason(one, placements[0], is_new=_aware(at) - began <= NEW_FOR),
                trace=tuple(traces[one.topic_id]),
            )
        )
    return cards


def _printed(
    con: Connection, rows: Sequence[Mapping[str, Any]], at: datetime
) -> dict[tuple[str, datetime, int], Mapping[str, Any]]:
    if not rows:
        return {}
    found = read.rows(
        con,
        "placements",
        boards=[row["board"] for row in rows],
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
    line = printed[row["board"], row["seen_at"], row["position"]]
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


def _reason(one: Forecast, lead: Placement, *, is_new: bool) -> Reason:
    usual = one.usual_gain
    if usual is not None and one.over_minutes:
        usual = usual * one.over_minutes / 60
    return Reason(
        board_count=one.board_count,
        is_new=is_new,
        board=one.board,
        name_zh=lead.name_zh,
        name_en=lead.name_en,
        rank_gain=one.rank_gain,
        over_minutes=one.over_minutes,
        usual_gain=usual,
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
