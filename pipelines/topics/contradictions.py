"""What speaks against two titles telling one story, however alike their words are.

Counts of things that come in rows (round 6 and round 7, under 16 and under 17), results told the other
way round (A beat B, B beat A), opposites (``words/opposites.txt``), names that each side has alone, and one
frame with another filling, as of the questions of two exam papers.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipelines.text.lexicon import read_words
from pipelines.text.tokens import pieces


class Word(NamedTuple):
    """A keyword of a title and its ICTCLAS tag."""

    token: str
    part_of_speech: str


NAME_TAGS = frozenset({"nr", "ns", "nt", "nz"})
"""ICTCLAS tags of people, places, bodies and other names."""

COUNTED = re.compile(
    # People and money are left out: a toll rises, and is one story.
    # A new round is none that is counted.
    r"(?<![新又下上])(\d+(?:\.\d+)?|[一二三四五六七八九十]+)(集|期|轮|届|季|局|场|强|战|连胜|连冠|连败|月|日|号|天|周年|年)"
)
SCORE = re.compile(r"(\d+)[-:/.比](\d+)")
RESULT = re.compile(r"\d+[-:比]\d+")
"""A score that stands between two sides; 6.1 and 7/8 are none."""

IN_ROWS = frozenset({"集", "期", "轮", "局", "game", "u"})
"""Counts of affairs that follow one another under one name; days and scores change within one."""

LIKE_LETTERS = 2
"""So many letters in common, in any order, and a name may be a short one of the other."""

AGE_GROUP = re.compile(r"(?<![a-z])u(\d{2})(?!\d)")
GAME = re.compile(r"(?<![a-z])g(\d)(?!\d)")
HAN_DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")}


def _arabic(number: str) -> str:
    """十二 as 12; what is longer stays as printed, and is compared as such."""
    tens, ten, ones = number.partition("十")
    if not ten:
        return HAN_DIGITS.get(number, number)
    return HAN_DIGITS.get(tens or "一", tens) + HAN_DIGITS.get(ones or "零", ones)


def counts(folded_title: str) -> Mapping[str, frozenset[str]]:
    """The numbers that tell one of a row from the next, by what they count."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for number, unit in COUNTED.findall(folded_title):
        found[unit].add(_arabic(number))
    for left, right in SCORE.findall(folded_title):
        # What is 116-110 to the one side is 110-116 to the other.
        found["score"].add("-".join(sorted((left, right))))
    for game in GAME.findall(folded_title):
        found["game"].add(game)
    for years in AGE_GROUP.findall(folded_title):
        found["u"].add(years)
    return {unit: frozenset(values) for unit, values in found.items()}


@cache
def _opposites() -> tuple[tuple[str, str], ...]:
    return tuple((left, right) for left, right in map(str.split, read_words("opposites")))


@cache
def _outcomes() -> Mapping[str, bool | None]:
    """Verbs between two sides, and whether the side before the verb has won; None: it does not say."""
    won = {"wins": True, "loses": False, "meets": None}
    return {verb: won[who] for verb, who in map(str.split, read_words("outcomes"))}


@cache
def _results() -> frozenset[int]:
    """The opposites of which one is a verb between two sides, or has it in it."""
    return frozenset(
        number
        for number, words in enumerate(_opposites())
        if any(verb in word for verb in _outcomes() for word in words)
    )


class Match(NamedTuple):
    """Two sides in pairs of letters, in the order of the title, and whether the first has won."""

    first: frozenset[str]
    second: frozenset[str]
    first_won: bool | None


def _letter_pairs(text: str) -> frozenset[str]:
    return frozenset(left + right for left, right in pairwise(text) if (left + right).isalpha())


def _parted(folded_title: str, verb: str) -> tuple[str, str, str]:
    """What stands before the verb, the verb, and what stands after it; of one letter it is a word of its own.

    负 is none in 负责人.
    """
    if len(verb) > 1 or verb not in folded_title:
        return folded_title.partition(verb)
    words = pieces(folded_title)
    if verb not in words:
        return folded_title, "", ""
    place = words.index(verb)
    return "".join(words[:place]), verb, "".join(words[place + 1 :])


def match(folded_title: str) -> Match | None:
    """The match that a title tells of; None without two sides.

    They are what stands before and after the first verb of ``words/outcomes.txt``, or else a score: how
    a team's name is cut into words depends on what stands beside it.
    """
    for verb, first_won in _outcomes().items():
        before, found, after = _parted(folded_title, verb)
        if found and (told := _match(before, after, first_won)):
            return told
    score = RESULT.search(folded_title)
    if score is None:
        return None
    return _match(folded_title[: score.start()], folded_title[score.end() :], None)


