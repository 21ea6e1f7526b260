"""Names of topics for people: the number in base 32, which a spreadsheet leaves whole and a phone can spell.

A number of 19 digits loses its last ones in a spreadsheet. The letters are those of Crockford's base 32; it
has no i, l, o and u; what is read as one of those is taken for the digit that it looks like.
"""

import re

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_LOOKALIKES = str.maketrans({"i": "1", "l": "1", "o": "0", "-": ""})
_BITS = 5
_MARK = "t"
"""Comes first, so that no name reads as a number (``3e5``) or a date."""

SHORT_ID_PATTERN = f"{_MARK}[{_DIGITS}]{{1,13}}"
_NAME = re.compile(SHORT_ID_PATTERN)
LARGEST = 2**63 - 1


def is_topic_id(text: str) -> bool:
    """Whether a text is a topic's number or name; a title may begin like one."""
    try:
        topic_id(text)
    except NoTopicIdError:
        return False
    return True


class NoTopicIdError(ValueError):
    """A text names no topic."""


def short_id(topic_id: int) -> str:
    """The name of a topic: t and at most 13 letters and digits."""
    letters = []
    while True:
        topic_id, digit = divmod(topic_id, 1 << _BITS)
        letters.append(_DIGITS[digit])
        if not topic_id:
            return _MARK + "".join(reversed(letters))


def topic_id(text: str) -> int:
    """The number of a topic, from itself or its name. Raises NoTopicIdError."""
    stripped = text.strip().lower()
    if stripped.isascii() and stripped.isdecimal():
        return _checked(int(stripped), text)
    name = stripped.translate(_LOOKALIKES)
    if not _NAME.fullmatch(name):
        raise NoTopicIdError(
            f"{text!r} is no topic. Give its number, or its name such as {short_id(LARGEST)!r}, "
            "as the digest shows it."
        )
    number = 0
    for letter in name.removeprefix(_MARK):
        number = (number << _BITS) + _DIGITS.index(letter)
    return _checked(number, text)


def _checked(number: int, text: str) -> int:
    if number > LARGEST:
        raise NoTopicIdError(f"{text!r} is larger than any topic's number.")
    return number
