"""TrendRadar's frequency_words.txt, read as TrendRadar reads it, and turned into the rules of a desk.

A block of lines, up to an empty one, is a group: ``+w`` has to be there, ``!w`` must not, ``@n`` caps,
``/re/`` is a regular expression, ``=> name`` and a first line ``[name]`` name it. [GLOBAL_FILTER] and
[WORD_GROUPS], each the first line of a block, say what the blocks from there on are.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from pipelines.desks.frequency_terms import (
    Misread,
    WrittenTerm,
    WrittenTerms,
    written_terms,
)

FILTERS, GROUPS = "GLOBAL_FILTER", "WORD_GROUPS"
LINE_END = re.compile(r"\r\n|\r|\n")
NOT_IN_A_NAME = re.compile(r"[\s,:/#\[\]{}\"']+")
LONGEST_NAME = 40
BYTE_ORDER_MARK = "\ufeff"

WrittenRule: TypeAlias = dict[str, object]
"""A rule as a desk's file has it: id, any, all, not, send."""


class Trap(StrEnum):
    """What a file means otherwise than it looks."""

    LEAKS = "leaks"
    NOTHING_WANTED = "nothing_wanted"
    SWALLOWED = "swallowed"
    FILTER_PATTERN = "filter_pattern"
    BAD_PATTERN = "bad_pattern"
    CAP_UNREAD = "cap_unread"
    BLANK_NOT_EMPTY = "blank_not_empty"
    UNFOLDED = "unfolded"
    SLOW_PATTERN = "slow_pattern"
    WITHIN_WORDS = "within_words"
    BOUNDARY = "boundary"
    MARKER_WITHIN = "marker_within"
    FILTER_SIGN = "filter_sign"
    CAP_PER_DAY = "cap_per_day"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Finding:
    """A line, from 1, that means otherwise than it looks; ``words``: of the line, or about it."""

    line: int
    trap: Trap
    words: str


