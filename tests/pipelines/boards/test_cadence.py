import math
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.boards.cadence import INTERVALS, Bounds, Stays, missed_share, plan

STAYS = st.builds(
    Stays,
    board=st.just("a_b"),
    counts=st.dictionaries(
        st.tuples(st.sampled_from([1.0, 5.0, 30.0]), st.integers(0, 600).map(float)),
        st.integers(1, 50),
        min_size=1,
    ),
    days=st.just(7.0),
)


def _stays(board: str, minutes: float, count: int = 100) -> Stays:
    return Stays(board, {(1.0, minutes): count}, days=1)


def _bounds(board: str) -> Bounds:
    return Bounds(board, shortest_minutes=5, longest_minutes=120, usual_minutes=10)


def test_a_title_of_nine_minutes_is_missed_by_half_the_looks_twenty_minutes_apart() -> None:
    assert 0.5 <= missed_share(_stays("a_b", minutes=9), interval_minutes=20) < 0.55


def test_long_stays_are_hardly_ever_missed() -> None:
    assert missed_share(_stays("a_b", minutes=500), interval_minutes=120) < 0.002


@pytest.mark.parametrize("shape", [1.5, 4.0, 50.0])
@pytest.mark.parametrize("interval", [5, 10, 20, 60])
@pytest.mark.parametrize("gaps", [(10,), (20, 10)])
def test_what_was_seen_tells_what_was_not(
    shape: float, interval: int, gaps: tuple[int, ...]
) -> None:
    """Titles that live by Lomax's law, seen by looks so far apart on each of some days."""
    dice = random.Random(f"{shape}")
    seen: Counter[tuple[float, float]] = Counter()
    standing: Counter[tuple[float, float]] = Counter()
    missed = []
    for gap in gaps:
        for _ in range(4_000):
            born, life = dice.uniform(0, 1440), 40 * shape * (dice.paretovariate(shape) - 1)
            first, last = (
                gap * math.floor(at / gap) for at in (born + gap, min(born + life, 1440))
            )
            if last >= first:
                seen[gap, last - first] += 1
                standing[gap, last - first] += last == 1440
            missed.append(max(0.0, 1 - life / interval))
    stays = Stays("a_b", seen, days=len(gaps), standing=standing)
    assert missed_share(stays, interval) == pytest.approx(sum(missed) / len(missed), rel=0.2)


def test_the_titles_of_an_hour_are_those_seen_and_those_not() -> None:
    """Lives of ten minutes, looks ten minutes apart: 1 - 1/e of them are seen."""
    again = math.exp(-1)
    counts = {(10.0, 10.0 * n): round(10_000 * (1 - again) ** 2 * again**n) for n in range(9)}
    assert Stays("a_b", counts, days=1).new_per_hour == pytest.approx(10_000 / 24, rel=0.03)


@given(STAYS)
def test_looking_less_often_never_misses_less(stays: Stays) -> None:
    shares = [missed_share(stays, interval) for interval in INTERVALS]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)


def test_a_fast_board_is_looked_at_more_often_than_a_slow_one() -> None:
    stays = {"fast_list": _stays("fast_list", 8), "slow_list": _stays("slow_list", 400)}
    chosen = {
        cadence.board: cadence.interval_minutes
        for cadence in plan([_bounds("fast_list"), _bounds("slow_list")], stays, 100)
    }
    assert chosen == {"fast_list": 5, "slow_list": 120}


@given(st.lists(st.integers(1, 200).map(float), min_size=1, max_size=12), st.floats(12, 400))
def test_the_budget_is_kept_and_every_board_is_looked_at(
    minutes: list[float], budget: float
) -> None:
    stays = {f"b{n}_list": _stays(f"b{n}_list", life) for n, life in enumerate(minutes)}
    chosen = plan([_bounds(board) for board in stays], stays, budget)
    assert len(chosen) == len(stays)
    assert sum(60 / cadence.interval_minutes for cadence in chosen) <= budget
    assert all(5 <= cadence.interval_minutes <= 120 for cadence in chosen)


def test_a_board_without_history_keeps_its_usual_interval() -> None:
    (cadence,) = plan([_bounds("new_list")], {}, 100)
    assert (cadence.interval_minutes, cadence.missed_share) == (10, None)
