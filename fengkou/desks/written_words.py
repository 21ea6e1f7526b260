"""The types of what stands in a desk's file: what fits, and what is said of what does not."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema

from crawlers.boards.misfits import expected, misfit, options, sentence
from crawlers.boards.names import NAME_PATTERN, built_in_names
from fengkou.channels.channel import About
from fengkou.desks.faults import ADDRESS, told
from pipelines.desks.desk import QuietHours, Urgency, Window
from pipelines.forecast.stages import Stage
from pipelines.language import Language
from pipelines.messages import messages_in
from pipelines.topics.categories import CATEGORIES

NAME = r"[^\s,:/#\[\]{}\"']{1,40}"
CLOCK = r"(?:[01]?[0-9]|2[0-3])(?::[0-5][0-9])?|24(?::00)?"
FULL_CLOCK = r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9]"
LONGEST_WORD = 100
VARIABLE = r"[A-Z][A-Z0-9_]{0,79}"
YESTERDAY = "yesterday "
WIDE_COMMA = re.compile("[，、；]")
PHRASE = ('"', "“")


@dataclass(frozen=True, slots=True)
class Known:
    """What a desk may name besides what is written here; None is anything: a text that ran before."""

    boards: Collection[str] | None = None
    list_of: Callable[[str], str] = str
    """The board that the lines of a board count for: itself, or the one that it stands in for."""
    titled: Callable[[str], Sequence[str]] = lambda _: ()
    """The boards that are called so in Chinese or English."""
    channel_kinds: Mapping[str, About] | None = None


ANYTHING = Known()


def did_you_mean(found: str, known: Iterable[str], otherwise: str) -> str:
    """The nearest of what there is, else ``otherwise``."""
    # A board by its source alone, weibo for weibo_hot, is farther off than most other names.
    known = sorted(known)
    of_source = [name for name in known if name.startswith(f"{found}_")]
    near = of_source or get_close_matches(found, known, 3)
    return f"Did you mean {' or '.join(near)}?" if near else otherwise


def _one_of(known: Collection[str], what: str = "") -> Any:
    """The type of a word out of a short list; ``what``: by which catalogues name the words of it."""

    def check(text: str) -> str:
        if text not in known:
            for code in known if what else ():
                if text in {messages_in(language).say(f"{what}.{code}") for language in Language}:
                    raise sentence(f"{told(text)} is written {code}.")
            hint = did_you_mean(text, known, f"There are: {', '.join(known)}.")
            raise sentence(f"there is no {told(text)}. {hint}")
        return text

    return Annotated[
        str, AfterValidator(check), expected(options(known)), WithJsonSchema({"enum": [*known]})
    ]


def _board(text: str, asked: ValidationInfo) -> str:
    if not isinstance(asked.context, Known) or asked.context.boards is None:
        return text
    if text not in asked.context.boards:
        if titled := asked.context.titled(text):
            raise sentence(f"{told(text)} is written {' or '.join(titled)}.")
        lists = [name for name in asked.context.boards if asked.context.list_of(name) == name]
        hint = did_you_mean(text, lists, "fengkou boards lists them.")
        raise sentence(f"there is no board {told(text)}. {hint}")
    if (named := asked.context.list_of(text)) != text:
        raise sentence(
            f"{text} stands in for {named}, and what it shows counts as shown there. Write {named}."
        )
    return text


def _kind(text: str, asked: ValidationInfo) -> str:
    if not isinstance(asked.context, Known) or asked.context.channel_kinds is None:
        return text
    if text not in asked.context.channel_kinds:
        known = asked.context.channel_kinds
        hint = did_you_mean(text, known, f"There are: {', '.join(sorted(known))}.")
        raise sentence(f"there is no kind of channel of that name. {hint}")
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones, or a path out of it
        hint = did_you_mean(text, available_timezones(), "Write Asia/Shanghai, or UTC.")
        raise sentence(f"there is no time zone {told(text)}. {hint}") from None
    return text


def _variable(text: str) -> str:
    # The value may be the secret itself: it is not told.
    if not re.fullmatch(VARIABLE, text):
        raise sentence(
            "expected the name of an environment variable in capital letters, such as WECOM_HOOK, and "
            "found something else. If it is an address or a key: take it out of the file, put it into the "
            "environment, and write the variable's name here."
        )
    return text


def _not_an_address(text: str) -> str:
    if ADDRESS in text:
        raise sentence(
            "found an address, and an address with its key is never written into this file. Put it into an "
            "environment variable, and write that one's name as the secret."
        )
    return text


def _as_written(value: object) -> object:
    """618 and 3.15 are words too."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else value


def _one_word(text: str) -> str:
    """A comma of Chinese parts no list of YAML: what looks like several words would be looked for as one."""
    if (found := WIDE_COMMA.search(text)) and not text.startswith(PHRASE):
        words = ", ".join(word.strip() for word in WIDE_COMMA.split(text) if word.strip())
        raise sentence(
            f"found {told(text)} as one word, for {found[0]} parts no words here. Write {words}; a phrase "
            f"with that sign stands in quotes within quotes, '\"{told(text)[1:-1]}\"'."
        )
    return text


