"""An invented world of stories, seen through every board at any instant: for demos and tests.

Stories are born, rise, peak and fade at times that are known here, which no real archive can tell;
a forecast can therefore be judged against the truth. The same seed always gives the same world.
"""

import random
import zlib
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, cached_property

from crawlers import catalog
from crawlers.boards.reading import filled
from crawlers.simulation import vocabulary
from pipelines.captures import Entry, Json, Kind

SHANGHAI_OFFSET_HOURS = 8
# How much of the evening's attention is awake in each hour of the Shanghai day.
CLOCK = (0.5, 0.35, 0.25, 0.2, 0.18, 0.2, 0.3, 0.45, 0.6, 0.68, 0.72, 0.75,
         0.8, 0.78, 0.72, 0.7, 0.72, 0.78, 0.85, 0.92, 1.0, 1.0, 0.9, 0.7)  # fmt: skip
NOISE = 0.06  # heat flickers by so much from one capture to the next
FADED = 0.02  # a story below this share of its peak is gone
PAID_HOURS = (3, 4)  # of every five hours, those that carry an advertisement


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
    return frames[_draw(full) % len(frames)].format(full)


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


@dataclass(frozen=True, slots=True)
class Story:
    """One thing that happens, and when each board begins to see it."""

    number: int
    full: str
    short: str
    shape: str
    born_at: datetime
    rise: timedelta
    half_life: timedelta
    strength: float
    """Share of the hottest story's heat at its peak."""
    delays: Mapping[str, timedelta] = field(default_factory=dict)

    def peaks_at(self, board: str) -> datetime:
        """When its share of a board is greatest; the hour of day then bends its heat."""
        return self.born_at + self.delays[board] + self.rise

    def share(self, board: str, at: datetime) -> float:
        """Its part of a board's hottest heat; 0 before it is seen and once it has faded."""
        if board not in self.delays:
            return 0.0
        age = at - self.born_at - self.delays[board]
        if age < timedelta(0):
            return 0.0
        if age < self.rise:
            grown = age / self.rise
            return self.strength * grown * grown * (3 - 2 * grown)
        left = 0.5 ** ((age - self.rise) / self.half_life)
        return self.strength * left if left > FADED else 0.0


