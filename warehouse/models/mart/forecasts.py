"""Forecasts from the warehouse: what to expect of each topic at an instant, from what was known then."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import numpy as np
import pyarrow as pa

from pipelines.forecast import title_memory, title_memory_online, topic_forecast
from pipelines.forecast.dataset import with_words
from pipelines.forecast.features import HOUR, NEVER, History, Lines
from pipelines.forecast.topic_forecast import Expected, Forecast, Listed
from warehouse import query
from warehouse.incremental import BEGINNING, Connection, newest_instant
from warehouse.models.ops import spread_models
from warehouse.stores import title_memories
from warehouse.stores.models_in_use import model_at

PAST = timedelta(days=8)
"""With so much of a list's past every feature is what it was in training."""

MEMORY_EVERY_HOURS = 6
"""A build learns again what came since the last kept memory: a tenth of a second's work."""

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - instants in the warehouse are naive UTC


def microseconds(at: datetime) -> int:
    """A naive UTC instant as the pure modules count it."""
    return (at - EPOCH) // timedelta(microseconds=1)


def forecasts(con: Connection, at: datetime) -> list[Forecast]:
    """What was to be expected of each topic at ``at`` (naive UTC), best chance first.

    Lists that are older than three hours, or stood still too long, tell nothing; a topic that stands
    on no other has no forecast.
    """
    lists = present_lists(con, at)
    if not lists:
        return []
    lines = told(con, lists, at)
    chosen = model_at(con, at)
    topics = query.rows(con, "present_topics", at=at)
    topic_of = {(row["board"], row["item_id"]): row["topic_id"] for row in topics}
    boards, ages = defaultdict(set), {}
    for row in topics:
        boards[row["topic_id"]].add(row["board"])
        ages[row["topic_id"]] = row["age_minutes"]
    expected: dict[int, list[Expected]] = defaultdict(list)
    for one in topic_forecast.expect(
        lists, lines, chosen.model, chosen.model_id, is_honest=chosen.is_honest
    ):
        topic_id = topic_of.get((one.board, one.item_id))
        if topic_id is not None:
            expected[topic_id].append(one)
    spreads = spread_models.chances(con, at)
    made = topic_forecast.forecast(
        expected,
        {topic_id: len(names) for topic_id, names in boards.items()},
        lambda topic_id, count: spreads(topic_id, count, ages[topic_id]),
        at,
    )
    return topic_forecast.explained(made, lines, chosen.model)


def stored_or_made(con: Connection, at: datetime) -> list[dict[str, Any]]:
    """Rows of mart.forecasts at ``at``, best chance first: as they were said then, or made now as of then."""
    return query.rows(con, "forecasts_at", at=at) or topic_table(forecasts(con, at)).to_pylist()


def present_lists(con: Connection, at: datetime) -> list[Listed]:
    """The lists that can be forecast at an instant, by name, without what their titles tell."""
    rows = query.table(con, "listed", at=at, since=at - PAST)
    names = rows["board"].combine_chunks().dictionary_encode()
    board, captured_at, item_id, rank, heat = (
        np.asarray(names.indices),
        *(rows[name].to_numpy() for name in ("captured_at", "item_id", "rank", "heat")),
    )
    ends = np.r_[np.flatnonzero(np.diff(board)) + 1, len(board)]
    found, begin = [], 0
    for end in ends.tolist() if len(board) else ():
        rows_of = slice(begin, end)
        item_ids, item = np.unique(item_id[rows_of], return_inverse=True)
        name = names.dictionary[int(board[begin])].as_py()
        history = History(name, captured_at[rows_of], item, rank[rows_of], heat[rows_of])
        one = topic_forecast.listed(history, item_ids, microseconds(at))
        found += [one] if one else []
        begin = end
    return sorted(found, key=lambda one: one.board.name)


# --- what titles tell ---------------------------------------------------------------------------


