"""Why a forecast is what it is: what weighed in it, gathered into causes that a reader can check.

A model says how much each of its features added to a chance. Features that speak of one thing count
together, and the causes that lifted the chance most are told with their numbers.
"""

import math
from collections.abc import Mapping, Sequence

from pipelines.digest.contents import Language

SHOWN = 3
"""A sentence of more causes is not read to its end."""

LEAST = 0.05
"""Log odds: what adds less is not a cause that anyone would miss."""

NIGHT_ENDS = 6
"""Hours in Shanghai before it are night: few read, and heat is rare."""

ALIKE = 0.2
"""Likeness of titles from which on a reader sees it too."""

FRESH_MINUTES = 120

PREFIXES: Mapping[str, Sequence[str]] = {
    "climb": (
        "rank_", "speed_since_", "fallen", "climb", "gain_order_", "order_", "since_best", "below_best",
        "same_place",
    ),
    "heat": (
        "heat_", "gap_", "gap_closing_", "minutes_to_", "place_", "over_list_", "growth_order_",
        "below_warmest", "since_warmest", "road_share", "threshold_growth_",
    ),
    "near": ("rank", "place_share", "best_rank", "gap_above", "gap_below", "steepness"),
    "fresh": (
        "age", "first_", "seen_count", "absences", "unmoved_", "youngest_", "gap_minutes", "length",
        "entry_",
    ),
    "pace": ("tops_", "news_", "since_top", "holders_", "rivals_", "top_age", "list_growth_"),
    "hour": ("hour", "weekday", "usual_", "threshold_day_ago"),
    "words": ("word_", "sign_", "title_", "similar_", "usual_rate", "usual_depth"),
    "story": ("story_",),
}  # fmt: skip
"""Each cause and how the names of its features begin; the longest beginning counts."""

ELSEWHERE = "elsewhere"
"""The cause of what is told by other lists; its features end so."""

_CAUSE_OF = {prefix: cause for cause, prefixes in PREFIXES.items() for prefix in prefixes}

SAID = {
    Language.ZH: {
        "climb": "升得快：{minutes} 分钟升 {gain} 位",
        "heat": "热度 30 分钟涨 {growth}%",
        "night": "夜间少见的热度：30 分钟涨 {growth}%",
        "gap": "热度离第十位只差 {gap}%",
        "near": "已到第 {rank} 位，离前十 {places} 位",
        "fresh": "上榜 {age} 分钟，初见第 {first} 位",
        "entered": "刚上榜就到第 {rank} 位",
        "pace": "前十换得勤：3 小时新进 {tops} 条",
        "hour": "平日这个时段前十进人多：3 小时约 {usual} 条",
        "words": "同类话题 {rate}% 上过前十",
        "story": "同一件事的另一条已上过前十",
        "elsewhere": "已在 {boards} 个榜出现",
        "story_elsewhere": "同一件事在别的榜已进前十",
        "in_top": "现居第 {rank} 位",
        "past_top": "曾到第 {best} 位，现居第 {rank} 位",
        "slow": "现居第 {rank} 位，升势未明",
        "and": "；",
    },
    Language.EN: {
        "climb": "climbing fast: up {gain} in {minutes} min",
        "heat": "heat up {growth}% in 30 min",
        "night": "heat rare at night: up {growth}% in 30 min",
        "gap": "heat only {gap}% short of the tenth's",
        "near": "at #{rank}, {places} from the top ten",
        "fresh": "{age} min on the list, first seen at #{first}",
        "entered": "just entered, at #{rank} at once",
        "pace": "the top ten changes fast: {tops} came in 3 h",
        "hour": "at this time of day the top ten usually takes in many: about {usual} in 3 h",
        "words": "{rate}% of topics like it reached the top ten",
        "story": "another entry of the same story reached the top ten",
        "elsewhere": "on {boards} lists already",
        "story_elsewhere": "the same story is in the top ten elsewhere",
        "in_top": "at #{rank} now",
        "past_top": "was at #{best}, now at #{rank}",
        "slow": "at #{rank}, no clear climb",
        "and": "; ",
    },
}


