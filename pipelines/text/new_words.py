"""New words and names, found in the titles themselves.

A dictionary does not know who became known this morning: it cuts a new name into single characters.
So what is looked at is runs of adjacent pieces of the dictionary's own cut in which a single character
is left over. A run is a word when it was seen in several titles, when its parts are seen together far
more often than chance would have it (pointwise mutual information, Church & Hanks 1990), and when what
stands on either side of it varies (branching entropy, Jin & Tanaka-Ishii 2006); a work is a word when
two titles print it in book marks. Titles are counted by the hour, and what an hour teaches is known
from its end on: so the same titles give the same words, in one go or tick by tick.
"""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from pipelines.rules import WORD_MEMORY_DAYS
from pipelines.text.known_words import StruckWord
from pipelines.text.lexicon import read_words
from pipelines.text.tokens import MARKED

REMEMBERED_FOR = timedelta(days=WORD_MEMORY_DAYS)
"""A name is made within weeks; over years any two neighbours would meet often enough."""

FEWEST_TITLES = 4
"""Seen in fewer titles, a run's neighbours say nothing yet; one story is told in two or three."""

FEWEST_MARKED = 2
"""Titles that must print a work in book marks: one may have marked anything."""

LEAST_COHESION = 3.0
"""Natural logarithm: 20 times as often together as chance would have it."""

LEAST_COHESION_WITH_WORDS = 6.0
"""The same when a part is a word of its own: 400 times. 'Typhoon' and 'eye' meet for many reasons."""

LEAST_VARIETY = 1.0
"""Entropy of the neighbours on the poorer side, nats: that of three that are equally frequent is 1.1."""

LONGEST = 5
"""Characters of a run; longer new words are works, and those are printed in book marks."""

MOST_PARTS = 4
MOST_PARTS_WITH_WORDS = 3

SURNAMES_LIKE_WORDS = frozenset("高黄马金白江方石安文史夏贺毛常温康向易武戴严牛洪龙段汤黎车")
"""These begin many other words: only of three characters is what they begin taken for a person."""

NUMERALS = frozenset("一二三四五六七八九十百千万两几第")
"""A piece that begins with one counts what follows; it names nothing."""

EDGE = ""
"""Stands for a neighbour that is no Chinese word: the end of the title, a sign, a number."""


class Sights(NamedTuple):
    """What one hour's new titles show of a run of pieces: how many have it, and between what."""

    token: str
    title_count: int
    marked_count: int
    parts: Sequence[str]
    lefts: Sequence[str]
    rights: Sequence[str]


@dataclass(frozen=True, slots=True)
class NewWord:
    """A word that is known from ``found_at`` on, with the evidence there was by then."""

    token: str
    found_at: datetime
    part_of_speech: str
    title_count: int
    marked_count: int
    cohesion: float
    left_variety: float
    right_variety: float


@cache
def _alone() -> frozenset[str]:
    return frozenset(read_words("alone"))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(read_words("surnames"))


@lru_cache(maxsize=65_536)
def _is_han(piece: str) -> bool:
    return "\u3400" <= piece[0] <= "\u9fff" and piece != "丨"  # a stroke that stands for a bar


@lru_cache(maxsize=65_536)
def _may_join(piece: str) -> bool:
    return _is_han(piece) and piece not in _alone() and piece[0] not in NUMERALS


def sights(titles: Iterable[tuple[str, Sequence[str]]]) -> list[Sights]:
    """What an hour's new titles show, in order of token; a title is (folded text, its pieces).

    A run that stands twice in a title counts once. Every piece is counted too, without neighbours:
    runs are measured by their parts.
    """
    counts: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    runs: dict[str, list[_Run]] = {}
    for text, pieces in titles:
        shown = _runs(pieces)
        counts.update(shown.keys())
        for token, run in shown.items():
            if run is not None:
                runs.setdefault(token, []).append(run)
        if "《" in text:
            marked.update(set(MARKED.findall(text)).difference(pieces))
    return [
        _sights(token, counts[token], marked[token], runs.get(token, ()))
        for token in sorted(counts.keys() | marked.keys())
    ]


def _sights(token: str, title_count: int, marked_count: int, runs: Sequence["_Run"]) -> Sights:
    if not runs:
        return Sights(token, title_count, marked_count, (), (), ())
    lefts = tuple(sorted(run.left for run in runs))
    rights = tuple(sorted(run.right for run in runs))
    return Sights(token, title_count, marked_count, max(run.parts for run in runs), lefts, rights)


class _Run(NamedTuple):
    parts: tuple[str, ...]
    left: str
    right: str


def _runs(pieces: Sequence[str]) -> dict[str, _Run | None]:
    """Token -> its first run in the title, or None for a single piece."""
    joins = list(map(_may_join, pieces))
    found: dict[str, _Run | None] = {}
    for start, piece in enumerate(pieces):
        if not joins[start]:
            continue
        found.setdefault(piece, None)
        token, last = piece, piece
        for end in range(start + 1, min(len(pieces), start + MOST_PARTS)):
            before, last = last, pieces[end]
            # Two words side by side are a phrase.
            if not joins[end] or (len(before) > 1 and len(last) > 1):
                break
            token += last
            parts = end + 1 - start
            if len(token) > LONGEST or len(token) > parts > MOST_PARTS_WITH_WORDS:
                break
            if found.get(token) is None:
                left, right = _neighbour(pieces, start - 1), _neighbour(pieces, end + 1)
                found[token] = _Run(tuple(pieces[start : end + 1]), left, right)
    return found