@dataclass(frozen=True)
class World:
    """All that happens from ``start`` on for so many hours."""

    start: datetime
    hours: int = 48
    seed: int = 1
    story_count: int = 200

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        dice = random.Random(f"stories {self.seed}")  # noqa: S311 - an invented world, not a secret
        told: set[str] = set()
        stories: list[Story] = []
        while len(stories) < self.story_count:
            tale = _tale(dice)
            if tale[1] not in told:
                told.add(tale[1])
                stories.append(_story(len(stories), tale, dice, self))
        return tuple(stories)

    def ranked(self, board: str, at: datetime) -> list[Entry]:
        """The lines of a board at an instant: pinned, ranked, and now and then a paid one."""
        look = LOOKS[board] if board in LOOKS else Look(20, 1_000)
        hour = (at.hour + SHANGHAI_OFFSET_HOURS) % 24
        clock = CLOCK[hour] + (CLOCK[(hour + 1) % 24] - CLOCK[hour]) * at.minute / 60
        slot = int(at.timestamp() // 60)
        hot: list[tuple[int, str, int]] = []
        for number, (title, share) in self._seen(board, look, at).items():
            flicker = 1 + NOISE * (_draw(f"{self.seed} {board} {number} {slot}") / 2**31 - 1)
            hot.append((max(1, round(look.top_heat * share * clock * flicker)), title, number))
        hot.sort(key=lambda line: (-line[0], line[2]))
        lines = [
            (Kind.RANKED, title, look.heat(heat), number)
            for heat, title, number in hot[: look.size]
        ]
        if look.paid and at.hour % 5 in PAID_HOURS:
            goods = vocabulary.GOODS[at.hour % len(vocabulary.GOODS)]
            lines.insert(
                3, (Kind.PAID, f"{goods}限时优惠", look.heat(hot[3][0]), 900_000 + at.hour)
            )
        if look.pinned:
            topic = vocabulary.PLACES[(slot // 1440) % len(vocabulary.PLACES)]
            lines.insert(0, (Kind.PINNED, f"{topic}今日要闻速览", "", 950_000 + slot // 1440))
        return _entries(board, look, lines)

    def _seen(self, board: str, look: Look, at: datetime) -> dict[int, tuple[str, float]]:
        """What a board could show: number -> title and share of the hottest heat."""
        if look.own_things:
            return self._own(look, at)
        seen = {
            story.number: (look.words(story.full, story.short), share)
            for story in self.stories
            if (share := story.share(board, at)) > 0
        }
        days = (at - self.start) / timedelta(days=1)
        everyday = [
            f"{title}{tail}" for tail in vocabulary.EVERYDAY_TAILS for title in vocabulary.EVERYDAY
        ]
        for place, title in enumerate((*vocabulary.HOSTILE, *everyday)):
            number = 10_000 + place
            # What is always there drifts slowly, below everything new.
            drift = _draw(f"{self.seed} {board} {number}") / 2**32
            wave = abs(((days + drift) * (0.3 + drift)) % 1 - 0.5)
            seen[number] = (title, 0.012 + 0.05 * drift * (0.4 + wave))
        return seen

    def _own(self, look: Look, at: datetime) -> dict[int, tuple[str, float]]:
        things = _THINGS[look.own_things]()
        days = (at - self.start) / timedelta(days=1)
        seen = {}
        for number, title in enumerate(things):
            phase = _draw(f"{self.seed} {look.own_things} {number}") / 2**32
            wave = abs((days * (0.4 + phase) + phase * 7) % 1 - 0.5) * 2
            seen[20_000 + number] = (title, 0.02 + 0.98 * wave * wave * phase)
        return seen


@dataclass(frozen=True, slots=True)
class Tenure:
    """One title on one place of a list, from an instant up to another; it may come back later."""

    number: int
    title: str
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Turnover:
    """Every board there is, each a list of so many places, each place taken by title after title.

    Who was there and for how long is known, so that what a visitor missed can be counted.
    """

    start: datetime
    hours: int = 48
    seed: int = 1

    def ranked(self, board: str, at: datetime) -> list[Entry]:
        """The titles that stand on a board at an instant, the hottest first."""
        heated: list[tuple[int, Tenure]] = []
        for begins, tenures in _places(self, board):
            tenure = tenures[max(0, bisect_right(begins, at) - 1)]
            age = (at - tenure.begins_at) / (tenure.ends_at - tenure.begins_at)
            strength = _draw(tenure.title) / 2**32
            heated.append((100 + round(1e6 * strength * (1.05 - abs(2 * age - 1))), tenure))
        heated.sort(key=lambda one: (-one[0], one[1].number))
        return [
            Entry(n, Kind.RANKED, n, one.title, heat=str(heat), native_id=str(one.number))
            for n, (heat, one) in enumerate(heated, start=1)
        ]

    def tenures(self, board: str) -> dict[str, list[Tenure]]:
        """When each title stood on a board, in order."""
        found: dict[str, list[Tenure]] = {}
        for _, tenures in _places(self, board):
            for tenure in tenures:
                found.setdefault(tenure.title, []).append(tenure)
        return found


# How long titles stay: Lomax's law, many for minutes and a few for days. With this shape it says what a
# year-old archive of Weibo by the minute shows: 5 % under 9 minutes, half over 144, a tenth over 700.
LIFE_SHAPE = 4.0
LIFE_IN_CADENCES = (1.0, 4.0)
"""Their median in cadences; real lists are ten times calmer, but a day of them has too few to count."""
RETURNS = 0.08  # of the titles that left a place, those that take it again after the next


@cache
def _places(world: Turnover, board: str) -> tuple[tuple[list[datetime], list[Tenure]], ...]:
    """For each place of a list, who took it: when they came, and who they were."""
    described = catalog.board(board)
    dice = random.Random(f"turnover {world.seed} {board}")  # noqa: S311 - as above
    median = described.cadence_minutes * dice.uniform(*LIFE_IN_CADENCES)
    scale = median / (2 ** (1 / LIFE_SHAPE) - 1)
    ends_at = world.start + timedelta(hours=world.hours)
    places = []
    number = 0
    for _ in range(sum(described.expected_count) // 2):
        # Early enough for the places to have lost step when the world begins.
        at = world.start - timedelta(minutes=20 * median * dice.random())
        tenures: list[Tenure] = []
        while at <= ends_at:
            awake = CLOCK[(at.hour + SHANGHAI_OFFSET_HOURS) % 24]
            life = timedelta(minutes=scale * (dice.paretovariate(LIFE_SHAPE) - 1) / awake)
            if len(tenures) > 1 and dice.random() < RETURNS:
                who, title = tenures[-2].number, tenures[-2].title
            else:
                number += 1
                who, title = number, f"{_tale(dice)[0]}·{_invented_name(board, number)}"
            tenures.append(Tenure(who, title, at, at + life))
            at += life
        places.append(([one.begins_at for one in tenures], tenures))
    return tuple(places)


def _invented_name(board: str, number: int) -> str:
    """A word of four characters that no other number of the board has."""
    left = (_draw(board) + number) % len(vocabulary.SYLLABLES) ** 4
    name = ""
    for _ in range(4):
        left, place = divmod(left, len(vocabulary.SYLLABLES))
        name += vocabulary.SYLLABLES[place]
    return name


def _entries(board: str, look: Look, lines: list[tuple[Kind, str, str, int]]) -> list[Entry]:
    entries: list[Entry] = []
    rank = 0
    for position, (kind, title, heat, number) in enumerate(lines, start=1):
        rank += kind is Kind.RANKED
        extra: dict[str, Json] = {}
        query = title
        if board == "weibo_side_hotsearch":
            query = f"#{title}#"
        if board in {
            "weibo_side_hotsearch",
            "bilibili_hotword",
            "toutiao_hot_board",
            "baidu_board_api",
        }:
            extra["query"] = query
        native_id = (
            (title if look.own_things == "repo" else str(7_000_000 + number))
            if look.has_id
            else None
        )
        if board == "weibo_side_hotsearch":
            url = filled("https://s.weibo.com/weibo?q={query}", {"query": query})
        elif look.own_things == "repo":
            url = f"https://github.com/{title}"
        else:
            url = filled(look.address, {"id": native_id, "title": title, "query": query})
        entries.append(
            Entry(
                position=position,
                kind=kind,
                rank=rank if kind is Kind.RANKED else None,
                title=title,
                url=url or None,
                heat=heat or None,
                native_id=native_id,
                extra=extra,
            )
        )
    return entries


def _tale(dice: random.Random) -> tuple[str, str]:
    kind = dice.randrange(5)
    place = dice.choice(vocabulary.PLACES)
    if kind == 0:
        return _told(
            dice.choice(vocabulary.SOCIAL), place=place, who=dice.choice(vocabulary.PEOPLE)
        )
    if kind == 1:
        return _told(dice.choice(vocabulary.PLACE_NEWS), place=place)
    if kind == 2:  # noqa: PLR2004 - the third of five kinds
        home, away = dice.sample(vocabulary.TEAMS, 2)
        goals = dice.randrange(2, 6)
        less = dice.randrange(goals)
        return f"{home}{goals}比{less}战胜{away}", f"{home}{goals}比{less}{away}"
    if kind == 3:  # noqa: PLR2004
        return _told(dice.choice(vocabulary.GOODS_NEWS), goods=dice.choice(vocabulary.GOODS))
    return _told(dice.choice(vocabulary.WORK_NEWS), work=dice.choice(vocabulary.WORKS))


def _told(tale: tuple[str, str], **names: str) -> tuple[str, str]:
    return tale[0].format(**names), tale[1].format(**names)


def _story(number: int, tale: tuple[str, str], dice: random.Random, world: World) -> Story:
    shape = dice.choices(("flash", "news", "evergreen"), (3, 6, 1))[0]
    rise, half_life = {
        "flash": (dice.uniform(20, 70), dice.uniform(40, 120)),
        "news": (dice.uniform(60, 300), dice.uniform(120, 360)),
        "evergreen": (dice.uniform(360, 720), dice.uniform(900, 1_500)),
    }[shape]
    # Most stories stay small; a few take the top. Some are older than the world.
    strength = 0.04 + 0.96 * dice.random() ** 2.5
    reach = min(len(DELAYS), 1 + int(strength * 5 + dice.random() * 4))
    return Story(
        number=number,
        full=tale[0],
        short=tale[1],
        shape=shape,
        born_at=world.start + timedelta(minutes=round(dice.uniform(-8 * 60, world.hours * 60))),
        rise=timedelta(minutes=round(rise)),
        half_life=timedelta(minutes=round(half_life)),
        strength=strength,
        delays={
            board: timedelta(minutes=round(DELAYS[board] * dice.uniform(0.4, 1.8)))
            for board in dice.sample(sorted(DELAYS), reach)
        },
    )


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


_THINGS: Mapping[str, Callable[[], list[str]]] = {
    "hn": _things_hn,
    "repo": _things_repo,
    "talk": _things_talk,
    "search": _things_search,
}


def _draw(text: str) -> int:
    """A number below 2**32 that depends on nothing but the text."""
    return zlib.crc32(text.encode()) * 2_654_435_761 % 2**32
