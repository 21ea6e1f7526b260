from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.landing import Landed, LandingError, landed, read, read_body, write
from pipelines.captures import Entry, Kind, Outcome, Page, Reject, Status
from pipelines.landing_format import encode

AT = datetime(2026, 11, 2, 3, 4, 5, 6, tzinfo=UTC)
FULL = Outcome(
    board="weibo_side_hotsearch",
    captured_at=AT,
    status=Status.OK,
    request_url="https://weibo.com/ajax/side/hotSearch",
    http_status=200,
    elapsed_ms=12,
    body_bytes=4,
    page=Page(
        entries=(
            Entry(1, Kind.PINNED, None, "置顶"),
            Entry(
                2,
                Kind.RANKED,
                1,
                "第一\n\x00行",
                "https://x.cn/",
                "1.2万",
                "9",
                "热",
                "剧",
                "…",
                {"n": [1]},
            ),
        ),
        rejects=(Reject(3, "title_missing", "{}"),),
        upstream_at=AT - timedelta(minutes=1),
        cached=True,
    ),
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = write(tmp_path, FULL, b"body")
    assert read(path) == FULL
    assert read_body(path) == b"body"
    assert path.relative_to(tmp_path).as_posix() == (
        "weibo_side_hotsearch/2026-11-02/20261102T030405.000006Z.json"
    )


def test_a_capture_without_a_body_lands_too(tmp_path: Path) -> None:
    failed = replace(FULL, status=Status.FAILED, reason="dns", detail="x", page=Page(entries=()))
    path = write(tmp_path, failed)
    assert read(path) == failed
    assert read_body(path) is None
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_second_capture_of_one_microsecond_moves_on(tmp_path: Path) -> None:
    first, second = (write(tmp_path, FULL, body) for body in (b"one", b"two"))
    assert read(second).captured_at - read(first).captured_at == timedelta(microseconds=1)
    assert (read_body(first), read_body(second)) == (b"one", b"two")


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(lambda n: write(tmp_path, FULL, str(n).encode()), range(40)))
    assert len(set(paths)) == 40
    assert {read_body(path) for path in paths} == {str(n).encode() for n in range(40)}
    assert not list(tmp_path.rglob(".*"))


def test_the_same_outcome_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (write(tmp_path / name, FULL, b"body") for name in "ab")
    assert one.read_bytes() == two.read_bytes()
    bodies = [p.with_name(f"{p.stem}.body.gz").read_bytes() for p in (one, two)]
    assert bodies[0] == bodies[1]


@given(title=st.text() | st.just("\ud83d") | st.just("\x00\x1f\u2028"))
def test_any_title_lands_as_utf8(title: str) -> None:
    entry = Entry(1, Kind.RANKED, 1, title)
    text = encode(replace(FULL, page=Page(entries=(entry,))), None).decode("utf-8")
    assert text.count("\n") == 1


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    for content in ("{", "[]", '{"format": 99}'):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(LandingError, match=r"x\.json"):
            read(path)


def test_a_landed_line_is_read_back(tmp_path: Path) -> None:
    one = landed(tmp_path, write(tmp_path, FULL), FULL, AT)
    assert Landed.from_line(one.to_line()) == one
    assert (one.entry_count, one.reject_count) == (2, 1)
