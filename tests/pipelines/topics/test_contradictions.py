"""What speaks against two titles telling one story."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.lexicon import read_words
from pipelines.topics.contradictions import (
    Claims,
    are_opposite,
    are_two_matches,
    counts,
    counts_differ,
    frame,
    same_affair,
)
from tests.made_items import item

TEAMS = ("青禾飞鱼", "北岚雪豹", "国安", "申花", "裴沅芷")
PIECES = (
    "青禾",
    "飞鱼",
    "战胜",
    "不敌",
    "发布",
    "下架",
    "第3轮",
    "第七集",
    "3比1",
    "上涨",
    "g2",
    "，",
)
titles = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


def claims(title: str) -> Claims:
    return item(1, title).claims


def opposite(one: str, other: str) -> bool:
    return are_opposite(claims(one), claims(other))


@given(titles, titles)
def test_what_speaks_against_speaks_both_ways(one: str, other: str) -> None:
    here, there = claims(one), claims(other)
    assert counts_differ(here, there) == counts_differ(there, here)
    assert are_opposite(here, there) == are_opposite(there, here)
    assert are_two_matches(here, there) == are_two_matches(there, here)
    assert frame(one, other) == frame(other, one)
    assert 0 <= frame(one, other) <= 1


@given(titles)
def test_no_title_contradicts_itself(title: str) -> None:
    said = claims(title)
    assert not counts_differ(said, said)
    assert not are_opposite(said, said)
    assert not are_two_matches(said, said)
    assert frame(title, title) == 0


@pytest.mark.parametrize("unit", ["集", "期", "轮", "强", "连胜", "月", "日", "年"])
@pytest.mark.parametrize(
    ("han", "arabic"), [("三", "3"), ("九", "9"), ("十", "10"), ("十二", "12"), ("二十", "20")]
)
def test_a_count_is_the_same_in_both_scripts(unit: str, han: str, arabic: str) -> None:
    assert counts(f"松涧杯{han}{unit}") == counts(f"松涧杯{arabic}{unit}") == {unit: {arabic}}


def test_tens_and_ones_are_one_number() -> None:
    assert counts("第二十三期") == {"期": {"23"}}


def test_a_score_is_the_same_from_both_sides() -> None:
    assert counts("飞鱼116-110雪豹") == counts("雪豹110比116飞鱼")
    assert counts("飞鱼3:1雪豹") != counts("飞鱼3:2雪豹")


def test_what_is_counted_otherwise_does_not_differ() -> None:
    assert not counts_differ(claims("松涧杯第3轮"), claims("松涧杯第7期"))
    assert not counts_differ(claims("松涧杯第3轮"), claims("松涧杯开赛"))
    assert counts_differ(claims("松涧杯第3轮"), claims("松涧杯第四轮"))
    assert not counts_differ(claims("3月5日天气"), claims("3月5日路况"))


def test_a_toll_is_no_count() -> None:
    assert not counts_differ(claims("松涧爆炸致3人死亡"), claims("松涧爆炸致5人死亡"))
    assert not counts_differ(claims("松涧募捐30万元"), claims("松涧募捐50万元"))


@given(st.permutations(TEAMS), st.sampled_from(["", "3比1", "4-3"]))
def test_a_result_is_turned_round_by_its_sides_or_by_its_verb(teams: list[str], score: str) -> None:
    one, other, *_ = teams
    assert opposite(f"{one}{score}战胜{other}", f"{other}{score}战胜{one}")
    assert opposite(f"{one}{score}战胜{other}", f"{one}{score}不敌{other}")
    assert not opposite(f"{one}{score}战胜{other}", f"{other}{score}不敌{one}")
    assert not opposite(f"{one}{score}战胜{other}", f"{one}险胜{other}晋级")


@pytest.mark.parametrize(
    "mirrored", ["北岚雪豹惨负青禾飞鱼", "北岚雪豹负青禾飞鱼遭淘汰", "北岚雪豹不敌青禾飞鱼落败"]
)
def test_what_the_loser_prints_of_one_match_is_not_the_opposite(mirrored: str) -> None:
    assert not opposite("青禾飞鱼战胜北岚雪豹晋级", mirrored)
    assert not opposite("青禾飞鱼获胜：3比1胜北岚雪豹", mirrored)
    assert opposite("北岚雪豹战胜青禾飞鱼晋级", mirrored)


def test_results_of_other_matches_are_not_turned_round() -> None:
    assert not opposite("青禾飞鱼战胜北岚雪豹", "北岚雪豹战胜松涧白鹭")
    assert not opposite("青禾飞鱼战胜北岚雪豹", "胜利大街今日通车")


MEETINGS = ("{}战胜{}", "{}不敌{}", "{}vs{}", "{}3比1{}", "{}4-3险胜{}")


@given(st.permutations(TEAMS), st.sampled_from(MEETINGS), st.sampled_from(MEETINGS))
def test_a_side_with_another_opponent_plays_another_match(
    teams: list[str], told: str, otherwise: str
) -> None:
    def two_matches(one: str, other: str) -> bool:
        return are_two_matches(claims(one), claims(other))

    one, other, third, fourth, _ = teams
    here = told.format(one, other)
    assert two_matches(here, otherwise.format(one, third))
    assert two_matches(here, otherwise.format(third, one))
    assert not two_matches(here, otherwise.format(one, other))
    assert not two_matches(here, otherwise.format(other, one))
    # Two strangers' matches have nothing in common that could be taken for one story.
    assert not two_matches(here, otherwise.format(third, fourth))


@pytest.mark.parametrize("title", ["松涧5.9级地震", "松涧7/8水位", "3比1", "青禾飞鱼3比1"])
def test_a_number_is_no_match(title: str) -> None:
    assert claims(title).match is None


OPPOSITES = [tuple(line.split()) for line in read_words("opposites")]


def test_each_line_of_opposites_is_two_words_and_none_stands_twice() -> None:
    assert {len(words) for words in OPPOSITES} == {2}
    assert len({frozenset(words) for words in OPPOSITES}) == len(OPPOSITES)
    assert all(one != other for one, other in OPPOSITES)


def test_each_verb_of_outcomes_says_whether_it_tells_who_won_and_none_hides_a_longer_one() -> None:
    lines = [tuple(line.split()) for line in read_words("outcomes")]
    assert {words[1] for words in lines} == {"wins", "loses", "meets"}
    assert all(len(words) == 2 for words in lines)
    verbs = [words[0] for words in lines]
    assert len(set(verbs)) == len(verbs)
    for place, verb in enumerate(verbs):
        assert not [longer for longer in verbs[place + 1 :] if verb in longer]


@pytest.mark.parametrize(("one", "other"), OPPOSITES)
def test_opposites_are_opposite_and_a_title_with_both_takes_no_side(one: str, other: str) -> None:
    assert opposite(f"青禾{one}", f"青禾{other}")
    # 大涨 holds 涨, and 涨 has an opposite of its own.
    assert not opposite(f"青禾{one}{other}", f"青禾{one}{other}消息")


def test_a_frame_is_a_common_head_and_tail_around_another_filling() -> None:
    assert frame("如何评价今年的数学试卷", "如何评价今年的物理试卷") == pytest.approx(9 / 11)
    assert frame("如何评价今年的数学试卷", "如何评价今年的数学") == 0
    assert frame("青禾飞鱼", "北岚雪豹") == 0
    assert frame("", "") == 0


def test_a_short_name_of_the_same_opponent_makes_no_second_match_of_one_score() -> None:
    told, otherwise = claims("巴岭5比0国米"), claims("巴岭5-0国际米城")
    assert not are_two_matches(told, otherwise)
    assert are_two_matches(told, claims("巴岭4-0国际米城"))


@pytest.mark.parametrize("title", ["砖厂负责人被控制", "女子负债百万", "松涧胜利日阅兵"])
def test_a_verb_of_one_letter_within_a_word_tells_no_match(title: str) -> None:
    assert claims(title).match is None
    assert claims("青禾飞鱼首负北岚雪豹").match is not None


def test_a_new_round_is_none_that_is_counted() -> None:
    assert counts("新一轮降雨来袭") == counts("又一轮降雨来袭") == {}
    assert counts("第一轮降雨来袭") == {"轮": {"1"}}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("青禾u16夺冠", "青禾u17夺冠", False),
        ("歌唱之夜第5期", "歌唱之夜第五期歌单", True),
        ("歌唱之夜第5期", "歌唱之夜第6期", False),
        ("青禾飞鱼vs北岚雪豹", "北岚雪豹2比3不敌青禾飞鱼", True),
        ("青禾飞鱼vs北岚雪豹", "青禾飞鱼vs松涧白鹭", False),
        ("青禾飞鱼vs北岚雪豹", "青禾飞鱼晋级", None),
        ("混双决赛青禾夺冠", "男单决赛青禾夺冠", False),
    ],
)
def test_two_titles_tell_one_affair_another_or_do_not_say(
    first: str, second: str, same: bool | None
) -> None:
    assert same_affair(claims(first), claims(second)) is same
    assert same_affair(claims(second), claims(first)) is same
