"""How each board shows the invented world, and the things that it alone shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from crawlers.simulation import vocabulary
from crawlers.simulation.draws import draw


@dataclass(frozen=True, slots=True)
class Look:
    """How a board shows things: how many, how hot its hottest is, how it words them."""

    size: int
    top_heat: int
    heat: Callable[[int], str] = str
    words: Callable[[str, str], str] = lambda full, short: full
    address: str = ""
    has_id: bool = True
    pinned: bool = False
    paid: bool = False
    own_things: str = ""
    """The name of a kind of thing that only this board shows, instead of the stories."""


def _question(full: str, short: str) -> str:
    frames = ("如何看待{}？", "{}，有哪些值得关注的信息？", "{}，你怎么看？")
    return frames[draw(full) % len(frames)].format(full)


LOOKS: Mapping[str, Look] = {
    "weibo_side_hotsearch": Look(
        50, 1_600_000, words=lambda f, s: s, has_id=False, pinned=True, paid=True
    ),
    "zhihu_hot_list_web": Look(
        20, 1_854, lambda n: f"{n} 万热度", _question, "https://www.zhihu.com/question/{id}"
    ),
    "douyin_web_hot": Look(
        50,
        12_000_000,
        words=lambda f, s: f"{s}全程",
        address="https://www.douyin.com/hot/{id}",
        pinned=True,
        paid=True,
    ),
    "toutiao_hot_board": Look(
        50,
        24_000_000,
        words=lambda f, s: f"{f}：最新进展",
        address="https://www.toutiao.com/trending/{id}/",
        pinned=True,
    ),
    "baidu_board_api": Look(
        50, 7_800_000, address="https://www.baidu.com/s?wd={title}", has_id=False, pinned=True
    ),
    "bilibili_hotword": Look(
        30,
        4_800_000,
        words=lambda f, s: f"{s}现场",
        address="https://search.bilibili.com/all?keyword={query}",
    ),
    "tieba_topic_list": Look(
        30,
        2_400_000,
        words=lambda f, s: f"{f},吧友怎么说",
        address="https://tieba.baidu.com/hottopic/browse/hottopic?topic_id={id}",
    ),
    "thepaper_hot": Look(
        20,
        400,
        words=lambda f, s: f"{f}，当地回应",
        address="https://www.thepaper.cn/newsDetail_forward_{id}",
    ),
    "hackernews_front": Look(
        30, 700, address="https://news.ycombinator.com/item?id={id}", own_things="hn"
    ),
    "github_trending": Look(
        25,
        1_900,
        lambda n: f"{n:,} stars today",
        address="https://github.com/{id}",
        own_things="repo",
    ),
    "douban_group_explore": Look(
        30, 900, address="https://www.douban.com/group/topic/{id}/", own_things="talk"
    ),
    "google_trends_rss": Look(
        10,
        100_000,
        lambda n: f"{max(200, 10 ** (len(str(n)) - 1) * int(str(n)[0]))}+",
        address="https://trends.google.com/trends/explore?geo=TW&q={title}",
        has_id=False,
        own_things="search",
    ),
}

# Where a story is usually seen first, in minutes after its birth.
DELAYS = {
    "weibo_side_hotsearch": 0, "douyin_web_hot": 25, "toutiao_hot_board": 20, "baidu_board_api": 40,
    "bilibili_hotword": 60, "zhihu_hot_list_web": 80, "tieba_topic_list": 110, "thepaper_hot": 45,
}  # fmt: skip


def _things_hn() -> list[str]:
    return [
        frame.format(thing) for frame in vocabulary.HN_FRAMES for thing in vocabulary.HN_THINGS
    ] + [
        f"{name}: {about.lower()}"
        for name in vocabulary.REPO_NAMES
        for about in vocabulary.REPO_ABOUT[:2]
    ]


def _things_repo() -> list[str]:
    return [f"{owner}/{name}" for owner in vocabulary.REPO_OWNERS for name in vocabulary.REPO_NAMES]


def _things_talk() -> list[str]:
    return [
        frame.format(thing) for frame in vocabulary.GROUP_TALK for thing in vocabulary.GROUP_THINGS
    ]


def _things_search() -> list[str]:
    return [*vocabulary.SEARCHES, *(f"{search} 懶人包" for search in vocabulary.SEARCHES)]


THINGS: Mapping[str, Callable[[], list[str]]] = {
    "hn": _things_hn,
    "repo": _things_repo,
    "talk": _things_talk,
    "search": _things_search,
}