@dataclass(frozen=True, slots=True)
class Imported:
    """The rules and what no title of the desk may have, as a desk's file has them; findings by line."""

    rules: tuple[WrittenRule, ...]
    none_of: tuple[WrittenTerm, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


@dataclass(slots=True)
class _Group:
    """The lines of a group, read; ``first``: the number of its first line."""

    first: int
    name: str | None
    any_of: list[WrittenTerm] = field(default_factory=list)
    all_of: list[WrittenTerm] = field(default_factory=list)
    none_of: list[WrittenTerm] = field(default_factory=list)
    excluding: list[_Line] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    cap: int | None = None
    is_wanting: bool = False


def imported(text: str) -> Imported:
    """The desk that a file of words makes, and where the file means otherwise than it looks."""
    return _Reader().read(text)


class _Reader:
    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._filters: list[WrittenTerm] = []

    def read(self, text: str) -> Imported:
        groups: list[_Group] = []
        swallowed: list[_Line] = []
        section = GROUPS
        for block in self._blocks(text.removeprefix(BYTE_ORDER_MARK)):
            marker = _marked(block[0].text)
            is_marked = marker is not None and marker.upper() in (FILTERS, GROUPS)
            if marker and is_marked:
                section = marker.upper()
                swallowed = []
            lines = block[is_marked:]
            if section == FILTERS:
                swallowed += [] if is_marked else lines[:1]
                self._filter(lines)
            elif lines:
                groups.append(self._group(lines))
        # Without a marker after them, groups that follow the filters are filters.
        self._findings += [Finding(line.number, Trap.SWALLOWED, line.text) for line in swallowed]
        wanting = [group for group in groups if group.is_wanting]
        self._tell_exclusions(groups, wanting)
        for group in groups:
            if group not in wanting:
                self._filters += group.none_of
        rules = tuple(_rules(group for group in wanting if group.any_of or group.all_of))
        findings = sorted(dict.fromkeys(self._findings), key=lambda found: (found.line, found.trap))
        return Imported(rules, tuple(_once(self._filters)), tuple(findings))

    def _blocks(self, text: str) -> Iterator[list[_Line]]:
        """The lines that say something, by group; only a line without any sign parts two groups."""
        block: list[_Line] = []
        blanks: list[int] = []
        for number, line in enumerate([*LINE_END.split(text), ""], 1):
            stripped = line.strip()
            if not line:
                if block:
                    yield block
                block, blanks = [], []
            elif not stripped:
                blanks += [number] if block else []
            elif not stripped.startswith("#"):
                for blank in blanks:
                    self._find(blank, Trap.BLANK_NOT_EMPTY, f"{block[-1].text} / {stripped}")
                blanks = []
                block.append(_Line(number, stripped))

    def _filter(self, lines: Iterable[_Line]) -> None:
        for line in lines:
            if line.text.startswith(("!", "+", "@")):
                self._find(line.number, Trap.FILTER_SIGN, line.text)
            elif not self._is_marker(line):
                if _pattern_text(line.text):
                    self._find(line.number, Trap.FILTER_PATTERN, line.text)
                self._filters += self._terms(line, line.text).terms

    def _group(self, lines: list[_Line]) -> _Group:
        name = _marked(lines[0].text)
        group = _Group(lines[0].number, name)
        for line in lines if name is None else lines[1:]:
            sign, text = line.text[:1], line.text[1:]
            if sign == "@":
                self._cap(group, line)
                continue
            if self._is_marker(line):
                continue
            written = text if sign in ("!", "+") else line.text
            found = self._terms(line, written)
            if sign == "!":
                group.none_of += found.terms
                group.excluding.append(line)
                continue
            group.is_wanting = True
            group.names.append(_shown(written) or found.first or written.strip("/ "))
            if sign != "+":
                group.any_of += found.terms
            elif found.as_one is not None:
                group.all_of.append(found.as_one)
        return group

    def _cap(self, group: _Group, line: _Line) -> None:
        try:
            cap = int(line.text[1:])
        except ValueError:
            cap = 0
        if cap > 0:
            group.cap = cap
        self._find(line.number, Trap.CAP_PER_DAY if cap > 0 else Trap.CAP_UNREAD, line.text)

    def _terms(self, line: _Line, text: str) -> WrittenTerms:
        found = written_terms(text.partition("=>")[0].strip(), _pattern_text(text))
        for misread, words in found.misread:
            self._find(line.number, TRAPS[misread], words)
        return found

    def _is_marker(self, line: _Line) -> bool:
        """Whether the line names a group or a section where it names nothing, and is looked for as a word."""
        is_marker = _marked(line.text) is not None
        if is_marker:
            self._find(line.number, Trap.MARKER_WITHIN, line.text)
        return is_marker

    def _tell_exclusions(self, groups: list[_Group], wanting: list[_Group]) -> None:
        if not wanting and (groups or self._filters):
            first = min((group.first for group in groups), default=1)
            self._find(first, Trap.NOTHING_WANTED, "")
        for group in wanting if len(wanting) > 1 else ():
            for line in group.excluding:
                self._find(line.number, Trap.LEAKS, line.text)

    def _find(self, line: int, trap: Trap, words: str) -> None:
        self._findings.append(Finding(line, trap, words))


TRAPS: Mapping[Misread, Trap] = {misread: Trap(misread.value) for misread in Misread}
"""What is said of a term is said of its line."""


def _marked(line: str) -> str | None:
    """What stands in a line's brackets; None for another line."""
    return line[1:-1].strip() if line.startswith("[") and line.endswith("]") else None


def _pattern_text(text: str) -> str | None:
    """The regular expression between a line's slashes; flags behind them say nothing."""
    match = re.match(r"/(.+)/[a-z]*$", text.partition("=>")[0].strip())
    return match[1] if match else None


def _shown(text: str) -> str:
    """The name behind a line's arrow; empty where there is none."""
    return text.partition("=>")[2].strip()


def _rules(groups: Iterable[_Group]) -> Iterator[WrittenRule]:
    taken: set[str] = set()
    for group in groups:
        name = group.name or " ".join(group.names)
        rule: WrittenRule = {"id": _free_name(name, taken)}
        for key, terms in (("any", group.any_of), ("all", group.all_of), ("not", group.none_of)):
            if terms:
                rule[key] = _once(terms)
        if group.cap:
            rule["send"] = {"per_day": group.cap}
        yield rule


def _free_name(text: str, taken: set[str]) -> str:
    name = NOT_IN_A_NAME.sub("-", text)[:LONGEST_NAME].strip("-") or "group"
    free, number = name, 1
    while free in taken:
        number += 1
        ending = f"-{number}"
        free = name[: LONGEST_NAME - len(ending)] + ending
    taken.add(free)
    return free


def _once(terms: Iterable[WrittenTerm]) -> list[WrittenTerm]:
    found: list[WrittenTerm] = []
    for term in terms:
        if term not in found:
            found.append(term)
    return found
