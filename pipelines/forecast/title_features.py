"""What titles told of the stays of a dataset, and what had become of the stories that they tell."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.forecast.rank_history import HOUR, MINUTE, NEVER, Floats, Ints
from pipelines.forecast.title_memory import NAMES, Grams, Memory, grams_of
from pipelines.forecast.title_reader import (
    NewStay,
    StayOutcome,
    TitleReader,
    first_hour_known,
    read_by_hour,
)
from pipelines.rules import STAY_OUTCOME_HOURS

KNOWN_AFTER = STAY_OUTCOME_HOURS * HOUR


@dataclass(frozen=True, slots=True)
class StayTitles:
    """Stays to be read and learnt from, ordered by ``first_at``: those of all boards in one.

    ``depth`` is how far up the list the stay had come within ``KNOWN_AFTER``, 0 (last) to 1 (first).
    """

    titles: Sequence[str]
    boards: Sequence[str]
    first_at: Ints
    top_at: Ints
    depth: Floats


@dataclass(frozen=True, slots=True)
class ReadTitles:
    """Each stay's ``figures`` (stays, NAMES) when it began, and which stays tell a story with it.

    ``ours`` and ``theirs`` number stays, both ways round, with their ``likeness`` (0..1).
    """

    figures: Floats
    ours: Ints
    theirs: Ints
    likeness: Floats


def read_all(stays: StayTitles, teach_until: int = NEVER) -> ReadTitles:
    """Read every stay when it begins, from outcomes known by then and by ``teach_until``, microseconds."""
    grams: dict[str, tuple[Grams, Grams]] = {}
    begun: list[NewStay] = []
    outcomes: dict[int, list[StayOutcome]] = {}
    tops = (stays.top_at <= stays.first_at + KNOWN_AFTER).astype(float).tolist()
    for number, (title, board, at, top, depth) in enumerate(
        zip(
            stays.titles, stays.boards, stays.first_at.tolist(), tops, stays.depth.tolist(),
            strict=True,
        )
    ):  # fmt: skip
        if title not in grams:
            grams[title] = grams_of(title)
        new = NewStay((board, number, at), title, grams[title])
        begun.append(new)
        if at + KNOWN_AFTER <= teach_until:
            known = StayOutcome(new.stay, new.grams, top, depth)
            outcomes.setdefault(first_hour_known(at + KNOWN_AFTER), []).append(known)
    readings = read_by_hour(TitleReader(Memory(), 0), begun, outcomes)
    figures = np.array([reading.figures for reading in readings]).reshape(-1, len(NAMES))
    counts = [len(reading.kin) for reading in readings]
    later = np.repeat(np.arange(len(readings)), counts)
    kin = [(stay[1], likeness) for reading in readings for stay, likeness in reading.kin]
    earlier = np.array([number for number, _ in kin], np.int64)
    likeness = np.array([likeness for _, likeness in kin], float)
    return ReadTitles(
        figures, np.r_[later, earlier], np.r_[earlier, later], np.r_[likeness, likeness]
    )


STORY_NAMES = ("story_count", "story_tops", "story_best", "story_newest", "story_now")


def story_features(
    read: ReadTitles, stays: StayTitles, stay: Ints, at: Ints, *, same_board: bool
) -> Floats:
    """What the stays that tell one story with each line's had come to by its instant (lines, STORY_NAMES).

    ``stay`` numbers the line's stay in ``stays``; other boards' stays count apart from its own board's.
    """
    boards = np.unique(np.asarray(stays.boards), return_inverse=True)[1]
    wanted = (boards[read.ours] == boards[read.theirs]) == same_board
    ours, theirs, like = read.ours[wanted], read.theirs[wanted], read.likeness[wanted]
    order = np.lexsort((theirs, ours))
    ours, theirs, like = ours[order], theirs[order], like[order]
    begin = np.searchsorted(ours, stay)
    count = np.searchsorted(ours, stay, side="right") - begin
    line = np.repeat(np.arange(len(stay)), count)
    pair = (
        np.arange(count.sum())
        - np.repeat(np.cumsum(count) - count, count)
        + np.repeat(begin, count)
    )
    them, weight = theirs[pair], like[pair]
    now = at[line]
    known = stays.first_at[them] <= now
    topped = known & (stays.top_at[them] <= now)
    out = np.zeros((len(stay), len(STORY_NAMES)))
    out[:, 0] = np.bincount(line, weight * known, len(stay))
    out[:, 1] = np.bincount(line, weight * topped, len(stay))
    np.maximum.at(out[:, 2], line, weight * topped)
    newest = np.full(len(stay), 1440.0)
    np.minimum.at(newest, line[known], (now - stays.first_at[them])[known] / MINUTE)
    out[:, 3] = newest
    lately = topped & (stays.top_at[them] > now - 2 * HOUR)
    out[:, 4] = np.bincount(line, weight * lately, len(stay))
    return out
