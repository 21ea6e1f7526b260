"""New words and names, found in titles. Every name and title here is made up."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from pipelines.text.lexicon import read_words
from pipelines.text.new_words import REMEMBERED_FOR, Finder, NewWord, Sights, sights
from pipelines.text.titles import comparable
from pipelines.text.tokens import Cutter

START = datetime(2026, 3, 1, 10)  # noqa: DTZ001 - instants in the warehouse are naive UTC
HOUR = timedelta(hours=1)

USUAL = [
    "地铁三号线早高峰故障停运",
    "博物馆周一不再闭馆引发讨论",
    "台风将于明天在沿海地区登陆",
    "夜市因噪音投诉调整营业时间",
    "国产电影票房突破十亿",
    "医生提醒夏天不要空腹喝冰水",
    "手机因电池问题召回",
    "大雨导致多趟列车晚点",
    "公园樱花提前盛开吸引游客",
    "马拉松比赛起点临时改道",
] * 15
"""What else is told: without it every name would be as common as any word."""

SINGER = [
    "裴沅芷新歌发布",
    "网友评价裴沅芷演技",
    "粉丝机场偶遇裴沅芷",
    "导演选中裴沅芷",
    "裴沅芷道歉",
]
"""A name that no dictionary has, between ever other words."""


def seen(titles: Sequence[str]) -> list[Sights]:
    cutter = Cutter()
    return sights((comparable(title), cutter.pieces(comparable(title))) for title in titles)


def found(*hours: Sequence[str], finder: Finder | None = None) -> list[NewWord]:
    finder = finder or Finder()
    return [
        word
        for n, titles in enumerate(hours)
        for word in finder.find(START + n * HOUR, len(titles), seen(titles))
    ]


def tokens_of(words: Sequence[NewWord]) -> list[str]:
    return [word.token for word in words]


def words(cutter: Cutter, title: str) -> list[str]:
    return [token.token for token in cutter.tokenise(title)]


def test_a_name_is_found_once_four_titles_told_of_it_and_known_from_the_end_of_that_hour() -> None:
    hours = [[*USUAL, SINGER[0]], [SINGER[1]], [SINGER[2]], [SINGER[3]], [SINGER[4]]]
    (word,) = found(*hours)
    assert (word.token, word.part_of_speech, word.title_count) == ("裴沅芷", "n", 4)
    assert word.found_at == START + 4 * HOUR


def test_its_parts_are_no_words() -> None:
    assert tokens_of(found([*USUAL, *SINGER])) == ["裴沅芷"]


def test_what_always_stands_beside_one_word_is_no_word() -> None:
    same = [
        f"裴沅芷{rest}" for rest in ("新歌发布", "新歌下架", "新歌登顶", "新歌首播", "新歌试听")
    ]
    assert "裴沅芷" not in tokens_of(found([*USUAL, *same]))


def test_what_meets_by_chance_is_no_word() -> None:
    chance = ["红茶", "红旗", "红豆", "绿树", "红墙", "绿灯"] * 8
    apart = [f"{a}色与{b}色" for a in "红绿" for b in "青紫"] * 8
    usual = [f"公园里{one}盛开" for one in chance] + apart
    together = ["老师红绿展览", "北京红绿比赛", "电影红绿上映", "手机红绿发布"]
    assert "红绿" not in tokens_of(found([*usual, *together]))


def test_a_known_word_with_a_neighbour_is_no_further_word() -> None:
    again = ["老师裴沅芷妆发布", "北京裴沅芷妆走红", "电影裴沅芷妆教程", "同款裴沅芷妆热门"]
    finder = Finder(["裴沅芷"])
    assert "裴沅芷妆" not in tokens_of(found([*USUAL, *again], finder=finder))
    assert "裴沅芷妆" in tokens_of(found([*USUAL, *again]))


def test_a_work_is_found_in_the_second_title_that_marks_it() -> None:
    once, twice = [*USUAL, "如何评价电影《山雨不来》"], ["《山雨不来》票房过亿"]
    assert found(once) == []
    (word,) = found(once, twice)
    assert (word.token, word.part_of_speech, word.marked_count) == ("山雨不来", "nz", 2)


def test_a_dictionary_word_in_book_marks_is_not_new() -> None:
    assert found(["《台风》定档", "电影《台风》上映", "《台风》路演"]) == []


def test_a_family_name_makes_a_person() -> None:
    titles = [title.replace("裴沅芷", "薛沅芷") for title in SINGER]
    (word,) = found([*USUAL, *titles])
    assert word.part_of_speech == "nr"


def test_evidence_of_more_than_four_weeks_ago_is_forgotten() -> None:
    finder = Finder()
    early = [*USUAL, *SINGER[:3]]
    assert [*finder.find(START, len(early), seen(early))] == []
    later = START + REMEMBERED_FOR + HOUR
    assert [*finder.find(later, 2, seen(SINGER[3:]))] == []
    again = [*USUAL, *SINGER[:2]]
    assert tokens_of([*finder.find(later + HOUR, len(again), seen(again))]) == ["裴沅芷"]


def test_hours_recalled_end_with_the_words_of_one_go() -> None:
    hours = [[*USUAL, SINGER[0]], [SINGER[1], *USUAL[:3]], [SINGER[2]], [SINGER[3]], [SINGER[4]]]
    whole = found(*hours)
    for cut in range(len(hours)):
        early = found(*hours[:cut])
        late = Finder(tokens_of(early))
        for n in range(cut):
            late.recall(START + n * HOUR, len(hours[n]), seen(hours[n]))
        again = [
            word
            for n in range(cut, len(hours))
            for word in late.find(START + n * HOUR, len(hours[n]), seen(hours[n]))
        ]
        assert [*early, *again] == whole


def test_a_learnt_word_is_cut_whole_and_what_was_cut_before_stays() -> None:
    cutter = Cutter()
    assert "裴沅芷" not in words(cutter, "裴沅芷新歌发布")
    cutter.learn("裴沅芷", "nr")
    assert "裴沅芷" in words(cutter, "裴沅芷新歌发布")
    assert "裴沅芷" not in words(Cutter(), "裴沅芷新歌发布")


def test_a_learnt_word_is_not_found_within_other_words() -> None:
    cutter = Cutter()
    cutter.learn("风登", "n")
    assert words(cutter, "台风登陆") == ["台风", "登陆"]


def test_the_longest_learnt_word_wins() -> None:
    cutter = Cutter()
    for word in ("裴沅", "裴沅芷", "沅芷"):
        cutter.learn(word, "nr")
    assert words(cutter, "裴沅芷道歉") == ["裴沅芷", "道歉"]


def test_a_work_in_book_marks_is_cut_whole_at_once_and_a_sentence_is_not() -> None:
    assert words(Cutter(), "电影《山雨不来》上映") == ["电影", "山雨不来", "上映"]
    assert len(words(Cutter(), "《关于进一步加强夜市噪音管理的通知》")) > 3


def test_a_listed_word_is_cut_whole_however_it_is_printed() -> None:
    assert "裴沅芷" in words(Cutter(["裴沅芷"]), "粉丝機場偶遇裴沅芷")
    assert "藍灣號" not in words(Cutter(["藍灣號"]), "藍灣號下水")
    assert "蓝湾号" in words(Cutter(["藍灣號"]), "藍灣號下水")


@pytest.fixture
def lists() -> dict[str, tuple[str, ...]]:
    return {name: read_words(name) for name in ("alone", "surnames")}


def test_no_character_stands_in_a_list_twice(lists: dict[str, tuple[str, ...]]) -> None:
    for name, listed in lists.items():
        assert len(listed) == len({*listed}), (
            f"{name}: {[w for w in listed if listed.count(w) > 1]}"
        )


def test_a_list_of_characters_holds_characters(lists: dict[str, tuple[str, ...]]) -> None:
    assert {len(one) for one in lists["alone"]} == {1}
    assert {len(one) for one in lists["surnames"]} == {1, 2}