def _neighbour(pieces: Sequence[str], place: int) -> str:
    inside = 0 <= place < len(pieces) and _is_han(pieces[place])
    return pieces[place] if inside else EDGE


class Finder:
    """What was seen in the weeks before an hour, and which words were found by then."""

    def __init__(self, known: Iterable[str] = (), struck: Iterable[StruckWord] = ()) -> None:
        self._known = set(known)
        self._struck: defaultdict[str, list[StruckWord]] = defaultdict(list)
        for word in struck:
            self._struck[word.token].append(word)
        self._hours: deque[tuple[datetime, int, Sequence[Sights]]] = deque()
        self._title_count = 0
        self._counts: Counter[str] = Counter()
        self._shown: defaultdict[str, deque[Sights]] = defaultdict(deque)

    def recall(self, window_start: datetime, title_count: int, shown: Sequence[Sights]) -> None:
        """Take up an hour whose words are known: its new titles, and what they showed."""
        self._hours.append((window_start, title_count, shown))
        self._title_count += title_count
        for sight in shown:
            self._counts[sight.token] += sight.title_count
            if sight.parts or sight.marked_count:
                self._shown[sight.token].append(sight)

    def find(
        self, window_start: datetime, title_count: int, shown: Sequence[Sights]
    ) -> Iterator[NewWord]:
        """The words that an hour's new titles bring, shorter ones first; known from its end on."""
        self._forget(window_start - REMEMBERED_FOR)
        self.recall(window_start, title_count, shown)
        found_at = window_start + timedelta(hours=1)
        for sight in sorted(shown, key=lambda sight: (len(sight.token), sight.token)):
            if sight.token not in self._known and (sight.parts or sight.marked_count):
                word = self._judge(sight.token, sight.parts, found_at)
                if word is not None:
                    self._known.add(word.token)
                    yield word

    def _forget(self, before: datetime) -> None:
        while self._hours and self._hours[0][0] < before:
            _, title_count, shown = self._hours.popleft()
            self._title_count -= title_count
            for sight in shown:
                self._counts[sight.token] -= sight.title_count
                if sight.parts or sight.marked_count:
                    self._shown[sight.token].popleft()
                    if not self._shown[sight.token]:
                        del self._shown[sight.token]

    def _judge(self, token: str, parts: Sequence[str], found_at: datetime) -> NewWord | None:
        title_count = self._counts[token]
        marked_count = sum(sight.marked_count for sight in self._shown[token])
        is_marked = marked_count >= FEWEST_MARKED
        if not (is_marked or (parts and title_count >= FEWEST_TITLES)):
            return None
        cohesion = self._cohesion(token, parts) if parts else 0.0
        left = _variety(sight.lefts for sight in self._shown[token])
        right = _variety(sight.rights for sight in self._shown[token])
        least = LEAST_COHESION if len(parts) == len(token) else LEAST_COHESION_WITH_WORDS
        is_word = (
            title_count >= FEWEST_TITLES
            and cohesion >= least
            and min(left, right) >= LEAST_VARIETY
            and not self._holds_a_known_word(token, found_at)
        )
        if not (is_word or is_marked):
            return None
        return NewWord(
            token, found_at, "nz" if is_marked else _tag(token), title_count, marked_count,
            round(cohesion, 3), round(left, 3), round(right, 3),
        )  # fmt: skip

    def _holds_a_known_word(self, token: str, at: datetime) -> bool:
        """A name with another word beside it is no new name; what a person struck is no word."""
        spans = ((i, j) for i in range(len(token)) for j in range(i + 2, len(token) + 1))
        held = {token[i:j] for i, j in spans} & self._known
        return any(
            not any(word.holds_at(at) for word in self._struck.get(each, ())) for each in held
        )

    def _cohesion(self, token: str, parts: Sequence[str]) -> float:
        """The least pointwise mutual information of two halves, nats."""
        together = max(1, self._counts[token])

        def count(half: Sequence[str]) -> int:
            return max(together, self._counts["".join(half)])

        return min(
            math.log(together * self._title_count / (count(parts[:cut]) * count(parts[cut:])))
            for cut in range(1, len(parts))
        )


def _variety(neighbours: Iterable[Iterable[str]]) -> float:
    """Entropy, nats; an edge is another neighbour each time, for nothing holds the word there."""
    counts = Counter(chain.from_iterable(neighbours))
    total = counts.total()
    if not total:
        return 0.0
    edges = counts.pop(EDGE, 0)
    # fsum: the same to the last bit, in whatever order the neighbours came.
    known = math.fsum(-n / total * math.log(n / total) for n in counts.values())
    return known + edges / total * math.log(total)


def _tag(token: str) -> str:
    """ICTCLAS: nr for what looks like a person, else n."""
    if len(token) == 3 and token[0] in SURNAMES_LIKE_WORDS:  # noqa: PLR2004
        return "nr"
    is_person = token[:2] in _surnames() or (len(token) <= 3 and token[0] in _surnames())  # noqa: PLR2004
    return "nr" if is_person else "n"
