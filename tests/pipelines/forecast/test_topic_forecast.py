"""What is expected of topics: from whole lists to one sentence, and never from what came later."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from pipelines.forecast import topic_forecast
from pipelines.forecast.features import Lines
from pipelines.forecast.forecasting_model import starting_model
from pipelines.forecast.rank_history import HOUR, MINUTE, History
from pipelines.forecast.stages import Stage
from pipelines.forecast.title_features import STORY_NAMES
from pipelines.forecast.title_memory import NAMES
from pipelines.forecast.topic_forecast import PLAIN, Expected, Forecast, Listed
from pipelines.rules import TOP_RANK
from tests.made_past import START, made_past

AT = START + 40 * HOUR
NOON = datetime(2026, 1, 5, 12)  # noqa: DTZ001 - instants in the warehouse are naive UTC


@pytest.fixture(scope="module")
def past() -> History:
    return made_past(3, every=20)[0]


def listed(history: History, at: int = AT) -> Listed:
    found = topic_forecast.listed(history.until(at), np.arange(10_000), at)
    assert found is not None
    return found


def lines_of(*lists: Listed) -> Lines:
    """Lines whose titles tell nothing."""
    lines = topic_forecast.together(lists)
    names = (*NAMES, *STORY_NAMES, *(f"{name}_elsewhere" for name in STORY_NAMES))
    silent = np.zeros((len(lines.row), len(names)), np.float32)
    return Lines(
        lines.board, lines.at, lines.item, lines.rank, lines.row, lines.is_candidate, lines.is_stale,
        np.hstack([lines.features, silent]), lines.names + names,
    )  # fmt: skip


def expected(*lists: Listed) -> list[Expected]:
    model = starting_model()
    return topic_forecast.expect(lists, lines_of(*lists), model, "starting", is_honest=True)


ONE = Expected(
    board="weibo_hot",
    item_id=1,
    rank=18,
    best_rank=18,
    chance=(0.1, 0.3, 0.4),
    peak=(5.0, 9.0, 14.0),
    left=(30.0, 240.0, 900.0),
    stay=(0.9, 0.8, 0.6, 0.4),
    raw_chance=(0.1, 0.3, 0.4),
    raw_stay=(0.95, 0.9, 0.8, 0.7, 0.6, 0.4, 0.2, 0.1, 0.01),
    peak_heat_share=None,
    rank_gain=14,
    over_minutes=20,
    model_id="starting",
    is_honest=True,
    line=0,
)
REACHED = replace(ONE, board="zhihu_hot", item_id=2, rank=4, best_rank=3, chance=None)


def judged(*items: Expected) -> Forecast:
    (made,) = topic_forecast.forecast({7: items}, {7: 1}, lambda *_: 0.1, NOON)
    return made


# --- lists


def test_a_list_that_stands_still_tells_nothing(past: History) -> None:
    until = AT - 2 * HOUR
    frozen = past.until(until)
    newest = frozen.captured_at == frozen.captured_at.max()
    stills = [frozen]
    for at in range(until + 20 * MINUTE, AT + 1, 20 * MINUTE):
        stills.append(
            History(
                "made",
                np.full(int(newest.sum()), at),
                *(getattr(frozen, name)[newest] for name in ("item", "rank", "heat")),
            )
        )
    whole = History(
        "made",
        *(
            np.concatenate([getattr(one, name) for one in stills])
            for name in ("captured_at", "item", "rank", "heat")
        ),
    )
    assert topic_forecast.listed(whole, np.arange(10_000), AT) is None


def test_a_list_that_is_too_old_tells_nothing(past: History) -> None:
    assert topic_forecast.listed(past.until(AT - 2 * HOUR), np.arange(10_000), AT) is None


def test_what_was_in_the_top_ten_has_no_chance_left_and_every_other_has(past: History) -> None:
    found = expected(listed(past))
    assert [one.chance is None for one in found] == [
        one.rank <= TOP_RANK or one.best_rank <= TOP_RANK for one in found
    ]
    chances = np.array([one.chance for one in found if one.chance])
    assert ((chances >= 0) & (chances <= 1)).all()
    assert (np.diff(chances, axis=1) >= 0).all()


def test_a_peak_is_no_worse_than_what_was_reached_and_time_left_is_no_debt(past: History) -> None:
    for one in expected(listed(past)):
        assert 1 <= one.peak[0] <= one.peak[1] <= one.peak[2] <= one.best_rank
        assert 0 <= one.left[0] <= one.left[1] <= one.left[2]


def test_what_is_expected_does_not_change_with_what_comes_later(past: History) -> None:
    later = History(
        "made",
        *(getattr(past.until(AT), name) for name in ("captured_at", "item", "rank", "heat")),
    )
    assert expected(listed(past)) == expected(listed(later))


def test_lists_are_forecast_together_as_each_alone(past: History) -> None:
    one, other = listed(past), listed(made_past(3, every=20, seed=2, has_heat=False)[0])
    both = expected(one, other)
    alone = [*expected(one), *expected(other)]
    assert [replace(e, line=0) for e in both] == [replace(e, line=0) for e in alone]


def test_heat_is_compared_only_where_a_list_prints_it(past: History) -> None:
    assert all(0 <= (one.peak_heat_share or 0) <= 1 for one in expected(listed(past)))
    cold = made_past(3, every=20, has_heat=False)[0]
    assert all(one.peak_heat_share is None for one in expected(listed(cold)))


def test_a_list_without_a_past_is_judged_by_rank_alone(past: History) -> None:
    young = expected(listed(past.between(AT - 40 * MINUTE, AT)))
    assert {one.model_id for one in young} == {PLAIN}
    chances = [one.chance[1] for one in sorted(young, key=lambda e: e.rank) if one.chance]
    assert chances == sorted(chances, reverse=True)
    assert 0 < chances[-1] < chances[0] < topic_forecast.RISING_CHANCE


def test_a_move_is_what_was_gained_in_the_time_that_passed(past: History) -> None:
    one = listed(past)
    rank_then = {
        int(item): rank
        for item, rank, at in zip(past.item, past.rank, past.captured_at, strict=True)
        if at == one.board.times[-2]
    }
    moves = [e for e in expected(one) if e.over_minutes == 20 and e.item_id in rank_then]
    assert moves
    assert all(e.rank_gain == rank_then[e.item_id] - e.rank for e in moves)


# --- topics


def test_a_topic_has_the_best_of_its_chances_and_says_where() -> None:
    best = replace(ONE, board="douyin_hot", item_id=3, chance=(0.2, 0.5, 0.6))
    made = judged(ONE, REACHED, best)
    assert (made.lead, made.chance) == (best, 0.5)
    assert [one.board for one in made.lists] == ["douyin_hot", "weibo_hot", "zhihu_hot"]


def test_a_list_that_one_of_its_items_reached_is_reached() -> None:
    made = judged(ONE, replace(REACHED, board=ONE.board))
    assert (made.lead.rank, made.lead.chance) == (4, None)


def test_a_topic_on_three_lists_has_no_chance_of_three() -> None:
    (made,) = topic_forecast.forecast({7: [ONE]}, {7: 3}, lambda *_: 0.1, NOON)
    assert (made.board_count, made.chance_spread_6h) == (3, None)
    assert judged(ONE).chance_spread_6h == 0.1


@pytest.mark.parametrize(
    ("items", "stage"),
    [
        ([replace(ONE, chance=(0.6, 0.8, 0.8))], Stage.BURSTING),
        ([ONE], Stage.RISING),
        ([ONE, REACHED], Stage.RISING),
        ([replace(ONE, chance=(0.0, 0.1, 0.2))], Stage.BUDDING),
        ([replace(ONE, chance=(0.0, 0.1, 0.2)), REACHED], Stage.PEAK),
        ([REACHED], Stage.PEAK),
        ([replace(REACHED, left=(1.0, 30.0, 90.0))], Stage.FADING),
        ([replace(REACHED, rank=25)], Stage.FADING),
        ([replace(ONE, chance=(0.0, 0.1, 0.2), left=(1.0, 30.0, 90.0))], Stage.FADING),
    ],
)
def test_a_stage_is_what_is_expected(items: list[Expected], stage: Stage) -> None:
    made = judged(*items)
    assert made.stage is stage
    assert made.is_rising == (stage in {Stage.RISING, Stage.BURSTING})


def test_topics_come_best_chance_first() -> None:
    likely = replace(ONE, chance=(0.2, 0.5, 0.6))
    made = topic_forecast.forecast({1: [REACHED], 2: [ONE], 3: [likely]}, {}, lambda *_: 0.1, NOON)
    assert [one.topic_id for one in made] == [3, 2, 1]


def test_every_topic_has_its_causes_and_the_likely_ones_several(past: History) -> None:
    one = listed(past)
    topics = {item.item_id: [item] for item in expected(one)}
    made = topic_forecast.forecast(topics, {}, lambda *_: 0.1, NOON)
    told = topic_forecast.explained(made, lines_of(one), starting_model())
    assert [replace(f, causes=()) for f in told] == made
    assert all(f.causes for f in told)
    assert any(len(f.causes) > 1 for f in told if f.chance >= topic_forecast.UNLIKELY)
