"""Learning from the warehouse's own history: a challenger a day, taken into use only where it is better."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import numpy as np

from fengkou import operations
from fengkou.backtest import past_of
from fengkou.home import Home
from pipelines.forecast import champion_challenger, training
from pipelines.forecast.champion_challenger import Figures
from pipelines.forecast.dataset import read_board, read_titles
from pipelines.forecast.features import DAY, MINUTE, Board
from pipelines.forecast.forecasting_model import to_bytes
from warehouse import query
from warehouse.incremental import Connection, newest_instant
from warehouse.readers.rank_history import read_warehouse
from warehouse.stores.forecasting_models import KeptModel, keep_model
from warehouse.stores.models_in_use import STARTING, model_at

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
    sentence_zh: str
    sentence_en: str
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
    # The warehouse is closed while the trees grow: builds go on.
    with operations.opened(home) as con:
        newest = newest_instant(con)
        if newest is None:
            raise operations.NothingCollectedError(
                f"The warehouse under {home.root} holds no list that is built. Next: fengkou build"
            )
        until = min(at.astimezone(UTC).replace(tzinfo=None), newest) if at else newest
        since = _since(con, until)
        used = model_at(con, until)
        judged_since = _us(until) - champion_challenger.JUDGED_FOR
        told = (used.model_id, since, until)
        if judged_since - _us(since) < champion_challenger.LEAST_KNOWN:
            return _too_short(*told)
        if used.model_id != STARTING and used.model.trained_until > judged_since:
            return _too_young(*told, used.model.trained_until)
        rows = read_warehouse(con, since, until)
    past = past_of(rows)
    on_step("reading titles")
    titles = read_titles(past)
    on_step("reading moves")
    every = every_for(past.boards.values())
    reads = {
        name: read_board(board, titles, every, _us(since), _us(until))
        for name, board in past.boards.items()
    }
    lines = champion_challenger.judged(reads, judged_since, _us(until))
    on_step("growing the challenger")
    challengers = champion_challenger.challenge(reads, judged_since)
    challenger = challengers.get(champion_challenger.HOURS)
    if challenger is None or lines.top_count < champion_challenger.FEWEST_TOPS:
        return _too_few(*told, lines.top_count)
    names = next(iter(reads.values())).lines.names
    # What has learnt from the judged days cannot be judged by them: the starting model knows some archives.
    knows_them = used.model.trained_until > judged_since or used.model.names != names
    champion = None if knows_them else used.model
    found = champion_challenger.compare(challenger, champion, lines, names)
    decision = champion_challenger.decide(found, lines.top_count, lines.luck)
    model = None
    if decision.is_accepted:
        on_step("growing the new model")
        model = training.fit(reads, _us(until))
    blob = to_bytes(model) if model else None
    learnt = Learnt(
        is_accepted=blob is not None,
        sentence_zh=decision.sentence_zh,
        sentence_en=decision.sentence_en,
        champion_id=used.model_id,
        known_since=since,
        known_until=until,
        model_id=sha256(blob or challenger.blend.text.encode()).hexdigest()[:16],
        boards=tuple(reads),
        line_count=sum(len(one.lines.at) for one in reads.values()),
        judged_line_count=len(lines.label),
        judged_top_count=lines.top_count,
        figures=found
        + champion_challenger.compare_other_hours(
            challengers, champion, reads, judged_since, _us(until)
        ),
    )
    with operations.opened(home) as con:
        _keep(con, learnt, blob)
    return learnt


def every_for(boards: Iterable[Board], most: int = MOST_EXAMPLES) -> int:
    """Minutes between instants at which these lists give at most so many lines; else the longest of EVERY."""
    lists = [(one.times, float(np.median(one.lengths))) for one in boards if len(one.times)]
    for every in EVERY:
        step = every * MINUTE
        if sum(len(np.unique((times - 1) // step)) * length for times, length in lists) <= most:
            return every
    return EVERY[-1]


def _since(con: Connection, until: datetime) -> datetime:
    """The beginning of the newest days that keep to the bounds; at least those that learning needs."""
    lines = items = 0
    first = until
    needed = timedelta(
        microseconds=champion_challenger.LEAST_KNOWN + champion_challenger.JUDGED_FOR + DAY
    )
    for row in query.rows(con, "past_days", until=until):
        lines += row["line_count"]
        items += row["item_count"]
        is_too_much = lines > MOST_LINES or items > MOST_ITEMS
        age = until - row["day_start"]
        if age > timedelta(days=MOST_DAYS) or (is_too_much and age > needed):
            break
        first = row["day_start"]
    return first


def _us(at: datetime) -> int:
    return round(at.replace(tzinfo=UTC).timestamp() * 1_000_000)


def _days(span: int) -> str:
    return f"{span / DAY:.1f}"


def _too_short(champion_id: str, since: datetime, until: datetime) -> Learnt:
    has = _days(_us(until) - _us(since))
    needs = _days(champion_challenger.LEAST_KNOWN + champion_challenger.JUDGED_FOR)
    return Learnt(
        False,
        f"历史太短：有 {has} 天，至少要 {needs} 天；继续用{_named_zh(champion_id)}",
        f"too little history: found {has} days, {needs} are needed; {_named(champion_id)} stays in use",
        champion_id,
        since,
        until,
    )


def _too_young(champion_id: str, since: datetime, until: datetime, known_until: int) -> Learnt:
    has, needs = _days(_us(until) - known_until), _days(champion_challenger.JUDGED_FOR)
    return Learnt(
        False,
        f"在用的模型 {champion_id} 学到 {has} 天前，满 {needs} 天后才有它没见过的日子可比",
        f"the model in use, {champion_id}, knows all but the last {has} days; to be judged by days that it "
        f"does not know, {needs} are needed",
        champion_id,
        since,
        until,
    )


def _too_few(champion_id: str, since: datetime, until: datetime, tops: int) -> Learnt:
    return Learnt(
        False,
        f"最后几天只有 {tops} 个条目进了前十（至少要 {champion_challenger.FEWEST_TOPS} 个），或之前不足 "
        f"{training.FEWEST_TOPS} 行可学；继续用{_named_zh(champion_id)}",
        f"too little came to the top ten: {tops} stays in the last days, {champion_challenger.FEWEST_TOPS} are needed, and "
        f"{training.FEWEST_TOPS} lines before them; {_named(champion_id)} stays in use",
        champion_id,
        since,
        until,
    )


def _named(model_id: str) -> str:
    return "the starting model" if model_id == STARTING else model_id


def _named_zh(model_id: str) -> str:
    return "初始模型" if model_id == STARTING else f"模型 {model_id}"


def _keep(con: Connection, learnt: Learnt, blob: bytes | None) -> None:
    figures: Sequence[tuple[str, float, float, float | None]] = [
        (one.forecaster, one.auc, one.average_precision, one.calibration_error)
        for one in learnt.figures
    ]
    keep_model(
        con,
        KeptModel(
            model_id=learnt.model_id or "",
            trained_at=datetime.now(UTC).replace(tzinfo=None),
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
            sentence_zh=learnt.sentence_zh,
            sentence_en=learnt.sentence_en,
            model=blob,
        ),
        figures,
    )
