"""What a digest says: reasons, numbers, times, boards and the shape of each format."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from lxml import etree
from markupsafe import escape

from pipelines.boards.standing import Verdict, list_standings
from pipelines.digest.claims import ORDER
from pipelines.digest.contents import Claim, Digest, Period, Section, TracePoint
from pipelines.digest.render.atom import to_atom
from pipelines.digest.render.csv import to_csv
from pipelines.digest.render.formats import Format, render
from pipelines.digest.render.html import to_html
from pipelines.digest.render.json import to_json
from pipelines.digest.render.layout import lay_out
from pipelines.digest.render.markdown import to_markdown
from pipelines.digest.render.phrases import foresee
from pipelines.language import Language
from pipelines.messages import messages_in
from tests.pipelines.digest.made_digests import (
    AT,
    BOARDS,
    BOTH,
    DIGEST,
    EMPTY,
    FINE,
    LINE,
    OUTLOOK,
    TOPIC,
    WALL,
    ago,
    board,
    place,
)


def rows(digest: Digest, language: Language = Language.ZH) -> list[dict[str, str]]:
    text = to_csv(digest, language).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


# --- what is said of a story


def test_a_card_says_its_claims_with_the_name_of_each_list() -> None:
    (shown,), (told,) = lay_out(DIGEST, Language.ZH).topics, lay_out(DIGEST, Language.EN).topics
    assert shown.why == "微博热搜 58 分钟升 22 位，到第 3 位；现在 2 个榜上有它。"
    assert told.why == "Up 22 to no. 3 on Weibo Hot in 58 min; on 2 lists now."


@BOTH
def test_every_claim_has_a_sentence(language: Language) -> None:
    figures = dict.fromkeys(("minutes", "lists", "rank", "gain", "growth", "places"), 4.0)
    for code in sorted({code for order in ORDER.values() for code in order}):
        card = replace(TOPIC, claims=(Claim(code, figures, "weibo_hot"),))
        (shown,) = lay_out(replace(DIGEST, topics=(card,)), language).topics
        assert code not in shown.why


def test_an_empty_section_says_since_when_and_never_that_nothing_was_while_no_list_was_read() -> (
    None
):
    parts = {part.section: part for part in lay_out(DIGEST, Language.ZH).parts}
    assert parts[Section.BURST].nothing == "05:40 以来没有"
    unread = replace(DIGEST, read_at=ago(600))
    assert lay_out(unread, Language.ZH).parts[0].nothing == "03-13 23:00 以来读不到榜，不知道有没有"
    assert "还没读到过榜" in lay_out(replace(DIGEST, read_at=None), Language.ZH).parts[0].nothing


def test_the_head_says_until_when_lists_were_read() -> None:
    assert lay_out(DIGEST, Language.ZH).read_until == "数据截至 08:58（2 分钟前）"


def test_an_outlook_says_chances_peak_and_time_left() -> None:
    assert foresee(OUTLOOK) == (
        "上升 · 微博热搜 3 小时内进前十 35%（1 小时 10%，6 小时 40%） · 6 小时内上 3 个榜 <1% · "
        "预计最高第 9 位（4–14），热度高过本榜 75% 的话题 · "
        "30 分钟后还在榜 97%（1 小时 90%，3 小时 70%，6 小时 42%） · 预计还在榜 5 小时（35 分钟–17 小时）"
    )
    assert foresee(OUTLOOK, Language.EN) == (
        "rising · Weibo Hot: top ten within 3 h 35% (1 h 10%, 6 h 40%) · three lists within 6 h <1% · "
        "peak expected at #9 (4–14), hotter than 75% of the list's topics · "
        "still listed in 30 min 97% (1 h 90%, 3 h 70%, 6 h 42%) · "
        "5 h left on the list (35 min–17 h)"
    )


@pytest.mark.parametrize(
    ("changed", "silent"),
    [
        ({"chances": None}, "进前十"),
        ({"spread_chance": None}, "3 个榜"),
        ({"peak_heat_share": None}, "热度"),
        ({"stay_chances": None}, "分钟后还在榜"),
        ({"is_honest": True}, "此后的数据"),
    ],
)
def test_an_outlook_leaves_out_what_is_not_known(changed: dict[str, Any], silent: str) -> None:
    assert silent in foresee(replace(OUTLOOK, is_honest=False))
    assert silent not in foresee(replace(OUTLOOK, **changed))


@BOTH
def test_every_format_says_the_chance_and_the_stage(language: Language) -> None:
    chance = {Format.JSON: "0.346", Format.CSV: "34.6%"}
    for format_, body in render(DIGEST, language).items():
        assert chance.get(format_, "35%") in body.decode()
        stage = (
            OUTLOOK.stage
            if format_ is Format.JSON
            else messages_in(language).say(f"stage.{OUTLOOK.stage}")
        )
        assert stage in body.decode()


@BOTH
def test_a_card_that_knows_nothing_still_says_a_sentence(language: Language) -> None:
    (shown,) = lay_out(replace(DIGEST, topics=(replace(TOPIC, claims=()),)), language).topics
    assert len(shown.why) > len("。")


# --- words, numbers, times


def test_english_pages_hold_no_chinese_words_of_ours() -> None:
    page = to_html(replace(EMPTY, boards=BOARDS), Language.EN)
    assert not re.search(r"[\u3400-\u9fff]", page)


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
            for troubled in digest.troubled:
                assert troubled.name(language) in body.decode()


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


def test_lists_that_fail_for_one_reason_are_one_line() -> None:
    failed = [
        board(f"b{n}", f"榜{n}", f"List {n}", Verdict.FAILED, **WALL | {"reason": "dns"})
        for n in range(58)
    ]
    sheet = lay_out(replace(EMPTY, boards=FINE + list_standings(failed)), Language.ZH)
    (trouble,) = sheet.troubles
    assert trouble.told == "58 个榜未取到：域名无法解析"
    assert len(trouble.boards) == 58
    assert sheet.troubles_told == "58 个榜未取到：域名无法解析。"
    assert "58 lists could not be read" in to_markdown(
        replace(EMPTY, boards=list_standings(failed)), Language.EN
    )


def test_a_page_of_a_day_over_many_lists_stays_small() -> None:
    places = tuple(place(f"list_{n}", name_zh=f"第{n}榜") for n in range(7))
    trace = tuple(
        TracePoint(AT - timedelta(minutes=5 * step), f"list_{n}", 1 + (step * (n + 3)) % 50)
        for n in range(7)
        for step in range(288)
    )
    cards = tuple(
        replace(TOPIC, topic_id=n, placements=places, trace=trace, section=Section.TOP)
        for n in range(30)
    )
    failed = list_standings(
        board(f"b{n}", f"榜{n}", f"List {n}", Verdict.FAILED, **WALL) for n in range(63)
    )
    digest = replace(DIGEST, period=Period.DAY, topics=cards, lines=(LINE,) * 50, boards=failed)
    assert len(to_html(digest).encode()) <= 400_000
    assert len(to_markdown(digest).encode()) <= 8_000


def test_a_digest_renders_the_same_twice() -> None:
    assert render(DIGEST) == render(DIGEST)


def test_markdown_reads_as_written() -> None:
    assert (
        "## 将起\n\n**1\\. [青川大桥今晨通车](<https://example.com/bridge>)**  \n"
        "微博热搜 58 分钟升 22 位，到第 3 位；现在 2 个榜上有它。  \n"
        "上升 · 微博热搜 3 小时内进前十 35% · 预计还在榜 5 小时  \n"
        "为什么是同一件事：3 个标题都有「青川大桥」；首次上榜最多相隔 86 分钟；归入时把握最低 82%。\n"
    ) in to_markdown(DIGEST)
    assert "刚爆 0 · 将起 1 · 正热 0 · 又来 0 · 消退 1" in to_markdown(DIGEST)


def test_markdown_tells_ten_cards_the_first_of_every_section_before_the_second_of_any() -> None:
    many = tuple(
        replace(TOPIC, topic_id=n, title=f"{section}-{n}", section=section)
        for section in (Section.RISING, Section.TOP)
        for n in range(20)
    )
    told = to_markdown(replace(DIGEST, topics=many))
    assert told.count("](<") == 10
    assert "rising-4]" in told
    assert "rising-5]" not in told
    assert "top-4]" in told


@BOTH
def test_a_sheet_has_a_row_per_topic_and_board_then_per_line_then_what_is_lacking(
    language: Language,
) -> None:
    words = messages_in(language)
    rank, section, note = (
        words.say(f"column.{column}") for column in ("rank", "section", "boards_note")
    )
    table = rows(DIGEST, language)
    assert next(iter(table[0])) == section
    assert [row[rank] for row in table] == ["3", "18", "", ""]
    rising, fading = words.say("section.rising"), words.say("section.fading")
    assert [row[section] for row in table] == [rising, rising, fading, ""]
    assert [bool(row[note]) for row in table] == [False, False, False, True]
    assert table[2][words.say("column.topic")] == LINE.title
    assert to_csv(DIGEST, language).startswith(b"\xef\xbb\xbf")


def test_a_sheet_says_nothing_of_boards_that_are_all_fine() -> None:
    assert len(rows(replace(DIGEST, boards=FINE))) == len(TOPIC.placements) + len(DIGEST.lines)


@BOTH
def test_no_line_of_a_page_or_mail_begins_with_the_dot_between_two_clauses(
    language: Language,
) -> None:
    (shown,) = lay_out(DIGEST, language).topics
    told = str(escape(shown.outlook)).replace(" · ", "\u00a0· ")
    files = render(DIGEST, language)
    assert " · " in shown.outlook
    assert all(told in files[format_].decode() for format_ in (Format.HTML, Format.MAIL))


def test_json_has_identifiers_as_texts_and_instants_in_utc() -> None:
    document = json.loads(to_json(DIGEST))
    assert document["topics"][0]["topic_id"] == "9007199254740993"
    assert document["at"] == "2025-03-14T01:00:00+00:00"


def test_a_topic_keeps_its_feed_entry() -> None:
    later = replace(DIGEST, at=AT + timedelta(hours=1), since=AT)
    ids = [etree.fromstring(to_atom(d)).findtext(".//{*}entry/{*}id") for d in (DIGEST, later)]
    assert ids[0] == ids[1] == "tag:fengkou.invalid,2025:topic/9007199254740993"


def test_a_feed_entry_is_dated_by_when_it_was_seen() -> None:
    entry = etree.fromstring(to_atom(DIGEST)).find("{*}entry")
    assert entry.findtext("{*}published") == ago(130).isoformat()
    assert entry.findtext("{*}updated") == ago(2).isoformat()


def test_a_feed_says_once_which_boards_are_missing() -> None:
    note = lay_out(DIGEST, Language.ZH).boards_note
    assert note
    feed = etree.fromstring(to_atom(DIGEST))
    assert note in feed.findtext("{*}subtitle")
    contents = [entry.findtext("{*}content") for entry in feed.iterfind("{*}entry")]
    assert contents
    assert not any(note in content for content in contents)


def test_the_category_is_told_in_words_and_to_programs_by_its_name() -> None:
    digest = replace(DIGEST, topics=(replace(TOPIC, category="society"),))
    assert ">社会<" in to_html(digest)
    assert ">Society<" in to_html(digest, Language.EN)
    assert rows(digest)[0]["分类"] == "社会"
    assert json.loads(to_json(digest))["topics"][0]["category"] == "society"
    assert json.loads(to_json(DIGEST))["topics"][0]["category"] is None
