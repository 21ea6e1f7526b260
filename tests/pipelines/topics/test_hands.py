"""What people say of topics goes before the rule, from the instant at which they say it."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from pipelines.topics.grouping import Hour, NewItem, Topics
from pipelines.topics.hand_conflicts import broken_by_split, same_word
from pipelines.topics.hands import Hand, HandKind, HandTitle
from tests.made_items import HOUR, NOON, item

MINUTE = timedelta(minutes=1)

STORM = ("台风青鸟将在松涧市登陆", "台风青鸟登陆松涧市", "台风青鸟登陆松涧市，列车停运")
MUSEUM = "博物馆周一不再闭馆"


def part(*items: NewItem) -> tuple[HandTitle, ...]:
    return tuple(
        HandTitle(one.item_id, one.source, one.folded_title, one.first_seen_at) for one in items
    )


def split(number: int, staying: Sequence[NewItem], leaving: Sequence[NewItem]) -> Hand:
    parts = part(*staying), part(*leaving)
    return Hand(number, HandKind.SPLIT, NOON + number * MINUTE, "ann", parts=parts)


def join(number: int, *each: Sequence[NewItem]) -> Hand:
    parts = tuple(part(*items) for items in each)
    return Hand(number, HandKind.JOIN, NOON + number * MINUTE, "ann", parts=parts)


def undo(number: int, undoes: int) -> Hand:
    return Hand(number, HandKind.UNDO, NOON + number * MINUTE, "ann", undoes=undoes)


def grouped(first: Sequence[NewItem], *said: Hand, later: Sequence[NewItem] = ()) -> dict[int, int]:
    """The topic of each item in the end; what is said is said in the first hour."""
    hours = [
        Hour(NOON, tuple(first), said),
        Hour(NOON + HOUR, tuple(later)),
    ]
    return {one.item_id: one.topic_id for one in Topics().group(hours)}


@pytest.fixture
def storm() -> list[NewItem]:
    """Three titles that the rule takes for one story."""
    items = [item(n, title) for n, title in enumerate(STORM, 1)]
    assert grouped(items) == {1: 1, 2: 1, 3: 1}
    return items


def test_a_split_takes_titles_out_into_a_topic_that_bears_the_id_of_the_eldest(
    storm: list[NewItem],
) -> None:
    assert grouped(storm, split(1, storm[:1], storm[1:])) == {1: 1, 2: 2, 3: 2}


def test_where_the_founder_leaves_the_others_get_another_id(storm: list[NewItem]) -> None:
    assert grouped(storm, split(1, storm[1:], storm[:1])) == {1: 1, 2: 2, 3: 2}


def test_a_split_is_an_assignment_from_its_instant_on(storm: list[NewItem]) -> None:
    said = split(1, storm[:2], storm[2:])
    made = [*Topics().group([Hour(NOON, tuple(storm), (said,))])]
    assert next(one for one in made if one.item_id == 3 and one.joined_at == NOON).topic_id == 1
    (moved,) = (one for one in made if one.hand == 1)
    assert (moved.item_id, moved.topic_id, moved.joined_at) == (3, 3, said.said_at)
    assert not moved.is_merge


def test_a_later_title_goes_by_what_a_person_said_of_its_words(storm: list[NewItem]) -> None:
    said = split(1, storm[:2], storm[2:])
    same = item(9, STORM[2], NOON + HOUR)
    assert grouped(storm, said, later=[same])[9] == 3


def test_no_later_title_joins_two_parts_that_a_person_told_apart(storm: list[NewItem]) -> None:
    said = split(1, storm[:2], storm[2:])
    bridge = [item(n, f"台风青鸟登陆松涧市列车停运{'。' * n}", NOON + HOUR) for n in (7, 8, 9)]
    topics = grouped(storm, said, later=bridge)
    assert topics[1] == topics[2] != topics[3]


def test_a_join_makes_two_topics_one_for_good(storm: list[NewItem]) -> None:
    museum = item(4, MUSEUM)
    assert grouped([*storm, museum])[4] == 4
    said = join(1, storm, [museum])
    assert grouped([*storm, museum], said, later=[item(5, MUSEUM, NOON + HOUR)])[5] == 1
    assert set(grouped([*storm, museum], said).values()) == {1}


def test_topics_that_were_on_no_board_for_days_are_joined_and_split_too(
    storm: list[NewItem],
) -> None:
    days_later = NOON + 100 * HOUR
    museum = item(4, MUSEUM)
    told = [split(1, storm[:2], storm[2:]), join(2, storm[2:], [museum])]
    hours = [
        Hour(NOON, (*storm, museum)),
        Hour(
            days_later,
            (),
            tuple(
                Hand(
                    hand.number, hand.kind, days_later + hand.number * MINUTE, "ann", (), hand.parts
                )
                for hand in told
            ),
        ),
    ]
    assert {one.item_id: one.topic_id for one in Topics().group(hours)} == {1: 1, 2: 1, 3: 3, 4: 3}


def test_an_undone_split_is_one_topic_again_and_an_undone_join_two(storm: list[NewItem]) -> None:
    museum = item(4, MUSEUM)
    whole = {1: 1, 2: 1, 3: 1, 4: 4}
    assert grouped([*storm, museum], split(1, storm[:2], storm[2:]), undo(2, 1)) == whole
    assert grouped([*storm, museum], join(1, storm, [museum]), undo(2, 1)) == whole


def test_a_split_that_was_undone_keeps_nothing_apart(storm: list[NewItem]) -> None:
    said = split(1, storm[:2], storm[2:]), undo(2, 1)
    assert grouped(storm, *said, later=[item(9, STORM[2], NOON + HOUR)])[9] == 1


def test_what_a_join_would_unite_against_a_split_stays_apart(storm: list[NewItem]) -> None:
    said = split(1, storm[:2], storm[2:]), join(2, storm[:2], storm[2:])
    assert grouped(storm, *said) == {1: 1, 2: 1, 3: 3}


def test_the_same_title_taken_out_of_other_titles_is_another_word(storm: list[NewItem]) -> None:
    said = split(1, storm[:1], storm[2:])
    assert same_word([said], split(2, storm[:1], storm[2:])) is said
    assert same_word([said], split(2, storm[1:2], storm[2:])) is None
    assert same_word([said, undo(2, 1)], split(3, storm[:1], storm[2:])) is None


def test_a_join_is_broken_by_a_split_of_most_of_two_of_its_topics(storm: list[NewItem]) -> None:
    museum = [item(n, f"{MUSEUM}{n}") for n in (4, 5, 6)]
    said = join(1, storm, museum)
    some, most = ({one.item_id for one in museum[:count]} for count in (1, 2))
    everything = {one.item_id for one in (*storm, *museum)}
    assert broken_by_split([said], everything - some, some) is None
    assert broken_by_split([said], everything - most, most) is said
    assert broken_by_split([said], most, everything - most) is said
    assert broken_by_split([said, undo(2, 1)], everything - most, most) is None
