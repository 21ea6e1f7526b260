"""What a board promises, and whether a snapshot keeps it: ok, degraded, stale or failed, with figures.

Boards fail with HTTP 200, so a list is compared with what its board usually is. The usual is learnt
from the board's own days before; a board with too little of a past is held to its catalogue facts.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

HISTORY_ENOUGH = 24
"""Snapshots that make a past: a day of hourly captures. With fewer, the catalogue facts judge."""

MISSED_CADENCES = 3
"""Three quiet ticks in a row are no accident; two are a slow board."""

FROZEN_MARGIN = 1.5
"""A list may rest half as long again as the longest rest of its usual days."""

FROZEN_NEVER_MINUTES = 60
"""An hour's list is never called frozen, however often it is fetched."""

FROZEN_UNKNOWN_MINUTES = 330
"""Without a past, a list may rest a short night; one that has stood for six hours is told of."""

SHRUNK_SHARE = 0.7
"""Below this share of its usually shortest list a board has lost a part of its page."""

GROWN_FACTOR = 2
"""Twice the usually longest list: two lists in one page, or another page."""

UNREAD_SHARE = 0.2
"""One line in five that cannot be read is another row shape, not a bad line."""

HEAT_SHARE_KEPT = 0.5
"""Heat on half as many lines as usual: the field was renamed or moved."""

HEAT_DECADES = 1.0
"""Ten times over or under the usual range is another unit or another field, not a busy day."""

RANKS_MISSING_MARGIN = 2
"""So many ranks more than usual may be missing: a line or two is withdrawn by every source."""

NEW_SHARE = 0.8
NEW_SHARE_MARGIN = 0.3
"""Four of five titles unseen for a day, and clearly more than usual, is another list."""

OTHER_SHARE = 0.6
OTHER_SHARE_MARGIN = 0.3
"""More than half of the titles on one board of another source, and clearly more than usual: big
days bring boards together, but not to the same words."""

CHANGED_SHARE = 0.5
"""Another board's list takes the place of the own one. What stood here a moment ago is this list's own,
whoever else shows it by now: a list that is cut, or copied by another, keeps more than half of its lines."""


class Kept(StrEnum):
    """The verdict on a snapshot; a worse one hides a better one."""

    OK = "ok"
    DEGRADED = "degraded"
    STALE = "stale"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the catalogue says of a board; ``expected_count`` is of ranked entries, None unknown."""

    expected_count: tuple[int, int] | None = None
    cadence_minutes: int = 10
    heat_unit: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What the lists of a board usually were on the days before; None where that is not known.

    ``count_low`` and ``count_high`` bound its ranked entries, ``heat_low`` and ``heat_high`` the
    log10 of its middle heat. The others are what it usually reaches: the share of lines with heat,
    the longest time without a change, the share of titles new to it, the share of titles that
    stand on one board of another source, and ranks that no line has.
    """

    snapshot_count: int = 0
    gap_minutes: float | None = None
    count_low: float | None = None
    count_high: float | None = None
    heat_share: float | None = None
    heat_low: float | None = None
    heat_high: float | None = None
    frozen_minutes: float | None = None
    new_share: float | None = None
    other_share: float | None = None
    missing_ranks: float | None = None

    @property
    def is_enough(self) -> bool:
        return self.snapshot_count >= HISTORY_ENOUGH


NO_HISTORY = History()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One capture, measured; shares are of its lines, None where there is nothing to compare with.

    ``reason`` is the fetch's own code when it yielded no list. ``missing_ranks`` are ranks that no
    ranked line has, less those that pinned and paid lines may hold. ``new_share`` is of items that did not
    stand here for a day, ``changed_share`` of those that did not in the list before. ``was_another`` says
    that this list before was taken for another board's.
    """

    is_list: bool
    reason: str = ""
    ranked_count: int = 0
    line_count: int = 0
    reject_count: int = 0
    missing_ranks: int = 0
    heat_share: float | None = None
    heat_log10: float | None = None
    gap_minutes: float | None = None
    frozen_minutes: float = 0.0
    new_share: float | None = None
    changed_share: float | None = None
    other_share: float = 0.0
    was_another: bool = False


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken claim of the contract, the verdict that it brings, and the figures that it is told with."""

    claim: str
    verdict: Kept
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the claims that are broken, the gravest first; none when it is ok."""

    verdict: Kept
    breaches: tuple[Breach, ...] = ()


SEVERITY = {Kept.FAILED: 3, Kept.STALE: 2, Kept.DEGRADED: 1, Kept.OK: 0}


def judge(snapshot: Snapshot, history: History, facts: Facts) -> Judgement:
    """Whether a snapshot keeps the contract of its board."""
    if not snapshot.is_list:
        claim = "login_wall" if snapshot.reason == "login_wall" else "no_list"
        return Judgement(Kept.FAILED, (Breach(claim, Kept.FAILED),))
    breaches = [
        breach
        for claim in (
            _another_board,
            _frozen,
            _count,
            _unread,
            _ranks,
            _heat,
            _mostly_new,
        )
        for breach in claim(snapshot, history, facts)
    ]
    if not breaches:
        return FINE
    breaches.sort(key=lambda breach: -SEVERITY[breach.verdict])
    return Judgement(breaches[0].verdict, tuple(breaches))


FINE = Judgement(Kept.OK)


def _is_steady(snapshot: Snapshot, history: History, facts: Facts) -> bool:
    """Whether the list before is so recent that much of it should still stand."""
    if snapshot.gap_minutes is None:
        return False
    return snapshot.gap_minutes <= MISSED_CADENCES * _cadence(history, facts)


def _cadence(history: History, facts: Facts) -> float:
    # What is fetched less often than planned changes as much between two captures as it is fetched.
    return max(facts.cadence_minutes, history.gap_minutes or 0)


def _another_board(snapshot: Snapshot, history: History, facts: Facts) -> Iterator[Breach]:
    if snapshot.other_share < OTHER_SHARE or _is_its_own(snapshot):
        return
    usual = history.other_share if history.is_enough else None
    is_unusual = usual is not None and snapshot.other_share >= usual + OTHER_SHARE_MARGIN
    if is_unusual or _is_all_new(snapshot, history, facts):
        yield Breach("another_board", Kept.FAILED, {"share": snapshot.other_share})


def _is_its_own(snapshot: Snapshot) -> bool:
    """Whether most of the list stood here a moment ago, and not as another board's."""
    changed = snapshot.changed_share
    return changed is not None and changed < CHANGED_SHARE and not snapshot.was_another


