import numpy as np
import pytest

from pipelines.forecast.rank_history import HOUR, NEVER
from pipelines.forecast.title_features import StayTitles, read_all, story_features
from pipelines.forecast.title_memory import NAMES


def titles(*told: tuple[str, float, bool]) -> StayTitles:
    """Stays of (title, hour it began, whether it came to the top ten an hour later)."""
    first = np.array([int(hour * HOUR) for _, hour, _ in told])
    top = np.array([int(hour * HOUR) + HOUR if up else NEVER for _, hour, up in told])
    depth = np.array([1.0 if up else 0.2 for _, _, up in told])
    return StayTitles([title for title, _, _ in told], ["made"] * len(told), first, top, depth)


PAST = [(f"{place}流星雨", 0.0, True) for place in ("东岸", "南坡", "北站", "河口")]
PAST += [(f"{place}换茶杯", 0.0, False) for place in ("东桥", "南街", "北门", "河湾")]


@pytest.mark.parametrize(
    "name", ["word_mean_long", "sign_mean_short", "title_odds", "similar_rate"]
)
def test_a_title_with_the_words_of_those_that_rose_stands_above_one_with_the_others(
    name: str,
) -> None:
    stays = titles(*PAST, ("山脚流星雨", 7.0, False), ("山脚换茶杯", 7.0, False))
    figures = read_all(stays).figures[:, NAMES.index(name)]
    assert figures[-2] > figures[-1]


def test_an_outcome_is_not_known_before_six_hours() -> None:
    stays = titles(*PAST, ("山脚流星雨", 5.0, False), ("山脚流星雨", 7.0, False))
    figures = read_all(stays).figures
    assert figures[-2, NAMES.index("word_max_long")] == 0
    assert figures[-1, NAMES.index("word_max_long")] > 0


def test_nothing_is_learnt_after_the_instant_that_forbids_it() -> None:
    stays = titles(*PAST, ("山脚流星雨", 7.0, False))
    figures = read_all(stays, teach_until=5 * HOUR).figures
    assert figures[-1, NAMES.index("word_max_long")] == 0


def test_a_story_counts_its_relations_from_when_they_were_there() -> None:
    stays = titles(
        ("流星雨今夜来", 0.0, True), ("流星雨今夜来了吗", 2.0, False), ("换茶杯", 2.0, False)
    )
    read = read_all(stays)
    at = np.array([int(2.5 * HOUR), int(0.5 * HOUR), int(2.5 * HOUR)])
    count, tops = story_features(read, stays, np.array([1, 0, 2]), at, same_board=True)[:, :2].T
    assert count[0] > 0.5
    assert tops[0] > 0.5
    assert count[1] == 0
    assert count[2] == 0
