"""What is learnt of topics that come to three lists, on lines whose rule is known."""

from dataclasses import replace

import numpy as np
import pytest

from pipelines.forecast import spread
from pipelines.forecast.rank_history import DAY, HOUR, Flags
from pipelines.forecast.spread import NUMBERS, Counted, Lines

DAYS, TOPICS_AN_HOUR, HOURS_EACH = 28, 4, 5
LISTS = ("left", "right", "far")


def made(days: int = DAYS, seed: int = 3, told: bool = True) -> tuple[Lines, Flags]:
    """Topics of five lines: those that were on many lists lately spread, where ``told``; else it is luck."""
    random = np.random.default_rng(seed)
    count = days * 24 * TOPICS_AN_HOUR
    begin = random.integers(0, days * 24, count) * HOUR
    wide = random.integers(1, 5, count)
    came = random.random(count) < (np.array([0.01, 0.05, 0.2, 0.5])[wide - 1] if told else 0.15)
    topic = np.repeat(np.arange(count), HOURS_EACH)
    age = np.tile(np.arange(HOURS_EACH), count) * 60.0
    figures = np.full((len(topic), len(NUMBERS)), np.nan)
    for name, values in (
        ("list_count", np.minimum(np.repeat(wide, HOURS_EACH), 1 + topic % 2)),
        ("lists_6h", np.repeat(wide, HOURS_EACH)),
        ("age_minutes", age),
        ("best_share", random.random(len(topic))),
    ):
        figures[:, NUMBERS.index(name)] = values
    at = np.repeat(begin, HOURS_EACH) + (age * HOUR / 60).astype(np.int64)
    order = np.argsort(at, kind="stable")
    lists = [(LISTS[one % 3],) for one in topic[order].tolist()]
    return Lines(topic[order], at[order], lists, figures[order]), np.repeat(came, HOURS_EACH)[order]


pytestmark = pytest.mark.xdist_group("spread")  # one worker sets it up, not each


@pytest.fixture(scope="module")
def learnt() -> spread.Learnt:
    return spread.learn(*made())


def test_what_lists_told_lately_is_learnt_and_beats_the_base_rate(learnt: spread.Learnt) -> None:
    assert learnt.chance
    assert learnt.figures
    assert learnt.base
    assert learnt.figures.auc > learnt.base.auc + 0.1
    assert learnt.figures.log_loss < learnt.base.log_loss
    lines, came = made(seed=8)
    chance = learnt.chance.of(lines)
    wide = lines.number("lists_6h")
    means = [chance[wide == many].mean() for many in range(1, 5)]
    assert means == sorted(means)
    assert means[3] > means[0] + 0.2
    assert chance.mean() == pytest.approx(came.mean(), abs=0.05)


def test_where_nothing_tells_the_base_rate_speaks() -> None:
    learnt = spread.learn(*made(told=False))
    assert learnt.chance is None
    assert learnt.figures is not None


def test_too_few_topics_that_spread_teach_nothing() -> None:
    lines, came = made()
    learnt = spread.learn(lines, came & (lines.topic % 40 == 0))
    assert (learnt.chance, learnt.figures) == (None, None)
    assert 0 < learnt.came_count < 2 * spread.FEWEST_TOPICS
    nothing = lines.only(np.zeros(len(came), bool))
    assert spread.learn(nothing, came[:0]) == spread.Learnt(0, 0)


def test_it_comes_back_from_bytes_as_it_was(learnt: spread.Learnt) -> None:
    again = spread.learn(*made())
    assert learnt.chance
    assert again.chance
    kept = spread.to_bytes(learnt.chance)
    assert kept == spread.to_bytes(again.chance)
    lines, _ = made(days=1, seed=5)
    np.testing.assert_array_equal(spread.from_bytes(kept).of(lines), learnt.chance.of(lines))


def test_what_was_learnt_from_other_numbers_is_refused(
    learnt: spread.Learnt, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert learnt.chance
    kept = spread.to_bytes(learnt.chance)
    monkeypatch.setattr(spread, "NAMES", (*spread.NAMES, "one more"))
    with pytest.raises(ValueError, match="Learn anew"):
        spread.from_bytes(kept)


def test_a_list_that_was_not_there_has_the_rate_of_all(learnt: spread.Learnt) -> None:
    lines, came = made(days=2)
    rates = spread.list_rates(lines, came.astype(float))
    assert set(rates) == {"", *LISTS}
    assert rates[""] == pytest.approx(came.mean())
    new = spread.features(replace(lines, lists=[("never seen",)] * len(lines.at)), rates)
    assert set(new[:, spread.NAMES.index("list_rate_best")].tolist()) == {np.float32(rates[""])}
    both = spread.features(replace(lines, lists=[LISTS[:2]] * len(lines.at)), rates)
    best, worst = (spread.NAMES.index(f"list_rate_{end}") for end in ("best", "worst"))
    assert (both[:, best] >= both[:, worst]).all()


def test_more_lines_than_are_needed_are_thinned_by_instant(monkeypatch: pytest.MonkeyPatch) -> None:
    lines, came = made()
    monkeypatch.setattr(spread, "MOST_LINES", len(came) // 3)
    learnt = spread.learn(lines, came)
    assert 0 < learnt.line_count < len(came) // 2
    assert learnt.chance is not None


def test_the_hour_is_that_of_shanghai() -> None:
    assert spread.hour_of(np.array([0, 16 * HOUR, DAY + HOUR])).tolist() == [8, 0, 9]


def test_a_base_rate_is_believed_as_far_as_it_rests_on_many() -> None:
    few = spread.base_rate([Counted(2, 0, 2, 2)])
    many = spread.base_rate([Counted(2, 0, 4000, 2000), Counted(2, 3, 4000, 40)])
    start = spread.USUAL[2]
    assert start < few(2, 10) < 0.2
    assert many(2, 10) == pytest.approx(0.5, abs=0.01)
    assert many(2, 5000) == pytest.approx(0.01, abs=0.01)
    assert many(1, 10) == spread.USUAL[1]
