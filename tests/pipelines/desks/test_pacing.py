"""A queue drains within the rates of a service, and outside the minutes in which it refuses."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.desks.pacing import GUARD, Pace, Rate, next_at

AT = datetime(2026, 11, 28, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TWENTY = Pace((Rate(20, MINUTE),))
GUARDED = Pace((Rate(100, MINUTE), Rate(5, timedelta(seconds=1))), frozenset({0, 30}))


def test_what_was_never_asked_is_asked_now() -> None:
    assert next_at(TWENTY, [], AT) == AT


def test_after_twenty_in_a_minute_the_next_waits_for_the_first_to_be_over() -> None:
    asked = [AT + timedelta(seconds=second) for second in range(20)]
    assert next_at(TWENTY, asked[:19], asked[-1]) == asked[-1]
    due = next_at(TWENTY, asked, asked[-1])
    assert AT + MINUTE < due < AT + MINUTE + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("minute", "second", "expected"),
    [
        (29, 54, "04:29:54"),
        (29, 56, "04:31:05"),
        (30, 0, "04:31:05"),
        (30, 59, "04:31:05"),
        (31, 4, "04:31:05"),
        (31, 5, "04:31:05"),
        (0, 30, "04:01:05"),
        (59, 57, "05:01:05"),
    ],
)
def test_nothing_is_sent_in_a_forbidden_minute_or_beside_it(
    minute: int, second: int, expected: str
) -> None:
    due = next_at(GUARDED, [], AT.replace(minute=minute, second=second))
    assert f"{due:%H:%M:%S}" == expected


PACES = st.builds(
    Pace,
    st.lists(
        st.builds(Rate, st.integers(1, 30), st.integers(1, 90).map(lambda s: timedelta(seconds=s))),
        max_size=3,
    ).map(tuple),
    st.sets(st.integers(0, 59), max_size=3).map(frozenset),
)


@given(PACES, st.integers(0, 7200), st.lists(st.floats(0, 3), min_size=1, max_size=120))
def test_a_queue_of_any_haste_keeps_to_any_pace(pace: Pace, start: int, slow: list[float]) -> None:
    now = AT + timedelta(seconds=start)
    asked: list[datetime] = []
    for seconds in slow:
        due = next_at(pace, asked, now)
        assert due >= now
        now = due + timedelta(seconds=seconds)  # the answer comes
        asked.append(now)
        for moment in (due - GUARD + timedelta(microseconds=1), due, due + GUARD):
            assert moment.minute not in pace.forbidden_minutes or not pace.forbidden_minutes
    for rate in pace.rates:
        for first, later in zip(asked, asked[rate.most :], strict=False):
            assert later - first > rate.span
