"""Why a forecast is what it is: what weighed in it, gathered into causes that a reader can check.

A model says how much each of its features added to a chance. Features that speak of one thing count
together, and the causes that lifted the chance most are told with their numbers.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.rules import TOP_RANK

SHOWN = 3
"""A sentence of more causes is not read to its end."""

LEAST = 0.05
"""Log odds: what adds less is not a cause that anyone would miss."""

NIGHT_ENDS = 6
"""Hours in Shanghai before it are night: few read, and heat is rare."""

ALIKE = 0.2
"""Likeness of titles from which on a reader sees it too."""

FRESH_MINUTES = 120

CLOSE = 50
"""Hundredths of the tenth's heat: what lacks more than half is not "only" short of it."""

MOST_GROWTH = 5.0
"""Log heat in half an hour: more is another unit, not a growth."""

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


@dataclass(frozen=True, slots=True)
class Cause:
    """What weighed in a forecast: its code, and the figures that it is told with (shares are 0 to 1)."""

    code: str
    figures: Mapping[str, float] = field(default_factory=dict)


def told(causes: Sequence[str], facts: Mapping[str, float]) -> tuple[Cause, ...]:
    """The causes that the facts bear out, at most SHOWN; where a line stands when they bear out none.

    ``facts`` are a line's features and, where known, ``gain`` (places) in ``minutes``, ``best`` rank
    and ``boards``; what is nan is not known.
    """
    found: dict[str, Cause] = {}
    for name in causes:
        cause = _cause(name, facts)
        if cause is not None:
            found.setdefault(cause.code, cause)
    return tuple(found.values())[:SHOWN] or _standing(facts)


def _standing(facts: Mapping[str, float]) -> tuple[Cause, ...]:
    rank, best = round(facts["rank"]), round(facts["best"])
    if rank <= TOP_RANK:
        elsewhere = _cause(ELSEWHERE, facts)
        return (Cause("in_top", {"rank": rank}), *((elsewhere,) if elsewhere else ()))
    if best <= TOP_RANK:
        return (Cause("past_top", {"rank": rank, "best": best}),)
    return (_cause("climb", facts) or Cause("slow", {"rank": rank}),)


def _cause(name: str, facts: Mapping[str, float]) -> Cause | None:  # noqa: PLR0911 - one a cause
    def known(fact: str) -> float:
        return facts.get(fact, math.nan)

    rank = round(facts["rank"])
    match name:
        case "climb" if known("gain") > 0:
            return Cause(
                "climb", {"gain": round(known("gain")), "minutes": round(known("minutes"))}
            )
        case "heat":
            return _heat(facts)
        case "near" if rank > TOP_RANK:
            return Cause("near", {"rank": rank, "places": rank - TOP_RANK})
        case "climb" | "fresh" if known("seen_count") == 1:
            return Cause("entered", {"rank": rank})
        case "fresh" if known("age") < FRESH_MINUTES:
            figures = {"age": round(known("age")), "first": round(known("first_rank"))}
            return Cause("fresh", figures)
        case "pace" if known("tops_3h") >= 1:
            return Cause("pace", {"tops": round(known("tops_3h"))})
        case "hour" if known("usual_tops") >= 1:
            return Cause("hour", {"usual": round(known("usual_tops"))})
        case "words" if known("similar_best") >= ALIKE:
            rate = min(max(known("usual_rate") + known("similar_rate"), 0.0), 1.0)
            return Cause("words", {"rate": rate}) if rate > 0 else None
        case "story" if known("story_tops") > 0:
            return Cause("story")
        case "elsewhere" if known("boards") > 1:
            return Cause("elsewhere", {"boards": round(known("boards"))})
        case "elsewhere" if known("story_tops_elsewhere") > 0:
            return Cause("story_elsewhere")
    return None


def _heat(facts: Mapping[str, float]) -> Cause | None:
    """How fast heat grows, or how little is lacking; features hold log heat, growth of it a minute."""
    grown = facts.get("heat_growth_30", math.nan) * 30
    growth = math.expm1(min(grown, MOST_GROWTH)) if grown > 0 else 0.0
    if round(100 * growth) >= 1:
        code = "night" if facts.get("hour", math.nan) < NIGHT_ENDS else "heat"
        return Cause(code, {"growth": growth})
    short = facts.get("heat_gap_10", math.nan)
    gap = -math.expm1(short) if short < 0 else 0.0
    return Cause("gap", {"gap": gap}) if 1 <= round(100 * gap) <= CLOSE else None
