"""The pages that lead to all digests: a day after the other, the newest first, with a search over headlines.

A page asks nothing of any host and shows every digest without scripts; what is searched stands in it.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from itertools import groupby

from markupsafe import Markup

from pipelines.digest.contents import Period
from pipelines.digest.editions import Edition, ToldStory
from pipelines.digest.render.safe_text import cut, plain
from pipelines.digest.render.template_files import FOLDER, TEMPLATES
from pipelines.digest.render.wall_clock import shanghai
from pipelines.language import Language
from pipelines.messages import Messages, messages_in
from pipelines.text.titles import comparable

FIRST_SHOWN = {Period.DAY: 5, Period.HOUR: 3}
"""Headlines of each digest: what tells one from another at a glance."""

FOUND_SHOWN = 200
"""Headlines of an answer: who finds more asks more closely, and a phone lists no more at once."""

DAYS_OPEN = 2
"""Today and yesterday; who looks for an older day unfolds it."""

_SCRIPT = (FOLDER / "index.js").read_text(encoding="utf-8")
_SCRIPT_HASH = b64encode(sha256(_SCRIPT.encode()).digest()).decode()


@dataclass(frozen=True, slots=True)
class Newest:
    """The addresses of a period that stay: of the page of its newest digest, and of its feed."""

    name: str
    page: str
    feed: str


@dataclass(frozen=True, slots=True)
class DeskLink:
    """A desk that has digests of its own, and the address of their index."""

    title: str
    page: str


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline, and the place in its page of the card that has it; empty where a line has it."""

    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Issue:
    """A digest in words: ``address`` is that of its page."""

    name: str
    time: str
    address: str
    is_of_day: bool
    headlines: tuple[Headline, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The digests of a day in words, those of the whole day first, else the newest first."""

    name: str
    weekday: str
    count: str
    is_open: bool
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched: ``digests`` are addresses without ending; each of ``headlines`` is its text, the
    digests, by their place, that told it first and last, and its anchor. The last told comes first."""

    digests: list[str]
    headlines: list[tuple[str, int, int, str]]


def to_index(  # noqa: PLR0913 - what it tells, and where it leads
    editions: Sequence[Edition],
    language: Language,
    *,
    months: Sequence[str] = (),
    month: str = "",
    desk_title: str | None = None,
    desks: Sequence[DeskLink] = (),
) -> str:
    """The page of these digests, in the order of their instants and all of one language.

    ``months`` (``2025-05``) have pages of their own, which are linked; ``month`` is that of such a page.
    ``desk_title`` is that of the desk whose digests they are, None where they are of all;
    ``desks`` are those with digests beside these.
    """
    words = messages_in(language)
    heading = words.say("index.heading")
    searched = _searched(editions)
    suffix = "" if language is Language.ZH else f".{language}"
    return TEMPLATES.get_template("index.html.jinja").render(
        words=words,
        heading=heading if desk_title is None else f"{cut(plain(desk_title))} · {heading}",
        no_topics=words.say(
            "digest.no_topics" if desk_title is None else "digest.no_topics_of_desk"
        ),
        month=month,
        months=months,
        desks=[DeskLink(cut(plain(desk.title)), desk.page) for desk in desks],
        days=_days(editions, words, all_open=bool(month)),
        newest=_newest(editions, suffix, words),
        found_shown=FOUND_SHOWN,
        rest=words.say("index.rest", most=FOUND_SHOWN),
        suffix=suffix,
        searched={"digests": searched.digests, "headlines": searched.headlines},
        script=Markup(_SCRIPT),  # noqa: S704 - our own file
        script_hash=f"sha256-{_SCRIPT_HASH}",
    )


def _newest(editions: Iterable[Edition], suffix: str, words: Messages) -> list[Newest]:
    there = {edition.period for edition in editions}
    return [
        Newest(
            name=words.say(f"digest.period.{period}"),
            page=f"latest/{period}{suffix}.html",
            feed=f"latest/{period}{suffix}.atom",
        )
        for period in (Period.DAY, Period.HOUR)
        if period in there
    ]


def _day(edition: Edition) -> date:
    return shanghai(edition.at).date()


def _days(editions: Sequence[Edition], words: Messages, *, all_open: bool) -> list[Day]:
    days = []
    for number, (day, of_day) in enumerate(groupby(reversed(editions), key=_day)):
        issues = sorted(of_day, key=lambda edition: edition.period is not Period.DAY)
        days.append(
            Day(
                name=day.isoformat(),
                weekday=words.say(f"weekday.{day.isoweekday()}"),
                count=words.say("index.digests", len(issues)),
                is_open=all_open or number < DAYS_OPEN,
                issues=tuple(_issue(edition, words) for edition in issues),
            )
        )
    return days


def _issue(edition: Edition, words: Messages) -> Issue:
    cards = [story for story in edition.stories if story.has_card]
    return Issue(
        name=words.say(f"digest.period.{edition.period}"),
        time=f"{shanghai(edition.at):%H:%M}",
        address=f"{edition.period}/{edition.stem}.html",
        is_of_day=edition.period is Period.DAY,
        headlines=tuple(_headline(story, words) for story in cards[: FIRST_SHOWN[edition.period]]),
    )


def _headline(story: ToldStory, words: Messages) -> Headline:
    title = next(_titles(story, words.language), words.say("topic.untitled"))
    return Headline(title, _anchor(story))


def _titles(story: ToldStory, language: Language) -> Iterator[str]:
    """What heads the story; who reads no Chinese finds it by its Chinese title too."""
    latin = "" if language is Language.ZH else _shown(story.latin_title or "")
    yield from dict.fromkeys(filter(None, (latin, _shown(story.title))))


@lru_cache(maxsize=20_000)  # a month of stories, most of which are told again and again
def _shown(title: str) -> str:
    return cut(plain(title))


def _anchor(story: ToldStory) -> str:
    return f"topic-{story.topic_id}" if story.has_card else ""


def _searched(editions: Iterable[Edition]) -> Searched:
    """Each headline of each story once, with the first and the last digest that told it so."""
    digests: list[str] = []
    told: dict[tuple[int, str], tuple[str, int, int, str]] = {}
    for place, edition in enumerate(editions):
        digests.append(f"{edition.period}/{edition.stem}")
        for story in edition.stories:
            for title in _titles(story, edition.language):
                key = story.topic_id, comparable(title)
                first, anchor = place, _anchor(story)
                if key in told:
                    _, first, _, anchor = told[key]
                told[key] = title, first, place, anchor
    return Searched(digests, sorted(told.values(), key=lambda line: (-line[2], line[1], line[0])))