def cause_of(feature: str) -> str:
    """The cause that a feature speaks of; empty for a feature that no cause is known for."""
    if feature.endswith(f"_{ELSEWHERE}"):
        return ELSEWHERE
    fits = [prefix for prefix in _CAUSE_OF if feature.startswith(prefix)]
    return _CAUSE_OF[max(fits, key=len)] if fits else ""


def weigh(names: Sequence[str], added: Sequence[float]) -> list[str]:
    """The causes that lifted a chance, the strongest first; ``added`` is in log odds, by feature."""
    weight: dict[str, float] = {}
    for name, more in zip(names, added, strict=False):
        cause = cause_of(name)
        weight[cause] = weight.get(cause, 0.0) + more
    lifted = (cause for cause, more in weight.items() if cause and more >= LEAST)
    return sorted(lifted, key=lambda cause: -weight[cause])


def sentence(causes: Sequence[str], facts: Mapping[str, float], language: Language) -> str:
    """One sentence of the causes that the facts bear out, at most SHOWN.

    ``facts`` are a line's features and, where known, ``gain`` (places) in ``minutes``, ``best`` rank
    and ``boards``; what is nan is not known.
    """
    said = SAID[language]
    clauses = [_clause(cause, facts, said) for cause in causes]
    told = list(dict.fromkeys(filter(None, clauses)))[:SHOWN] or [_standing(facts, said)]
    text = said["and"].join(told)
    return text + "。" if language is Language.ZH else text[0].upper() + text[1:] + "."


def _standing(facts: Mapping[str, float], said: Mapping[str, str]) -> str:
    rank, best = round(facts["rank"]), round(facts["best"])
    top = 10
    if rank <= top:
        place = said["in_top"].format(rank=rank)
        boards = _clause(ELSEWHERE, facts, said)
        return f"{place}{said['and']}{boards}" if boards else place
    if best <= top:
        return said["past_top"].format(rank=rank, best=best)
    return _clause("climb", facts, said) or said["slow"].format(rank=rank)


def _clause(cause: str, facts: Mapping[str, float], said: Mapping[str, str]) -> str:  # noqa: PLR0911 - one a cause
    def known(name: str) -> float:
        return facts.get(name, math.nan)

    rank = round(facts["rank"])
    match cause:
        case "climb" if known("gain") > 0:
            return said[cause].format(gain=round(known("gain")), minutes=round(known("minutes")))
        case "heat":
            return _heat(facts, said)
        case "near" if rank > 10:  # noqa: PLR2004 - the top ten
            return said[cause].format(rank=rank, places=rank - 10)
        case "climb" | "fresh" if known("seen_count") == 1:
            return said["entered"].format(rank=rank)
        case "fresh" if known("age") < FRESH_MINUTES:
            return said[cause].format(age=round(known("age")), first=round(known("first_rank")))
        case "pace" if known("tops_3h") >= 1:
            return said[cause].format(tops=round(known("tops_3h")))
        case "hour" if known("usual_tops") >= 1:
            return said[cause].format(usual=round(known("usual_tops")))
        case "words" if known("similar_best") >= ALIKE:
            rate = min(max(known("usual_rate") + known("similar_rate"), 0.0), 1.0)
            return said[cause].format(rate=round(100 * rate)) if rate > 0 else ""
        case "story" if known("story_tops") > 0:
            return said[cause]
        case "elsewhere" if known("boards") > 1:
            return said[cause].format(boards=round(known("boards")))
        case "elsewhere" if known("story_tops_elsewhere") > 0:
            return said["story_elsewhere"]
    return ""


def _heat(facts: Mapping[str, float], said: Mapping[str, str]) -> str:
    """How fast heat grows, or how little is lacking; features hold log heat, growth of it a minute."""
    grown = facts.get("heat_growth_30", math.nan) * 30
    growth = round(100 * math.expm1(min(grown, 5.0))) if grown > 0 else 0
    if growth >= 1:
        kind = "night" if facts.get("hour", math.nan) < NIGHT_ENDS else "heat"
        return said[kind].format(growth=growth)
    short = facts.get("heat_gap_10", math.nan)
    gap = round(-100 * math.expm1(short)) if short < 0 else 0
    return said["gap"].format(gap=gap) if 1 <= gap <= 50 else ""  # noqa: PLR2004 - beyond half is not "only"
