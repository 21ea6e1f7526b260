"""Which stories a digest tells, and where: the decision first, the day after it.

A story stands once. What may still be decided on comes before what is known: what just burst, what will
rise, what is on top. Everything here is about stories, never about one of their lines.
"""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.digest.contents import Period, Section
from pipelines.digest.prospects import Prospect
from pipelines.digest.spans import since
from pipelines.rules import TOP_PART, TOP_RANK

BURST_HOURS = {Period.HOUR: 3, Period.DAY: 6}
"""A story younger than this just burst: who has not published yet still can. In the morning, since the
evening."""

BACK_HOURS = 6
"""A story that came again longer ago than this is no news."""

FADING_HOURS = 6
"""A story that was on top within so long is worth telling that it is over."""

RISING_LEAST = 0.05
"""Of what comes to the top ten less often than one time in twenty nobody wants to be told."""

STAYS_LEAST = 0.6
"""Half an hour passes until a digest is read and acted on: what may well be gone by then is not told at
all."""

GONE_COSTS = 0.75
"""Tops: what a card that is gone when it is read costs, beside what a rise that was told wins. Higher tells
fewer that are gone, and fewer rises."""

QUESTION = 0.5
"""Lists: a lone question is no event."""

TIRES_DAYS = 2
"""What has stood there for so long without a break counts half as much now, and so on: it is known."""

CARDS = {Period.HOUR: 20, Period.DAY: 30}
"""What an editor reads through before deciding: minutes for an hour's digest, a meeting for a day's."""

LINES = {Period.HOUR: 20, Period.DAY: 50}
"""Stories in a line each: what a page of the size still shows."""

MOST = {
    Period.HOUR: {Section.BURST: 5, Section.RISING: 10, Section.BACK: 3},
    Period.DAY: {Section.BURST: 5, Section.RISING: 5, Section.BACK: 3},
}
"""Cards of a section: who reads a day's digest plans the next, and three hours ahead are less to them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A story on one list in the day: ``high_at`` is when it was last on top of it, ``rank_now`` None where
    the newest capture is without it; ``reach_hours`` are the hours there, each by the worth of its place.
    ``served_by`` and ``position`` name the line of ``last_at``, and ``asks`` says that it is a question or a
    call.
    """

    board: str
    first_at: datetime
    last_at: datetime
    best_rank: int
    best_at: datetime
    high_at: datetime | None
    reach_hours: float
    rank_now: int | None
    list_length: int | None
    worth_now: float | None
    served_by: str
    position: int
    asks: bool

    @property
    def is_high(self) -> bool:
        return is_on_top(self.rank_now, self.list_length)


