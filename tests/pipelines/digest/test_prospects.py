"""What is expected of a story grows with what is expected on its lists, and tells no certainty."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipelines.digest.prospects import OnList, prospect
from tests.examples import examples

chances = st.floats(0, 1)
on_list = st.builds(OnList, st.integers(1, 50), st.none() | chances, st.none() | chances)
lists = st.lists(on_list, max_size=7)
LOW = OnList(rank=24, chance=0.2, stays=0.8)


@given(lists, st.integers(0, 12), chances)
@examples(100)
def test_it_is_a_chance_of_what_can_come_yet(told: list[OnList], count: int, stays: float) -> None:
    found = prospect(told, count, stays)
    assert (found.chance is None) == all(each.chance is None for each in told)
    assert 0 < (found.chance or 0.5) < 1
    assert 0 < found.stays < 1


@given(lists, chances, st.integers(1, 12))
@examples(60)
def test_another_list_makes_a_rise_and_staying_no_less_likely(
    told: list[OnList], chance: float, count: int
) -> None:
    before = prospect([LOW, *told], count, 0.5)
    after = prospect([LOW, *told, OnList(30, chance, chance)], count + 1, 0.5)
    assert (after.chance or 0) >= (before.chance or 0)
    assert after.stays >= before.stays


def test_what_fell_on_one_list_is_likelier_to_come_up_than_what_never_was() -> None:
    fallen, never = OnList(15, None, 0.8), OnList(15, 0.0, 0.8)
    assert (prospect([LOW, fallen], 2, 0).chance or 0) > (prospect([LOW, never], 2, 0).chance or 0)
    on_top = replace(fallen, rank=3)
    assert prospect([LOW, on_top], 2, 0) == prospect([LOW, never], 2, 0)


def test_without_a_ladder_staying_is_read_from_the_time_left() -> None:
    assert prospect([replace(LOW, stays=None)], 1, 0.9) == prospect([replace(LOW, stays=0.9)], 1, 0)
