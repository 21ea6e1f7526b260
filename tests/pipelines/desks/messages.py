"""Messages to a desk, as the gate would freeze them, plain and drawn at random."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from pipelines.desks.message import (
    Change,
    Covered,
    Kind,
    Message,
    Place,
    RuleHit,
    ToldStory,
)
from pipelines.desks.render.told import StoryLinks
from pipelines.desks.stories import Expected
from pipelines.forecast.stages import Stage

AT = datetime(2026, 11, 28, 4, tzinfo=UTC)  # noon in Shanghai

STORY = ToldStory(
    topic_id=5,
    kind=Kind.NEW,
    title="发布会改期到周五",
    url="https://example.org/item/1?from=list",
    category="technology",
    first_seen_at=AT - timedelta(hours=2),
    first_board="zhihu_hot_list_web",
    first_name_zh="知乎",
    first_name_en="Zhihu",
    places=(
        Place("zhihu_hot_list_web", "知乎", "Zhihu", 4, 4),
        Place("weibo_side_hotsearch", "微博", "Weibo", 11, 25),
        Place("douyin_web_hot", "抖音", "Douyin", 30),
    ),
    rules=(RuleHit("phones", "发布会"), RuleHit("weekend", "周五")),
    expected=Expected(Stage.RISING, "weibo_side_hotsearch", 11, 0.41, 0.64, 130.0),
)

LINKS = StoryLinks(
    "https://board.example/adopt/AbC-_1",
    "https://board.example/skip/AbC-_1",
    "https://board.example/mute/AbC-_1",
)


def story(**changed: Any) -> ToldStory:
    return replace(STORY, **changed)


def message(kind: Kind = Kind.NEW, *stories: ToldStory, **changed: Any) -> Message:
    return Message("phones", "手机台", kind, AT, stories or (STORY,), **changed)


_HOSTILE = st.sampled_from(
    [
        *(
            "[点我](https://evil.example)",
            "<@all>",
            "<at id=all></at>",
            "@13800000000",
            "**粗**",
            "`x`",
        ),
        *(
            "https://evil.example/a_b",
            "www.evil.example",
            "# 标题",
            "> 引用",
            "\n- 一",
            "</a><script>",
        ),
        *(
            "👨‍👩‍👧‍👦",
            "🇨🇳🇯🇵",
            "e\u0301",
            "👍🏽",
            "#️⃣",
            "שלום עולם",
            "\u202eabc",
            "中\u200d文",
            "ᄀ\u1161\u11a8",
        ),
        *("Z" + "\u0301" * 30, "的" * 60, "antidisestablishmentarianism" * 4, "𠮷野家", "\ud800"),
    ]
)
TITLES = st.lists(st.one_of(st.text(max_size=30), _HOSTILE), min_size=1, max_size=8).map("".join)
NAMES = st.one_of(st.sampled_from(["微博", "知乎热榜", "X"]), TITLES)
URLS = st.one_of(
    st.none(),
    st.sampled_from(["https://example.org/1", "javascript:alert(1)", "https://a.example/(b)[c]_d"]),
    st.integers(1, 1500).map(lambda size: "https://example.org/" + "a" * size),
)
CHANCES = st.one_of(st.none(), st.floats(0, 1))

PLACES = st.builds(
    Place,
    st.sampled_from(["weibo", "zhihu"]),
    NAMES,
    NAMES,
    st.integers(1, 50),
    st.one_of(st.none(), st.integers(1, 50)),
)
STORIES = st.builds(
    ToldStory,
    topic_id=st.integers(1, 5),
    kind=st.sampled_from([Kind.NEW, Kind.BACK, Kind.UPDATE, Kind.CORRECTION]),
    title=TITLES,
    url=URLS,
    category=st.none(),
    first_seen_at=st.integers(0, 9999).map(lambda hours: AT - timedelta(hours=hours)),
    first_board=st.just("weibo"),
    first_name_zh=NAMES,
    first_name_en=NAMES,
    places=st.lists(PLACES, max_size=5).map(tuple),
    rules=st.lists(st.builds(RuleHit, NAMES, NAMES), max_size=6).map(tuple),
    expected=st.one_of(
        st.none(),
        st.builds(
            Expected,
            st.sampled_from(Stage),
            st.sampled_from(["weibo", "zhihu"]),
            st.integers(1, 50),
            CHANCES,
            CHANCES,
            st.floats(1, 3000),
        ),
    ),
    changes=st.lists(
        st.builds(
            Change,
            st.sampled_from(["lists", "rank", "chance"]),
            st.one_of(st.none(), st.floats(0, 1)),
            st.floats(0, 1),
        ),
        max_size=3,
    ).map(tuple),
    flags=st.lists(
        st.sampled_from(["single_source", "refuted", "disaster", "made_by_a_later_version"]),
        max_size=4,
    ).map(tuple),
)
MESSAGES = st.builds(
    Message,
    desk=st.just("phones"),
    desk_title=NAMES,
    kind=st.sampled_from(Kind),
    at=st.just(AT),
    stories=st.lists(STORIES, max_size=14).map(tuple),
    is_breaking=st.booleans(),
    covered=st.one_of(st.none(), st.just(Covered(AT - timedelta(hours=9), AT))),
    more=st.integers(0, 99),
    held_count=st.integers(0, 9),
    unread_lists=st.lists(NAMES, max_size=9).map(tuple),
)
SINGLES = st.builds(
    Message,
    desk=st.just("phones"),
    desk_title=NAMES,
    kind=st.sampled_from([Kind.NEW, Kind.BACK, Kind.UPDATE, Kind.CORRECTION]),
    at=st.just(AT),
    stories=STORIES.map(lambda drawn: (drawn,)),
    is_breaking=st.booleans(),
)
