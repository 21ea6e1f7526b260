import json
from pathlib import Path

import duckdb
import pytest

from fengkou import operations
from fengkou.home import Home
from warehouse.load.archive import ArchiveError
from warehouse.load.landing import Loaded

ROWS: list[dict[str, object]] = [
    {"source": "weibo", "captured_at": "2026-03-01T08:00:00Z", "rank": 1, "title": "甲"},
    {"source": "weibo", "captured_at": "2026-03-01T08:00:00Z", "rank": 2, "title": "乙"},
    {"source": "weibo", "captured_at": "2026-03-01T08:00:00Z", "rank": 2, "title": "又一个第二"},
    {"source": "weibo", "captured_at": "2026-03-01T08:00:00Z", "rank": -1, "title": "第零"},
    {"source": "weibo", "captured_at": "2026-03-01T08:00:00Z", "rank": 3, "title": None},
    {"source": "weibo", "captured_at": "yesterday", "rank": 4, "title": "丁"},
    {"source": None, "captured_at": "2026-03-01T08:00:00Z", "rank": 5, "title": "戊"},
    {"source": "weibo", "captured_at": "2026-03-01T08:00:00Z", "rank": None, "title": "置顶"},
    {
        "source": "weibo",
        "captured_at": "2026-03-01T08:00:00Z",
        "rank": 6,
        "title": "广告",
        "extra": {"ad": True},
    },
]


def _jsonl(file: Path, rows: list[dict[str, object]]) -> Path:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def _imported(home: Home, file: Path, **columns: str) -> Loaded:
    return operations.import_files(home, [file], columns, {})[file].loaded


def _rows(home: Home, query: str) -> list[tuple[object, ...]]:
    with operations.opened(home) as con:
        return con.execute(query).fetchall()


def test_rows_in_are_kept_or_rejected_with_a_reason(home: Home, tmp_path: Path) -> None:
    loaded = _imported(home, _jsonl(tmp_path / "a.jsonl", ROWS))
    assert loaded == Loaded(rows_in=9, rows_kept=5, rows_rejected=4, snapshot_count=1)
    assert sorted(_rows(home, "SELECT reason, found FROM raw.rejects")) == [
        ("captured_at_relative", "yesterday | 4 | 丁"),
        ("rank_unreadable", "-1 | 第零"),
        ("source_missing", "5 | 戊"),
        ("title_missing", "3"),
    ]


def test_pinned_and_paid_rows_have_no_rank(home: Home, tmp_path: Path) -> None:
    _imported(home, _jsonl(tmp_path / "a.jsonl", ROWS))
    assert _rows(home, "SELECT kind, rank, title FROM raw.entries ORDER BY position") == [
        ("pinned", None, "置顶"),
        ("ranked", 1, "甲"),
        ("ranked", 2, "乙"),
        ("ranked", 3, "又一个第二"),
        ("paid", None, "广告"),
    ]


def test_an_archive_joins_the_board_that_it_is_a_record_of(home: Home, tmp_path: Path) -> None:
    _imported(home, _jsonl(tmp_path / "a.jsonl", ROWS))
    assert _rows(home, "SELECT DISTINCT board FROM raw.entries") == [("weibo_side_hotsearch",)]


def test_importing_twice_changes_nothing(home: Home, tmp_path: Path) -> None:
    file = _jsonl(tmp_path / "a.jsonl", ROWS)
    _imported(home, file)
    again = _imported(home, file)
    assert (again.rows_kept, again.snapshot_count) == (0, 0)
    assert _rows(home, "SELECT count(*) FROM raw.entries") == [(5,)]


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_parquet_and_csv_say_the_same_as_json_lines(
    home: Home, tmp_path: Path, ending: str
) -> None:
    jsonl = _jsonl(tmp_path / "a.jsonl", ROWS[:2])
    other = tmp_path / f"b.{ending}"
    with duckdb.connect() as con:
        con.execute(f"COPY (FROM '{jsonl}') TO '{other}'")
    assert _imported(home, other) == Loaded(rows_in=2, rows_kept=2, snapshot_count=1)


def test_a_zone_is_honoured_and_utc_is_meant_without_one(home: Home, tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"source": "a_b", "captured_at": "2026-03-01T08:00:00+08:00", "rank": 1, "title": "甲"},
        {"source": "a_b", "captured_at": "2026-03-01 08:00:00", "rank": 1, "title": "甲"},
    ]
    _imported(home, _jsonl(tmp_path / "a.jsonl", rows))
    found = _rows(home, "SELECT captured_at::VARCHAR FROM raw.snapshots ORDER BY 1")
    assert found == [("2026-03-01 00:00:00",), ("2026-03-01 08:00:00",)]


def test_columns_can_have_other_names(home: Home, tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"source": "a_b", "captured_at": "2026-03-01", "place": 1, "word": "甲", "hot": 12.0}
    ]
    file = _jsonl(tmp_path / "a.jsonl", rows)
    with pytest.raises(ArchiveError, match=r"no column rank, title; the file has .*--map rank="):
        _imported(home, file)
    _imported(home, file, rank="place", title="word", heat="hot")
    assert _rows(home, "SELECT rank, title, heat FROM raw.entries") == [(1, "甲", "12.0")]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"x", "unknown ending '.txt'"),
        ("a.parquet", b"PAR1 and no more", "cannot be read as .parquet"),
    ],
)
def test_a_file_that_is_no_archive_is_refused_whole(
    home: Home, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(ArchiveError, match=message):
        _imported(home, file)
    assert _rows(home, "SELECT count(*) FROM raw.entries") == [(0,)]


def test_broken_lines_of_a_csv_are_counted_and_the_rest_is_kept(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    good = "".join(f"a_b,2026-03-01T00:00:00Z,{n},标题{n}\n" for n in range(1, 30))
    file.write_text(f"source,captured_at,rank,title\n{good}a_b,2026-03-01,31,x,y,z\n", "utf-8")
    loaded = _imported(home, file)
    assert (loaded.rows_in, loaded.rows_kept, loaded.rows_rejected) == (30, 29, 1)


def test_hostile_titles_are_kept_as_printed_and_cleaned_beside(home: Home, tmp_path: Path) -> None:
    titles = ["<b>甲</b>", "一\n二", "隐\u200b形", "=1+1", "长" * 10_000, "12345", "\x07铃"]
    rows: list[dict[str, object]] = [
        {"source": "a_b", "captured_at": "2026-03-01", "rank": n, "title": title}
        for n, title in enumerate(titles, 1)
    ]
    _imported(home, _jsonl(tmp_path / "a.jsonl", rows))
    operations.build(home)
    found = _rows(
        home,
        "SELECT e.title FROM raw.entries e JOIN mart.entries USING (position) ORDER BY position",
    )
    assert [row[0] for row in found] == titles
    clean = _rows(home, "SELECT title FROM mart.entries ORDER BY position")
    assert [row[0] for row in clean][1:4] == ["一 二", "隐形", "=1+1"]


@pytest.mark.parametrize("title", ["", "  ", "\u200b\ufeff", "\u3000\u00a0", "\u202e\u202c\n"])
def test_a_title_that_shows_nothing_is_missing(home: Home, tmp_path: Path, title: str) -> None:
    rows = [{**ROWS[0], "title": title}, {**ROWS[1], "title": f"{title}乙"}]
    _imported(home, _jsonl(tmp_path / "a.jsonl", rows))
    assert _rows(home, "SELECT reason FROM raw.rejects") == [("title_missing",)]
    assert _rows(home, "SELECT count(*) FROM raw.entries") == [(1,)]
