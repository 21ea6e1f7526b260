"""Learning from the warehouse's own history: a challenger a day, taken into use only where it is better."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import numpy as np

from fengkou import operations
from fengkou.backtest import dataset_of
from fengkou.errors import NothingCollectedError
from fengkou.home import Home
from fengkou.reads import nothing_built, reading
from pipelines.forecast import champion_challenger, training
from pipelines.forecast.champion_challenger import Figures
from pipelines.forecast.dataset import label_board, read_titles
from pipelines.forecast.forecasting_model import STARTING, to_bytes
from pipelines.forecast.rank_history import DAY, MINUTE, Board
from pipelines.rules import CALL_HORIZON_HOURS
from warehouse import query
from warehouse.connection import Connection
from warehouse.instants import microseconds, to_naive
from warehouse.readers.newest import newest_list
from warehouse.readers.rank_history import read_warehouse
from warehouse.stores.forecasting_models import (
    ModelFigures,
    TriedModel,
    keep_model,
    model_at,
)

MOST_DAYS = 240
"""Older history taught nothing more in trials."""

MOST_LINES = 5_000_000
"""Captured lines: sixty days of a list of fifty, captured every minute, are 4.3 million."""

MOST_ITEMS = 150_000
"""Reading what a title's words tell takes a millisecond: so many take two to three minutes."""

MOST_EXAMPLES = 500_000
"""Lines that are learnt from, of all lists together; each takes 600 bytes."""

EVERY = (10, 20, 30, 60, 120, 180)
"""Minutes between the instants that lists teach at: as few as keep to MOST_EXAMPLES."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What came of learning: ``model_id`` is None where nothing could be tried. Instants are naive UTC."""

    is_accepted: bool
    decision: str
    decision_figures: Mapping[str, float]
    champion_id: str
    known_since: datetime
    known_until: datetime
    model_id: str | None = None
    boards: tuple[str, ...] = ()
    line_count: int = 0
    judged_line_count: int = 0
    judged_top_count: int = 0
    figures: tuple[Figures, ...] = field(default=())


def learn(
    home: Home, at: datetime | None = None, on_step: Callable[[str], None] = lambda _: None
) -> Learnt:
    """Learn from what was captured until ``at`` (aware) or until now, and keep what was found.

    A challenger that knows nothing of the last days is judged on them beside the model in use; if it
    wins, it is learnt again from all days and taken into use. Raises NothingCollectedError for an
    empty warehouse.
    """
    on_step("reading the past")
    # The published copy is read: builds go on while the trees grow.
    with reading(home) as con:
        newest = newest_list(con)
        if newest is None:
            raise NothingCollectedError(nothing_built(home))
        until = min(to_naive(at), newest) if at else newest
        since = _since(con, until)
        used = model_at(con, until)
        judged_since = microseconds(until) - champion_challenger.JUDGED_FOR
        told = (used.model_id, since, until)
        if judged_since - microseconds(since) < champion_challenger.LEAST_KNOWN:
            return _too_short(*told)
        if used.model_id != STARTING and used.model.trained_until > judged_since:
            return _too_young(*told, used.model.trained_until)
        rows = read_warehouse(con, since, until)
    dataset = dataset_of(rows)
    on_step("reading titles")
    titles = read_titles(dataset)
    on_step("reading moves")
    every = every_for(dataset.boards.values())
    labelled = {
        name: label_board(board, titles, every, microseconds(since), microseconds(until))
        for name, board in dataset.boards.items()
    }
    lines = champion_challenger.judged(labelled, judged_since, microseconds(until))
    on_step("growing the challenger")
    challengers = champion_challenger.challenge(labelled, judged_since)
    challenger = challengers.get(CALL_HORIZON_HOURS)
    if challenger is None or lines.top_count < champion_challenger.FEWEST_TOPS:
        return _too_few(*told, lines.top_count)
    names = next(iter(labelled.values())).lines.names
    # What has learnt from the judged days cannot be judged by them: the starting model knows some archives.
    knows_them = used.model.trained_until > judged_since or used.model.names != names
    champion = None if knows_them else used.model
    found = champion_challenger.compare(challenger, champion, lines, names)
    decision = champion_challenger.decide(found, lines.top_count, lines.luck)
    model = None
    if decision.is_accepted:
        on_step("growing the new model")
        model = training.fit(labelled, microseconds(until))
    blob = to_bytes(model) if model else None
    learnt = Learnt(
        is_accepted=blob is not None,
        decision=decision.code,
        decision_figures=decision.figures,
        champion_id=used.model_id,
        known_since=since,
        known_until=until,
        model_id=sha256(blob or challenger.blend.text.encode()).hexdigest()[:16],
        boards=tuple(labelled),
        line_count=sum(len(read.lines.at) for read in labelled.values()),
        judged_line_count=len(lines.label),
        judged_top_count=lines.top_count,
        figures=found
        + champion_challenger.compare_other_hours(
            challengers, champion, labelled, judged_since, microseconds(until)
        ),
    )
    with operations.opened(home) as con:
        _keep(con, learnt, blob)
    # Who reads sees what was decided at once, and so does a learning that is asked for before the next build.
    operations.publish_home(home)
    return learnt


