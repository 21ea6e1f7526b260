"""In which letters a title is written: what a reader who knows no Chinese can read."""

import re
import unicodedata
from collections.abc import Iterable

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\d_]+")
LETTERS_A_CHARACTER = 3
"""What a Chinese character says takes as many letters and more."""
WORDS_LEAST = 3
"""Fewer, the names of two teams mostly, say less than the title that they stand beside."""


def has_han(text: str) -> bool:
    """Whether a text has a Chinese character in it."""
    return _HAN.search(text) is not None


def is_lettered(text: str) -> bool:
    """Whether a text is in an alphabet but for a word or two: its letters far outnumber its characters."""
    letters = sum(letter.lower() != letter.upper() for letter in text)
    return letters > LETTERS_A_CHARACTER * len(_HAN.findall(text))


def is_latin(title: str) -> bool:
    """Whether a title is a few words in Latin letters, and in no others."""
    words = _WORD.findall(title)
    return len(words) >= WORDS_LEAST and all(
        unicodedata.name(letter, "").startswith("LATIN ") for word in words for letter in word
    )


def latin_title(title: str, others: Iterable[str]) -> str | None:
    """The first of the other titles that is in Latin letters; None where ``title`` has no Chinese character,
    or none is."""
    return next(filter(is_latin, others), None) if has_han(title) else None
