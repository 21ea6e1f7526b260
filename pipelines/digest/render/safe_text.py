"""Text and links from the open web, made safe to place in any format.

A title is whatever a stranger typed; these rules hold before any format's own escaping.
"""

import unicodedata
from urllib.parse import quote, urlsplit

TITLE_WIDTH = 80  # characters: two lines on a phone in Chinese; the longest real headlines are ~60
KEYWORD_WIDTH = 24  # characters: a longer "keyword" is a sentence
ELLIPSIS = "…"

# Joins the parts of one emoji (family, flag, profession); the only invisible character kept.
_ZERO_WIDTH_JOINER = "\u200d"
_INVISIBLE = {"Cc", "Cf", "Cs"}  # controls, bidi and other format marks, lone surrogates
_LINKABLE = {"http", "https"}
# Left as they are in an address; everything else, quotes and brackets too, is percent-encoded.
_ADDRESS_MARKS = "%/:?#[]@!$&*+,;=~"


def plain(text: str) -> str:
    """One line of visible characters: no control, bidi or format marks, no lone surrogates."""
    folded = "".join(" " if character.isspace() else character for character in text)
    kept = "".join(character for character in folded if _is_visible(character))
    return " ".join(kept.split()).strip(_ZERO_WIDTH_JOINER + " ")


def cut(text: str, width: int = TITLE_WIDTH) -> str:
    """The text in at most ``width`` characters, an ellipsis included; no emoji is cut in two."""
    if len(text) <= width:
        return text
    end = width - len(ELLIPSIS)
    while end > 0 and are_joined(text[end - 1], text[end]):
        end -= 1
    return text[:end].rstrip() + ELLIPSIS


def are_joined(before: str, after: str) -> bool:
    """Whether two characters in a row are parts of one sign (accents, emoji of several parts)."""
    joined = _ZERO_WIDTH_JOINER in {before, after}
    return joined or unicodedata.category(after) in {"Mn", "Me", "Sk"}


def web_link(url: str | None) -> str | None:
    """The address in ASCII where it is http or https with a host, else None."""
    if url is None:
        return None
    stripped = url.strip()
    if any(character.isspace() or not _is_visible(character) for character in stripped):
        return None
    try:
        parts = urlsplit(stripped)
        host = parts.hostname
    except ValueError:  # "http://[oops": no browser would follow it either
        return None
    if parts.scheme not in _LINKABLE or not host or "\\" in stripped:
        return None
    if "@" in parts.netloc:  # "https://bank.example@evil.example": a name that reads as a host
        return None
    return quote(stripped, safe=_ADDRESS_MARKS)


def _is_visible(character: str) -> bool:
    if character == _ZERO_WIDTH_JOINER:
        return True
    # XML 1.0 forbids U+FFFE and U+FFFF; no noncharacter has a meaning outside a program.
    point = ord(character)
    is_noncharacter = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF  # noqa: PLR2004
    return not is_noncharacter and unicodedata.category(character) not in _INVISIBLE
