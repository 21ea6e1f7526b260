"""What is to be expected of each topic: a model's forecasts of its items, joined over its lists.

A chance is about one item on one list: that its present stay there comes to the top ten. A topic's
chance is the best of its items' on the lists where it is not and was not in the top ten, and says
which list that is. Joining lists as if they were independent would overstate it: they tell one story.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from scipy.special import expit

from pipelines.forecast import explanation
from pipelines.forecast.features import STALE_AFTER, STALE_AFTER_GAPS, Lines, lines_at
from pipelines.forecast.forecasting_model import Forecasts, Model
from pipelines.forecast.list_view import LATE
from pipelines.forecast.rank_history import HOUR, MINUTE, Board, Floats, History, Ints
from pipelines.forecast.recalibration import AS_GIVEN, Recalibration
from pipelines.forecast.stages import Stage
from pipelines.forecast.stay_ladder import time_left
from pipelines.rules import PRESENT_HOURS, SPREAD_LISTS, STAY_MINUTES, STAY_RUNGS_MINUTES, TOP_RANK

NO_PAST = HOUR
"""A list that we know for less tells no path: all that is on it seems to have just come."""

PLAIN = "plain"
"""What made a forecast from rank alone, for a list without a past."""

PLAIN_CHANCE = ((-2.5, -1.7, -1.4), 0.3)
"""Log odds of the top ten within HORIZONS_HOURS at rank 11, and what each doubling of the distance takes
off: read from what became of the entries of six public half-hourly boards."""

MOVE_MINUTES = (20, 60)
"""A move is told over about so many minutes: the faster of the two."""

LIKELY = 0.5
RISING_CHANCE = 0.2
"""Twice to four times what an entry below the top ten usually has: worth an editor's look."""

SHORT_MINUTES = 60
"""What is expected to be gone within the hour is fading, wherever it stands."""

REASONED = 100
"""So many topics have their causes weighed: more than any page shows, and it costs 4 ms each."""

UNLIKELY = 0.05
"""Below this nothing lifts a chance that would be worth telling."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it stands: its past, one line for each ranked item, and the identities of its items.

    ``lines`` do not bear yet what titles tell; ``item_ids`` tells each item's identity by its number.
    """

    board: Board
    lines: Lines
    item_ids: Ints


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of one item on one list; three numbers are HORIZONS_HOURS, or low, median and high.

    ``chance`` is None where it is, or was in its present stay, in the top ten. ``stay`` holds the chances of
    lasting for STAY_MINUTES, None where the model tells none. ``raw_chance`` and ``raw_stay`` (for
    STAY_RUNGS_MINUTES) are those of the model, before they were recalibrated. ``line`` numbers its line.
    """

    board: str
    item_id: int
    rank: int
    best_rank: int
    chance: tuple[float, float, float] | None
    peak: tuple[float, float, float]
    left: tuple[float, float, float]
    stay: tuple[float, ...] | None
    raw_chance: tuple[float, ...] | None
    raw_stay: tuple[float, ...] | None
    peak_heat_share: float | None
    rank_gain: int | None
    over_minutes: int | None
    model_id: str
    is_honest: bool
    line: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected of a topic at an instant, and why; the meaning of each is that of its column."""

    topic_id: int
    made_at: datetime
    lead: Expected
    lists: tuple[Expected, ...]
    board_count: int
    chance_spread_6h: float | None
    stage: Stage
    is_rising: bool
    causes: tuple[explanation.Cause, ...] = ()

    @property
    def chance(self) -> float:
        """The chance of the top ten within three hours; 0 where no list is left to reach."""
        return self.lead.chance[1] if self.lead.chance else 0.0


def listed(history: History, item_ids: Ints, at: int) -> Listed | None:
    """A list as it stood at ``at`` (microseconds); None where it is too old, or stood still too long."""
    board = Board(history)
    if not len(board.times):
        return None
    age = at - board.times[-1]
    if age > max(STALE_AFTER, STALE_AFTER_GAPS * board.usual_gap[-1]):
        return None
    lines = lines_at(board, np.array([at], np.int64), PRESENT_HOURS * 60)
    if not len(lines.row) or lines.is_stale.any():
        return None
    return Listed(board, lines, item_ids)


def expect(  # noqa: PLR0913 - the lists, and who speaks of them how
    lists: Sequence[Listed],
    lines: Lines,
    model: Model,
    model_id: str,
    *,
    is_honest: bool,
    recalibration: Recalibration = AS_GIVEN,
) -> list[Expected]:
    """What the model expects of every line; ``lines`` are those of all lists, with all features."""
    forecasts = model.forecast(known_to(model, lines))
    found: list[Expected] = []
    for present in lists:
        rows = slice(len(found), len(found) + len(present.lines.row))
        found += _expect_list(
            present, forecasts, rows, model_id, is_honest=is_honest, recalibration=recalibration
        )
    return found