@dataclass(frozen=True, slots=True)
class Story:
    """A story of the day on all its lists, as far as was known; instants as in ``contents.Life``.

    ``last_before_at`` is when it was last seen before it came again, None where it never left or that is more
    than a week ago; ``is_watched`` says that its first list was read shortly before it came. ``seen_at`` is
    when it was last seen; ``lists_of_day`` tells on how many lists it stood, ``lists_now`` on how many
    present ones, by lines without a rank too. ``unread_since`` is when it was last seen on a list that nobody
    could read since, None where it is there or has left.
    """

    topic_id: int
    first_seen_at: datetime
    first_board: str
    is_watched: bool
    present_since_at: datetime
    last_before_at: datetime | None
    standings: tuple[Standing, ...]
    seen_at: datetime
    lists_of_day: int
    lists_now: int
    unread_since: datetime | None = None
    prospect: Prospect | None = None

    @property
    def is_high(self) -> bool:
        return any(standing.is_high for standing in self.standings)

    @property
    def high_at(self) -> datetime | None:
        return max((at for each in self.standings if (at := each.high_at)), default=None)

    @property
    def left_at(self) -> datetime | None:
        """When it was last seen; None where it has not left all lists, or nobody knows whether."""
        return None if self.lists_now or self.unread_since else self.seen_at

    @property
    def is_lone_question(self) -> bool:
        return len(self.standings) == 1 and self.standings[0].asks

    @property
    def has_returned(self) -> bool:
        """Whether it was away from all lists for twelve hours."""
        return self.present_since_at > self.first_seen_at

    @property
    def best(self) -> Standing:
        return min(self.standings, key=lambda each: (each.best_rank, each.best_at, each.board))

    @property
    def told_by(self) -> float:
        """The lists that tell it; a question that no list answers with an event is told by half of its
        lists."""
        return len(self.standings) * (
            QUESTION if all(each.asks for each in self.standings) else 1.0
        )

    @property
    def weight_of_day(self) -> float:
        """Lists x places x hours."""
        return self.told_by * sum(standing.reach_hours for standing in self.standings)

    @property
    def breadth_of_day(self) -> float:
        """What many told for an hour before what one told all day: lists squared, the root of hours."""
        roots = (math.sqrt(standing.reach_hours) for standing in self.standings)
        return len(self.standings) ** 2 * sum(roots)

    def weight_now(self, at: datetime) -> float:
        """What its places are worth now, less the longer they are known."""
        worth = self.told_by * sum(standing.worth_now or 0.0 for standing in self.standings)
        days = (at - self.present_since_at) / timedelta(days=1)
        return worth * math.pow(2, -days / TIRES_DAYS)


