"""The digests of a desk, over any schedule: every telling once, in spans without a gap or an overlap."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.desks.desk import Budget, DigestTime, QuietHours, Rule, Send, Urgency, Window, Word
from pipelines.desks.telling import Telling
from tests.listening_desks import DAYS, DESK, HOURS, MINUTES, NOON, Listening, story, titles

CLOCK = st.builds(time, st.integers(0, 23), st.sampled_from([0, 7, 30]))


@given(
    schedule=st.lists(CLOCK, min_size=1, max_size=4, unique=True),
    steps=st.lists(
        st.tuples(st.integers(1, 900), st.sets(st.integers(1, 12), max_size=3)), max_size=25
    ),
    quiet=st.booleans(),
    urgency=st.sampled_from(Urgency),
    per_hour=st.none() | st.integers(1, 2),
)
def test_over_any_schedule_every_telling_is_in_one_digest(
    schedule: list[time],
    steps: list[tuple[int, set[int]]],
    quiet: bool,
    urgency: Urgency,
    per_hour: int | None,
) -> None:
    desk = Listening(
        replace(
            DESK,
            rules=(Rule("chips", (Word("芯片"),), send=Send(urgency)),),
            digests=tuple(DigestTime(at) for at in schedule),
            quiet=(QuietHours(time(23), time(7)),) if quiet else (),
            budget=Budget(per_hour=per_hour),
        )
    )
    at = NOON
    for minutes, topics in steps:
        at += minutes * MINUTES
        desk.hear(at, *(story(topic) for topic in topics))
    desk.hear(at + 2 * DAYS)
    told = [each.message for each in desk.record.outgoing if each.message.kind == "digest"]
    spans = [message.covered for message in told if message.covered is not None]
    assert all(before.until <= after.since for before, after in pairwise(spans))
    assert [
        len({each.story.topic_id for each in _between(desk, span.since, span.until)})
        for span in spans
    ] == [len(message.stories) + message.more for message in told]
    covered = [each for span in spans for each in _between(desk, span.since, span.until)]
    assert covered == desk.record.tellings
    assert desk.record.waiting() == []


def _between(desk: Listening, since: datetime, until: datetime) -> list[Telling]:
    return [each for each in desk.record.tellings if since <= each.at < until]


def test_a_digest_without_news_is_not_sent() -> None:
    desk = Listening(replace(DESK, digests=(DigestTime(time(18)),)))
    desk.hear(NOON, story())
    assert len(desk.hear(NOON + 6 * HOURS)) == 1
    assert desk.hear(NOON + 30 * HOURS) == []


def test_what_only_a_digest_tells_waits_for_it() -> None:
    desk = Listening(
        replace(
            DESK,
            rules=(Rule("chips", (Word("芯片"),), send=Send(Urgency.DIGEST)),),
            digests=(DigestTime(time(18)),),
        )
    )
    assert desk.hear(NOON, story()) == []
    (digest,) = desk.hear(NOON + 6 * HOURS)
    assert titles([digest]) == ["芯片的事 1"]


@pytest.mark.parametrize(
    ("window", "hours"),
    [(Window(time(0), time(0)), (16, 24)), (Window(time(9), time(9)), (9, 24))],
)
def test_a_digest_over_a_window_tells_what_the_window_held(
    window: Window, hours: tuple[int, int]
) -> None:
    """At nine in the morning: yesterday from 0 to 24, and from nine to nine."""
    desk = Listening(replace(DESK, digests=(DigestTime(time(9), window),)))
    for number, past in enumerate((2, 10, 13, 20), 1):
        desk.hear(NOON + past * HOURS, story(number))
    (digest,) = desk.hear(NOON + 21 * HOURS)
    covered = digest.message.covered
    assert covered is not None
    assert covered.until - covered.since == timedelta(hours=24)
    expected = {16: ["芯片的事 1", "芯片的事 2"], 9: [f"芯片的事 {n}" for n in (1, 2, 3, 4)]}
    assert titles([digest]) == expected[hours[0]]


def test_a_digest_that_was_missed_tells_all_of_its_time_later() -> None:
    desk = Listening(replace(DESK, digests=(DigestTime(time(18)), DigestTime(time(9)))))
    desk.hear(NOON, story(1))
    (digest,) = desk.hear(NOON + 2 * DAYS)
    assert titles([digest]) == ["芯片的事 1"]
