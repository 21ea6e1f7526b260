"""Forecasts from the warehouse: what to expect of each topic at an instant, from what was known then."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from pipelines.forecast import title_features, title_memory
from pipelines.forecast.dataset import with_title_features
from pipelines.forecast.features import Lines
from pipelines.forecast.rank_history import NEVER, History
from pipelines.forecast.recalibration import Recalibration
from pipelines.forecast.topic_forecast import (
    Expected,
    Forecast,
    Listed,
    expect,
    explained,
    forecast,
    listed,
    together,
)
from warehouse import query
from warehouse.connection import Connection
from warehouse.instants import microseconds
from warehouse.readers import spread
from warehouse.stores.calibrations import calibration_now
from warehouse.stores.forecasting_models import model_at

PAST = timedelta(days=8)
"""With so much of a list's past every feature is what it was in training."""


@dataclass(frozen=True, slots=True)
class _Present:
    board: str
    item_id: int
    topic_id: int
    age_minutes: float


def forecasts_at(
    con: Connection, at: datetime, recalibration: Recalibration | None = None
) -> list[Forecast]:
    """What was to be expected of each topic at ``at`` (naive UTC), best chance first.

    Without a ``recalibration`` chances are moved by what a replay would find then. Lists that are older
    than three hours, or stood still too long, tell nothing; a topic that stands on no other has no forecast.
    """
    lists = present_lists(con, at)
    if not lists:
        return []
    lines = told(con, lists, at)
    chosen = model_at(con, at)
    present = query.rows(con, _Present, "readers/forecasting.present_topics", at=at)
    topic_of = {(row.board, row.item_id): row.topic_id for row in present}
    boards: dict[int, set[str]] = defaultdict(set)
    ages: dict[int, float] = {}
    for row in present:
        boards[row.topic_id].add(row.board)
        ages[row.topic_id] = row.age_minutes
    expected: dict[int, list[Expected]] = defaultdict(list)
    for each in expect(
        lists,
        lines,
        chosen.model,
        chosen.model_id,
        is_honest=chosen.is_honest,
        recalibration=calibration_now(con, at) if recalibration is None else recalibration,
    ):
        topic_id = topic_of.get((each.board, each.item_id))
        if topic_id is not None:
            expected[topic_id].append(each)
    spreads = spread.chances(con, at)
    made = forecast(
        expected,
        {topic_id: len(names) for topic_id, names in boards.items()},
        lambda topic_id, count: spreads(topic_id, count, ages[topic_id]),
        at,
    )
    return explained(made, lines, chosen.model)


def present_lists(con: Connection, at: datetime) -> list[Listed]:
    """The lists that can be forecast at an instant, by name, without what their titles tell."""
    rows = query.table(con, "readers/forecasting.listed", at=at, since=at - PAST)
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
        present = listed(history, item_ids, microseconds(at))
        found += [present] if present else []
        begin = end
    return sorted(found, key=lambda present: present.board.name)


def told(con: Connection, lists: Sequence[Listed], at: datetime) -> Lines:
    """The lines of all lists with what their titles told when each stay began, and its story since."""
    lines = together(lists)
    items = [str(each.item_ids[item]) for each in lists for item in each.lines.item.tolist()]
    boards = [each.board.name for each in lists for _ in each.lines.item]
    rows = query.table(
        con,
        "readers/forecasting.present_words",
        at=at,
        boards=",".join(boards),
        items=",".join(items),
    )
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
    elsewhere = [
        "elsewhere" if is_elsewhere else "here" for is_elsewhere in kin["is_elsewhere"].to_pylist()
    ]
    stays = title_features.StayTitles(
        titles=(),
        boards=["here"] * len(lines.row) + elsewhere,
        first_at=np.r_[ends, kin["kin_began_at"].to_numpy()].astype(np.int64),
        top_at=np.r_[ends, kin["kin_top_at"].to_numpy()].astype(np.int64),
        depth=np.zeros(len(figures)),
    )
    likeness = kin["likeness"].to_numpy().astype(float)
    read = title_features.ReadTitles(figures, ours, theirs, likeness)
    return with_title_features(lines, stays, read, np.arange(len(lines.row)))
