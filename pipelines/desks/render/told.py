"""A message in lines: the decision first, then what it rests on, what to verify, and where to go."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipelines.desks.message import Kind, Message, ToldStory
from pipelines.desks.render.signs import as_words, cut_to, size_of
from pipelines.desks.render.story_text import Room, StoryText, clock, in_words, listed
from pipelines.desks.render.told_lines import Line, Link, Sheet, Words, spaced
from pipelines.desks.tick import SHOWN
from pipelines.language import Language
from pipelines.messages import Messages, messages_in

STORY_SIZE = 600
"""Bytes of a message of one story as it is read, addresses left out: what a phone shows without a tap."""

ROOMS = (
    Room(title=180, name=40, places=3, rules=3, flags=4),
    Room(title=180, name=30, places=2, rules=2, flags=3),
    Room(title=120, name=24, places=1, rules=1, flags=2),
    Room(title=90, name=15, places=1, rules=1, flags=1),
)
"""From the widest on: a story is told in the first that keeps to its size."""

IN_DIGEST = Room(title=180, name=30, places=2, rules=1, flags=2)

DESK_SIZE, NAMES_SHOWN = 60, 5

WAITED = frozenset({Kind.OVERFLOW, Kind.QUIET})
"""What tells together what waited; of one story it is told as that story is."""


@dataclass(frozen=True, slots=True)
class StoryLinks:
    """Signed addresses at which a person decides on a story."""

    adopt: str
    skip: str
    mute: str


@dataclass(frozen=True, slots=True)
class Told:
    """A message in words: the whole ``sheet``, or, for a chat that has buttons, ``bare`` and ``buttons``.

    Where it tells of one story, ``story`` is that, and ``notes`` what stands below its chance. The rest is
    what was put in words, for those who read it as data.
    """

    message: Message
    links: Mapping[int, StoryLinks]
    is_again: bool
    sheet: Sheet
    bare: Sheet
    buttons: tuple[Link, ...] = ()
    story: StoryText | None = None
    notes: tuple[str, ...] = ()


def tell(
    message: Message,
    language: Language,
    links: Mapping[int, StoryLinks],
    *,
    is_again: bool = False,
) -> Told:
    """The message in words. ``links``: of stories, by id; ``is_again``: it may have arrived before, which
    ``as_again`` says of its sheets; they are the same, and cut alike, whether it is so or not."""
    words = messages_in(language)
    desk = cut_to(as_words(message.desk_title), DESK_SIZE)
    signed = words.say("told.signed", brand=words.say("digest.brand"), desk=desk)
    if message.kind is not Kind.DIGEST and len(message.stories) == 1 and not message.more:
        return replace(_of_one_story(message, signed, language, links), is_again=is_again)
    told, rest = message.stories[:SHOWN], len(message.stories[SHOWN:]) + message.more
    heading = words.say(
        "told.decision",
        tag=_tag(message, None, words),
        headline=_of_several(message, len(told) + rest, desk, words),
    )
    lines = (
        *_remarks(message.kind, words),
        *_groups(message, told, language, links),
        *_beside(message, rest, words),
    )
    sheet = Sheet(heading, lines, signed)
    return Told(message, links, is_again, sheet, sheet)


def _of_one_story(
    message: Message,
    signed: str,
    language: Language,
    links: Mapping[int, StoryLinks],
) -> Told:
    words, (story,) = messages_in(language), message.stories
    for room in ROOMS:
        text = in_words(story, message.at, message.zone, language, room)
        heading = words.say(
            "told.decision",
            tag=_tag(message, story, words),
            headline=text.headline,
        )
        source = (Link(words.say("told.source"), text.url),) if text.url else ()
        buttons = (*source, *_buttons(story, links, words))
        remarks = tuple(_remarks(story.kind if message.kind in WAITED else message.kind, words))
        rest = tuple(_story_lines(text, room, words))
        bare = Sheet(heading, (*remarks, _figures(text, words), *rest), signed)
        sheet = replace(bare, lines=(*bare.lines, spaced(buttons, " | "))) if buttons else bare
        if size_as_read(as_again(sheet, language)) <= STORY_SIZE:
            break
    standing = " · ".join(filter(None, (text.in_1h, text.standing)))
    notes = tuple(as_read(line) for line in (*remarks, (Words(standing),), *rest))
    return Told(message, links, False, sheet, bare, buttons, text, notes)


def as_again(sheet: Sheet, language: Language) -> Sheet:
    """The sheet as that of a message that may have arrived before."""
    words = messages_in(language)
    return replace(
        sheet,
        heading=words.say("told.again", heading=sheet.heading),
        signed=f"{sheet.signed} · {words.say('told.again_note')}",
    )


def as_read(line: Line) -> str:
    """The words of a line, without addresses."""
    return "".join(atom.text for atom in line)


def size_as_read(sheet: Sheet) -> int:
    """Bytes of what is read of a sheet."""
    return size_of("\n".join(map(as_read, sheet.whole)))


def _tag(message: Message, story: ToldStory | None, words: Messages) -> str:
    tags = [words.say("tag.breaking")] if message.is_breaking else []
    kind = message.kind
    if story and kind in WAITED:
        tags += [words.say(f"tag.{kind}")] if kind is Kind.QUIET else []
        kind = story.kind
    if kind is Kind.NEW and story and story.expected:
        tags.append(words.say(f"stage.{story.expected.stage}"))
    elif kind is Kind.NEW and not story:
        tags.append(words.say("tag.news"))
    else:
        tags.append(words.say(f"tag.{kind}"))
    return "·".join(tags)


def _remarks(kind: Kind, words: Messages) -> Iterator[Line]:
    if kind in {Kind.BACK, Kind.CORRECTION}:
        yield (Words(words.say(f"told.{kind}")),)


def _story_lines(text: StoryText, room: Room, words: Messages) -> Iterator[Line]:
    if text.changed:
        yield (Words(words.say("told.changed", changes=text.changed)),)
    yield (Words(words.say("told.why", reasons=text.why)),)
    if text.verify:
        yield (Words(words.say("told.verify", flags=text.verify), is_strong=True),)
    if text.rules:
        shown = [Words(rule, is_firm=True) for rule in text.rules[: room.rules]]
        more = len(text.rules) - len(shown)
        yield (
            Words(words.say("told.rules")),
            *spaced(shown, words.say("join.names")),
            *((Words(words.say("told.more_rules", more)),) if more else ()),
        )


def _figures(text: StoryText, words: Messages) -> Line:
    """The chance with its horizon, and where it stands."""
    chance = ""
    if text.chance:
        chance = words.say("told.chance", within=text.within, chance=text.chance)
        chance = words.say("join.aside", text=chance, note=text.in_1h) if text.in_1h else chance
    return (Words(" · ".join(filter(None, (chance, text.standing)))),)


def _buttons(
    story: ToldStory, links: Mapping[int, StoryLinks], words: Messages
) -> tuple[Link, ...]:
    if not (ways := links.get(story.topic_id)):
        return ()
    return (
        Link(words.say("told.adopt"), ways.adopt),
        Link(words.say("told.skip"), ways.skip),
        Link(words.say("told.mute"), ways.mute),
    )


def _of_several(message: Message, count: int, desk: str, words: Messages) -> str:
    """What a message of several stories is, in one line."""
    if covered := message.covered:
        since = clock(covered.since, message.at, message.zone)
        until = clock(covered.until, message.at, message.zone)
        desk = words.say("told.span", desk=desk, since=since, until=until)
    if not count:
        return words.say("told.nothing", desk=desk)
    return words.say(f"several.{message.kind}", count, desk=desk)


def _groups(
    message: Message,
    stories: Sequence[ToldStory],
    language: Language,
    links: Mapping[int, StoryLinks],
) -> Iterator[Line]:
    """The stories by the first rule that took each."""
    words = messages_in(language)
    groups: dict[str, list[ToldStory]] = {}
    for story in stories:
        groups.setdefault(story.rules[0].rule_id if story.rules else "", []).append(story)
    number = 0
    for rule, members in groups.items():
        if rule:
            name = cut_to(as_words(rule), IN_DIGEST.name)
            yield (Words(words.say("told.group", rule=name, stories=len(members)), is_strong=True),)
        for story in members:
            number += 1
            text = in_words(story, message.at, message.zone, language, IN_DIGEST)
            title = Link(text.headline, text.url) if text.url else Words(text.headline)
            known = "" if story.kind is Kind.NEW else words.say(f"tag.{story.kind}")
            tag = words.say("told.known", tag=known) if known else ""
            yield (Words(f"{number}. {tag}"), title)
            yield _figures(text, words)
            if text.changed:
                yield (Words(words.say("told.changed", changes=text.changed)),)
            if text.verify:
                yield (Words(words.say("told.verify", flags=text.verify)),)
            if buttons := _buttons(story, links, words):
                yield spaced(buttons, " | ")


def _beside(message: Message, rest: int, words: Messages) -> Iterator[Line]:
    """What is not told: stories, messages that were held, lists that were not read."""
    if rest:
        yield (Words(words.say("told.more", rest)),)
    if message.held_count:
        yield (Words(words.say("told.held", message.held_count)),)
    if message.unread_lists:
        names = [cut_to(as_words(name), IN_DIGEST.name) for name in message.unread_lists]
        told = listed(names, NAMES_SHOWN, words)
        yield (Words(words.say("told.unread", len(names), names=told)),)