def _is_all_new(snapshot: Snapshot, history: History, facts: Facts) -> bool:
    if snapshot.new_share is None or not _is_steady(snapshot, history, facts):
        return False
    usual = history.new_share if history.is_enough else None
    return snapshot.new_share >= max(NEW_SHARE, (usual or 0) + NEW_SHARE_MARGIN)


def _mostly_new(snapshot: Snapshot, history: History, facts: Facts) -> Iterator[Breach]:
    if _is_all_new(snapshot, history, facts):
        yield Breach("mostly_new", Kept.DEGRADED, {"share": snapshot.new_share or 0.0})


def _frozen(snapshot: Snapshot, history: History, facts: Facts) -> Iterator[Breach]:
    allowed = max(FROZEN_NEVER_MINUTES, MISSED_CADENCES * _cadence(history, facts))
    if history.is_enough and history.frozen_minutes is not None:
        allowed = max(allowed, FROZEN_MARGIN * history.frozen_minutes)
    else:
        allowed = max(allowed, FROZEN_UNKNOWN_MINUTES)
    if snapshot.frozen_minutes > allowed:
        figures = {"minutes": snapshot.frozen_minutes, "most": allowed}
        yield Breach("frozen", Kept.STALE, figures)


def _count(snapshot: Snapshot, history: History, facts: Facts) -> Iterator[Breach]:
    count = snapshot.ranked_count
    if history.is_enough and history.count_low is not None and history.count_high is not None:
        least, most = history.count_low, history.count_high
        low, few = SHRUNK_SHARE * least, "shrunk"
    elif facts.expected_count is not None:
        least, most = facts.expected_count
        low, few = least, "too_few"
    else:
        # Of an unknown board only an empty list is too short, and none too long.
        least, most, low, few = 1, math.inf, 1, "too_few"
    figures = {"count": count, "least": least, "most": most}
    if count < low:
        yield Breach(few, Kept.DEGRADED, figures)
    if count > GROWN_FACTOR * most:
        yield Breach("too_many", Kept.DEGRADED, figures)


def _unread(snapshot: Snapshot, _: History, __: Facts) -> Iterator[Breach]:
    printed = snapshot.line_count + snapshot.reject_count
    if printed and snapshot.reject_count > UNREAD_SHARE * printed:
        figures = {"rejected": snapshot.reject_count, "printed": printed}
        yield Breach("lines_unread", Kept.DEGRADED, figures)


def _ranks(snapshot: Snapshot, history: History, _: Facts) -> Iterator[Breach]:
    usual = (history.missing_ranks or 0) if history.is_enough else 0
    # A rejected line leaves a hole that _unread tells of.
    missing = snapshot.missing_ranks - snapshot.reject_count
    if missing > usual + RANKS_MISSING_MARGIN:
        yield Breach("ranks_broken", Kept.DEGRADED, {"missing": missing})


def _heat(snapshot: Snapshot, history: History, facts: Facts) -> Iterator[Breach]:
    share = snapshot.heat_share
    if share is None:
        return
    usual = 1.0 if facts.heat_unit else 0.0
    # A board's facts say that it prints heat, not on how many lines: only its past knows that.
    is_lost = share == 0 and usual > 0
    if history.is_enough and history.heat_share is not None:
        usual = history.heat_share
        is_lost = share < HEAT_SHARE_KEPT * usual
    if is_lost:
        yield Breach("no_heat", Kept.DEGRADED, {"share": share, "usual": usual})
    elif history.is_enough and _is_strange_heat(snapshot.heat_log10, history):
        yield Breach("heat_range", Kept.DEGRADED)


def _is_strange_heat(heat_log10: float | None, history: History) -> bool:
    if heat_log10 is None or history.heat_low is None or history.heat_high is None:
        return False
    return not history.heat_low - HEAT_DECADES <= heat_log10 <= history.heat_high + HEAT_DECADES
