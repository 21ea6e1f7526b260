"""Titles and addresses as printed, made comparable: folding, mending and identity.

Cleaning never decides what a title means; it removes what hides that two titles are one.
"""

import html
import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

TRADITIONAL_TO_SIMPLIFIED = OpenCC("t2s")

INVISIBLE = re.compile(
    # Control characters, soft hyphen, zero-width and direction marks, the byte order mark, the
    # Hangul fillers and the blank Braille cell that boards use as an empty title.
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u115f\u1160\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffd\U000e0000-\U000e007f]"
)
SPACES = re.compile(r"\s+")
HASHES = ("#", "＃")
NOT_WORD = re.compile(r"[\W_]+")
LATIN_MOJIBAKE = re.compile(r"[\u0080-\u00ff]{3,}")

TITLE_LENGTH_LIMIT = 300
"""No board prints a headline of this length; more is a page that leaked into a title."""

PRINTED_LENGTH_LIMIT = 10 * TITLE_LENGTH_LIMIT
"""What is looked at of a title as printed: enough for entities of ten characters each. Cleaning goes over
the text again and again, and Python refuses an entity of more than 4,300 digits."""


def mended(text: str) -> str:
    """Undo UTF-8 that was read as Latin-1, where the bytes prove it; else the text unchanged."""
    if not LATIN_MOJIBAKE.search(text):
        return text
    for encoding in ("latin-1", "cp1252"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def clean_title(title: str) -> str:
    """The title as a person would copy it: one line, visible, without '#…#', mended, bounded.

    Case, width and traditional characters stay. May be empty: a title of blanks says nothing.
    """
    title = title[:PRINTED_LENGTH_LIMIT]
    # Boards escape twice, and what hid an entity or a mark may itself be hidden: until nothing changes.
    while (text := _cleaned_once(title)) != title:
        title = text
    return text


def _cleaned_once(title: str) -> str:
    text = mended(html.unescape(title))
    # A lone surrogate cannot be stored as UTF-8 by anyone downstream.
    text = text.encode("utf-8", "ignore").decode("utf-8")
    text = SPACES.sub(" ", INVISIBLE.sub("", text)).strip()
    # Weibo and Baidu wrap hot words in '#…#'; the marks are not part of the title.
    while len(text) > 2 and text.startswith(HASHES) and text.endswith(HASHES):  # noqa: PLR2004 - the marks
        text = text[1:-1].strip()
    return text[:TITLE_LENGTH_LIMIT].rstrip()


@lru_cache(maxsize=65_536)
def comparable(cleaned: str) -> str:
    """The title without differences of width, case and script variant; words and signs stay."""
    return _simplified(_narrow(cleaned))


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _simplified(text: str) -> str:
    return text if text.isascii() else TRADITIONAL_TO_SIMPLIFIED.convert(text)


def fold_title(cleaned: str) -> str:
    """What is left when width, case, script variant, spaces and punctuation are set aside.

    Titles made of nothing but signs fold to themselves, so that they stay apart.
    """
    text = _narrow(cleaned)
    # Joined first: 乾 and 隆 with a space between them are still the emperor, and no 干.
    return _simplified(_joined(text) or SPACES.sub("", text))


def _joined(text: str) -> str:
    """Word characters only; a sign between digits stays, for 4-1 is not 41 and 1.5 is not 15."""
    return NOT_WORD.sub(_sign_between_digits, text)


def _sign_between_digits(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    between = start > 0 and end < len(text) and text[start - 1].isdigit() and text[end].isdigit()
    return (match[0].strip() or " ")[0] if between else ""