def together(lists: Sequence[Listed]) -> Lines:
    """The lines of all lists in one; rows point into their own boards."""
    parts = [present.lines for present in lists]
    return Lines(
        board="",
        at=np.concatenate([part.at for part in parts]),
        item=np.concatenate([part.item for part in parts]),
        rank=np.concatenate([part.rank for part in parts]),
        row=np.concatenate([part.row for part in parts]),
        is_candidate=np.concatenate([part.is_candidate for part in parts]),
        is_stale=np.concatenate([part.is_stale for part in parts]),
        features=np.concatenate([part.features for part in parts]),
        names=parts[0].names,
    )


def known_to(model: Model, lines: Lines) -> Lines:
    """Lines with the features that the model was trained on, in its order; it may be older than ours.

    Raises ValueError where one is no longer made.
    """
    if lines.names == model.names:
        return lines
    place = {name: column for column, name in enumerate(lines.names)}
    lacking = sorted(set(model.names) - set(place))
    if lacking:
        raise ValueError(
            f"The model asks for features that are no longer made: {', '.join(lacking)}. Train a new one."
        )
    features = lines.features[:, [place[name] for name in model.names]]
    return replace(lines, features=features, names=model.names)


def _expect_list(  # noqa: PLR0913 - one list of those of ``expect``
    present: Listed,
    made: Forecasts,
    rows: slice,
    model_id: str,
    *,
    is_honest: bool,
    recalibration: Recalibration,
) -> list[Expected]:
    board, lines = present.board, present.lines
    raw, raw_lasting, peak = made.chance[rows], made.lasting[rows], made.peak_rank[rows]
    if lines.at[0] - board.times[0] < NO_PAST:
        raw, model_id, recalibration = plain_chance(lines.rank), PLAIN, AS_GIVEN
    chance = recalibration.of_tops(board.name, raw)
    lasting = recalibration.of_stays(board.name, raw_lasting)
    is_told = not np.isnan(raw_lasting).any()
    left = time_left(lasting) if is_told else made.left_minutes[rows]
    stay = lasting[:, [STAY_RUNGS_MINUTES.index(minutes) for minutes in STAY_MINUTES]]
    best = board.best_rank[lines.row]
    peak = np.clip(peak, 1, best[:, None])
    shares = _peak_heat_shares(board, lines, peak[:, 1])
    gains, minutes = _moves(board, lines)
    return [
        Expected(
            board=board.name,
            item_id=int(present.item_ids[lines.item[i]]),
            rank=int(lines.rank[i]),
            best_rank=int(best[i]),
            chance=_three(chance[i]) if lines.is_candidate[i] else None,
            peak=_three(peak[i]),
            left=_three(np.maximum(left[i], 0)),
            stay=_told(stay[i]) if is_told else None,
            raw_chance=_told(raw[i]) if lines.is_candidate[i] else None,
            raw_stay=_told(raw_lasting[i]) if is_told else None,
            peak_heat_share=None if math.isnan(shares[i]) else float(shares[i]),
            rank_gain=None if math.isnan(gains[i]) else round(gains[i]),
            over_minutes=None if math.isnan(gains[i]) else round(minutes[i]),
            model_id=model_id,
            is_honest=is_honest,
            line=rows.start + i,
        )
        for i in range(len(lines.row))
    ]


def _three(values: Floats) -> tuple[float, float, float]:
    first, second, third = _told(values)
    return first, second, third


def _told(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)


def plain_chance(rank: Floats) -> Floats:
    """Chances (lines, HORIZONS_HOURS) by rank alone, below the top ten."""
    odds, falls = PLAIN_CHANCE
    away = np.log2(np.maximum(rank - TOP_RANK, 1))
    chance: Floats = expit(np.array(odds) - falls * away[:, None])
    return chance


def _peak_heat_shares(board: Board, lines: Lines, peak: Floats) -> Floats:
    """Share of the list's stays whose heat peaked below what the expected peak's place has now."""
    warmest = np.full(len(board.stays_first), -np.inf)
    known = ~np.isnan(board.log_heat)
    np.maximum.at(warmest, board.stay[known], board.log_heat[known])
    peaks = np.sort(warmest[np.isfinite(warmest)])
    place = np.clip(np.round(peak).astype(int), 1, len(lines.row)) - 1
    heat = np.fmax(board.log_heat[lines.row][place], board.warmest[lines.row])
    share: Floats = np.searchsorted(peaks, heat, side="left") / max(len(peaks), 1)
    return np.where(np.isnan(heat), np.nan, share)


