"""What a card says of its story: clauses that hold for the story as a whole, the weightiest first.

A forecast's causes speak of one line on one list, which a reader of a card cannot see. So a card says what
its own places bear out, and names the list of each number; ``fengkou why`` tells what weighed in the
forecast.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from pipelines.digest.contents import Claim, Placement, Section
from pipelines.digest.sections import Story
from pipelines.rules import TOP_RANK

SHOWN = 3
"""A sentence of more clauses is not read to its end."""

NEW_HOURS = 12
"""What was first seen within half a day is told by its age, the night's news in the morning too."""

CLIMB_PLACES = 3
CLIMB_PART = 5
"""A climb is three places or a fifth of the list: one or two are the list's own trembling."""

GROWTH_LEAST = 0.05
"""Heat that grew by less may stand still."""

NEAR_PLACES = 5
"""Further from the top ten is not near it."""

ORDER = {
    Section.BURST: ("first_seen", "tops", "place", "climb", "on_lists"),
    Section.RISING: (
        "first_seen",
        "climb",
        "entered",
        "top_elsewhere",
        "heat",
        "near",
        "on_lists",
        "place",
    ),
    Section.TOP: ("tops", "place", "climb", "first_seen", "on_lists", "heat", "wide"),
    Section.BACK: ("back", "tops", "place", "climb", "on_lists"),
    Section.DAY: ("past_top", "wide", "tops", "place", "on_lists"),
    Section.FADING: ("past_top", "wide", "place"),
}
"""The clauses of each section, in the order of their weight there."""


def claims(
    story: Story, section: Section, placements: Sequence[Placement], at: datetime
) -> tuple[Claim, ...]:
    """The clauses that the story's places bear out, at most SHOWN; ``placements`` come with the lead
    first."""
    found = {claim.code: claim for claim in _all(story, placements, at)}
    told: list[Claim] = []
    for code in ORDER[section]:
        if code in found and not any(_repeats(found[code], said) for said in told):
            told.append(found[code])
    return tuple(told[:SHOWN])


def _repeats(claim: Claim, said: Claim) -> bool:
    """Whether a clause tells of the same list the same rank again."""
    return claim.board == said.board and claim.figures.get("rank") == said.figures.get("rank", 0)


def _all(story: Story, placements: Sequence[Placement], at: datetime) -> Iterable[Claim]:
    age = at - story.first_seen_at
    if story.is_watched and age < timedelta(hours=NEW_HOURS):
        yield Claim("first_seen", {"minutes": _minutes(age)}, story.first_board)
    if story.has_returned and story.last_before_at:
        away = story.present_since_at - story.last_before_at
        yield Claim("back", {"minutes": _minutes(away)})
    if story.lists_now > 1:
        yield Claim("on_lists", {"lists": story.lists_now})
    if story.lists_of_day > max(story.lists_now, 1):
        yield Claim("wide", {"lists": story.lists_of_day})
    ranked = [place for place in placements if place.rank is not None]
    tops = [place for place in ranked if (place.rank or 0) <= TOP_RANK]
    if len(tops) > 1:
        yield Claim("tops", {"lists": len(tops)})
    if ranked:
        yield from _of_places(ranked, tops)
    best = story.best
    if best.high_at and not story.is_high:
        yield Claim("past_top", {"rank": best.best_rank}, best.board)


def _of_places(ranked: Sequence[Placement], tops: Sequence[Placement]) -> Iterable[Claim]:
    lead = ranked[0]
    best = min(ranked, key=lambda place: place.rank or 0)
    yield _of(best, "place", rank=best.rank or 0)
    climbers = [place for place in ranked if _is_climb(place)]
    if climbers:
        most = max(climbers, key=lambda place: (place is lead, _gain(place)))
        yield _of(
            most,
            "climb",
            gain=_gain(most),
            minutes=round(most.minutes_before or 0),
            rank=most.rank or 0,
        )
    if lead.rank_before is None and lead.since_at == lead.seen_at:
        yield _of(lead, "entered", rank=lead.rank or 0)
    if lead.heat and lead.heat_before and lead.heat_before > 0 and lead.minutes_before:
        growth = lead.heat / lead.heat_before - 1
        if growth >= GROWTH_LEAST:
            yield _of(lead, "heat", growth=growth, minutes=round(lead.minutes_before))
    away = (lead.rank or 0) - TOP_RANK
    if 0 < away <= NEAR_PLACES:
        yield _of(lead, "near", rank=lead.rank or 0, places=away)
    elsewhere = [place for place in tops if place.board != lead.board]
    if elsewhere and lead not in tops:
        top = min(elsewhere, key=lambda place: place.rank or 0)
        yield _of(top, "top_elsewhere", rank=top.rank or 0)


def _is_climb(place: Placement) -> bool:
    return _gain(place) >= max(CLIMB_PLACES, (place.list_length or 0) / CLIMB_PART)


def _gain(place: Placement) -> int:
    if place.rank is None or place.rank_before is None:
        return 0
    return place.rank_before - place.rank


def _of(place: Placement, code: str, **figures: float) -> Claim:
    return Claim(code, figures, place.board)


def _minutes(span: timedelta) -> int:
    return round(span / timedelta(minutes=1))
