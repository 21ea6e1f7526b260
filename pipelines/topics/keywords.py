"""Words of a topic that a person would write: whole names and things, no pieces of them.

A dictionary cuts what it does not know into pieces that look like words. What shows a piece for one is its
company: a surname left alone before it, the same neighbour in all titles of the topic. Such pieces are
joined; what is still a guess then, and is no name, is left out.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from pipelines.text.lexicon import read_words
from pipelines.text.titles import comparable
from pipelines.text.tokens import is_listed
from pipelines.topics.categories import Said

NAME_WEIGHT = 2.0
"""A name says more of a story than another word."""

FEW_NOUNS = 2
"""Who and what tell a story; a verb is shown where there are fewer."""

SHOWN = 8

TOLD_BY = 0.03
"""Of a great story's words those are told that this share of its titles has."""

FEW_WORDS = 3
"""Of a topic of several titles those words are told that two of them share, if there are so many."""

LONGEST = 8
"""Characters of pieces that are joined: longer runs are sentences."""

NAMES = frozenset({"nr", "ns", "nt", "nz"})
"""ICTCLAS tags of names: people, places, bodies, other things."""

TRANSLITERATED = "nrt"
SAY_NOTHING_ALONE = frozenset("abdfilmstz")
"""First letters of tags of what describes, counts, dates or is a phrase: in titles, but no keyword."""

TRAILING = frozenset("起出下到来上为成过去给入")
"""A verb that ends so wants an object: a piece of a sentence."""

ENDINGS = frozenset("员师者家手车机店厂费案票片剧赛奖室院")
"""What makes a person or a thing of a verb."""

MULTIPLE = 2
FREE_FROM = 3
"""Different neighbours on either side from which on a guess is a word: two titles may share a slip."""


class Piece(NamedTuple):
    """A word of a title, or what several of its words are together; a guess is in no dictionary."""

    token: str
    tag: str
    is_keyword: bool
    is_guess: bool


@dataclass(frozen=True)
class Cut:
    """A title folded, and its pieces in order."""

    text: str
    pieces: tuple[Piece, ...]

    @cached_property
    def tokens(self) -> frozenset[str]:
        """What stands in it."""
        return frozenset(piece.token for piece in self.pieces)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbours that may be pieces of one name or thing."""
        return frozenset(
            (left.token, right.token)
            for left, right in pairwise(self.pieces)
            if len(left.token + right.token) <= LONGEST
            and _are_one(left, right)
            and left.token + right.token in self.text
        )

    @cached_property
    def speaking(self) -> Mapping[str, str]:
        """What may be a keyword, and its tag."""
        return {piece.token: piece.tag for piece in self.pieces if _speaks(piece)}

    @cached_property
    def doubted(self) -> Mapping[str, tuple[str, str, str]]:
        """Guesses that would be keywords if they were words: tag, and what stands left and right."""
        tokens = ["", *(piece.token for piece in self.pieces), ""]
        return {
            piece.token: (piece.tag, tokens[place - 1], tokens[place + 1])
            for place, piece in enumerate(self.pieces, 1)
            if piece.is_guess and not _speaks(piece) and _speaks(piece._replace(is_guess=False))
        }


@cache
def _surnames() -> frozenset[str]:
    return frozenset(read_words("surnames"))


@cache
def _alone() -> frozenset[str]:
    return frozenset(read_words("alone"))


def _looks_like_a_person(token: str) -> bool:
    return len(token) == 3 and token[0] in _surnames()  # noqa: PLR2004 - surname and two characters


@lru_cache(maxsize=65_536)
def _piece(word: Said) -> Piece:
    token, tag, is_keyword, is_found = word
    is_guess = not (is_found or tag == "nz" or is_listed(token))
    return Piece(token, tag, is_keyword, is_guess)


def pieces_of(title: str, said: Sequence[Said]) -> Cut:
    """A clean title folded, and its words, with surnames that were left alone joined to what follows."""
    text = comparable(title)
    joined: list[Piece] = []
    for piece in map(_piece, said):
        before = joined[-1] if joined else None
        if before and len(before.token) == 1 and len(piece.token) <= MULTIPLE:
            is_name = piece.tag[:2] in {"nr", "nz"} and before.token in _surnames()
            if is_name and before.token + piece.token in text:
                # Of a transliterated name more may be missing than its first sign.
                is_guess = piece.tag == TRANSLITERATED
                joined[-1] = Piece(before.token + piece.token, "nr", True, is_guess)
                continue
        joined.append(piece)
    return Cut(text, tuple(joined))


def _are_one(left: Piece, right: Piece) -> bool:
    """Whether two neighbours may be pieces of one name or thing."""
    if not (left.token + right.token).isalpha() or left.token.isascii() != right.token.isascii():
        return False
    if left.token in _alone() or right.token in _alone():
        return False
    if len(right.token) == 1:
        # What ends a word: 外卖 and 员; what a guess left over: 可复 and 美.
        is_end = left.tag[:1] == "v" and right.token in ENDINGS
        return is_end or (right.tag[:1] in "ngk" and (left.is_guess or left.tag[:1] in "nj"))
    if len(left.token) == 1:
        return left.tag[:1] in "nqgjz" and (right.is_guess or right.tag[:2] in NAMES)
    if "nr" in {left.tag[:2], right.tag[:2]}:
        return left.is_guess or right.is_guess
    # Two words of the dictionary side by side are a phrase.
    is_new = any(piece.is_guess or piece.tag[:2] in NAMES for piece in (left, right))
    return is_new and all(piece.tag[:1] in "nj" for piece in (left, right))


def _joined(titles: list[Cut]) -> list[Cut]:
    """The titles' pieces, those joined that stand together wherever either stands, in several titles."""
    while together := Counter(chain.from_iterable(title.pairs for title in titles)):
        stand = Counter(chain.from_iterable(title.tokens for title in titles))
        pairs = {
            pair
            for pair, count in together.items()
            if count >= MULTIPLE
            and count in {max(map(stand.__getitem__, pair)), _longer(pair, stand)}
        }
        if not pairs:
            break
        titles = [
            title
            if pairs.isdisjoint(title.pairs)
            else Cut(title.text, tuple(_with_pairs(title.pieces, pairs)))
            for title in titles
        ]
    return titles


