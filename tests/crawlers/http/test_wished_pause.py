"""Whatever a host writes into Retry-After, it is a pause from nothing to a week."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response

from crawlers.boards.reading import instant
from crawlers.http.retry import LONGEST_PAUSE_SECONDS, wished_pause

DATES = st.builds(
    "Mon, 01 Jan {:04d} 00:00:00 {}{:d}".format,
    st.sampled_from([0, 1, 1969, 2026, 9999, 99999]),
    st.sampled_from("+-"),
    st.integers(0, 10**30),
)


@given(DATES | st.text(st.characters(max_codepoint=255)) | st.integers(0).map(str))
def test_a_wished_pause_is_none_to_a_week(wished: str) -> None:
    response = Response("https://example.org/", headers={"Retry-After": wished.encode("latin-1")})
    assert 0 <= wished_pause(response) <= LONGEST_PAUSE_SECONDS


@pytest.mark.parametrize(
    "text",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"],
)
def test_an_instant_outside_the_years_that_there_are_is_none(text: str) -> None:
    assert instant(text) is None
