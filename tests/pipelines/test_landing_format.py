"""A landed file says all of a capture, names its keys once, and is taken whole or not at all."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.captures import Entry, Kind, Outcome, Page, Reject, Status
from pipelines.landing_format import (
    CAPTURE,
    ENTRY,
    REJECT,
    SAID_AT_TIMES,
    DamagedError,
    Exchange,
    decode,
    encode,
    iso,
    stem_instant,
    stem_of,
)

AT = datetime(2026, 11, 2, 3, 4, 5, 6, tzinfo=UTC)
# Hypothesis wants naive bounds and makes the instants aware.
INSTANTS = st.datetimes(datetime(1000, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
TEXTS = st.text()  # no half of a surrogate pair: what becomes of one is told elsewhere
JSON = st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | TEXTS, st.lists, max_leaves=3)
ENTRIES = st.builds(
    Entry,
    position=st.integers(1, 99),
    kind=st.just(Kind.PINNED),
    rank=st.none(),
    title=TEXTS,
    url=st.none() | TEXTS,
    heat=st.none() | TEXTS,
    extra=st.dictionaries(TEXTS, JSON, max_size=2),
) | st.builds(
    Entry,
    position=st.integers(1, 99),
    kind=st.just(Kind.RANKED),
    rank=st.integers(1, 99),
    title=TEXTS,
)
OUTCOMES = st.builds(
    Outcome,
    board=st.just("example_hot"),
    captured_at=INSTANTS,
    status=st.sampled_from(Status),
    request_url=TEXTS,
    reason=TEXTS,
    detail=TEXTS,
    http_status=st.none() | st.integers(100, 599),
    page=st.builds(
        Page,
        entries=st.lists(ENTRIES, max_size=3).map(tuple),
        rejects=st.lists(st.builds(Reject, st.integers(1, 9), TEXTS, TEXTS), max_size=2).map(tuple),
        upstream_at=st.none() | INSTANTS,
        cached=st.booleans(),
    ),
)
EXCHANGES = st.builds(
    Exchange,
    asked=st.dictionaries(TEXTS, st.integers(1, 9), max_size=2),
    etag=TEXTS,
    retry_at=st.none() | INSTANTS,
)
OUTCOME = Outcome(
    "example_hot",
    AT,
    Status.OK,
    "https://example.com/",
    page=Page((Entry(1, Kind.RANKED, 1, "山路积雪"),), (Reject(2, "title_missing", "{}"),)),
)
FULL_EXCHANGE = Exchange({"example.com": 1}, '"7"', "Mon", "a/b/c.json", AT)


@given(outcome=OUTCOMES, exchange=EXCHANGES)
def test_what_is_encoded_is_decoded(outcome: Outcome, exchange: Exchange) -> None:
    content = encode(outcome, None, exchange)
    assert decode(content, outcome.board, outcome.captured_at) == (outcome, exchange)


def test_every_key_that_is_written_is_one_that_is_read() -> None:
    document = json.loads(encode(OUTCOME, "x.body.gz", FULL_EXCHANGE))
    assert document.keys() == CAPTURE.keys() | SAID_AT_TIMES.keys()
    assert document["entries"][0].keys() == ENTRY.keys()
    assert document["rejects"][0].keys() == REJECT.keys()


@pytest.mark.parametrize(
    ("board", "at"), [("other_hot", AT), ("example_hot", AT + timedelta(microseconds=1))]
)
def test_a_file_in_anothers_place_is_damaged(board: str, at: datetime) -> None:
    with pytest.raises(DamagedError, match="its place and name do not"):
        decode(encode(OUTCOME, None), board, at)


@given(INSTANTS)
def test_a_stem_is_read_back(instant: datetime) -> None:
    assert stem_instant(stem_of(instant)) == instant


@given(INSTANTS, INSTANTS)
def test_the_order_of_printed_instants_is_that_of_time(one: datetime, other: datetime) -> None:
    assert (iso(one) < iso(other)) == (one < other)


def test_an_entry_of_another_rank_than_its_kind_is_damaged() -> None:
    pinned = replace(OUTCOME, page=Page((Entry(1, Kind.PINNED, 1, "置顶"),)))
    with pytest.raises(DamagedError, match="'pinned' with rank 1"):
        decode(encode(pinned, None), "example_hot", AT)
