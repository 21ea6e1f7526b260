"""A message says its decision first, then only what is known, in at most what a phone shows."""

import pytest
from hypothesis import given

from pipelines.desks.message import Change, Covered, Kind, Message
from pipelines.desks.render.markup import PLAIN
from pipelines.desks.render.told import STORY_SIZE, as_again, size_as_read, tell
from pipelines.language import Language
from tests.pipelines.desks.messages import AT, LINKS, SINGLES, STORY, message, story


def read(told: Message, language: Language = Language.ZH) -> list[str]:
    return PLAIN.write(tell(told, language, {}).sheet.whole).splitlines()


def test_a_story_is_told_decision_first() -> None:
    assert read(message()) == [
        "【上升】发布会改期到周五",
        "微博 3 小时内进前十 64%（1 小时内 41%） · 3 个榜 · 知乎第 4 位 · 微博 25→11 · 抖音第 30 位",
        "为何：微博 一个半小时内升 14 位；10:00 首见于知乎；预计还在榜 2 小时",
        "规则 phones「发布会」、weekend「周五」",
        "原文 https://example.org/item/1?from=list",
        "风口 · 手机台",
    ]


def test_a_story_is_told_in_english() -> None:
    assert read(message(), Language.EN) == [
        "[rising] 发布会改期到周五",
        "Weibo: top ten within 3 h 64% (41% within 1 h) · 3 lists · Zhihu #4 · Weibo 25→11 · Douyin #30",
        "Why: Weibo up 14 within an hour and a half; first seen 10:00 on Zhihu; about 2 h left on the list",
        "Rules: phones “发布会”, weekend “周五”",
        "Source https://example.org/item/1?from=list",
        "Fengkou · 手机台",
    ]


def test_what_is_unknown_is_left_out() -> None:
    bare = story(expected=None, places=(), rules=(), url=None)
    assert read(message(Kind.NEW, bare)) == [
        "【新】发布会改期到周五",
        "已离开所有榜",
        "为何：10:00 首见于知乎",
        "风口 · 手机台",
    ]


def test_flags_stand_before_rules_and_links() -> None:
    lines = read(message(Kind.NEW, story(flags=("single_source", "of_a_later_version"))))
    assert lines[3] == "先核实：单一来源、of_a_later_version"
    assert lines[4].startswith("规则")


def test_an_update_says_what_changed_since_the_desk_heard_of_it() -> None:
    changes = (Change("lists", 3, 5), Change("chance", 0.5, 0.64), Change("rank", None, 4))
    lines = read(message(Kind.UPDATE, story(changes=changes)))
    assert lines[0] == "【更新】发布会改期到周五"
    assert lines[2] == "比此前所发：榜数 3→5；3 小时内进前十 50%→64%；最好位次 4"


@pytest.mark.parametrize(
    ("kind", "tag", "said"),
    [
        (Kind.BACK, "【回流】", "此前发过，离开所有榜之后又回来。"),
        (Kind.CORRECTION, "【更正】", "此前发过，现在的标题说已被辟谣，以本条为准。"),
    ],
)
def test_what_was_told_before_says_so(kind: Kind, tag: str, said: str) -> None:
    lines = read(message(kind))
    assert (lines[0][: len(tag)], lines[1]) == (tag, said)


def test_what_may_be_there_already_says_so_and_is_else_the_same() -> None:
    told, again = (
        tell(message(is_breaking=True), Language.ZH, {}, is_again=is_again)
        for is_again in (False, True)
    )
    assert (told.sheet, told.is_again, again.is_again) == (again.sheet, False, True)
    marked = as_again(again.sheet, Language.ZH)
    assert marked.heading == "【补发】【急·上升】发布会改期到周五"
    assert marked.signed == "风口 · 手机台 · 上次没有回执，可能重复"
    assert marked.lines == told.sheet.lines


def test_a_story_with_links_offers_them_after_all_else() -> None:
    told = tell(message(), Language.ZH, {STORY.topic_id: LINKS})
    assert [link.text for link in told.buttons] == ["原文", "采用", "跳过", "静音"]
    assert "".join(atom.text for atom in told.sheet.lines[-1]) == "原文 | 采用 | 跳过 | 静音"


def test_a_digest_groups_stories_by_rule_and_counts_what_it_leaves_out() -> None:
    other = story(rules=STORY.rules[1:], places=STORY.places[:1], expected=None, url=None)
    digest = message(
        *(Kind.DIGEST, STORY, other, STORY),
        covered=Covered(AT.replace(hour=1), AT),
        more=5,
        held_count=2,
        unread_lists=("微博", "知乎", "抖音", "头条", "澎湃", "虎扑"),
    )
    placed = "微博 3 小时内进前十 64%（1 小时内 41%） · 3 个榜 · 知乎第 4 位 · 微博 25→11"
    assert read(digest) == [
        "【摘要】手机台 09:00–12:00：8 件",
        "phones（2）",
        "1. 发布会改期到周五 https://example.org/item/1?from=list",
        placed,
        "2. 发布会改期到周五 https://example.org/item/1?from=list",
        placed,
        "weekend（1）",
        "3. 发布会改期到周五",
        "1 个榜 · 知乎第 4 位",
        "还有 5 条",
        "这段时间里按静音压下 2 件",
        "6 个榜没有读到：微博、知乎、抖音、头条、澎湃等 6 项",
        "风口 · 手机台",
    ]


@pytest.mark.parametrize(
    ("kind", "of_story", "heading"),
    [
        (Kind.OVERFLOW, Kind.NEW, "【上升】发布会改期到周五"),
        (Kind.QUIET, Kind.NEW, "【静默后·上升】发布会改期到周五"),
        (Kind.QUIET, Kind.BACK, "【静默后·回流】发布会改期到周五"),
    ],
)
def test_one_story_that_waited_is_told_as_it_would_have_been(
    kind: Kind, of_story: Kind, heading: str
) -> None:
    lines = read(message(kind, story(kind=of_story)))
    assert lines[0] == heading
    assert ("此前发过" in lines[1]) == (of_story is Kind.BACK)
    assert "规则 phones「发布会」、weekend「周五」" in lines


def test_news_of_one_instant_says_of_each_story_what_changed() -> None:
    known = story(kind=Kind.UPDATE, changes=(Change("lists", 3, 5),))
    lines = read(message(Kind.NEW, STORY, known))
    assert lines[0] == "【新动态】手机台：2 件"
    assert lines[4].startswith("2. 【更新】发布会改期到周五 ")
    assert lines[6] == "比此前所发：榜数 3→5"


def test_a_digest_of_nothing_says_so() -> None:
    empty = Message("phones", "手机台", Kind.DIGEST, AT, ())
    assert read(empty)[0] == "【摘要】手机台：没有要告知的"


def test_a_digest_of_many_stories_tells_twelve() -> None:
    lines = read(message(Kind.OVERFLOW, *[STORY] * 15))
    assert lines[0] == "【合并】手机台：15 件合为一条"
    assert "还有 3 条" in lines
    assert len([line for line in lines if "发布会" in line]) == 12


def test_an_address_in_a_title_is_none_that_a_chat_would_follow() -> None:
    lines = read(message(Kind.NEW, story(title="看https://evil.example和WWW.evil.example")))
    assert lines[0] == "【上升】看https：//evil.example和WWW．evil.example"


@given(SINGLES)
def test_a_story_keeps_to_its_size_whatever_it_says(drawn: Message) -> None:
    for language in Language:
        told = tell(drawn, language, {})
        assert size_as_read(as_again(told.sheet, language)) <= STORY_SIZE
        assert told.sheet.heading.startswith(("【", "["))