def _longer(pair: tuple[str, str], stand: Mapping[str, int]) -> int:
    """In how many titles the longer of two pieces stands, if the other is a single sign; else none."""
    left, right = pair
    if min(len(left), len(right)) > 1:
        return 0
    return stand[max(pair, key=len)]


def _with_pairs(pieces: Sequence[Piece], pairs: set[tuple[str, str]]) -> Iterator[Piece]:
    place = 0
    while place < len(pieces):
        left = pieces[place]
        right = pieces[place + 1] if place + 1 < len(pieces) else None
        if right and (left.token, right.token) in pairs:
            name = next((piece.tag for piece in (left, right) if piece.tag[:2] in NAMES), "n")
            yield Piece(left.token + right.token, name, True, False)
            place += 2
        else:
            yield left
            place += 1


def _speaks(piece: Piece) -> bool:
    token, tag = piece.token, piece.tag
    if not piece.is_keyword or len(token) == 1 or not any(sign.isalpha() for sign in token):
        return False
    if tag[:1] in SAY_NOTHING_ALONE or (tag == "v" and token[-1] in TRAILING):
        return False
    return not piece.is_guess or (tag[:2] == "nr" and _looks_like_a_person(token))


def _weight(tag: str) -> float:
    return NAME_WEIGHT if tag[:2] in NAMES else 1.0


def telling_words(titles: Iterable[Cut]) -> list[tuple[str, str]]:
    """(word, ICTCLAS tag) of what a topic's titles tell; what tells most comes first. A title that comes
    again says nothing new."""
    cut = list({title.text: title for title in titles}.values())
    if len(cut) == 1:
        # Nothing is shared, and no guess has other neighbours.
        return sorted(
            cut[0].speaking.items(), key=lambda told: (-_weight(told[1]), -len(told[0]), told[0])
        )
    cut = _joined(cut)
    counts = Counter(chain.from_iterable(title.tokens for title in cut))
    tags: dict[str, str] = {}
    sides: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for title in cut:
        for word, tag in title.speaking.items():
            tags.setdefault(word, tag)
        for word, stood in title.doubted.items():
            sides[word].append(stood)
    for word, stood_so in sides.items():
        if _is_free(stood_so):
            tags.setdefault(word, stood_so[0][0])
    shared = {word for word in tags if counts[word] >= MULTIPLE}
    if len(shared) >= FEW_WORDS or any(tags[word] != "v" for word in shared):
        least = max(MULTIPLE, math.ceil(len(cut) * TOLD_BY))
        tags = {word: tag for word, tag in tags.items() if counts[word] >= least} or tags
    return sorted(
        tags.items(), key=lambda told: (-counts[told[0]] * _weight(told[1]), -len(told[0]), told[0])
    )


def _is_free(stood: Sequence[tuple[str, str, str]]) -> bool:
    """Whether a guess stood between several neighbours on either side: so it is a word."""
    return (
        min(len({left for _, left, _ in stood}), len({right for _, _, right in stood})) >= FREE_FROM
    )


def keywords(told: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Of telling words those that are shown: no part of another, and verbs where there is little else."""
    shown: list[str] = []
    nouns = [word for word, tag in told if tag != "v"]
    verbs = [word for word, tag in told if tag == "v"]
    for word in (*nouns, *verbs[: max(0, FEW_NOUNS - len(nouns))]):
        if len(shown) == SHOWN:
            break
        if not any(word in other or other in word for other in shown):
            shown.append(word)
    return tuple(shown)
