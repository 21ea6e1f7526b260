"""An invented world of stories, seen through every board at any instant: for demos and tests.

Stories are born, rise, peak and fade at times that are known here, which no real archive can tell;
a forecast can therefore be judged against the truth. The same seed always gives the same world.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from crawlers.boards.reading import filled
from crawlers.simulation.draws import draw
from crawlers.simulation.looks import LOOKS, THINGS, Look
from crawlers.simulation.stories import (
    CLOCK,
    SHANGHAI_OFFSET_HOURS,
    Story,
    invented_story,
)
from crawlers.simulation.tales import different_tales, told_tales
from crawlers.simulation.vocabulary import HOSTILE, invented
from pipelines.captures import Entry, Json, Kind

NOISE = 0.06  # heat flickers by so much from one capture to the next
PAID_HOURS = (3, 4)  # of every five hours, those that carry an advertisement


@dataclass(frozen=True)
class World:
    """All that happens from ``start`` on for so many hours.

    Raises ValueError where more stories are asked for than there are different tales.
    """

    start: datetime
    hours: int = 48
    seed: int = 1
    story_count: int = 200

    def __post_init__(self) -> None:
        if self.story_count > (most := different_tales()):
            raise ValueError(
                f"A world of {self.story_count} stories was asked for, and {most} different ones can be "
                f"told. Ask for {most} or fewer, or add lines to crawlers/simulation/words/tales.txt."
            )

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        dice = random.Random(f"stories {self.seed}")  # noqa: S311 - an invented world, not a secret
        tales = told_tales(dice)
        return tuple(
            invented_story(number, next(tales), dice, self.start, self.hours)
            for number in range(self.story_count)
        )

    def ranked(self, board: str, at: datetime) -> list[Entry]:
        """The lines of a board at an instant: pinned, ranked, and now and then a paid one."""
        look = LOOKS[board] if board in LOOKS else Look(20, 1_000)
        hour = (at.hour + SHANGHAI_OFFSET_HOURS) % 24
        clock = CLOCK[hour] + (CLOCK[(hour + 1) % 24] - CLOCK[hour]) * at.minute / 60
        slot = int(at.timestamp() // 60)
        hot: list[tuple[int, str, int]] = []
        for number, (title, share) in self._seen(board, look, at).items():
            flicker = 1 + NOISE * (draw(f"{self.seed} {board} {number} {slot}") / 2**31 - 1)
            hot.append((max(1, round(look.top_heat * share * clock * flicker)), title, number))
        hot.sort(key=lambda line: (-line[0], line[2]))
        lines = [
            (Kind.RANKED, title, look.heat(heat), number)
            for heat, title, number in hot[: look.size]
        ]
        if look.paid and at.hour % 5 in PAID_HOURS:
            advertised = _in_turn("advertisements", at.hour)
            lines.insert(3, (Kind.PAID, advertised, look.heat(hot[3][0]), 900_000 + at.hour))
        if look.pinned:
            day = slot // 1440
            lines.insert(0, (Kind.PINNED, _in_turn("pinned", day), "", 950_000 + day))
        return _entries(board, look, lines)

    def _seen(self, board: str, look: Look, at: datetime) -> dict[int, tuple[str, float]]:
        """What a board could show: number -> title and share of the hottest heat."""
        if look.own_things:
            return self._own(look, at)
        seen = {
            story.number: (look.words(story.tale), share)
            for story in self.stories
            if (share := story.share(board, at)) > 0
        }
        days = (at - self.start) / timedelta(days=1)
        for place, title in enumerate((*HOSTILE, *invented("everyday"))):
            number = 10_000 + place
            # What is always there drifts slowly, below everything new.
            drift = draw(f"{self.seed} {board} {number}") / 2**32
            wave = abs(((days + drift) * (0.3 + drift)) % 1 - 0.5)
            seen[number] = (title, 0.012 + 0.05 * drift * (0.4 + wave))
        return seen

    def _own(self, look: Look, at: datetime) -> dict[int, tuple[str, float]]:
        things = THINGS[look.own_things]
        days = (at - self.start) / timedelta(days=1)
        # Two kinds of things under one number would be one thing to whoever goes by the numbers.
        first = 20_000 + 1_000 * list(THINGS).index(look.own_things)
        seen = {}
        for number, title in enumerate(things):
            phase = draw(f"{self.seed} {look.own_things} {number}") / 2**32
            wave = abs((days * (0.4 + phase) + phase * 7) % 1 - 0.5) * 2
            seen[first + number] = (title, 0.02 + 0.98 * wave * wave * phase)
        return seen


def _in_turn(name: str, n: int) -> str:
    lines = invented(name)
    return lines[n % len(lines)]


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
