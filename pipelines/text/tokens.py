"""Cutting titles into words with their part of speech, each distinct title once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from operator import add

import rjieba

from pipelines.text.lexicon import read_words
from pipelines.text.titles import NOT_WORD, TITLE_LENGTH_LIMIT, clean_title, comparable

SILENT_TAGS = frozenset("cdefhkopqruwxyz")
"""First letters of ICTCLAS tags that carry no subject: particles, prepositions, pronouns, signs."""

USER_WORD_TAG = "nz"
"""User words are mostly names of things; ICTCLAS calls those nz."""


MARKED = re.compile(r"《(?P<work>[\u3400-\u9fffa-z0-9]{2,8})》")
"""A short work in book marks is one word; a longer one is a sentence, and is cut as one."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a title, folded, with its ICTCLAS tag."""

    token: str
    part_of_speech: str
    is_keyword: bool


@lru_cache(maxsize=2)
def _jieba(listed: tuple[str, ...] = ()) -> rjieba.Jieba:
    cutter = rjieba.Jieba()
    for word in (*read_words("user"), *filter(None, map(_folded, listed))):
        cutter.add_word(word, None, USER_WORD_TAG)
    return cutter


def _folded(word: str) -> str:
    return comparable(clean_title(word))


LATIN = re.compile(r"[^\W_]", re.ASCII)


@lru_cache(maxsize=2)
def _split_words(listed: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds the listed words that the dictionary splits all the same: at signs, spaces, foreign letters.

    "C++" is not found in "abc++", nor "5·20" in "15·20".
    """
    cutter = _jieba(listed)
    folded = {word for word in map(_folded, listed) if _says_something(word)}
    split = [word for word in folded if list(cutter.cut(word)) != [word] or not word.isalnum()]
    if not split:
        return None
    ends = (
        (r"(?<![a-z0-9])" if LATIN.match(word[0]) else "")
        + re.escape(word)
        + (r"(?![a-z0-9])" if LATIN.match(word[-1]) else "")
        for word in sorted(split, key=lambda word: (-len(word), word))
    )
    return re.compile("|".join(ends))


def _says_something(word: str) -> bool:
    return bool(NOT_WORD.sub("", word))


def uncut_words(listed: Iterable[str]) -> tuple[str, ...]:
    """The listed words that are not cut whole wherever they stand: signs alone, a single character, which the
    words around it may take in, and what is longer than titles are."""
    words = tuple(listed)
    cutter = Cutter(words)

    def is_whole(word: str) -> bool:
        found = [token.token for token in cutter.tokenise(clean_title(word))]
        return found == [_folded(word)] and 1 < len(word) <= TITLE_LENGTH_LIMIT

    return tuple(word for word in words if not is_whole(word))


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(read_words("stop"))


class Cutter:
    """The dictionary, the words that people listed, and the words found in titles so far.

    A found word is no part of the dictionary's own cut, so that one process can cut as of many instants.
    """

    def __init__(self, listed: Iterable[str] = ()) -> None:
        words = tuple(listed)
        self._jieba = _jieba(words)
        self._split_words = _split_words(words) if words else None
        self._found: dict[str, str] = {}
        self._struck: set[str] = set()
        self._by_head: dict[str, list[int]] = {}

    def learn(self, word: str, part_of_speech: str) -> None:
        """From now on ``word``, folded and of two characters or more, is cut whole."""
        self._struck.discard(word)
        self._found[word] = part_of_speech
        lengths = self._by_head.setdefault(word[:2], [])
        if len(word) not in lengths:
            lengths.append(len(word))
            lengths.sort(reverse=True)

    def strike(self, word: str) -> None:
        """From now on ``word`` is none: it is not learnt, and where it is guessed its pieces stand."""
        self._found.pop(word, None)
        self._struck.add(word)

    def release(self, word: str) -> None:
        """From now on ``word`` is struck no more; it is cut as it was before it was learnt."""
        self._struck.discard(word)

    def pieces(self, text: str) -> list[str]:
        """The dictionary's own cut of a folded text, nothing guessed: what it does not know is left
        in single characters. Joined they are the text."""
        cut: list[str] = self._jieba.cut(text, False)
        return cut

    def tokenise(self, clean_title: str) -> tuple[Token, ...]:
        """The words of a clean title, folded; signs and spaces are left out.

        The text is folded before it is cut, so that 臺灣 and 台湾, ＡＩ and AI are one word.
        """
        return tuple(self._tokens(comparable(clean_title)))

    def _tokens(self, text: str) -> Iterator[Token]:
        done = 0
        for start, end in self._spans(text):
            yield from self._tagged(text[done:start])
            word = text[start:end]
            tag = self._found.get(word, USER_WORD_TAG)
            yield Token(word, tag, word not in _stop_words())
            done = end
        yield from self._tagged(text[done:])

    def _tagged(self, text: str) -> Iterator[Token]:
        for word, tag in self._tags(text):
            folded = word if word.isalnum() else _without_signs(word)
            if folded:
                keyword = folded not in _stop_words() and _is_subject(folded, tag)
                yield Token(folded, tag, keyword)

    def _tags(self, text: str) -> Iterator[tuple[str, str]]:
        for word, tag in self._jieba.tag(text):
            if word in self._struck:
                for piece in self.pieces(word):
                    yield from self._jieba.tag(piece)
            else:
                yield word, tag

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where found words, listed ones with signs and works in book marks stand: the first and longest."""
        marked = dict(match.span("work") for match in MARKED.finditer(text)) if "《" in text else {}
        if self._split_words is not None:
            marked |= dict(match.span() for match in self._split_words.finditer(text))
        heads = self._by_head
        if not marked and heads.keys().isdisjoint(map(add, text, text[1:])):
            return
        # A word is found only where the dictionary begins and ends words too: not within others.
        edges = {0, *accumulate(map(len, self.pieces(text)))}
        done = 0
        for start in range(len(text)):
            if start < done:
                continue
            end = marked.get(start)
            if end is None and start in edges:
                lengths = heads.get(text[start : start + 2], ())
                ends = (start + n for n in lengths if text[start : start + n] in self._found)
                end = next((edge for edge in ends if edge in edges), None)
            if end is not None:
                yield start, end
                done = end


@cache
def _dictionary() -> Cutter:
    return Cutter()


@lru_cache(maxsize=65_536)
def is_listed(token: str) -> bool:
    """Whether the dictionary has the word, cut whole; what is in Latin letters is taken for listed."""
    return token.isascii() or len(token) == 1 or len(_dictionary().pieces(token)) == 1


def cut(text: str) -> list[str]:
    """The words of a text in order, nothing dropped: joined they are the text."""
    words: list[str] = _jieba().cut(text)
    return words


def pieces(text: str) -> list[str]:
    """The dictionary's cut of a folded text, nothing guessed: what it does not know is single characters."""
    return _dictionary().pieces(text)


def tokenise(clean_title: str) -> tuple[Token, ...]:
    """The words of a clean title as the dictionary and the packaged word list know them."""
    return _dictionary().tokenise(clean_title)


def _without_signs(word: str) -> str:
    # A number keeps its sign: 4-1, 1.5.
    return word.strip() if any(c.isdigit() for c in word) else NOT_WORD.sub("", word)


def _is_subject(word: str, tag: str) -> bool:
    if word.isascii():
        return len(word) > 1 or word.isdigit()
    return tag[:1] not in SILENT_TAGS and not (len(word) == 1 and tag[:1] not in "nj")
