"""Heat as printed, read as a number: "1.2万" is 12,000. Heats of two boards are never compared."""

import math
import re
import unicodedata
from dataclasses import dataclass

SUFFIXES = {
    "": 1.0,
    "千": 1e3,
    "k": 1e3,
    "万": 1e4,
    "萬": 1e4,
    "w": 1e4,
    "百万": 1e6,
    "m": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "億": 1e8,
    "b": 1e9,
    "천": 1e3,
    "만": 1e4,
    "억": 1e8,
}

ABOUT = "大约|约|将近|近|超过|超|逾|已有|已|共|累计|全网|≈|~|>|≥"
"""Before a figure: how exact it is, or that it is a sum. The figure ranks all the same."""

PICTURES = re.compile("^[\u2600-\u2bff\ufe0f\U0001f000-\U0001faff\\s]+")
"""A flame before a figure is drawn, not said."""

UNITS = (
    "热度|指数|讨论|浏览|阅读|播放|次播放|观看|搜索|人气|回复|回答|评论|评|点赞|赞|喜欢|人参与|人讨论|人在看|人想看"
    "|关注|转发|分享|收藏|弹幕"
    "|views?|points?|stars?(?: today| this week| this month)?|votes?|comments?|searches|posts?|replies"
)

ACTS = (
    "浏览|阅读|播放|观看|搜索|讨论|回复|回答|评论|点赞|喜欢|参与|关注|转发|收藏|在看|想看|热议|弹幕"
)
UNIT = rf"{UNITS}|(?:人次|[次条人个篇])(?:{ACTS})?"
"""What is counted, also with a counting word before it or for it: 1.2亿次浏览, 3万人次, 1200条."""

HEAT_LENGTH_LIMIT = 64
"""Characters. The longest heat on a recorded page has 17, "1,234 stars today"; more is a text, no figure."""

DECIMAL_COMMA = r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+|\d+,\d{1,2}(?![\d,])"
"""1.234.567, 1.234,5 and 98,7 as half of Europe prints them; 1,234 and 1.234 are read as the others do."""

NUMBER = rf"-?(?:{DECIMAL_COMMA})|-?\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|-?\d+(?:\.\d+)?"
SUFFIX = "|".join(sorted(filter(None, SUFFIXES), key=len, reverse=True))

# Each gap stands in a group with what must follow it: gaps that may be empty side by side would be
# tried in every way to share a long run of spaces.
FIGURE = rf"(?:(?:{ABOUT})\s*)?(?P<number>{NUMBER})(?:\s*(?P<suffix>{SUFFIX}))?(?:\s*\+)?"
FORMS = (
    # "阅读10w+": the unit before the number, apart or not.
    re.compile(rf"(?P<unit>{UNIT})\s*(?::\s*)?{FIGURE}", re.IGNORECASE),
    # "电影 371170": Weibo prints a category word before the number, always apart from it. A number
    # grown into words ("我的知乎2021") is a name, not a heat.
    re.compile(
        rf"(?:(?P<word>[^\W\d_]{{1,6}})\s+)?{FIGURE}(?:\s*(?P<unit>{UNIT}))?\+?", re.IGNORECASE
    ),
)

# "2.3亿热度 · 1.8万回答": what follows the figure that the list goes by, each with its own unit.
GAP = r"\s{0,4}"
PLAIN = rf"(?:{NUMBER})(?:{GAP}(?:{SUFFIX}))?(?:{GAP}\+)?"
FURTHER = re.compile(
    rf"(?:(?:\s{{1,4}}(?:[·•|]{GAP})?|[·•|]{GAP})"
    rf"(?:{PLAIN}{GAP}(?:{UNIT})|(?:{UNIT}){GAP}(?::{GAP})?{PLAIN})){{1,3}}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heat:
    """A heat as read: its value in single units, and the unit's word if one was printed."""

    value: float
    unit: str | None


def read_heat(text: str) -> Heat | None:
    """The number in a printed heat, or None where the text holds none ("热度累计中", "广告").

    Of several figures with units of their own the first is read: it is the one that ranks.
    """
    text = text.strip()
    if len(text) > HEAT_LENGTH_LIMIT:
        return None
    match = _first_figure(PICTURES.sub("", unicodedata.normalize("NFKC", text)).strip())
    if match is None:
        return None
    number = _number(match["number"])
    value = number * SUFFIXES[(match["suffix"] or "").lower()]
    if not math.isfinite(value):  # hundreds of digits: a broken page, no number to compute with
        return None
    return Heat(round(value, 4), match["unit"])


def _number(printed: str) -> float:
    if re.fullmatch(f"-?(?:{DECIMAL_COMMA})", printed):
        printed = printed.replace(".", "").replace(",", ".")
    return float(printed.replace(",", ""))


def _first_figure(text: str) -> re.Match[str] | None:
    for form in FORMS:
        match = form.match(text)
        if match and (
            match.end() == len(text) or (match["unit"] and FURTHER.fullmatch(text, match.end()))
        ):
            return match
    return None
