"""Chances, counts and times are shortened for readers, and never into what they are not."""

from datetime import UTC, datetime, timedelta

import pytest

from pipelines.digest.render.numbers import shortened
from pipelines.digest.render.phrases import percent
from pipelines.digest.render.wall_clock import clock, shanghai
from pipelines.language import Language
from pipelines.messages import messages_in

AT = datetime(2025, 3, 14, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai


@pytest.mark.parametrize(
    ("chance", "shown"),
    [(0.0, "0%"), (0.001, "<1%"), (0.716, "72%"), (0.999, "99%"), (1.0, "100%")],
)
def test_a_chance_is_never_rounded_to_what_it_is_not(chance: float, shown: str) -> None:
    assert percent(chance) == shown


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (9_876, "9876", "9.9k"),
        (123_000, "12.3万", "123k"),
        (999_960, "100万", "1M"),
        (99_999_999, "1亿", "100M"),
        (320_000_000, "3.2亿", "320M"),
        (-12_345, "-1.2万", "-12.3k"),
    ],
)
def test_a_number_is_shortened_in_the_readers_way(number: int, chinese: str, english: str) -> None:
    shown = [shortened(number, messages_in(language)) for language in (Language.ZH, Language.EN)]
    assert shown == [chinese, english]


def test_times_are_shanghais() -> None:
    assert clock(AT, None) == "2025-03-14 09:00"
    assert clock(AT - timedelta(hours=9, minutes=1), AT) == "03-13 23:59"


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        shanghai(datetime(2025, 3, 14))  # noqa: DTZ001
