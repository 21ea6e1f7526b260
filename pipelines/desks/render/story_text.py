"""A story of a message in sentences, each true as it stands; what is unknown is left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pipelines.desks.message import Change, Place, RuleHit, ToldStory
from pipelines.desks.render.signs import as_words, cut_to
from pipelines.digest.render.phrases import about_span, percent
from pipelines.digest.render.safe_text import web_link
from pipelines.language import Language
from pipelines.messages import Messages, messages_in

LONGEST_LINK = 1_000
"""Characters of an address: chats take 1,024 in a button, and no list was seen to print one half as long."""

CHANGES = ("lists", "rank", "chance")
"""What of a story may have changed, by code."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much of a story is told: bytes of its title and of other names, and how many of each are listed."""

    title: int
    name: int
    places: int
    rules: int
    flags: int


@dataclass(frozen=True, slots=True)
class StoryText:
    """A story in words of a language, each clause empty where nothing is known of it.

    ``chance`` is a figure alone, and ``within`` what it is the chance of; ``in_1h`` the same within an hour.
    ``rules``: each with the words that it hit. ``url`` can be followed, or is None.
    """

    headline: str
    chance: str
    within: str
    in_1h: str
    standing: str
    changed: str
    why: str
    verify: str
    rules: tuple[str, ...]
    url: str | None


def in_words(
    story: ToldStory, at: datetime, zone: ZoneInfo, language: Language, room: Room
) -> StoryText:
    """The story as it was at ``at``, in ``room``; times by the clock of ``zone``."""
    words = messages_in(language)
    expected, place = story.expected, _expected_place(story)
    within = chance = in_1h = ""
    if expected and expected.chance_3h is not None:
        within, chance = words.say("told.within"), percent(expected.chance_3h)
        if place:
            within = words.say("told.within_on", name=_name(place, language, room))
        if expected.chance_1h is not None:
            in_1h = words.say("told.in_1h", chance=percent(expected.chance_1h))
    changes = filter(None, (_change(change, words) for change in story.changes))
    return StoryText(
        headline=cut_to(as_words(story.title), room.title) or words.say("topic.untitled"),
        chance=chance,
        within=within,
        in_1h=in_1h,
        standing=_standing(story.places, language, room),
        changed=words.say("join.clause").join(changes),
        why=words.say("join.clause").join(_reasons(story, at, zone, language, room)),
        verify=listed([flag_name(code, words) for code in story.flags], room.flags, words),
        rules=tuple(_rule(hit, room, words) for hit in story.rules),
        url=followed(story.url),
    )


def followed(url: str | None) -> str | None:
    """The address where it can be followed and is not too long for a chat."""
    link = web_link(url)
    return link if link and len(link) <= LONGEST_LINK else None


def listed(names: Sequence[str], most: int, words: Messages) -> str:
    """The first names, and how many there are where there are more."""
    told = words.say("join.names").join(names[:most])
    return words.say("told.and_more", len(names), names=told) if len(names) > most else told


def flag_name(code: str, words: Messages) -> str:
    """What is to be verified; a code that no catalogue knows stands for itself."""
    key = f"flag.{code}"
    return words.say(key) if words.knows(key) else cut_to(as_words(code), 40)


def _expected_place(story: ToldStory) -> Place | None:
    board = story.expected.board if story.expected else None
    return next((place for place in story.places if place.board == board), None)


def _standing(places: Sequence[Place], language: Language, room: Room) -> str:
    """On how many lists, and where it stands best."""
    words = messages_in(language)
    if not places:
        return words.say("topic.nowhere")
    told = [words.say("told.lists", len(places))]
    for place in places[: room.places]:
        name, before = _name(place, language, room), place.rank_before
        if before is None or before == place.rank:
            told.append(words.say("told.place", name=name, rank=place.rank))
        else:
            told.append(words.say("told.moved", name=name, before=before, rank=place.rank))
    return " · ".join(told)


def _reasons(
    story: ToldStory, at: datetime, zone: ZoneInfo, language: Language, room: Room
) -> Iterator[str]:
    words = messages_in(language)
    climbs = [
        (place.rank_before - place.rank, place) for place in story.places if place.rank_before
    ]
    gain, climber = max(climbs, key=lambda climb: climb[0], default=(0, None))
    if climber and gain > 0:
        yield words.say("told.climb", name=_name(climber, language, room), gain=gain)
    first = language.choose(story.first_name_zh, story.first_name_en)
    yield words.say(
        "told.first",
        time=clock(story.first_seen_at, at, zone),
        name=cut_to(as_words(first), room.name),
    )
    if story.expected and _expected_place(story):
        yield words.say("outlook.left_about", span=about_span(story.expected.minutes_left, words))


def clock(at: datetime, beside: datetime, zone: ZoneInfo) -> str:
    """The time in a zone, with as much of the date as differs from the time it stands beside."""
    local, near = at.astimezone(zone), beside.astimezone(zone)
    if local.date() == near.date():
        return f"{local:%H:%M}"
    return f"{local:%m-%d %H:%M}" if local.year == near.year else f"{local:%Y-%m-%d %H:%M}"


def _name(place: Place, language: Language, room: Room) -> str:
    return cut_to(as_words(language.choose(place.name_zh, place.name_en)), room.name)


def _rule(hit: RuleHit, room: Room, words: Messages) -> str:
    rule, hits = (cut_to(as_words(text), room.name) for text in (hit.rule_id, hit.words))
    return words.say("told.rule", rule=rule, words=hits) if hits else rule


def _change(change: Change, words: Messages) -> str:
    if change.code not in CHANGES:
        return ""
    before, now = (
        None if figure is None else percent(figure) if change.code == "chance" else f"{figure:.0f}"
        for figure in (change.before, change.now)
    )
    name = words.say(f"change.{change.code}")
    if before is None:
        return f"{name} {now}"
    return f"{name} {before}→{now}"