def clock(text: str) -> time:
    """A time of the day: 9, 09:30, 24:00 for its end. Raises ValueError for anything else."""
    hours, _, minutes = text.partition(":")
    return time(int(hours) % 24, int(minutes or 0))


def quiet_hours(text: str) -> QuietHours:
    """``23:00-07:30``; the text has been found to fit."""
    begins, ends = map(clock, text.split("-"))
    return QuietHours(begins, ends)


def window(text: str) -> Window:
    """``yesterday 0-24`` or ``9-9``; the text has been found to fit."""
    begins, ends = map(clock, text.removeprefix(YESTERDAY).split("-"))
    return Window(begins, ends)


def _window(text: str) -> str:
    if text.startswith(YESTERDAY) and window(text) != Window(time(), time()):
        raise sentence(
            f'found {told(text)}, expected yesterday as a whole, "yesterday 0-24". Other spans are written '
            f'alone, "{text.removeprefix(YESTERDAY)}": the newest that is over when the digest is made.'
        )
    return text


def _quiet(text: str) -> str:
    found = quiet_hours(text)
    if found.begins == found.ends:
        raise misfit('two times that differ, such as "23:00-07:30"')
    return text


LONGEST_TITLE = 60
LONGEST_PATTERN = 500
MOST = 1_000_000
"""Of anything that is counted in a desk: more is a slip of the hand."""

A_NAME = "a name of at most 40 signs, without spaces"
A_WORD = (
    f"a word of at most {LONGEST_WORD} signs; one that begins with #, *, & or ! stands in quotes"
)
SPAN = 'a span of whole hours or minutes, such as "9-9" or "yesterday 0-24"'
QUIET = 'from one time to another, such as "23:00-07:30"'

Name = Annotated[str, Field(pattern=rf"^{NAME}$"), expected(A_NAME)]
DeskName = Annotated[
    str,
    Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$"),
    expected("a name of at most 40 of a-z, 0-9, _ and -, as the file is named"),
]
Title = Annotated[
    str,
    Field(pattern=r"^[^\x00-\x1f]*\S[^\x00-\x1f]*$", max_length=LONGEST_TITLE),
    expected(f"a title of one line, at most {LONGEST_TITLE} signs"),
]
Text = Annotated[
    str,
    BeforeValidator(_as_written),
    Field(pattern=r"\S", max_length=LONGEST_WORD),
    AfterValidator(_one_word),
    expected(A_WORD),
    WithJsonSchema({"type": ["string", "number"], "pattern": r"\S", "maxLength": LONGEST_WORD}),
]
PatternText = Annotated[
    str,
    Field(pattern=r"\S", max_length=LONGEST_PATTERN),
    expected(f"a regular expression of RE2 in quotes, of at most {LONGEST_PATTERN} signs"),
]
Board = Annotated[
    str,
    AfterValidator(_board),
    expected('the name of a board, such as "weibo_side_hotsearch"'),
    WithJsonSchema({"anyOf": [{"enum": [*built_in_names()]}, {"pattern": f"^{NAME_PATTERN}$"}]}),
]
Category = _one_of(CATEGORIES, "category")
StageName = _one_of([*map(str, Stage)], "stage")
LanguageCode = _one_of([*map(str, Language)])
UrgencyName = _one_of([*map(str, Urgency)])
ZoneName = Annotated[
    str, AfterValidator(_zone), expected('the name of a time zone, such as "Asia/Shanghai"')
]
QuietText = Annotated[
    str, Field(pattern=f"^(?:{CLOCK})-(?:{CLOCK})$"), AfterValidator(_quiet), expected(QUIET)
]
TimeText = Annotated[
    str, Field(pattern=f"^{FULL_CLOCK}$"), expected('a time of the day, such as "09:00"')
]
WindowText = Annotated[
    str,
    Field(pattern=f"^(?:{YESTERDAY})?(?:{CLOCK})-(?:{CLOCK})$"),
    AfterValidator(_window),
    expected(SPAN),
]
Count = Annotated[int, Field(ge=1, le=MOST), expected("a whole number, 1 or more")]
Chance = Annotated[float, Field(gt=0, lt=1), expected("a chance above 0 and below 1, such as 0.5")]
Switch = Annotated[bool, expected("true or false")]
ChannelKind = Annotated[str, AfterValidator(_kind), expected("a kind of channel")]
Variable = Annotated[
    str,
    AfterValidator(_variable),
    expected("the name of an environment variable"),
    WithJsonSchema({"type": "string", "pattern": f"^{VARIABLE}$"}),
]
OptionText = Annotated[
    str,
    BeforeValidator(_as_written),
    AfterValidator(_not_an_address),
    Field(max_length=LONGEST_PATTERN),
    expected("a text"),
    WithJsonSchema({"type": ["string", "number"]}),
]