def told(con: Connection, lists: Sequence[Listed], at: datetime) -> Lines:
    """The lines of all lists with what their titles told when each stay began, and its story since."""
    lines = topic_forecast.together(lists)
    items = [str(one.item_ids[item]) for one in lists for item in one.lines.item.tolist()]
    boards = [one.board.name for one in lists for _ in one.lines.item]
    rows = query.table(con, "present_words", at=at, boards=",".join(boards), items=",".join(items))
    is_kin = np.asarray(rows["likeness"].is_valid())
    own, kin = rows.filter(~is_kin), rows.filter(is_kin)
    figures = np.zeros((len(lines.row) + kin.num_rows, len(title_memory.NAMES)))
    if own.num_rows:
        told_figures = own["figures"].combine_chunks().flatten().to_numpy()
        figures[own["line"].to_numpy()] = told_figures.reshape(-1, len(title_memory.NAMES))
    # Each kin of a line stands for itself: a stay that is kin to two lines is told twice.
    ours = kin["line"].to_numpy().astype(np.int64)
    theirs = len(lines.row) + np.arange(kin.num_rows)
    ends = np.full(len(lines.row), NEVER)
    stays = title_memory.Titles(
        titles=(),
        boards=["here"] * len(lines.row)
        + ["elsewhere" if one else "here" for one in kin["is_elsewhere"].to_pylist()],
        first_at=np.r_[ends, kin["kin_began_at"].to_numpy()].astype(np.int64),
        top_at=np.r_[ends, kin["kin_top_at"].to_numpy()].astype(np.int64),
        depth=np.zeros(len(figures)),
    )
    likeness = kin["likeness"].to_numpy().astype(float)
    followed = title_memory.Followed(figures, ours, theirs, likeness, title_memory.Memory())
    return with_words(lines, stays, followed, np.arange(len(lines.row)))


