"""Bytes as text where nobody says how they are written: UTF-8, UTF-16 and the encodings of Chinese."""

import codecs

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LOOKED_AT = 200_000
"""Bytes that tell an encoding: more of them tell the same."""

COMMON = frozenset(
    "的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生"
    "這為來個們說國時會對後過學發現開長機電頭問話車門東馬風飛書見點愛樂萬與無氣廣場"
    "会对后过学发现开长机电头问话车门东马风飞书见点爱乐万与无气广场新热榜第名高天日月"
)
"""Signs that stand in any Chinese text of a few lines; what is read wrongly holds rare ones."""

FOUND_OFTEN = 0.02
"""Share of common signs among a text's Chinese ones that a right reading has at least."""


def decode_bytes(content: bytes) -> str:
    """The text of ``content``: by its mark, as UTF-8, as UTF-16, else by which of Chinese reads best.

    What fits none is read as UTF-8 with U+FFFD in place of what cannot be read.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    head = content[:LOOKED_AT]
    if wide := _without_mark(head):
        return content.decode(wide, "replace")
    readings = []
    for encoding in ("gb18030", "big5", "big5hkscs"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        readings.append((_common_share(text[:LOOKED_AT]), text))
    if readings:
        share, text = max(readings, key=lambda reading: reading[0])
        if share >= FOUND_OFTEN or len(readings) == 1:
            return text
        return readings[0][1]
    return content.decode("utf-8", "replace")


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


def _common_share(text: str) -> float:
    chinese = [sign for sign in text if "\u4e00" <= sign <= "\u9fff" or sign > "\uffff"]
    return sum(sign in COMMON for sign in chinese) / max(len(chinese), 1)