def _match(before: str, after: str, first_won: bool | None) -> Match | None:
    sides = _letter_pairs(before), _letter_pairs(after)
    return Match(*sides, first_won) if all(sides) else None


def poles(folded_title: str) -> frozenset[tuple[int, bool]]:
    """Which sides of which opposites a title takes; neither where it prints both words."""
    taken = set()
    for number, (first, second) in enumerate(_opposites()):
        takes_first = first in folded_title
        if takes_first != (second in folded_title):
            taken.add((number, takes_first))
    return frozenset(taken)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a title says that another may contradict."""

    names: tuple[str, ...]
    counts: Mapping[str, frozenset[str]]
    poles: frozenset[tuple[int, bool]]
    match: Match | None

    @property
    def kinds(self) -> int:
        """A bit for each kind but names: two titles without one in common contradict each other in none."""
        made = self.counts, self.poles, self.match
        return sum(1 << bit for bit, told in enumerate(made) if told)

    @property
    def tells_an_affair(self) -> bool:
        """A match, or one of a row of issues, rounds or games: what may be followed by its like."""
        return self.match is not None or not IN_ROWS.isdisjoint(self.counts)


def claims(folded_title: str, words: Sequence[Word]) -> Claims:
    """The names, counts, sides and result that a title tells."""
    names = [word.token for word in words if word.part_of_speech[:2] in NAME_TAGS]
    return Claims(
        tuple(dict.fromkeys(names)),
        counts(folded_title),
        poles(folded_title),
        match(folded_title),
    )


def counts_differ(first: Claims, second: Claims) -> bool:
    """Both count the same kind of thing, and no count is the same."""
    theirs = second.counts
    return any(
        unit in theirs and values.isdisjoint(theirs[unit]) for unit, values in first.counts.items()
    )


def are_opposite(first: Claims, second: Claims) -> bool:
    """One says what the other denies, or tells the result the other way round.

    Of one match each side has its own words: A has won, B has lost.
    """
    here, there = first.match, second.match
    denied = {number for number, side in first.poles if (number, not side) in second.poles}
    if here is None or there is None:
        return bool(denied)
    if denied - (_results() if _are_one_match(here, there) else frozenset()):
        return True
    if here.first_won is None or there.first_won is None:
        return False
    winner, loser = here[:2] if here.first_won else here[1::-1]
    their_winner, their_loser = there[:2] if there.first_won else there[1::-1]
    turned = winner & their_loser, loser & their_winner
    straight = winner & their_winner, loser & their_loser
    return all(turned) and sum(map(len, turned)) > sum(map(len, straight))


def _are_one_match(first: Match, second: Match) -> bool:
    straight = first.first & second.first and first.second & second.second
    turned = first.first & second.second and first.second & second.first
    return bool(straight or turned)


def are_two_matches(first: Claims, second: Claims) -> bool:
    """One side plays in both matches, and against another opponent.

    Where the score is one, opponents of like letters are one under two names: 国米 and 国际米兰.
    """
    if first.match is None or second.match is None:
        return False
    here, there = first.match[:2], second.match[:2]
    common = [(mine, theirs) for mine in (0, 1) for theirs in (0, 1) if here[mine] & there[theirs]]
    if len(common) != 1:
        return False
    scores = (each.counts.get("score", frozenset()) for each in (first, second))
    ((mine, theirs),) = common
    opponents = "".join(here[1 - mine]), "".join(there[1 - theirs])
    like = len(set(opponents[0]).intersection(opponents[1])) >= LIKE_LETTERS
    return not (like and frozenset.intersection(*scores))


def same_affair(first: Claims, second: Claims) -> bool | None:
    """Whether both tell of one match, issue, round or age group; None where not both tell of such a thing."""
    if are_two_matches(first, second) or are_opposite(first, second):
        return False
    if units := IN_ROWS & first.counts.keys() & second.counts.keys():
        return any(first.counts[unit] & second.counts[unit] for unit in units)
    if first.match and second.match and _are_one_match(first.match, second.match):
        return True
    return None


def frame(first: str, second: str) -> float:
    """Share of the shorter title that is a common head and tail around wholly different fillings, 0 to 1."""
    shorter = min(len(first), len(second))
    head = 0
    while head < shorter and first[head] == second[head]:
        head += 1
    tail = 0
    while tail < shorter - head and first[-1 - tail] == second[-1 - tail]:
        tail += 1
    fillings = first[head : len(first) - tail], second[head : len(second) - tail]
    if all(fillings) and set(fillings[0]).isdisjoint(fillings[1]):
        return (head + tail) / shorter
    return 0.0
