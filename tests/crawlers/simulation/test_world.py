import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from crawlers import catalog
from crawlers.simulation.looks import LOOKS
from crawlers.simulation.stories import Story
from crawlers.simulation.tales import different_tales, frames
from crawlers.simulation.turnover import Turnover
from crawlers.simulation.vocabulary import NAMES
from crawlers.simulation.world import World
from pipelines.captures import Entry, Kind

START = datetime(2026, 11, 1, tzinfo=UTC)
WORLD = World(START)
TURNOVER = Turnover(START)
EVENING = START + timedelta(hours=13)  # 21:00 in Shanghai


def test_the_same_seed_gives_the_same_world() -> None:
    again = World(START)
    assert again.stories == WORLD.stories
    assert again.ranked("weibo_side_hotsearch", EVENING) == WORLD.ranked(
        "weibo_side_hotsearch", EVENING
    )
    assert World(START, seed=2).stories != WORLD.stories


def test_a_world_holds_every_tale_there_is_and_is_refused_more() -> None:
    most = different_tales()
    world = World(START, hours=288, story_count=most)
    assert len({story.tale.short for story in world.stories}) == most
    with pytest.raises(ValueError, match=f"of {most + 1} stories was asked for, and {most} diff"):
        World(START, story_count=most + 1)


def test_what_happens_twice_in_a_world_is_less_than_once_in_a_hundred_stories() -> None:
    """Two headlines of one day that are alike in all but a name are rare on real lists."""
    names = [name for known in NAMES.values() for name in known]

    def happening(story: Story) -> str:
        told = story.tale.full
        for name in names:
            told = told.replace(name, "")
        return re.sub(r"\d+", "", told)

    told = Counter(map(happening, WORLD.stories))
    assert sum(count - 1 for count in told.values()) < len(WORLD.stories) / 100
    assert len(frames()) > len(WORLD.stories)


def test_the_wordings_of_a_tale_share_its_hero() -> None:
    for story in WORLD.stories:
        tale = story.tale
        assert any(
            name in tale.full and name in tale.short and name in tale.aside
            for known in NAMES.values()
            for name in known
        ), tale


def test_every_look_is_of_a_board() -> None:
    assert set(LOOKS) <= set(catalog.names())


@pytest.mark.parametrize("name", sorted(LOOKS))
def test_a_board_reads_back_what_the_world_showed(name: str) -> None:
    shown = WORLD.ranked(name, EVENING)
    board = catalog.board(name)
    assert list(board.parse_page(board.render(shown)).entries) == shown


@pytest.mark.parametrize("name", sorted(LOOKS))
def test_ranks_and_positions_have_no_gaps(name: str) -> None:
    shown = WORLD.ranked(name, EVENING)
    ranks = [e.rank for e in shown if e.kind is Kind.RANKED]
    assert ranks == list(range(1, len(ranks) + 1))
    assert [e.position for e in shown] == list(range(1, len(shown) + 1))


def test_a_story_rises_to_its_peak_and_fades() -> None:
    board = "weibo_side_hotsearch"
    story = max((s for s in WORLD.stories if board in s.delays), key=lambda s: s.strength)
    peak = story.peaks_at(board)
    shares = [story.share(board, peak + timedelta(minutes=m)) for m in (-2000, -10, 0, 60, 9000)]
    assert shares[0] == shares[4] == 0
    assert shares[1] < shares[2] == story.strength > shares[3]


def test_a_story_appears_on_several_boards_in_their_own_words() -> None:
    story = max(WORLD.stories, key=lambda s: len(s.delays))
    assert len(story.delays) >= 5
    assert len({LOOKS[board].words(story.tale) for board in story.delays}) >= 4


def test_nights_are_cooler_than_evenings() -> None:
    night = WORLD.ranked("weibo_side_hotsearch", START + timedelta(hours=20))
    evening = WORLD.ranked("weibo_side_hotsearch", EVENING)

    def total(lines: Sequence[Entry]) -> int:
        return sum(int(str(e.heat)) for e in lines if e.rank)

    assert total(night) < total(evening) / 2


def test_pinned_and_paid_lines_stand_among_the_ranked() -> None:
    hours = [WORLD.ranked("douyin_web_hot", START + timedelta(hours=h)) for h in range(10)]
    assert all(lines[0].kind is Kind.PINNED for lines in hours)
    assert 0 < sum(any(e.kind is Kind.PAID for e in lines) for lines in hours) < 10


def test_hostile_titles_are_shown_somewhere() -> None:
    titles = {
        e.title
        for name in sorted(LOOKS)
        for h in range(0, 48, 6)
        for e in WORLD.ranked(name, START + timedelta(hours=h))
    }
    assert any("<script>" in title for title in titles)
    assert any(title.startswith("=") for title in titles)
    assert any(len(title) >= 10_000 for title in titles)
    assert any("\n" in title for title in titles)


@pytest.mark.parametrize("name", catalog.names())
def test_every_board_reads_back_the_titles_that_stand_on_it(name: str) -> None:
    shown = TURNOVER.ranked(name, EVENING)
    board = catalog.board(name)
    page = board.parse_page(board.render(shown))
    assert [(e.rank, e.title) for e in page.entries] == [(e.rank, e.title) for e in shown]
    assert {e.title for e in shown} == {
        title
        for title, tenures in TURNOVER.tenures(name).items()
        if any(one.begins_at <= EVENING < one.ends_at for one in tenures)
    }
    assert board.expected_count[0] <= len(shown) <= board.expected_count[1]


def test_titles_live_for_random_times_and_some_return() -> None:
    tenures = TURNOVER.tenures("weibo_side_hotsearch")
    lives = sorted(
        (t.ends_at - t.begins_at) / timedelta(minutes=1) for o in tenures.values() for t in o
    )
    assert lives[len(lives) // 10] < 10
    assert lives[-len(lives) // 100] > 5 * lives[len(lives) // 2]
    assert 0.02 < sum(len(one) > 1 for one in tenures.values()) / len(tenures) < 0.15
    assert Turnover(START, seed=2).tenures("weibo_side_hotsearch").keys() != tenures.keys()
