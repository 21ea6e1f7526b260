"""How wide text is in a picture, and which of it no font of this machine draws."""

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

import vl_convert

from pipelines.text.scripts import has_han

FAMILIES = (
    "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, "
    "WenQuanYi Micro Hei, sans-serif"
)
"""Fonts with Chinese characters, of Linux, macOS and Windows; the last stands for whatever there is."""

FULL, BOLD = 1.0, 1.07
_WIDTHS = dict.fromkeys("mwMW%@", 0.92) | dict.fromkeys("ijlI.,;:'|!()[] ", 0.34) | {"–": 0.6}
_UPPER, _OTHER = 0.68, 0.56
"""Of the height of a line; a little more than the fonts above have, so that no line is too long."""

_NOWHERE = "\U0010fffd"
"""A private character, which no font has: it is drawn as what is missing is."""

_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><text y="18" font-size="16" font-family="{families}">&#{point};</text></svg>'  # fmt: skip # noqa: E501
_UNSEEN = frozenset({"Mn", "Me", "Cf", "Zs"})


class NoFontError(Exception):
    """No font of this machine has Chinese characters."""


def text_width(height: float, *, is_bold: bool = False) -> Callable[[str], float]:
    """What measures text of a font size, in the same unit."""
    scale = height * (BOLD if is_bold else FULL)
    return lambda text: scale * sum(map(_width, text))


def undrawn(text: str) -> str:
    """The characters of a text that no font here draws, each once.

    Raises NoFontError where none of its Chinese characters is drawn.
    """
    characters = dict.fromkeys(
        each for each in text if unicodedata.category(each) not in _UNSEEN and not each.isascii()
    )
    missing = [character for character in characters if not _is_drawn(character)]
    chinese = list(filter(has_han, characters))
    if chinese and not set(chinese) - set(missing):
        raise NoFontError(
            f"No font of this machine draws Chinese characters ({_listed(chinese)}), so a picture would be "
            "of boxes. Install one, such as Noto Sans CJK (Debian and Ubuntu: apt install fonts-noto-cjk), "
            "then run this again."
        )
    return "".join(missing)


def _listed(characters: Iterable[str]) -> str:
    return "".join(characters)[:3]


@cache
def _is_drawn(character: str) -> bool:
    return _drawn(character) not in {_drawn(_NOWHERE), _drawn(" ")}


@cache
def _drawn(character: str) -> bytes:
    probe = _PROBE.format(families=FAMILIES, point=ord(character))
    return bytes(vl_convert.svg_to_png(probe))


def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return FULL
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    if not character.isascii():
        return _WIDTHS.get(character, FULL)
    return _WIDTHS.get(character, _UPPER if character.isupper() else _OTHER)
