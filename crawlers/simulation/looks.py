"""How each board shows the invented world, and the things that it alone shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from crawlers.simulation.draws import draw
from crawlers.simulation.tales import Tale
from crawlers.simulation.vocabulary import REPO_OWNERS, invented


@dataclass(frozen=True, slots=True)
class Look:
    """How a board shows things: how many, how hot its hottest is, how it words them."""

    size: int
    top_heat: int
    heat: Callable[[int], str] = str
    frames: Sequence[str] = ("{tale.full}",)
    """How it may word a tale; one of them is how it words this one."""
    address: str = ""
    has_id: bool = True
    pinned: bool = False
    paid: bool = False
    own_things: str = ""
    """The name of a kind of thing that only this board shows, instead of the stories."""

    def words(self, tale: Tale) -> str:
        """The title of a tale here."""
        return self.frames[draw(f"{self.top_heat} {tale.full}") % len(self.frames)].format(
            tale=tale
        )


LOOKS: Mapping[str, Look] = {
    "weibo_side_hotsearch": Look(
        50, 1_600_000, frames=("{tale.short}",), has_id=False, pinned=True, paid=True
    ),
    "zhihu_hot_list_web": Look(
        20,
        1_854,
        lambda n: f"{n} 万热度",
        ("如何看待{tale.full}？", "{tale.full}，有哪些值得关注的信息？", "{tale.full}，你怎么看？"),
        "https://www.zhihu.com/question/{id}",
    ),
    "douyin_web_hot": Look(
        50,
        12_000_000,
        frames=(
            "{tale.short}",
            "{tale.full}",
            "{tale.short}全程",
            "{tale.short}",
            "{tale.full}",
            "{tale.aside}",
        ),
        address="https://www.douyin.com/hot/{id}",
        pinned=True,
        paid=True,
    ),
    "toutiao_hot_board": Look(
        50,
        24_000_000,
        frames=(
            "{tale.full}",
            "{tale.aside}",
            "{tale.full}",
            "{tale.aside}",
            "{tale.full}：最新进展",
        ),
        address="https://www.toutiao.com/trending/{id}/",
        pinned=True,
    ),
    "baidu_board_api": Look(
        50,
        7_800_000,
        frames=("{tale.full}", "{tale.short}"),
        address="https://www.baidu.com/s?wd={title}",
        has_id=False,
        pinned=True,
    ),
    "bilibili_hotword": Look(
        30,
        4_800_000,
        frames=("{tale.short}", "{tale.short}", "{tale.full}", "{tale.short}现场"),
        address="https://search.bilibili.com/all?keyword={query}",
    ),
    "tieba_topic_list": Look(
        30,
        2_400_000,
        frames=("{tale.full}", "{tale.short}", "{tale.full},吧友怎么说"),
        address="https://tieba.baidu.com/hottopic/browse/hottopic?topic_id={id}",
    ),
    "thepaper_hot": Look(
        20,
        400,
        frames=(
            "{tale.full}",
            "{tale.aside}",
            "{tale.full}",
            "{tale.aside}",
            "{tale.full}，当地回应",
        ),
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


THINGS: Mapping[str, Sequence[str]] = {
    "hn": invented("hacker_news"),
    "repo": [
        f"{REPO_OWNERS[n % len(REPO_OWNERS)]}/{name}"
        for n, name in enumerate(invented("repositories"))
    ],
    "talk": invented("group_talk"),
    "search": invented("searches"),
}
"""What the boards of their own things show."""