def _moves(board: Board, lines: Lines) -> tuple[Floats, Floats]:
    """Places gained and in how many minutes: over the faster of MOVE_MINUTES, or since it was first seen.

    Nothing is known of what was seen once; a fall is told over the longer time.
    """
    gains = np.full(len(lines.row), np.nan)
    minutes = np.full(len(lines.row), np.nan)
    newest = board.times[-1]
    age = (newest - board.first_at[lines.row]) / MINUTE
    for window in reversed(MOVE_MINUTES):
        snapshot = int(np.searchsorted(board.times, newest - window * MINUTE, side="right")) - 1
        passed = (newest - board.times[snapshot]) / MINUTE if snapshot >= 0 else math.inf
        then = board.rows_of(lines.item, np.full(len(lines.item), snapshot))
        is_new = age < passed
        over = np.where(is_new, age, passed)
        was = np.where(is_new, board.first_rank[lines.row], board.rank[then])
        # As long as features.LATE allows: an older list tells another move.
        known = (is_new | (then >= 0)) & (over > 0) & (over <= LATE * window)
        gain = was - lines.rank
        faster = np.isnan(gains) | ((gain > 0) & (gain * minutes > gains * over))
        gains = np.where(known & faster, gain, gains)
        minutes = np.where(known & faster, over, minutes)
    return gains, minutes


# --- topics -------------------------------------------------------------------------------------


def forecast(
    expected: Mapping[int, Sequence[Expected]],
    board_counts: Mapping[int, int],
    spreads: Callable[[int, int], float],
    at: datetime,
) -> list[Forecast]:
    """One forecast a topic, best chance first.

    ``expected`` holds each topic's items; ``board_counts`` on how many lists it stands, resting ones
    too; ``spreads`` gives the chance of three lists by (topic, number of lists).
    """
    made = []
    for topic_id, items in expected.items():
        lists = _by_list(items)
        lead = min(lists, key=_lead_order)
        stage = stage_of(lead, lists)
        count = max(board_counts.get(topic_id, 0), len(lists))
        made.append(
            Forecast(
                topic_id=topic_id,
                made_at=at,
                lead=lead,
                lists=lists,
                board_count=count,
                chance_spread_6h=spreads(topic_id, count) if count < SPREAD_LISTS else None,
                stage=stage,
                is_rising=lead.chance is not None and stage in {Stage.RISING, Stage.BURSTING},
            )
        )
    return sorted(made, key=lambda f: (-f.chance, f.lead.rank, f.topic_id))


def _lead_order(item: Expected) -> tuple[float, int, str, int]:
    """The best chance; without any, the best rank."""
    return -item.chance[1] if item.chance else 0.0, item.rank, item.board, item.item_id


def _by_list(items: Iterable[Expected]) -> tuple[Expected, ...]:
    """The item that speaks for the topic on each of its lists, by list.

    Where one was in the top ten the topic was, whatever its others may do: the best placed speaks.
    """
    by_list: dict[str, list[Expected]] = {}
    for item in items:
        by_list.setdefault(item.board, []).append(item)
    return tuple(_speaker(by_list[name]) for name in sorted(by_list))


def _speaker(items: Sequence[Expected]) -> Expected:
    if all(item.chance for item in items):
        return min(items, key=_lead_order)
    placed = min(items, key=lambda item: (item.rank, item.item_id))
    return replace(placed, chance=None, raw_chance=None)


def stage_of(lead: Expected, lists: Sequence[Expected]) -> Stage:
    """Where a topic is in its life, by what is expected of it:

    bursting where the top ten within the hour is more likely than not; fading where it has little
    time left, or was in the top ten of every list and is in none now; peak in the top ten; rising
    where the top ten within three hours is likely enough; budding else.
    """
    if lead.chance and lead.chance[0] >= LIKELY:
        return Stage.BURSTING
    if lead.chance and lead.chance[1] >= RISING_CHANCE:
        return Stage.RISING
    in_top = [item for item in lists if item.rank <= TOP_RANK]
    left = max(item.left[1] for item in in_top or lists)
    if left < SHORT_MINUTES or (not in_top and not lead.chance):
        return Stage.FADING
    return Stage.PEAK if in_top else Stage.BUDDING


def explained(made: Sequence[Forecast], lines: Lines, model: Model) -> list[Forecast]:
    """The forecasts, each with why; the likely ones of the first REASONED are weighed, the others told by
    where they stand."""
    lines = known_to(model, lines)
    likely = (f.lead for f in made[:REASONED] if f.chance >= UNLIKELY and f.lead.model_id != PLAIN)
    weighed = [lead.line for lead in likely]
    added = model.reasons(lines.only(np.array(weighed, np.int64))) if weighed else np.zeros((0, 0))
    causes_of = {
        line: explanation.weigh(lines.names, row)
        for line, row in zip(weighed, added.tolist(), strict=True)
    }
    told = []
    for topic in made:
        values = lines.features[topic.lead.line].tolist()
        facts = dict(zip(lines.names, values, strict=True)) | {
            "rank": topic.lead.rank,
            "best": topic.lead.best_rank,
            "boards": topic.board_count,
        }
        if topic.lead.rank_gain is not None and topic.lead.over_minutes:
            facts |= {"gain": topic.lead.rank_gain, "minutes": topic.lead.over_minutes}
        why = causes_of.get(topic.lead.line, [])
        told.append(replace(topic, causes=explanation.told(why, facts)))
    return told


__all__ = [
    "Expected",
    "Forecast",
    "Listed",
    "Stage",
    "expect",
    "explained",
    "forecast",
    "known_to",
    "listed",
    "plain_chance",
    "stage_of",
    "together",
]
