"""What a digest says: reasons, numbers, times, boards and the shape of each format."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from lxml import etree

from pipelines.boards.contract import Breach, Kept
from pipelines.boards.standing import BoardStanding, Verdict, list_standings
from pipelines.digest.contents import (
    Digest,
    Outlook,
    Period,
    Placement,
    Reason,
    TopicCard,
    TracePoint,
)
from pipelines.digest.render import json as json_format
from pipelines.digest.render.atom import to_atom
from pipelines.digest.render.csv import to_csv
from pipelines.digest.render.formats import Format, render
from pipelines.digest.render.html import to_html
from pipelines.digest.render.json import to_json
from pipelines.digest.render.layout import clock, lay_out, shanghai, shortened
from pipelines.digest.render.markdown import to_markdown
from pipelines.digest.render.phrases import explain, foresee, percent
from pipelines.digest.render.topic_chart import SERIES_COUNT, chart, series_of
from pipelines.forecast.explanation import Cause
from pipelines.forecast.stages import Stage
from pipelines.language import Language
from pipelines.messages import messages_in

AT = datetime(2025, 3, 14, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
BOTH = pytest.mark.parametrize("language", Language)
CLIMB = Reason(
    board_count=3,
    causes=(Cause("climb", {"gain": 14, "minutes": 20}), Cause("elsewhere", {"boards": 3})),
    rank_gain=14,
    over_minutes=20,
)
OUTLOOK = Outlook(
    stage=Stage.RISING,
    board="weibo_hot",
    name_zh="微博热搜",
    name_en="Weibo Hot",
    rank=18,
    peak_rank=(4.2, 8.6, 14.1),
    minutes_left=(35.0, 290.0, 1010.0),
    chances=(0.104, 0.346, 0.402),
    spread_chance=0.004,
    peak_heat_share=0.75,
    model_id="starting",
)


def ago(minutes: int) -> datetime:
    return AT - timedelta(minutes=minutes)


def place(board: str = "weibo_hot", **changed: object) -> Placement:
    usual = Placement(
        board=board,
        name_zh="微博热搜",
        name_en="Weibo Hot",
        title="青川大桥通车",
        url="https://example.com/bridge",
        since_at=ago(118),
        seen_at=ago(2),
        rank=3,
        rank_before=25,
        best_rank=2,
        heat=123_000,
        heat_before=82_000,
        heat_unit="views",
    )
    return replace(usual, **changed)  # type: ignore[arg-type]


TOPIC = TopicCard(
    topic_id=9007199254740993,  # 2**53 + 1: a program that reads it as a double gets another
    title="青川大桥今晨通车",
    outlook=OUTLOOK,
    first_seen_at=ago(130),
    placements=(
        place(),
        place("zhihu_hot", name_zh="知乎热榜", rank=18, rank_before=None, since_at=ago(45)),
    ),
    keywords=("青川大桥", "通车"),
    reason=CLIMB,
    trace=tuple(
        TracePoint(ago(10 * step), board, rank)
        for board in ("weibo_hot", "toutiao_hot")
        for step, rank in enumerate((3, 8, None, 25))
    ),
)


def board(
    name: str, zh: str, en: str, verdict: Verdict = Verdict.OK, **more: object
) -> BoardStanding:
    """A board that serves its own list."""
    standing = BoardStanding(name, zh, en, verdict, list_board=name, list_zh=zh, list_en=en)
    return replace(standing, served_by=name, **more)  # type: ignore[arg-type]


WALL = {
    "contract_verdict": Kept.FAILED,
    "breaches": (Breach("login_wall", Kept.FAILED),),
    "reason": "login_wall",
    "detail": "Instead of a list, a login.",
    "last_ok_at": ago(180),
}
BOARDS = list_standings(
    [
        board("weibo_hot", "微博热搜", "Weibo Hot", last_ok_at=ago(2)),
        board("toutiao_hot", "今日头条热榜", "Toutiao Hot", Verdict.FAILED, **WALL),
        board("baidu_hot", "百度热搜", "Baidu Hot", Verdict.MISSING),
    ]
)
FINE = tuple(standing for standing in BOARDS if standing.verdict is Verdict.OK)
DIGEST = Digest(at=AT, since=ago(60), period=Period.HOUR, boards=BOARDS, topics=(TOPIC,))
EMPTY = replace(DIGEST, topics=())


def rows(digest: Digest, language: Language = Language.ZH) -> list[dict[str, str]]:
    text = to_csv(digest, language).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


# --- why a topic is here


def test_a_reason_is_told_in_the_readers_language() -> None:
    assert explain(CLIMB) == "升得快：20 分钟升 14 位；已在 3 个榜出现。"
    assert explain(CLIMB, Language.EN) == "Climbing fast: up 14 in 20 min; on 3 lists already."


def test_what_version_0_1_said_is_told_as_it_was() -> None:
    old = replace(CLIMB, causes=(), said_zh="升得快。", said_en="Climbing fast.")
    assert explain(old) == "升得快。"
    assert explain(replace(old, is_new=True), Language.EN) == "First appearance; climbing fast."


def test_what_is_new_is_called_so_first() -> None:
    new = replace(CLIMB, is_new=True)
    assert explain(new).startswith("首次出现的话题；升得快：20 分钟升 14 位")
    assert explain(new, Language.EN).startswith("First appearance; climbing fast: up 14")


def test_an_outlook_says_chances_peak_and_time_left() -> None:
    assert foresee(OUTLOOK) == (
        "上升 · 微博热搜 3 小时内进前十 35%（1 小时 10%，6 小时 40%） · 6 小时内上 3 个榜 <1% · "
        "预计最高第 9 位（4–14），热度高过本榜 75% 的话题 · 预计还在榜 5 小时（35 分钟–17 小时）"
    )
    assert foresee(OUTLOOK, Language.EN) == (
        "rising · Weibo Hot: top ten within 3 h 35% (1 h 10%, 6 h 40%) · three lists within 6 h <1% · "
        "peak expected at #9 (4–14), hotter than 75% of the list's topics · "
        "5 h left on the list (35 min–17 h)"
    )


@pytest.mark.parametrize(
    ("changed", "silent"),
    [
        ({"chances": None}, "进前十"),
        ({"spread_chance": None}, "3 个榜"),
        ({"peak_heat_share": None}, "热度"),
        ({"is_honest": True}, "此后的数据"),
    ],
)
def test_an_outlook_leaves_out_what_is_not_known(changed: dict[str, Any], silent: str) -> None:
    assert silent in foresee(replace(OUTLOOK, is_honest=False))
    assert silent not in foresee(replace(OUTLOOK, **changed))


@pytest.mark.parametrize(
    ("chance", "shown"),
    [(0.0, "0%"), (0.001, "<1%"), (0.716, "72%"), (0.999, "99%"), (1.0, "100%")],
)
def test_a_chance_is_never_rounded_to_what_it_is_not(chance: float, shown: str) -> None:
    assert percent(chance) == shown


@BOTH
def test_every_format_says_the_chance_and_the_stage(language: Language) -> None:
    chance = {Format.JSON: "0.346", Format.CSV: "0.346"}
    for format_, body in render(DIGEST, language).items():
        assert chance.get(format_, "35%") in body.decode()
        stage = (
            OUTLOOK.stage
            if format_ is Format.JSON
            else messages_in(language).say(f"stage.{OUTLOOK.stage}")
        )
        assert stage in body.decode()


@BOTH
def test_a_reason_that_knows_nothing_is_still_a_sentence(language: Language) -> None:
    assert len(explain(Reason(board_count=0), language)) > len("。")


# --- words, numbers, times


def test_english_pages_hold_no_chinese_words_of_ours() -> None:
    page = to_html(replace(EMPTY, boards=BOARDS), Language.EN)
    assert not re.search(r"[\u3400-\u9fff]", page)


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (9_876, "9876", "9.9k"),
        (123_000, "12.3万", "123k"),
        (999_960, "100万", "1M"),
        (99_999_999, "1亿", "100M"),
        (320_000_000, "3.2亿", "320M"),
        (-12_345, "-1.2万", "-12.3k"),
    ],
)
def test_a_number_is_shortened_in_the_readers_way(number: int, chinese: str, english: str) -> None:
    shown = [shortened(number, messages_in(language)) for language in (Language.ZH, Language.EN)]
    assert shown == [chinese, english]


def test_times_are_shanghais() -> None:
    assert clock(AT, None) == "2025-03-14 09:00"
    assert clock(ago(9 * 60 + 1), AT) == "03-13 23:59"


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        shanghai(datetime(2025, 3, 14))  # noqa: DTZ001


# --- where a topic stands


@pytest.mark.parametrize(
    ("changed", "move"),
    [
        ({}, "↑22"),
        ({"rank_before": 1}, "↓2"),
        ({"rank_before": 3}, "→"),
        ({"rank_before": None, "since_at": ago(20)}, "新上榜"),
        ({"rank_before": None, "since_at": ago(300)}, ""),  # the board was not read an hour ago
        ({"rank": None}, ""),
    ],
)
def test_a_move_is_told_only_when_known(changed: dict[str, Any], move: str) -> None:
    topic = replace(TOPIC, placements=(place(**changed),))
    (shown,) = lay_out(replace(DIGEST, topics=(topic,)), Language.ZH).topics
    assert shown.places[0].move == move


def test_heat_is_told_with_its_unit_and_against_itself() -> None:
    (shown,) = lay_out(DIGEST, Language.ZH).topics
    assert (shown.places[0].heat, shown.places[0].heat_move) == ("12.3万 次浏览", "+50%")


def test_heat_that_is_no_number_is_left_out() -> None:
    topic = replace(TOPIC, placements=(place(heat=float("nan"), heat_before=0),))
    digest = replace(DIGEST, topics=(topic,))
    assert all("nan" not in body.decode().lower() for body in render(digest).values())


# --- every format


@BOTH
def test_every_format_names_the_boards_that_are_not_fine(language: Language) -> None:
    for digest in (DIGEST, EMPTY):
        for body in render(digest, language).values():
            for board in digest.troubled:
                assert board.name(language) in body.decode()


@BOTH
def test_every_format_says_when_there_is_nothing_to_say(language: Language) -> None:
    files = render(EMPTY, language)
    assert set(files) == set(Format)
    for format_, body in files.items():
        if format_ is not Format.JSON:  # a program reads the empty list
            assert messages_in(language).say("digest.no_topics") in body.decode()


@pytest.mark.parametrize(
    ("fine", "troubled", "zh", "en"),
    [
        (0, 0, "没有任何榜的记录。", "No board has any record."),
        (1, 0, "1 个榜全部正常。", "The one board is fine."),
        (3, 0, "3 个榜全部正常。", "All 3 boards are fine."),
        (1, 2, "3 个榜中 1 个正常，2 个有缺。", "1 of 3 boards is fine; 2 are not."),
        (2, 1, "3 个榜中 2 个正常，1 个有缺。", "2 of 3 boards are fine; 1 is not."),
    ],
)
def test_a_page_says_how_many_boards_are_fine(fine: int, troubled: int, zh: str, en: str) -> None:
    boards = FINE * fine + tuple(each for each in BOARDS if each not in FINE)[:1] * troubled
    digest = replace(EMPTY, boards=boards)
    assert lay_out(digest, Language.ZH).boards_count == zh
    assert lay_out(digest, Language.EN).boards_count == en


def test_a_digest_renders_the_same_twice() -> None:
    assert render(DIGEST) == render(DIGEST)


def test_markdown_reads_as_written() -> None:
    assert "## 1\\. [青川大桥今晨通车](<https://example.com/bridge>)" in to_markdown(DIGEST)
    assert "第 3 位 ↑22 · 12.3万 次浏览 +50% · 最高第 2 位 · 在榜 07:02–08:58" in to_markdown(
        DIGEST
    )


@BOTH
def test_a_sheet_has_a_row_per_topic_and_board(language: Language) -> None:
    heading = messages_in(language).say("column.rank")
    ranks = [row[heading] for row in rows(DIGEST, language)]
    assert ranks == ["3", "18"]
    assert to_csv(DIGEST, language).startswith(b"\xef\xbb\xbf")


def test_json_keys_are_the_documented_ones() -> None:
    document = json.loads(to_json(DIGEST))
    topic = document["topics"][0]
    parts = [document, document["boards"][0], topic, topic["reason"], topic["outlook"]]
    parts += topic["reason"]["causes"]
    parts += [topic["placements"][0], topic["trace"][0]]
    written = set(re.findall(r"\w+", json_format.__doc__ or ""))
    assert {key for part in parts for key in part} <= written
    assert topic["topic_id"] == "9007199254740993"
    assert document["at"] == "2025-03-14T01:00:00+00:00"


def test_a_topic_keeps_its_feed_entry() -> None:
    later = replace(DIGEST, at=AT + timedelta(hours=1), since=AT)
    ids = [etree.fromstring(to_atom(d)).findtext(".//{*}entry/{*}id") for d in (DIGEST, later)]
    assert ids[0] == ids[1] == "tag:fengkou.invalid,2025:topic/9007199254740993"


def test_a_feed_entry_is_dated_by_when_it_was_seen() -> None:
    entry = etree.fromstring(to_atom(DIGEST)).find("{*}entry")
    assert entry.findtext("{*}published") == ago(130).isoformat()
    assert entry.findtext("{*}updated") == ago(2).isoformat()


# --- charts


@BOTH
def test_a_page_asks_for_nothing(language: Language) -> None:
    page = BeautifulSoup(to_html(DIGEST, language), "lxml")
    assert not page.select("script, link, img, iframe, object, [src], [onload], image, use")
    (style,), (html,) = page.select("style"), page.select("html")
    assert style.string
    assert "url(" not in style.string
    assert "@import" not in style.string
    assert html["lang"] == messages_in(language).say("language.tag")


def test_a_chart_has_a_line_per_board_and_a_label() -> None:
    (drawn,) = BeautifulSoup(str(chart(TOPIC, DIGEST)), "lxml").select("svg")
    assert len({path["class"][0] for path in drawn.select("path[stroke]")}) == 2
    assert "微博热搜由第 25 位到第 3 位；今日头条热榜" in drawn["aria-label"]
    assert drawn["role"] == "img"


def test_a_better_rank_is_drawn_higher() -> None:
    trace = (TracePoint(ago(30), "weibo_hot", 40), TracePoint(AT, "weibo_hot", 1))
    drawn = BeautifulSoup(str(chart(replace(TOPIC, trace=trace), DIGEST)), "lxml")
    line, *_ = drawn.select("path[stroke]")
    (y_before, y_after) = re.findall(r",([\d.]+)", str(line["d"]))
    assert float(y_after) < float(y_before)


def test_a_trace_without_ranks_draws_nothing() -> None:
    assert chart(replace(TOPIC, trace=()), DIGEST) is None
    assert chart(replace(TOPIC, trace=(TracePoint(AT, "weibo_hot", None),)), DIGEST) is None


def test_many_boards_share_the_series() -> None:
    placements = tuple(place(f"source_{n}") for n in range(12))
    series = series_of(replace(TOPIC, placements=placements))
    assert set(series.values()) == set(range(SERIES_COUNT))


def test_the_category_is_told_in_words_and_to_programs_by_its_name() -> None:
    digest = replace(DIGEST, topics=(replace(TOPIC, category="society"),))
    assert "分类：社会" in to_markdown(digest)
    assert "Category: Society" in to_markdown(digest, Language.EN)
    assert rows(digest)[0]["分类"] == "社会"
    assert json.loads(to_json(digest))["topics"][0]["category"] == "society"
    assert json.loads(to_json(DIGEST))["topics"][0]["category"] is None