def read_stays(con: Connection, since: datetime, version: str) -> pa.Table:
    """Rows of core.stay_words for the stays that began from ``since`` (an hour, naive UTC) on.

    The memory is taken from where it was last kept before, and taught what became known since.
    """
    kept = title_memories.newest_memory(con, version, since)
    known_until = kept[0] if kept else BEGINNING
    memory = title_memory_online.from_bytes(kept[1]) if kept else title_memory.Memory()
    kept_hour = microseconds(known_until) // HOUR if kept else 0
    reader = title_memory_online.Reader(memory, kept_hour)
    begun = [
        title_memory_online.begin((row["board"], row["item_id"], row["began_at"]), row["title"])
        for row in query.rows(con, "stays_begun", since=since)
    ]
    signs = sorted({str(sign) for one in begun for sign in one.grams[1].tolist()})
    if since > BEGINNING and signs:
        for row in query.rows(
            con,
            "stays_alike",
            since=since,
            days=title_memory_online.RECALL_DAYS,
            most=title_memory.MOST_SHARED,
            signs=",".join(signs),
        ):
            stay = (row["board"], row["item_id"], row["began_at"])
            reader.recall(stay, row["sign_count"], row["signs"], row["top"], row["depth"])
    grams = {one.stay: one.grams for one in begun}
    outcomes = _outcomes_by_hour(con, known_until, grams)
    stays = {hour: list(group) for hour, group in groupby(begun, key=lambda b: b.stay[2] // HOUR)}
    readings: list[title_memory_online.Reading] = []
    this_hour = microseconds(newest_instant(con) or BEGINNING) // HOUR
    for hour in sorted({*outcomes, *stays}):
        if hour in outcomes and hour <= this_hour:
            reader.learn(hour, outcomes[hour])
            if hour // MEMORY_EVERY_HOURS > kept_hour // MEMORY_EVERY_HOURS:
                kept_hour = hour
                if hour > this_hour - title_memories.KEPT * MEMORY_EVERY_HOURS:
                    until = EPOCH + timedelta(hours=hour)
                    title_memories.keep_memory(
                        con, version, until, title_memory_online.to_bytes(memory)
                    )
        readings += map(reader.read, stays.get(hour, ()))
    return _stay_table(readings)


def _outcomes_by_hour(
    con: Connection, known_until: datetime, grams: Mapping[title_memory_online.Stay, Any]
) -> dict[int, list[title_memory_online.Outcome]]:
    """Outcomes known after ``known_until``, by the first hour that began with them known."""
    found: dict[int, list[title_memory_online.Outcome]] = {}
    for row in query.rows(con, "stays_known", since=known_until):
        stay = (row["board"], row["item_id"], row["began_at"])
        read_before = row["words"] is not None
        mine = (
            (np.array(row["words"], np.int64), np.array(row["signs"], np.int64))
            if read_before
            else grams[stay]
        )
        hour = -(-row["known_at"] // HOUR)
        outcome = title_memory_online.Outcome(stay, mine, float(row["is_top"]), row["depth"])
        found.setdefault(hour, []).append(outcome)
    return found


def _stay_table(readings: Sequence[title_memory_online.Reading]) -> pa.Table:
    stays = [one.begun.stay for one in readings]
    kin = [
        [
            {"board": board, "item_id": item_id, "began_at": began_at, "likeness": likeness}
            for (board, item_id, began_at), likeness in one.kin
        ]
        for one in readings
    ]
    kin_type = pa.struct(
        {
            "board": pa.string(),
            "item_id": pa.int64(),
            "began_at": pa.timestamp("us"),
            "likeness": pa.float32(),
        }
    )
    numbers = pa.list_(pa.int32())
    return pa.table(
        {
            "board": pa.array([board for board, _, _ in stays], pa.string()),
            "item_id": pa.array([item_id for _, item_id, _ in stays], pa.int64()),
            "began_at": pa.array([began_at for _, _, began_at in stays], pa.timestamp("us")),
            "figures": pa.array([one.figures for one in readings], pa.list_(pa.float32())),
            "words": pa.array([one.begun.grams[0] for one in readings], numbers),
            "signs": pa.array([one.begun.grams[1] for one in readings], numbers),
            "kin": pa.array(kin, pa.list_(kin_type)),
        }
    )


# --- as tables ----------------------------------------------------------------------------------

EXPECTED_COLUMNS = {
    "board": pa.string(),
    "item_id": pa.int64(),
    "rank": pa.int32(),
    **{f"chance_{hours}h": pa.float64() for hours in topic_forecast.HORIZONS_HOURS},
    **{f"peak_rank{end}": pa.float64() for end in ("_low", "", "_high")},
    "peak_heat_share": pa.float64(),
    **{f"minutes_left{end}": pa.float64() for end in ("_low", "", "_high")},
    "model": pa.string(),
    "is_honest": pa.bool_(),
}
"""What is kept of an item on a list, in mart.forecasts of the one that leads and in its ``lists``."""

TOPIC_COLUMNS = {
    "topic_id": pa.int64(),
    "made_at": pa.timestamp("us"),
    **EXPECTED_COLUMNS,
    "chance_spread_6h": pa.float64(),
    "stage": pa.string(),
    "reason_zh": pa.string(),
    "reason_en": pa.string(),
    "rank_gain": pa.int32(),
    "over_minutes": pa.int32(),
    "board_count": pa.int32(),
    "is_rising": pa.bool_(),
    "lists": pa.list_(pa.struct(EXPECTED_COLUMNS)),
}


def topic_table(made: Sequence[Forecast]) -> pa.Table:
    """Rows of mart.forecasts."""
    return pa.Table.from_pylist(list(map(_topic_row, made)), pa.schema(TOPIC_COLUMNS))


def _topic_row(one: Forecast) -> dict[str, object]:
    return {
        "topic_id": one.topic_id,
        "made_at": one.made_at,
        **_expected_row(one.lead),
        "chance_spread_6h": one.chance_spread_6h,
        "stage": str(one.stage),
        "reason_zh": one.reason_zh,
        "reason_en": one.reason_en,
        "rank_gain": one.lead.rank_gain,
        "over_minutes": one.lead.over_minutes,
        "board_count": one.board_count,
        "is_rising": one.is_rising,
        "lists": [_expected_row(item) for item in one.lists],
    }


def _expected_row(one: Expected) -> dict[str, object]:
    def values() -> Iterator[object]:
        yield from (one.board, one.item_id, one.rank)
        yield from one.chance or (None, None, None)
        yield from one.peak
        yield one.peak_heat_share
        yield from one.left
        yield from (one.model_id, one.is_honest)

    return dict(zip(EXPECTED_COLUMNS, values(), strict=True))
