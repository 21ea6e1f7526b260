"""YAML as plain values, each with its place in the text.

A part of YAML 1.2: a file that a person reads line by line needs no anchors, aliases, tags or directives,
and aliases make gigabytes of a page. ``no``, ``on``, ``09:00`` and ``012`` are texts.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from fengkou.desks.faults import START, Place, told

DEEPEST = 12
"""Tables and lists within one another: a desk has six."""

AGAIN = "a second time"
"""Below a key that stands twice: what its second value is, nobody asks."""

WIDE = re.compile("[：［］｛｝，\u3000]")
"""Signs of a Chinese keyboard that look like those of YAML, and mean nothing to it."""
JOINED = re.compile(r"\s*(?:- )?([a-z_]+):(?=[\[{\w])")
BEGINS_NO_WORD = ("@", "`", "%")

WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,9})\.[0-9]{1,5}")

Steps = tuple[str | int, ...]
"""Keys of tables and numbers in lists, from the outermost."""


@dataclass(slots=True)
class Written:
    """A text's values, and where each stands; of a key in a table, where the key does.

    ``flaws``: what is wrong with the text itself. Where ``is_whole`` is false, reading ended there.
    """

    value: Any = None
    places: dict[Steps, Place] = field(default_factory=dict)
    keys: dict[Steps, Place] = field(default_factory=dict)
    flaws: dict[Place, str] = field(default_factory=dict)
    is_whole: bool = True

    def place(self, steps: Steps) -> Place:
        """Where a value stands; of what is not there, where the table or list that it belongs to does."""
        while steps and steps not in self.places:
            steps = steps[:-1]
        return self.places.get(steps, START)


class UnreadableError(Exception):
    """Nothing after this place can be read."""

    def __init__(self, place: Place, sentence: str) -> None:
        self.place, self.sentence = place, sentence


def read_yaml(text: str) -> Written:
    """The values of a text. Nothing is raised: its flaws are told."""
    reader = _Reader(text)
    try:
        reader.document()
    except UnreadableError as end:
        reader.written.flaws[end.place] = end.sentence
        reader.written.is_whole = False
    return reader.written


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.written = Written()
        self.events = self._parsed()

    def _parsed(self) -> Iterator[Event]:
        try:
            yield from YAML(typ="safe", pure=True).parse(self.text)
        except MarkedYAMLError as error:
            raise self._of_error(error) from None
        except ReaderError as error:
            before = self.text[: error.position]
            place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
            found = f"the sign U+{error.character:04X}"
            raise UnreadableError(
                place, f"found {found}, which no text holds. Take it out."
            ) from None
        except (YAMLError, ValueError) as error:  # a version or an escape that there is not
            raise UnreadableError(START, f"{' '.join(str(error).split())}. Correct it.") from None

    def _of_error(self, error: MarkedYAMLError) -> UnreadableError:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            return UnreadableError(START, f"{error.problem}. Correct it.")
        # What is amiss often stands in the line before the one that cannot be read on.
        lines = self.text.splitlines()[: mark.line + 1]
        for number in range(len(lines), max(len(lines) - 2, 0), -1):
            if wide := WIDE.search(lines[number - 1]):
                place = Place(number, wide.start() + 1)
                narrow = unicodedata.normalize("NFKC", wide[0])
                sentence = f"found the wide sign {wide[0]!r}, expected {narrow!r}. Correct it."
                return UnreadableError(place, sentence)
            if joined := JOINED.match(lines[number - 1]):
                place = Place(number, joined.end())
                key = joined[1]
                sentence = (
                    f"found {key}: without a blank behind it. Write {key}: and then the value."
                )
                return UnreadableError(place, sentence)
        line = lines[mark.line] if mark.line < len(lines) else ""
        if "\t" in line[: mark.column + 1]:
            sentence = "found a tab, expected spaces. Indent with two spaces."
        elif line[mark.column : mark.column + 1] in BEGINS_NO_WORD:
            sentence = (
                f"found {line[mark.column]}, which begins no word of YAML. Write it in quotes."
            )
        else:
            context = f" ({error.context})" if error.context else ""
            sentence = (
                f"{error.problem}{context}. What stands there is no YAML: look at the line and the one above "
                "it for a missing quote, bracket, comma or space."
            )
        return UnreadableError(_place(mark), sentence)

    def document(self) -> None:
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    sentence = "found a second document, expected one desk a file. Remove ---."
                    raise UnreadableError(_place(event.start_mark), sentence)
            elif isinstance(event, NodeEvent):
                self.written.value = self._value(event, ())

    def _value(self, event: Event, steps: Steps) -> Any:
        place = _place(event.start_mark)
        self.written.places[steps] = place
        if sentence := _unwanted(event, steps):
            self.written.flaws[place] = sentence
        if isinstance(event, ScalarEvent):
            return _plain(event)
        if len(steps) >= DEEPEST:
            sentence = (
                f"found more than {DEEPEST} tables and lists within one another. Write it flat."
            )
            raise UnreadableError(place, sentence)
        if isinstance(event, MappingStartEvent):
            return self._table(steps)
        return self._list(steps) if isinstance(event, SequenceStartEvent) else None

    def _list(self, steps: Steps) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            found.append(self._value(event, (*steps, len(found))))
        return found

    def _table(self, steps: Steps) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            place = _place(event.start_mark)
            if not isinstance(event, ScalarEvent):
                raise UnreadableError(place, "found a list or table as a key, expected a word.")
            if sentence := _unwanted(event, steps):
                self.written.flaws[place] = sentence
            key = event.value
            if key in found:
                first = self.written.keys[*steps, key].line
                self.written.flaws[place] = (
                    f"found {told(key)} a second time, first in line {first}. Make one of them."
                )
                self._value(next(self.events), (*steps, key, AGAIN))
                continue
            self.written.keys[*steps, key] = place
            found[key] = self._value(next(self.events), (*steps, key))
            if found[key] is None:  # what is not there stands nowhere, or in the next line
                self.written.places[*steps, key] = place
        return found


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def _unwanted(event: Event, steps: Steps) -> str | None:
    """What a desk's file does not use, which in a list of words is a quote that was left out."""
    if isinstance(event, AliasEvent):
        written, what = f"*{event.anchor}", "alias"
    elif anchor := getattr(event, "anchor", None):
        written, what = f"&{anchor}", "anchor"
    elif tag := getattr(event, "tag", None):
        written, what = str(tag).replace("tag:yaml.org,2002:", "!!"), "tag"
    else:
        return None
    if steps[:1] == ("channels",):
        written = f"{written[0]}…"  # which may be a key that was written here
    return (
        f"found {written}, which is the {what} of YAML, expected a value. "
        f'Write it out; a word that begins with {written[0]} is written in quotes, "{written}".'
    )


def _plain(event: ScalarEvent) -> Any:
    """A word without quotes is a number where it is printed as numbers are, else a text."""
    text: str = event.value
    if event.style is not None:
        return text
    if text in WORDS:
        return WORDS[text]
    if WHOLE.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text
