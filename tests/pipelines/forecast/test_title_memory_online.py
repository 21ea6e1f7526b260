"""Titles read hour by hour: the same as a whole past read at once, wherever a build stopped."""

import numpy as np
import pytest

from pipelines.forecast import title_memory
from pipelines.forecast.dataset import Past, stays_of
from pipelines.forecast.features import HOUR, Board
from pipelines.forecast.title_memory import KNOWN_AFTER, Memory, Titles
from pipelines.forecast.title_memory_online import (
    Begun,
    Outcome,
    Reader,
    Reading,
    begin,
    from_bytes,
    to_bytes,
)
from tests.made_past import made_past

Hours = dict[int, tuple[list[Outcome], list[Begun]]]

pytestmark = pytest.mark.xdist_group("remembering")  # one worker sets it up, not each


@pytest.fixture(scope="module")
def stays() -> Titles:
    rows, titles = made_past(4, every=20)
    found, _ = stays_of(Past({"made": Board(rows)}, {"made": titles}))
    return found


@pytest.fixture(scope="module")
def hours(stays: Titles) -> Hours:
    """The outcomes known, and the stays that began, by the hour that takes them."""
    found: Hours = {}
    for number, title in enumerate(stays.titles):
        at = int(stays.first_at[number])
        begun = begin(("made", number, at), title)
        top = float(stays.top_at[number] <= at + KNOWN_AFTER)
        outcome = Outcome(begun.stay, begun.grams, top, float(stays.depth[number]))
        found.setdefault(at // HOUR, ([], []))[1].append(begun)
        found.setdefault(-(-(at + KNOWN_AFTER) // HOUR), ([], []))[0].append(outcome)
    return dict(sorted(found.items()))


def read(reader: Reader, hours: Hours) -> list[Reading]:
    readings = []
    for hour, (outcomes, begun) in hours.items():
        if outcomes:
            reader.learn(hour, outcomes)
        readings += map(reader.read, begun)
    return readings


def test_hour_by_hour_tells_what_a_whole_past_tells(stays, hours):
    followed = title_memory.follow(stays)
    readings = read(Reader(Memory(), 0), hours)
    figures = np.array([one.figures for one in readings])
    np.testing.assert_allclose(figures, followed.figures, atol=1e-9)
    pairs = sum(len(one.kin) for one in readings)
    assert 0 < pairs <= len(followed.ours) / 2


def test_a_build_goes_on_where_the_last_one_stopped(hours):
    whole = read(Reader(Memory(), 0), hours)
    split = sorted(hours)[len(hours) // 2]
    first = Reader(Memory(), 0)
    before = read(first, {hour: both for hour, both in hours.items() if hour < split})
    second = Reader(from_bytes(to_bytes(first.memory)), first.hour)
    known = {o.stay: o for hour, both in hours.items() if hour < split for o in both[0]}
    for one in before:
        outcome = known.get(one.begun.stay)
        told = (outcome.top, outcome.depth) if outcome else (np.nan, np.nan)
        signs = one.begun.grams[1].tolist()
        second.recall(one.begun.stay, len(signs), signs, *told)
    after = read(second, {hour: both for hour, both in hours.items() if hour >= split})
    for one, other in zip([*before, *after], whole, strict=True):
        np.testing.assert_array_equal(one.figures, other.figures)
        assert one.kin == other.kin


def test_nothing_later_is_looked_at(hours):
    split = sorted(hours)[len(hours) // 2]
    cut = read(Reader(Memory(), 0), {hour: both for hour, both in hours.items() if hour <= split})
    whole = read(Reader(Memory(), 0), hours)
    for one, other in zip(cut, whole, strict=False):
        np.testing.assert_array_equal(one.figures, other.figures)


def test_a_kept_memory_is_the_same_to_the_last_digit(hours):
    reader = Reader(Memory(), 0)
    read(reader, hours)
    kept = to_bytes(reader.memory)
    again = from_bytes(kept)
    assert to_bytes(again) == kept
    for name in ("weight", "excess", "scale", "slope", "energy"):
        np.testing.assert_array_equal(getattr(again, name), getattr(reader.memory, name))
    assert again.usual == reader.memory.usual
