"""What two titles have in common and what tells them apart, in kinds that a rule of one story may get wrong.

A kind is found by figures and by words of everyday use alone; no person, place or event is named.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pipelines.topics.contradictions import are_opposite, are_two_matches, counts_differ
from pipelines.topics.similarity import NewItem

FRAMED = 0.5
"""Share of the shorter title, in head and tail, from which on two titles are one frame with two fillings."""

AGE_GROUP = re.compile(r"u(\d{2})(?!\d)")
PLACING = re.compile(
    r"夺冠|冠军|亚军|季军|夺金|摘金|摘银|摘铜|金牌|银牌|铜牌|捧杯|止步|出局|晋级|无缘|决赛"
)
MARKET = re.compile(
    r"涨|跌|开盘|收盘|早盘|午盘|尾盘|高开|低开|盘中|午评|报收|关口|美元/盎司|创新高"
)
PRICE = re.compile(r"\d万?元|售价|起售|定价|价格|降价|涨价|补贴价")
UNDOING = re.compile(
    r"取消|撤回|撤销|撤下|撤档|恢复|重启|暂停|推迟|延期|终止|解除|否认|辟谣|致歉|道歉|下架|停止|叫停|不再|退回|改口|澄清|重回|复出"
)
SAID = re.compile(r"回应|通报|辟谣|致歉|道歉|发布|宣布|声明|否认|发声|警告|呼吁|提醒|表示|称")
SPEAKER = re.compile(r"[「【《“\"]?([^:：|｜丨]{2,14})[:：|｜丨]")
MARKED = re.compile(r"《([^》]+)》")
LATIN_OR_NUMBER = re.compile(r"[a-z]+\d*|\d+[a-z]+")


@dataclass(frozen=True)
class Told:
    """An item, and its title with signs: the speaker before a colon, the work between marks."""

    item: NewItem
    title: str

    @cached_property
    def tokens(self) -> frozenset[str]:
        return frozenset(self.item.tokens)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(self.item.claims.names)

    @cached_property
    def letters(self) -> frozenset[str]:
        return frozenset(self.item.folded_title)

    @cached_property
    def works(self) -> frozenset[str]:
        return frozenset(MARKED.findall(self.title))

    @cached_property
    def speaker(self) -> str | None:
        found = SPEAKER.match(self.title)
        return found[1] if found else None


def fillings(first: str, second: str) -> tuple[float, str, str]:
    """The share of the shorter title that is a common head and tail, and what stands between in each."""
    shorter = min(len(first), len(second))
    head = 0
    while head < shorter and first[head] == second[head]:
        head += 1
    tail = 0
    while tail < shorter - head and first[-1 - tail] == second[-1 - tail]:
        tail += 1
    between = first[head : len(first) - tail], second[head : len(second) - tail]
    return (head + tail) / max(1, shorter), *between


def letters_alike(first: Told, second: Told) -> float:
    """Share of characters in common, 0 to 1 (Dice 1945)."""
    both = len(first.letters) + len(second.letters)
    return 2 * len(first.letters & second.letters) / max(1, both)


def _framed(first: Told, second: Told) -> tuple[str, str] | None:
    share, *between = fillings(first.item.folded_title, second.item.folded_title)
    return (between[0], between[1]) if share >= FRAMED and all(between) else None


def _is_mirrored(first: Told, second: Told) -> bool:
    here, there = first.item.claims.match, second.item.claims.match
    if here is None or there is None:
        return False
    straight = here.first & there.first and here.second & there.second
    turned = here.first & there.second and here.second & there.first
    return bool(straight or turned)


def _is_match_and_more(first: Told, second: Told) -> bool:
    here, there = first.item.claims.match, second.item.claims.match
    if (here is None) == (there is None):
        return False
    sides, other = (here, second) if here else (there, first)
    pairs = {"".join(two) for two in pairwise(other.item.folded_title)}
    return sides is not None and bool(pairs & (sides.first | sides.second) & _long(first, second))


def _long(first: Told, second: Told) -> frozenset[str]:
    """Letter pairs of the words in common: half a name is none."""
    common = first.tokens & second.tokens
    return frozenset(word[n : n + 2] for word in common for n in range(len(word) - 1))


def _are_age_groups(first: Told, second: Told) -> bool:
    found = [AGE_GROUP.findall(told.item.folded_title) for told in (first, second)]
    return all(found) and bool(first.tokens & second.tokens)


def _is_undone(first: Told, second: Told) -> bool:
    here, there = (bool(UNDOING.search(told.title)) for told in (first, second))
    common = first.tokens & second.tokens
    return (here != there and len(common) > 1) or are_opposite(
        first.item.claims, second.item.claims
    )


def _are_placings(first: Told, second: Told) -> bool:
    here, there = ({*PLACING.findall(told.title)} for told in (first, second))
    return bool(here and there) and here != there


def _are_sessions(first: Told, second: Told) -> bool:
    return all(MARKET.search(told.title) for told in (first, second))


def _is_price_and_part(first: Told, second: Told) -> bool:
    here, there = (bool(PRICE.search(told.title)) for told in (first, second))
    common = first.tokens & second.tokens
    return here != there and any(
        word in first.names or LATIN_OR_NUMBER.fullmatch(word) for word in common
    )


def _is_one_speaker(first: Told, second: Told) -> bool:
    return first.speaker is not None and first.speaker == second.speaker


def _filled(holds: Callable[[Told, str], bool]) -> Callable[[Told, Told], bool]:
    def is_so(first: Told, second: Told) -> bool:
        between = _framed(first, second)
        return between is not None and holds(first, between[0]) and holds(second, between[1])

    return is_so


def _has_digit(_: Told, filling: str) -> bool:
    return any(letter.isdigit() for letter in filling)


def _has_name(told: Told, filling: str) -> bool:
    return any(name in filling or filling in name for name in told.names)


def _is_sequel(first: Told, second: Told) -> bool:
    return any(
        one != other and one[:2] == other[:2] for one in first.works for other in second.works
    )


def _are_two_offices(first: Told, second: Told) -> bool:
    here, there = ({*SAID.findall(told.title)} for told in (first, second))
    return bool(here & there) and bool(first.names - second.names and second.names - first.names)


def _is_one_name(first: Told, second: Told) -> bool:
    common = first.tokens & second.tokens
    return len(common) == 1 and common <= first.names


def _are_two_figures(first: Told, second: Told) -> bool:
    common = first.tokens & second.tokens
    named = first.names - second.names and second.names - first.names
    return bool(common and named) and not common & first.names


def _is_reworded(first: Told, second: Told) -> bool:
    return len(first.tokens & second.tokens) > 1 and letters_alike(first, second) < 0.5


KINDS: Mapping[str, Callable[[Told, Told], bool]] = {
    "mirrored": _is_mirrored,  # the same two sides, a result told from either
    "two_matches": lambda one, other: are_two_matches(one.item.claims, other.item.claims),
    "match_and_more": _is_match_and_more,  # a match, and a side of it without an opponent
    "age_group": _are_age_groups,
    "in_a_row": lambda one, other: counts_differ(one.item.claims, other.item.claims),
    "placing": _are_placings,  # champion and runner-up
    "sequel": _is_sequel,
    "session": _are_sessions,  # another market, metal or session
    "undone": _is_undone,  # a thing and its undoing
    "price_and_part": _is_price_and_part,
    "one_speaker": _is_one_speaker,  # several statements of one press conference, or of many
    "template_number": _filled(_has_digit),
    "template_name": _filled(_has_name),
    "template": lambda one, other: _framed(one, other) is not None,
    "one_work": lambda one, other: bool(one.works & other.works),
    "two_offices": _are_two_offices,
    "one_name": _is_one_name,  # several affairs of a person, a firm, a team
    "two_figures": _are_two_figures,  # an event told by two of its figures
    "reworded": _is_reworded,
    "one_word": lambda one, other: len(one.tokens & other.tokens) == 1,
    "alike": lambda *_: True,  # no more than letters, or nearly the same words
}
"""Asked in this order; a pair is of the first kind that fits."""


def kind_of(first: Told, second: Told) -> str:
    """The kind of a pair, whichever stands first."""
    return next(name for name, fits in KINDS.items() if fits(first, second))
