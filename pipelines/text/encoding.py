"""Bytes as text where nobody says how they are written: UTF-8, UTF-16, UTF-32, else what chardet finds.

A file is often put together of others: each of its lines is read in the encoding that it is written in.
"""

import codecs
from collections.abc import Iterator, Sequence

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before UTF-16, whose mark is the beginning of this one.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LOOKED_AT = 200_000
"""Bytes that tell an encoding: more of them tell the same."""

PLAIN_LOOKED_AT = 100
"""Lines of ASCII signs alone, which tell what words there are."""

WIDER = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5hkscs"), "big5hkscs"),
    **dict.fromkeys(("euc-kr", "cp949"), "cp949"),
    **dict.fromkeys(("shift_jis", "cp932"), "cp932"),
    "euc-jp": "euc_jp",
    "ascii": "utf-8",
}
"""What holds all signs of the other: programs write these where they name the smaller one."""

OF_MANY_BYTES = {*WIDER.values()} - {"utf-8"}

LOST = "\N{REPLACEMENT CHARACTER}"
FEW_LOST = 2
"""A sign that was cut in the midst is read as one or two that are lost."""


def decode_bytes(content: bytes) -> str:
    """The text of ``content``; U+FFFD stands where a sign cannot be read."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if wide := _without_mark(content[:LOOKED_AT]):
        return content.decode(wide, "replace")
    # A line's end is no part of a sign in any encoding that is left.
    return "\n".join(decode_all(content.split(b"\n")))


def decode_all(parts: Sequence[bytes]) -> Iterator[str]:
    """The texts of lines or values of one file: what is in doubt of one is told by the others."""
    known = [_strictly(part, "utf-8") for part in parts]
    others = sum(text is not None and not text.isascii() for text in known)
    strange = sum(text is None for text in known)
    is_mostly_utf8 = others > strange
    encoding = _found(parts, known) if strange else "utf-8"
    for part, text in zip(parts, known, strict=True):
        if text is None:
            yield (_mended(part) if is_mostly_utf8 else None) or part.decode(encoding, "replace")
        elif is_mostly_utf8 or text.isascii() or max(text) >= "\u0800":
            yield text
        else:
            # Two signs of Chinese may be two of Greek: 联通.
            yield _strictly(part, encoding) or text


def _mended(part: bytes) -> str | None:
    """The UTF-8 of a part that was damaged; None where too little is left of it to be UTF-8."""
    text = part.decode("utf-8", "replace")
    lost = text.count(LOST)
    whole = sum(not sign.isascii() for sign in text) - lost
    return text if lost <= max(FEW_LOST, whole) else None


def _found(parts: Sequence[bytes], known: Sequence[str | None]) -> str:
    """The encoding of those parts that are no UTF-8."""
    strange = [part for part, text in zip(parts, known, strict=True) if text is None]
    plain = [part for part, text in zip(parts, known, strict=True) if text and text.isascii()]
    found = _detected([*plain[:PLAIN_LOOKED_AT], *strange])
    if found not in OF_MANY_BYTES:
        # One sign that was cut is in no encoding of many bytes: all others tell.
        whole = [part for part in strange if _strictly(part, "gb18030") is not None]
        if 2 * len(whole) > len(strange):
            again = _detected(whole)
            found = again if again in OF_MANY_BYTES else found
    return found


def _detected(parts: Sequence[bytes]) -> str:
    import chardet  # noqa: PLC0415 - few files need it

    found = chardet.detect(b"\n".join(parts)[:LOOKED_AT])["encoding"] or "utf-8"
    return WIDER.get(found.lower(), found)


def _strictly(part: bytes, encoding: str) -> str | None:
    try:
        return part.decode(encoding)
    except UnicodeError:
        return None


def _without_mark(head: bytes) -> str | None:
    """UTF-16 without a mark: its ASCII signs, of which every table has many, have a zero byte each."""
    if len(head) < 4:  # noqa: PLR2004
        return None
    even, odd = head[0::2].count(0) / len(head[0::2]), head[1::2].count(0) / len(head[1::2])
    if odd > 0.2 > even:  # noqa: PLR2004 - a fifth of the signs
        return "utf-16-le"
    if even > 0.2 > odd:  # noqa: PLR2004
        return "utf-16-be"
    return None
