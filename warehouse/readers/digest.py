"""Making a digest from the warehouse as it stood at an instant."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from pipelines.boards.standing import ListStanding, list_standings
from pipelines.digest.claims import claims
from pipelines.digest.contents import (
    Digest,
    Later,
    Life,
    Outlook,
    Period,
    Placement,
    Section,
    StoryLine,
    TopicCard,
    TracePoint,
)
from pipelines.digest.sections import Chosen, Story, choose
from pipelines.digest.spans import moments_ahead, since
from pipelines.text.scripts import latin_title
from pipelines.text.titles import comparable
from warehouse import query
from warehouse.connection import Connection
from warehouse.instants import to_aware, to_naive
from warehouse.readers.boards import boards_at
from warehouse.readers.bonds import ShownTitles, bonds_at
from warehouse.readers.placements import LineKey, Placed, Printed, placements_at, printed
from warehouse.readers.record import record_at
from warehouse.readers.stories import stories_at
from warehouse.readers.storylines import Storyline, storylines_at, with_other_parts
from warehouse.readers.told_forecasts import ToldForecast, told_forecasts
from warehouse.readers.topic_cards import ToldTopic, topics_at
from warehouse.readers.topic_names import names_at

KEYWORDS_SHOWN = 5

OLDER_TITLES_SHOWN = 3

LATER_SHOWN = 8
"""Stories of an evening or a morning to come: what one shift can follow."""


@dataclass(frozen=True, slots=True)
class _Former:
    topic_id: int
    former_id: int


@dataclass(frozen=True, slots=True)
class _Trace:
    topic_id: int
    board: str
    at_instant: datetime
    rank: int | None


@dataclass(frozen=True, slots=True)
class KnownThen:
    """What the digests of an instant are chosen from: read once, whatever they choose."""

    at: datetime
    expected: Mapping[int, ToldForecast]
    stories: Sequence[Story]
    boards: tuple[ListStanding, ...]


@dataclass(frozen=True, slots=True)
class ToldStories:
    """Stories in cards and lines; the cards are without the other parts of their ``storylines``, which a
    digest calls as it calls them itself."""

    cards: Sequence[TopicCard]
    lines: Sequence[StoryLine]
    storylines: Mapping[int, Storyline]


def known_at(con: Connection, at: datetime) -> KnownThen:
    """What was known at ``at`` (aware), and nothing later."""
    instant = to_naive(at)
    expected = {told.topic_id: told for told in told_forecasts(con, instant)}
    return KnownThen(
        at=at.astimezone(UTC),
        expected=expected,
        stories=stories_at(con, instant, expected),
        boards=list_standings(boards_at(con, instant)),
    )


def make_digest(con: Connection, at: datetime, period: Period) -> Digest:
    """The digest of ``at`` (aware), from what was known then and nothing later."""
    known = known_at(con, at)
    chosen = choose(known.stories, known.at, period)
    digest = digest_of(known, period, chosen, tell(con, known, chosen.cards, chosen.lines))
    return replace(digest, record=record_at(con, at)) if period is Period.DAY else digest


def digest_of(known: KnownThen, period: Period, chosen: Chosen, told: ToldStories) -> Digest:
    """The digest of what was chosen, as it is told."""
    at, lines = known.at, tuple(told.lines)
    cards = tuple(with_other_parts(told.storylines, told.cards, lines))
    is_day = period is Period.DAY
    return Digest(
        at=at,
        since=since(at, period),
        period=period,
        boards=known.boards,
        topics=cards,
        lines=lines,
        later=_later(chosen, cards, lines, known.expected, at) if is_day else (),
        read_at=max((seen for each in known.boards if (seen := each.last_ok_at)), default=None),
        quiet_since=chosen.quiet_since,
    )


def tell(
    con: Connection,
    known: KnownThen,
    carded: Sequence[tuple[Section, Story]],
    lined: Sequence[tuple[Section, Story]],
) -> ToldStories:
    """Stories in cards and lines, in their order."""
    expected, at = known.expected, to_naive(known.at)
    stories = [story for _, story in (*carded, *lined)]
    ids = [*dict.fromkeys(story.topic_id for story in stories)]
    places = placements_at(con, set(ids), at)
    living = {topic: {place.item_id for place in placed} for topic, placed in places.items()}
    topics = topics_at(con, ids, at, living)
    names = names_at(con, ids, at)
    last = _last_lines(con, [story for story in stories if story.topic_id not in places])
    traces: dict[int, list[TracePoint]] = defaultdict(list)
    with_card = [*dict.fromkeys(story.topic_id for _, story in carded)]
    former: dict[int, list[int]] = defaultdict(list)
    for merged in query.rows(con, _Former, "readers/digest.former_ids", at=at, topic_ids=with_card):
        former[merged.topic_id].append(merged.former_id)
    for row in query.rows(con, _Trace, "readers/digest.traces", at=at, topic_ids=with_card):
        traces[row.topic_id].append(TracePoint(to_aware(row.at_instant), row.board, row.rank))

    def line(section: Section, story: Story) -> StoryLine:
        topic, placed = topics[story.topic_id], places.get(story.topic_id, ())
        title, url = _headline(topic, placed, last.get(story.topic_id))
        named = next(iter(names.get(story.topic_id, ())), None)
        by_rank = (place.title for place in _in_order(placed))
        return StoryLine(
            section=section,
            topic_id=story.topic_id,
            title=named or title,
            url=url,
            life=_life(story),
            category=topic.card.category,
            # What a person calls it is its name in any language.
            latin_title=None if named else latin_title(title, by_rank),
        )

    def card(section: Section, story: Story) -> TopicCard:
        topic, told = topics[story.topic_id], expected.get(story.topic_id)
        placed = _in_order(places.get(story.topic_id, ()), told.board if told else "")
        headline = line(section, story)
        shown = {headline.title, *(place.title for place in placed)}
        return TopicCard(
            topic_id=story.topic_id,
            section=section,
            title=headline.title,
            url=headline.url,
            life=headline.life,
            placements=placed,
            keywords=topic.card.keywords[:KEYWORDS_SHOWN],
            claims=claims(story, section, placed, to_aware(at)),
            outlook=_outlook(told, placed) if told else None,
            older_titles=_older(topic, names.get(story.topic_id, ()), shown),
            trace=tuple(traces[story.topic_id]),
            category=headline.category,
            former_ids=tuple(former[story.topic_id]),
            latin_title=headline.latin_title,
        )

    def shown_titles(card: TopicCard) -> ShownTitles:
        topic, named = topics[card.topic_id], names.get(card.topic_id, ())
        titles = [place.title for place in card.placements]
        # What a person calls it is no title that a list printed.
        titles += [title for title in (card.title, *card.older_titles) if title not in named]
        held = {place.item_id for place in places.get(card.topic_id, ())}
        held |= {title.item_id for title in topic.titles if title.title in titles}
        return ShownTitles(tuple(dict.fromkeys(titles)), frozenset(held), topic.card.keywords)

    cards = [card(section, story) for section, story in carded]
    bonds = bonds_at(con, {each.topic_id: shown_titles(each) for each in cards}, at)
    cards = [replace(each, bond=bonds.get(each.topic_id)) for each in cards]
    lines = [line(section, story) for section, story in lined]
    return ToldStories(cards, lines, storylines_at(con, with_card, at))


def _last_lines(con: Connection, gone: Sequence[Story]) -> dict[int, Printed]:
    """What the last line of each story printed."""
    keys = {}
    for story in gone:
        last = max(story.standings, key=lambda standing: (standing.last_at, standing.board))
        keys[story.topic_id] = LineKey(last.served_by, to_naive(last.last_at), last.position)
    lines = printed(con, list(keys.values()))
    return {topic_id: lines[key] for topic_id, key in keys.items()}


def _headline(
    topic: ToldTopic, placed: Sequence[Placed], last: Printed | None
) -> tuple[str, str | None]:
    """The label as the line that bears it reads now, for titles are edited; and that line's address.

    A story that has left all lists has its label, and the address of its last line.
    """
    bearers = [place.placement for place in placed if place.item_id == topic.card.item_id]
    if not bearers:
        return topic.card.label, last.url if last else None
    addresses = [
        place.url for place in (*bearers, *(each.placement for each in placed)) if place.url
    ]
    return bearers[0].title, next(iter(addresses), None)


def _older(topic: ToldTopic, names: Sequence[str], shown: Collection[str]) -> tuple[str, ...]:
    """Names and titles that the story had and that stand nowhere on the card, the newest first.

    Where people named it, the title that its items would give it comes behind their older names.
    """
    older: dict[str, str] = {}
    known = {comparable(title) for title in shown}
    told = (topic.card.label,) if names else ()
    for title in (*names[1:], *told, *(title.title for title in reversed(topic.titles))):
        if comparable(title) not in known:
            older.setdefault(comparable(title), title)
    return tuple(older.values())[:OLDER_TITLES_SHOWN]


def _life(story: Story) -> Life:
    best = story.best
    return Life(
        first_seen_at=story.first_seen_at,
        present_since_at=story.present_since_at,
        list_count=story.lists_of_day,
        best_rank=best.best_rank,
        best_at=best.best_at,
        best_board=best.board,
        left_at=story.left_at,
        unread_since=story.unread_since,
    )


def _in_order(placed: Sequence[Placed], lead: str = "") -> tuple[Placement, ...]:
    """The list that the forecast is about first, then by rank."""
    places = (place.placement for place in placed)
    return tuple(
        sorted(places, key=lambda place: (place.board != lead, place.rank or 0, place.board))
    )


def _later(
    chosen: Chosen,
    cards: Sequence[TopicCard],
    lines: Sequence[StoryLine],
    expected: Mapping[int, ToldForecast],
    at: datetime,
) -> tuple[Later, ...]:
    """What is likely on lists this evening and tomorrow morning, of what is told and listed now."""
    told = {line.topic_id: line for line in lines}
    for card in cards:
        told[card.topic_id] = StoryLine(
            card.section,
            card.topic_id,
            card.title,
            card.url,
            card.life,
            card.category,
            card.latin_title,
            card.taken_by,
        )
    stories = sorted(
        (story for _, story in (*chosen.cards, *chosen.lines) if story.topic_id in expected),
        key=lambda story: (-story.weight_now(at), story.topic_id),
    )
    found = []
    for code, moment in moments_ahead(at):
        minutes = (moment - at) / timedelta(minutes=1)
        likely, possible = [], []
        for story in stories:
            _, middle, high = expected[story.topic_id].minutes_left
            if middle >= minutes:
                likely.append(told[story.topic_id])
            elif high >= minutes:
                possible.append(told[story.topic_id])
        found.append(
            Later(code, moment, tuple(likely[:LATER_SHOWN]), tuple(possible[:LATER_SHOWN]))
        )
    return tuple(found)


def _outlook(told: ToldForecast, placed: Sequence[Placement]) -> Outlook:
    lead = next((place for place in placed if place.board == told.board), None)
    return Outlook(
        stage=told.stage,
        board=told.board,
        name_zh=lead.name_zh if lead else "",
        name_en=lead.name_en if lead else "",
        rank=told.rank,
        peak_rank=told.peak_rank,
        minutes_left=told.minutes_left,
        chances=told.chances,
        spread_chance=told.chance_spread_6h,
        peak_heat_share=told.peak_heat_share,
        stay_chances=told.stay_chances,
        model_id=told.model,
        is_honest=told.is_honest,
    )
