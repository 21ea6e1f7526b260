"""Numbers that look thrown and are the same every time: they depend on nothing but a text."""

import zlib


def draw(text: str) -> int:
    """A number below 2**32 that depends on nothing but the text."""
    return zlib.crc32(text.encode()) * 2_654_435_761 % 2**32
