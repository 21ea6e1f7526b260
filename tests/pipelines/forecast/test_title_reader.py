"""Titles read hour by hour: the same in training and in a build, wherever the build before stopped."""

import numpy as np
import pytest

from pipelines.forecast.dataset import Dataset, stays_of
from pipelines.forecast.rank_history import DAY, HOUR, Board
from pipelines.forecast.title_features import KNOWN_AFTER, StayTitles, read_all
from pipelines.forecast.title_memory import NAMES, Memory, from_bytes, to_bytes
from pipelines.forecast.title_reader import (
    RECALL_DAYS,
    NewStay,
    StayOutcome,
    TitleReader,
    TitleReading,
    first_hour_known,
    new_stay,
    read_by_hour,
)
from tests.made_past import made_past

pytestmark = pytest.mark.xdist_group("remembering")  # one worker sets it up, not each


@pytest.fixture(scope="module")
def stays() -> StayTitles:
    rows, titles = made_past(4, every=20)
    found, _ = stays_of(Dataset({"made": Board(rows)}, {"made": titles}))
    return found


@pytest.fixture(scope="module")
def begun(stays: StayTitles) -> list[NewStay]:
    return [
        new_stay(("made", number, at), stays.titles[number])
        for number, at in enumerate(stays.first_at.tolist())
    ]


@pytest.fixture(scope="module")
def outcomes(stays: StayTitles, begun: list[NewStay]) -> dict[int, list[StayOutcome]]:
    """The outcomes by the hour that first knows them."""
    found: dict[int, list[StayOutcome]] = {}
    for number, new in enumerate(begun):
        known_at = new.stay[2] + KNOWN_AFTER
        top = float(stays.top_at[number] <= known_at)
        outcome = StayOutcome(new.stay, new.grams, top, float(stays.depth[number]))
        found.setdefault(first_hour_known(known_at), []).append(outcome)
    return found


def read(
    reader: TitleReader,
    begun: list[NewStay],
    outcomes: dict[int, list[StayOutcome]],
    hours: range = range(1 << 40),
) -> list[TitleReading]:
    return read_by_hour(
        reader,
        [new for new in begun if new.stay[2] // HOUR in hours],
        {hour: known for hour, known in outcomes.items() if hour in hours},
    )


def half_of(outcomes: dict[int, list[StayOutcome]]) -> int:
    return sorted(outcomes)[len(outcomes) // 2]


def test_what_a_dataset_teaches_is_what_a_build_reads(
    stays: StayTitles, begun: list[NewStay], outcomes: dict[int, list[StayOutcome]]
) -> None:
    training = read_all(stays)
    readings = read(TitleReader(Memory(), 0), begun, outcomes)
    np.testing.assert_array_equal([reading.figures for reading in readings], training.figures)
    pairs = sum(len(reading.kin) for reading in readings)
    assert 0 < pairs == len(training.ours) / 2


def test_a_build_goes_on_where_the_last_one_stopped(
    begun: list[NewStay], outcomes: dict[int, list[StayOutcome]]
) -> None:
    uninterrupted = read(TitleReader(Memory(), 0), begun, outcomes)
    split = half_of(outcomes)
    first = TitleReader(Memory(), 0)
    before = read(first, begun, outcomes, range(split))
    second = TitleReader(from_bytes(to_bytes(first.memory)), first.hour)
    known = {o.stay: o for hour, told in outcomes.items() if hour < split for o in told}
    for reading in before:
        outcome = known.get(reading.begun.stay)
        told = (outcome.top, outcome.depth) if outcome else (np.nan, np.nan)
        signs = reading.begun.grams[1].tolist()
        second.recall(reading.begun.stay, len(signs), signs, *told)
    after = read(second, begun, outcomes, range(split, 1 << 40))
    for resumed, other in zip([*before, *after], uninterrupted, strict=True):
        np.testing.assert_array_equal(resumed.figures, other.figures)
        assert resumed.kin == other.kin


def test_nothing_later_is_looked_at(
    begun: list[NewStay], outcomes: dict[int, list[StayOutcome]]
) -> None:
    cut = read(TitleReader(Memory(), 0), begun, outcomes, range(half_of(outcomes) + 1))
    whole = read(TitleReader(Memory(), 0), begun, outcomes)
    for early, other in zip(cut, whole, strict=False):
        np.testing.assert_array_equal(early.figures, other.figures)


def test_a_title_of_a_month_ago_is_alike_to_none(stays: StayTitles) -> None:
    title = stays.titles[0]
    at = int(stays.first_at[0])
    days = (0, RECALL_DAYS - 1, RECALL_DAYS * 2)
    begun = [new_stay(("made", day, at + day * DAY), title) for day in days]
    outcomes = {
        first_hour_known(at + KNOWN_AFTER): [StayOutcome(begun[0].stay, begun[0].grams, 1.0, 1.0)]
    }
    soon, late = read(TitleReader(Memory(), 0), begun, outcomes)[1:]
    best = NAMES.index("similar_best")
    assert soon.figures[best] == pytest.approx(1)
    assert late.figures[best] == 0


def test_a_kept_memory_is_the_same_to_the_last_digit(
    begun: list[NewStay], outcomes: dict[int, list[StayOutcome]]
) -> None:
    reader = TitleReader(Memory(), 0)
    read(reader, begun, outcomes)
    kept = to_bytes(reader.memory)
    again = from_bytes(kept)
    assert to_bytes(again) == kept
    for name in ("weight", "excess", "scale", "slope", "energy"):
        np.testing.assert_array_equal(getattr(again, name), getattr(reader.memory, name))
    assert again.usual == reader.memory.usual