def every_for(boards: Iterable[Board], most: int = MOST_EXAMPLES) -> int:
    """Minutes between instants at which these lists give at most so many lines; else the longest of EVERY."""
    lists = [(board.times, float(np.median(board.lengths))) for board in boards if len(board.times)]
    for every in EVERY:
        step = every * MINUTE
        if sum(len(np.unique((times - 1) // step)) * length for times, length in lists) <= most:
            return every
    return EVERY[-1]


@dataclass(frozen=True, slots=True)
class _Day:
    day_start: datetime
    line_count: int
    item_count: int


def _since(con: Connection, until: datetime) -> datetime:
    """The beginning of the newest days that keep to the bounds; at least those that learning needs."""
    lines = items = 0
    first = until
    needed = timedelta(
        microseconds=champion_challenger.LEAST_KNOWN + champion_challenger.JUDGED_FOR + DAY
    )
    for row in query.rows(con, _Day, "readers/rank_history.days", until=until):
        lines += row.line_count
        items += row.item_count
        is_too_much = lines > MOST_LINES or items > MOST_ITEMS
        age = until - row.day_start
        if age > timedelta(days=MOST_DAYS) or (is_too_much and age > needed):
            break
        first = row.day_start
    return first


def _too_short(champion_id: str, since: datetime, until: datetime) -> Learnt:
    needed = champion_challenger.LEAST_KNOWN + champion_challenger.JUDGED_FOR
    figures = {"days": (until - since) / timedelta(days=1), "needed": needed / DAY}
    return Learnt(False, "too_short", figures, champion_id, since, until)


def _too_young(champion_id: str, since: datetime, until: datetime, known_until: int) -> Learnt:
    figures = {
        "days": (microseconds(until) - known_until) / DAY,
        "needed": champion_challenger.JUDGED_FOR / DAY,
    }
    return Learnt(False, "too_young", figures, champion_id, since, until)


def _too_few(champion_id: str, since: datetime, until: datetime, tops: int) -> Learnt:
    figures = {
        "tops": tops,
        "needed": champion_challenger.FEWEST_TOPS,
        "lines": training.FEWEST_TOPS,
    }
    return Learnt(False, "too_little_came", figures, champion_id, since, until)


def _keep(con: Connection, learnt: Learnt, blob: bytes | None) -> None:
    keep_model(
        con,
        TriedModel(
            model_id=learnt.model_id or "",
            trained_at=to_naive(datetime.now(UTC)),
            known_until=learnt.known_until,
            known_since=learnt.known_since,
            boards=list(learnt.boards),
            line_count=learnt.line_count,
            judged_since=learnt.known_until
            - timedelta(microseconds=champion_challenger.JUDGED_FOR),
            judged_line_count=learnt.judged_line_count,
            judged_top_count=learnt.judged_top_count,
            champion_id=learnt.champion_id,
            is_accepted=learnt.is_accepted,
            decision=learnt.decision,
            decision_figures=dict(learnt.decision_figures),
            model=blob,
        ),
        [
            ModelFigures(
                figures.forecaster,
                figures.auc,
                figures.average_precision,
                figures.calibration_error,
            )
            for figures in learnt.figures
        ],
    )
