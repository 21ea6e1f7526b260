"""What a card says of its story: nothing that its places do not bear out."""

from datetime import timedelta
from typing import Any

import pytest

from pipelines.digest.claims import SHOWN, claims
from pipelines.digest.contents import Placement, Section
from pipelines.digest.sections import Story
from tests.pipelines.digest.made_digests import ago as minutes_ago
from tests.pipelines.digest.made_digests import place
from tests.pipelines.digest.test_sections import AT, FALLEN, GONE, RETURNED, ago, standing, story


def said(told: Story, section: Section, *placements: Placement) -> dict[str, dict[str, float]]:
    return {claim.code: dict(claim.figures) for claim in claims(told, section, placements, AT)}


def test_a_new_story_is_told_by_its_age_where_its_first_list_was_read_before() -> None:
    new = story(first_seen_at=ago(1.5))
    assert said(new, Section.BURST, place())["first_seen"] == {"minutes": 90}
    unread = story(first_seen_at=ago(1.5), is_watched=False)
    assert "first_seen" not in said(unread, Section.BURST, place())
    assert "first_seen" not in said(story(), Section.TOP, place())


@pytest.mark.parametrize(
    ("changed", "is_told"),
    [
        ({"rank": 12, "rank_before": 15}, False),  # three places, but a fifth of fifty is ten
        ({"rank": 12, "rank_before": 22}, True),
        ({"rank": 12, "rank_before": 15, "list_length": 10}, True),
        ({"rank": 2, "rank_before": 4, "list_length": 10}, False),
        ({"rank": 12, "rank_before": None}, False),
        ({"rank": 22, "rank_before": 12}, False),
    ],
)
def test_a_climb_is_three_places_and_a_fifth_of_the_list(
    changed: dict[str, Any], *, is_told: bool
) -> None:
    assert ("climb" in said(story(), Section.RISING, place(**changed))) is is_told


def test_what_came_with_the_newest_capture_has_just_entered_its_list() -> None:
    new = place(rank=30, rank_before=None, since_at=minutes_ago(2), seen_at=minutes_ago(2))
    assert said(story(), Section.RISING, new)["entered"] == {"rank": 30}
    old = place(rank=30, rank_before=None, since_at=minutes_ago(50), seen_at=minutes_ago(2))
    assert "entered" not in said(story(), Section.RISING, old)


def test_lists_are_counted_over_the_whole_story() -> None:
    """Its third line now has no rank: the site pinned it."""
    told = story(standing(), standing("zhihu_hot"), FALLEN, lists_now=3)
    found = said(told, Section.TOP, place(rank=3), place("zhihu_hot", rank=9))
    assert found["tops"] == {"lists": 2}
    assert found["on_lists"] == {"lists": 3}
    day = said(story(GONE, standing("zhihu_hot", rank_now=None)), Section.DAY)
    assert day["wide"] == {"lists": 2}
    assert day["past_top"] == {"rank": 3}


def test_a_story_that_came_back_is_told_how_long_it_was_away() -> None:
    back = story(present_since_at=ago(3), **RETURNED)
    assert said(back, Section.BACK, place())["back"] == {"minutes": 17 * 60}
    longer = story(first_seen_at=ago(400), present_since_at=ago(3))
    assert "back" not in said(longer, Section.BACK, place())


def test_heat_is_told_where_the_same_line_had_less() -> None:
    assert said(story(), Section.RISING, place(rank=30, rank_before=30))["heat"] == {
        "growth": pytest.approx(0.5),
        "minutes": 58,
    }
    assert "heat" not in said(story(), Section.RISING, place(rank=30, heat_before=None))


def test_no_clause_tells_a_rank_again_and_no_card_more_than_a_few() -> None:
    near = place(rank=12, rank_before=13, heat=None)
    assert list(said(story(), Section.RISING, near)) == ["near"]
    every = said(
        story(first_seen_at=ago(1)),
        Section.RISING,
        place(rank=12, rank_before=40),
        place("zhihu_hot"),
    )
    assert len(every) == SHOWN
    assert timedelta(minutes=every["first_seen"]["minutes"]) == timedelta(hours=1)
