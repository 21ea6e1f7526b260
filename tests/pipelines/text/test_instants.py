from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.instants import (
    ORDER_AMBIGUOUS,
    OUT_OF_RANGE,
    RELATIVE,
    UNREADABLE,
    ZONE_AMBIGUOUS,
    Instant,
    read_instant,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 3, 4, 0, 5)  # noqa: DTZ001 - naive UTC, as the warehouse keeps it


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04T08:05+08:00", "2026-03-04 08:05:00 +0800", "2026-03-04 08:05+08",
        "2026-03-04T00:05:00.000Z", "2026-03-04 08:05:00 Asia/Shanghai", "2026-03-04 00:05 UTC",
        "Wed Mar 04 08:05:00 +0800 2026", "Wed, 04 Mar 2026 00:05:00 GMT", "1772582700",
        "1772582700000", "1772582700000000", "1772582700.0", "2026-03-04T08:05:00,0+08:00",
        "2026-03-04 08:05 GMT+8", "2026-03-04 08:05:00 UTC+08:00", "2026-03-04 08:05 北京时间",
        "2026-03-04T08:05[Asia/Shanghai]", "2026-03-04T08:05:00+08:00[Asia/Shanghai]",
        "Wed Mar 04 2026 08:05:00 GMT+0800 (China Standard Time)", "20260304T000500Z",
        "2026-03-04 08:05(UTC+8)", "2026-03-04 08:05:00 (+0800)",
    ],
)  # fmt: skip
def test_a_zone_that_is_printed_is_honoured(text: str) -> None:
    assert read_instant(text, SHANGHAI).at == MORNING
    assert not read_instant(text).is_naive


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04 08:05", "2026/3/4 8:05", "2026.03.04 08:05:00", "2026年3月4日 8时05分",
        "2026年03月04日08:05", "20260304080500", "20260304 08:05:00", "20260304T080500",
        "2026-3-4 8:05 AM", "202603040805", "20260304T0805", "2026-03-04_08-05-00",
        "March 4, 2026 8:05 AM", "Mar 4, 2026, 8:05 AM", "Wednesday, March 4, 2026 8:05:00 AM",
        "4-Mar-2026 08:05", "２０２６－０３－０４　０８：０５",
        "46085.336805556", "2026-03-04 上午8:05", "2026-03-04 星期三 08:05", "2026年3月4日（周三）上午8:05",
    ],
)  # fmt: skip
def test_what_prints_no_zone_is_of_the_zone_that_is_said(text: str) -> None:
    found = read_instant(text, SHANGHAI)
    assert found.at is not None
    assert abs(found.at - MORNING) < timedelta(seconds=1)
    assert found.is_naive


def test_a_day_may_end_at_24_and_be_told_by_a_month_above_12() -> None:
    assert read_instant("2026-03-03 24:00:00").at == datetime(2026, 3, 4)  # noqa: DTZ001
    assert read_instant("25/12/2025 08:00").at == read_instant("12/25/2025 08:00").at
    assert read_instant("05/05/2025").at == datetime(2025, 5, 5)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-03-04 08:05 CST", ZONE_AMBIGUOUS),
        ("Wed Mar 04 08:05:00 IST 2026", ZONE_AMBIGUOUS),
        ("2026-03-04 08:05 Mars/Olympus", ZONE_AMBIGUOUS),
        ("03/04/2026 08:05", ORDER_AMBIGUOUS),
        ("infinity", OUT_OF_RANGE),
        ("294246-12-31", OUT_OF_RANGE),
        ("0001-01-01T00:00:00+08:00", OUT_OF_RANGE),
        ("2026-02-30", UNREADABLE),
        ("yesterday", RELATIVE),
        ("12", UNREADABLE),
        ("", UNREADABLE),
        ("2026-03-04 25:00", UNREADABLE),
        ("Today 08:00", RELATIVE),
        ("3分钟前", RELATIVE),
        ("2026-03-04 08:05 EST", ZONE_AMBIGUOUS),
        ("2026-03-04 08:05 BST", ZONE_AMBIGUOUS),
        ("2026-03-04T08:05:00+15:00", UNREADABLE),
        ("2026-03-04 08:05 GMT-13", UNREADABLE),
    ],
)
def test_what_has_no_meaning_or_two_is_refused_by_name(text: str, reason: str) -> None:
    found = read_instant(text)
    assert (found.at, found.reason) == (None, reason)


@pytest.mark.parametrize(
    "text", ["2026-03-04 08", "2026年3月4日8时", "46085.3333", "2026-03-04 8:00 AM"]
)
def test_an_hour_alone_and_a_day_of_few_figures_are_whole_hours(text: str) -> None:
    assert read_instant(text).at == datetime(2026, 3, 4, 8)  # noqa: DTZ001


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.integers(-12, 14))  # noqa: DTZ001
def test_what_is_printed_in_iso_reads_back(at: datetime, hours: int) -> None:
    aware = at.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert read_instant(aware.isoformat()).at == aware.astimezone(UTC).replace(tzinfo=None)


@given(st.text(max_size=200))
def test_any_text_is_an_instant_or_has_a_reason(text: str) -> None:
    found = read_instant(text)
    assert (found.at is None) == bool(found.reason)


@pytest.mark.parametrize(
    "text",
    [
        "3 小时前", "3小时前", "半小时前", "几分钟前", "约 20 分钟前", "1天2小时前", "两个月前", "昨天 08:00",

        "今天 8:05", "前天", "刚刚", "周三 08:05", "Today 08:00", "yesterday at 8:05 AM", "Just now",
        "昨日08:05", "an hour ago", "3 hours, 2 minutes ago", "5m ago", "last night", "08:05",
        "下午8:05", "03-04 08:05", "3月4日 08:05",
    ],
)  # fmt: skip
def test_what_only_the_moment_of_reading_makes_an_instant_is_refused_by_name(text: str) -> None:
    assert read_instant(text, SHANGHAI) == Instant(None, RELATIVE)


@pytest.mark.parametrize(
    "text", ["gone", "mondegreen", "nowhere", "天气", "2026", "100 days", "前"]
)
def test_what_is_no_time_at_all_is_unreadable(text: str) -> None:
    assert read_instant(text).reason == UNREADABLE


def test_words_in_brackets_where_an_offset_may_stand_are_not_passed_over() -> None:
    assert read_instant("2026-03-04 08:05 (Eastern Standard Time)").at is None
