"""Cutting titles into words with their part of speech, each distinct title once."""

from dataclasses import dataclass
from functools import cache

import rjieba

from pipelines.clean import NOT_WORD, comparable
from pipelines.words import read_words

SILENT_TAGS = frozenset("cdefhkopqruwxyz")
"""First letters of ICTCLAS tags that carry no subject: particles, prepositions, pronouns, signs."""

USER_WORD_TAG = "nz"
"""User words are mostly names of things; ICTCLAS calls those nz."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a title, folded, with its ICTCLAS tag."""

    token: str
    part_of_speech: str
    is_keyword: bool


@cache
def _jieba() -> rjieba.Jieba:
    cutter = rjieba.Jieba()
    for word in read_words("user"):
        cutter.add_word(word, None, USER_WORD_TAG)
    return cutter


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(read_words("stop"))


def cut(text: str) -> list[str]:
    """The words of a text in order, nothing dropped: joined they are the text."""
    words: list[str] = _jieba().cut(text)
    return words


def tokenise(clean_title: str) -> tuple[Token, ...]:
    """The words of a clean title, folded; signs and spaces are left out.

    The text is folded before it is cut, so that 臺灣 and 台湾, ＡＩ and AI are one word.
    """
    tokens = []
    for word, tag in _jieba().tag(comparable(clean_title)):
        folded = NOT_WORD.sub("", word) if not any(c.isdigit() for c in word) else word.strip()
        if folded:
            keyword = folded not in _stop_words() and _is_subject(folded, tag)
            tokens.append(Token(folded, tag, keyword))
    return tuple(tokens)


def _is_subject(word: str, tag: str) -> bool:
    if word.isascii():
        return len(word) > 1 or word.isdigit()
    return tag[:1] not in SILENT_TAGS and not (len(word) == 1 and tag[:1] not in "nj")
