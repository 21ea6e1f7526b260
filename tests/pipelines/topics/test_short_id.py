"""A topic's name for people says its number and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.topics.short_id import LARGEST, NoTopicIdError, short_id, topic_id

numbers = st.integers(0, LARGEST)


@given(numbers)
def test_a_name_leads_back_to_its_number_in_any_case(number: int) -> None:
    name = short_id(number)
    assert len(name) <= 14
    assert topic_id(name) == topic_id(name.upper()) == topic_id(str(number)) == number


@given(numbers)
def test_a_spreadsheet_takes_no_name_for_a_number(number: int) -> None:
    with pytest.raises(ValueError, match="could not convert"):
        float(short_id(number))


def test_letters_that_look_like_digits_are_taken_for_them() -> None:
    assert topic_id("tIlo") == topic_id("t110")


@pytest.mark.parametrize("text", ["", "t", "x12", "tu", "-3", "1.5", "t" + "z" * 13, str(2**63)])
def test_what_names_no_topic_is_refused_with_what_was_found(text: str) -> None:
    with pytest.raises(NoTopicIdError, match=repr(text)):
        topic_id(text)