def is_on_top(rank: int | None, list_length: int | None) -> bool:
    """Whether a rank is the top of its list: in the top ten, and in the first fifth."""
    if rank is None or list_length is None:
        return False
    return rank <= TOP_RANK and rank * TOP_PART <= max(list_length, TOP_PART)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The stories of a digest in the order in which they are told, and since when a section is empty."""

    cards: tuple[tuple[Section, Story], ...]
    lines: tuple[tuple[Section, Story], ...]
    quiet_since: Mapping[Section, datetime | None]


def choose(
    stories: Collection[Story], at: datetime, period: Period, *, with_listed: bool = False
) -> Chosen:
    """The cards and lines of the digest of ``at``; ``stories`` are those of its day.

    ``with_listed``: an hour has a line too of what stands on a list and on top of none.
    """
    told_since = since(at, period)
    new_since = at - timedelta(hours=BURST_HOURS[period])
    if period is Period.HOUR:
        new_since = min(told_since, new_since)
    by_section: dict[Section, list[Story]] = {section: [] for section in Section}
    for story in stories:
        by_section[section_of(story, at, new_since)].append(story)

    def best(section: Section, weight: Callable[[Story], float]) -> list[Story]:
        order = sorted(by_section[section], key=lambda story: (-weight(story), story.topic_id))
        return order[: MOST[period][section]]

    def now(story: Story) -> float:
        return story.weight_now(at)

    chosen = {
        Section.BURST: sorted(
            best(Section.BURST, now),
            key=lambda story: (story.first_seen_at, story.topic_id),
            reverse=True,
        ),
        Section.RISING: best(Section.RISING, _promise),
        Section.BACK: best(Section.BACK, now),
    }
    taken = {story.topic_id for group in chosen.values() for story in group}
    for story in by_section.pop(Section.RISING):
        if story.topic_id not in taken:
            by_section[_section_below(story, at)].append(story)
    room = CARDS[period] - len(taken)
    others = [story for story in by_section[Section.TOP] if story.topic_id not in taken]
    weight: Callable[[Story], float] = now
    if period is Period.DAY:
        others += [
            story
            for section in (Section.BURST, Section.BACK, Section.FADING, Section.DAY)
            for story in by_section[section]
            if story.topic_id not in taken
        ]
        weight = _of_day
    biggest = sorted(others, key=lambda story: (-weight(story), story.topic_id))[:room]
    for story in biggest:
        section = Section.TOP if story.is_high else Section.DAY
        chosen.setdefault(section, []).append(story)
    chosen.get(Section.TOP, []).sort(key=lambda story: (-now(story), story.topic_id))
    cards = [(section, story) for section in Section for story in chosen.get(section, ())]
    carded = {story.topic_id for _, story in cards}
    left = [
        (section, story)
        for section, story in _left(by_section, period, told_since, with_listed=with_listed)
        if story.topic_id not in carded
    ]
    left.sort(key=lambda told: (-told[1].breadth_of_day, told[1].topic_id))
    order = list(Section)
    lines = sorted(left[: LINES[period]], key=lambda told: order.index(told[0]))
    told = {section for section, _ in (*cards, *lines)}
    return Chosen(tuple(cards), tuple(lines), _quiet_since(stories, told))


def section_of(story: Story, at: datetime, new_since: datetime) -> Section:
    """Where a story matters most; what was first seen after ``new_since`` and is on top just burst."""
    if story.is_high and story.is_watched and story.first_seen_at > new_since:
        return Section.BURST
    came_back = story.has_returned and at - story.present_since_at < timedelta(hours=BACK_HOURS)
    if story.is_high:
        return Section.BACK if came_back else Section.TOP
    return Section.RISING if _is_rising(story) else _section_below(story, at)


def _section_below(story: Story, at: datetime) -> Section:
    """Of a story that is not on top, and is not told as one that will be."""
    high_at = story.high_at
    if high_at is None:
        return Section.DAY
    return Section.FADING if at - high_at < timedelta(hours=FADING_HOURS) else Section.DAY


def _is_rising(story: Story) -> bool:
    likely = story.prospect
    if story.is_lone_question:
        return False  # a lone question rises by the clock of its list, and nothing happened
    return bool(
        likely and likely.chance and likely.chance >= RISING_LEAST and likely.stays >= STAYS_LEAST
    )


def _promise(story: Story) -> float:
    """What telling it is worth: the chance that it rises, less what it costs if it is gone."""
    likely = story.prospect
    return (likely.chance or 0.0) - GONE_COSTS * (1 - likely.stays) if likely else 0.0


def _of_day(story: Story) -> float:
    return story.weight_of_day


def _left(
    by_section: Mapping[Section, Sequence[Story]],
    period: Period,
    told_since: datetime,
    *,
    with_listed: bool,
) -> list[tuple[Section, Story]]:
    """The stories that have a line where they have no card, and the section of it: for a day all of it, for
    an hour what is on top, what fades, of a night what was on top in it, and where asked what is listed."""
    still = (Section.BURST, Section.TOP, Section.BACK)
    heading = Section.DAY if period is Period.DAY else Section.TOP
    under = dict.fromkeys(still, heading) | {
        Section.FADING: Section.FADING,
        Section.DAY: Section.DAY,
    }
    return [
        (under[section], story)
        for section in under
        for story in by_section[section]
        if period is Period.DAY
        or section is not Section.DAY
        or _was_high(story, told_since)
        or (with_listed and story.lists_now)
    ]


def _was_high(story: Story, told_since: datetime) -> bool:
    return story.high_at is not None and story.high_at >= told_since


def _quiet_since(
    stories: Collection[Story], told: Collection[Section]
) -> Mapping[Section, datetime | None]:
    """When a story last came to each section that has none."""
    last: dict[Section, datetime | None] = {
        Section.BURST: max((s.first_seen_at for s in stories if s.high_at), default=None),
        Section.RISING: None,
        Section.TOP: max((at for s in stories if (at := s.high_at)), default=None),
        Section.BACK: max((s.present_since_at for s in stories if _came_on_top(s)), default=None),
    }
    return {section: at for section, at in last.items() if section not in told}


def _came_on_top(story: Story) -> bool:
    """Whether it was away, and on top of a list since."""
    high_at = story.high_at
    return story.has_returned and high_at is not None and high_at >= story.present_since_at
