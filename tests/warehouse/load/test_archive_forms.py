"""Archives as people have them: every value as printed, in whatever file it stands."""

import gzip
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fengkou import operations
from fengkou.home import Home
from warehouse.load.archive import ArchiveError, Imported

TITLES = ("河口渡轮恢复通航", "青石镇早市搬迁", "北岭林场开放参观")
HEADER = "source,captured_at,rank,title,url,heat"
AT = "2026-03-01T08:00:00Z"


def table(delimiter: str = ",", titles: Iterable[str] = TITLES) -> str:
    lines = [HEADER, *(f"a_b,{AT},{n},{title},,{n}0" for n, title in enumerate(titles, 1))]
    return "\n".join(lines).replace(",", delimiter) + "\n"


def imported(home: Home, file: Path, content: bytes | str, zone: str | None = None) -> Imported:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    found = operations.import_files(home, [file], {}, {}, zone=ZoneInfo(zone) if zone else None)
    return found[file]


def entries(home: Home, columns: str = "rank, title") -> list[tuple[object, ...]]:
    with operations.opened(home) as con:
        return con.execute(
            f"SELECT {columns} FROM raw.entries ORDER BY captured_at, position"
        ).fetchall()


WHOLE = list(enumerate(TITLES, 1))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-32"]
)
def test_a_csv_is_read_in_its_encoding(home: Home, tmp_path: Path, encoding: str) -> None:
    titles = (
        ("河口渡輪恢復通航", "青石鎮早市搬遷", "北嶺林場開放參觀") if encoding == "big5" else TITLES
    )
    imported(home, tmp_path / "a.csv", table(titles=titles).encode(encoding))
    assert [title for _, title in entries(home)] == list(titles)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_is_read_by_its_delimiter(
    home: Home, tmp_path: Path, delimiter: str, end: str
) -> None:
    imported(home, tmp_path / "a.csv", table(delimiter).replace("\n", end))
    assert entries(home) == WHOLE


@pytest.mark.parametrize("begin", ["sep=;\r\n", '"sep=;"\n', "\n \n", "SEP=;\n\n"])
def test_a_line_that_says_the_delimiter_and_blank_lines_are_no_rows(
    home: Home, tmp_path: Path, begin: str
) -> None:
    imported(home, tmp_path / "a.csv", begin + table(";"))
    assert entries(home) == WHOLE


def test_quotes_are_signs_unless_they_close(home: Home, tmp_path: Path) -> None:
    titles = ('第3场"加演"', '"河口"渡轮', '"没有合上', '"带,逗号和""引号"""', '"两\n行"')
    done = imported(home, tmp_path / "a.csv", table(titles=titles))
    assert [title for _, title in entries(home)] == [
        '第3场"加演"', '"河口"渡轮', '"没有合上', '带,逗号和"引号"', "两\n行"
    ]  # fmt: skip
    assert done.loaded.rows_rejected == 0


def test_quotes_behind_backslashes_are_quotes_within(home: Home, tmp_path: Path) -> None:
    printed = (r'"河口\"渡轮\"通航"', r'"\"河口\", 渡轮"', r'"C:\"', r'"河口\\"')
    imported(home, tmp_path / "a.csv", table(titles=printed))
    assert [title for _, title in entries(home)] == [
        '河口"渡轮"通航', '"河口", 渡轮', "C:\\", "河口\\\\"
    ]  # fmt: skip


def test_what_stands_late_in_a_file_is_read_as_what_stands_early(
    home: Home, tmp_path: Path
) -> None:
    rows = [
        {"source": "a_b", "captured_at": f"2026-03-{day:02}T{hour:02}:00:00Z", "rank": n, "title": f"第{n}条"}
        for day in range(1, 20) for hour in range(24) for n in range(1, 51)
    ]  # fmt: skip
    rows += [
        {"source": "a_b", "captured_at": "2026-03-21T00:00:00Z", "rank": rank, "title": title, "heat": heat}
        for rank, title, heat in (("1", "12:30", "热度 8万"), (2.0, 2026, 9.5), ("置顶", True, None))
    ]  # fmt: skip
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    assert imported(home, tmp_path / "a.jsonl", lines).loaded.rows_rejected == 0
    assert entries(home, "kind, rank, title, heat")[-3:] == [
        ("pinned", None, "true", None),
        ("ranked", 1, "12:30", "热度 8万"),
        ("ranked", 2, "2026", "9.5"),
    ]


def test_packed_tab_parted_and_arrays_are_archives_too(home: Home, tmp_path: Path) -> None:
    rows = [{"source": "c_d", "captured_at": AT, "rank": n, "title": title} for n, title in WHOLE]
    imported(home, tmp_path / "a.csv.gz", gzip.compress(table().encode()))
    assert entries(home) == WHOLE
    assert imported(home, tmp_path / "a.tsv", table("\t")).loaded.rows_known == 3
    assert imported(home, tmp_path / "a.json", json.dumps(rows)).loaded.rows_kept == 3
    assert imported(home, tmp_path / "b.json", json.dumps({"data": rows})).loaded.rows_known == 3
    deep = {"status": "ok", "data": {"total": 3, "rows": rows}}
    assert imported(home, tmp_path / "c.json", json.dumps(deep)).loaded.rows_known == 3
    assert imported(home, tmp_path / "d.csv.gz", table()).loaded.rows_known == 3
    assert (
        imported(home, tmp_path / "e.csv", gzip.compress(table().encode())).loaded.rows_known == 3
    )


@pytest.mark.parametrize("ending", ["json", "jsonl", "ndjson"])
@pytest.mark.parametrize("form", ["array", "lines", "returns", "objects", "one"])
def test_json_is_read_by_what_it_is_and_not_by_its_ending(
    home: Home, tmp_path: Path, ending: str, form: str
) -> None:
    rows = [{"source": "a_b", "captured_at": AT, "rank": n, "title": title} for n, title in WHOLE]
    lines = [json.dumps(row) for row in rows]
    text = {
        "array": json.dumps(rows, indent=1),
        "lines": "\n".join(lines),
        "returns": "\r".join(lines),
        "objects": ",\n".join(json.dumps(row, indent=2) for row in rows),
        "one": lines[0],
    }[form]
    imported(home, tmp_path / f"a.{ending}", text)
    assert entries(home) == WHOLE[: 1 if form == "one" else None]


@pytest.mark.parametrize("depth", [200, 900, 100_000])
def test_one_line_that_is_nested_beyond_reading_stops_no_other(
    home: Home, tmp_path: Path, depth: int
) -> None:
    row = {"source": "a_b", "captured_at": AT, "rank": 1, "title": TITLES[0]}
    deep = json.dumps(row | {"rank": 2, "extra": 0}).replace("0}", "[" * depth + "]" * depth + "}")
    imported(home, tmp_path / "a.jsonl", f"{deep}\n{json.dumps(row)}")
    assert (1, TITLES[0]) in entries(home)


@pytest.mark.parametrize(("begin", "what"), [(b"PK\x03\x04", "workbook"), (b"PAR1", "Parquet")])
def test_what_is_no_text_is_refused_by_what_it_is(
    home: Home, tmp_path: Path, begin: bytes, what: str
) -> None:
    with pytest.raises(ArchiveError, match=what):
        imported(home, tmp_path / "a.csv", begin + b"\x00\xff" * 500)


def test_lines_of_several_encodings_are_each_read_in_theirs(home: Home, tmp_path: Path) -> None:
    head, *lines = table(titles=(*TITLES, "联通")).splitlines(keepends=True)
    for cut in range(len(lines)):
        file = tmp_path / f"{cut}.csv"
        parts = [line.encode("utf-8" if n < cut else "gbk") for n, line in enumerate(lines)]
        imported(home, file, head.encode() + b"".join(parts))
    assert [title for _, title in entries(home)] == [*TITLES, "联通"]


def test_a_sign_that_was_cut_is_lost_alone(home: Home, tmp_path: Path) -> None:
    for encoding in ("utf-8", "gbk"):
        content = table().encode(encoding).replace("口".encode(encoding), b"\xff")
        imported(home, tmp_path / f"{encoding}.csv", content)
    assert entries(home) == [(1, "河\ufffd渡轮恢复通航"), *WHOLE[1:]]


def test_the_named_file_is_read_and_no_other(home: Home, tmp_path: Path) -> None:
    (tmp_path / "a1.csv").write_text(table(titles=("另一个文件",)), encoding="utf-8")
    imported(home, tmp_path / "a[1].csv", table())
    assert entries(home) == WHOLE


def test_parquet_is_read_as_it_would_be_printed(home: Home, tmp_path: Path) -> None:
    at = datetime(2026, 3, 1, 8, tzinfo=UTC)
    columns = {
        "source": pa.array(["a_b"] * 2).dictionary_encode(),
        "captured_at": pa.array([at] * 2, pa.timestamp("ns", "UTC")),
        "rank": pa.array([1.0, 2.0]),
        "title": pa.array(TITLES[:2], pa.large_string()),
        "heat": pa.array([Decimal("12.00"), Decimal("12.50")]),
        "url": pa.array([b"https://a.example/1", None]),
        "native_id": pa.array([9_007_199_254_740_994.0, float("nan")]),
        "extra": pa.array([{"ad": True}, {"ad": False}]),
    }
    file = tmp_path / "a.parquet"
    pq.write_table(pa.table(columns), file)
    operations.import_files(home, [file], {}, {})
    found = entries(home, "kind, rank, heat, url, native_id")
    assert found == [
        ("ranked", 2, "12.50", None, None),
        ("paid", None, "12", "https://a.example/1", "9007199254740994"),
    ]


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("https://me:secret@a.example/1", None),
        ("//me@a.example/1", None),
        ("HTTPS://b.example@a.example", None),
        ("https://a.example/@me", "https://a.example/@me"),
        ("https://a.example?to=b@c.example", "https://a.example?to=b@c.example"),
    ],
)
def test_an_address_with_a_name_or_password_is_not_kept(
    home: Home, tmp_path: Path, printed: str, kept: str | None
) -> None:
    imported(home, tmp_path / "a.csv", f"{HEADER}\na_b,{AT},1,甲,{printed},\n")
    assert entries(home, "title, url") == [("甲", kept)]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "+08:00", "Nowhere/AtAll"])
def test_an_instant_of_parquet_is_one_whatever_its_zone_is_called(
    home: Home, tmp_path: Path, zone: str
) -> None:
    file, at = tmp_path / "a.parquet", pa.array([1_772_352_000], pa.timestamp("s", zone))
    columns = {
        "source": ["a_b"],
        "captured_at": at,
        "rank": [1],
        "title": [TITLES[0].encode("gbk")],
    }
    pq.write_table(pa.table(columns), file)
    operations.import_files(home, [file], {}, {})
    assert entries(home, "captured_at, title") == [(datetime(2026, 3, 1, 8), TITLES[0])]  # noqa: DTZ001


def test_instants_within_lists_whose_zone_nobody_knows_refuse_the_file(
    home: Home, tmp_path: Path
) -> None:
    file, at = tmp_path / "a.parquet", pa.timestamp("s", "Nowhere/AtAll")
    columns = {"source": ["a_b"], "captured_at": [AT], "rank": [1], "title": [TITLES[0]]}
    pq.write_table(pa.table(columns | {"seen_at": pa.array([[1]], pa.list_(at))}), file)
    with pytest.raises(ArchiveError, match="Nowhere/AtAll"):
        operations.import_files(home, [file], {}, {})


def test_null_words_are_nothing_and_half_a_rank_is_none(home: Home, tmp_path: Path) -> None:
    text = (
        f"{HEADER}\na_b,{AT},NULL,甲,\\N,nan\na_b,{AT},1.0,乙,None,1e6\na_b,{AT},2.5,丙,,\n"
        f"a_b,{AT},第3名,丁,,\n"
    )
    done = imported(home, tmp_path / "a.csv", text)
    assert entries(home, "kind, rank, title, url, heat") == [
        ("pinned", None, "甲", None, None),
        ("ranked", 1, "乙", None, "1e6"),
        ("ranked", 3, "丁", None, None),
    ]
    assert [(reject.reason, reject.example) for reject in done.rejects] == [
        ("rank_unreadable", "2.5 | 丙")
    ]


def test_ranks_that_count_from_nought_are_shifted_and_ties_are_kept(
    home: Home, tmp_path: Path
) -> None:
    from_nought = "".join(f"a_b,{AT},{n},{title},,\n" for n, title in enumerate(TITLES))
    tied = "".join(f"c_d,{AT},{n},{title},,\n" for n, title in zip((1, 2, 2), TITLES, strict=True))
    imported(home, tmp_path / "a.csv", f"{HEADER}\n{from_nought}{tied}")
    assert sorted(entries(home, "board, rank, title")) == sorted(
        [("a_b", *row) for row in WHOLE] + [("c_d", *row) for row in WHOLE]
    )


@pytest.mark.parametrize("cut", [1, 2])
def test_a_cut_archive_and_then_the_whole_one_give_the_whole(
    home: Home, tmp_path: Path, cut: int
) -> None:
    lines = table().splitlines(keepends=True)
    imported(home, tmp_path / "part.csv", "".join([lines[0], *lines[cut + 1 :]]))
    done = imported(home, tmp_path / "whole.csv", table())
    assert (done.loaded.rows_kept, done.loaded.rows_known) == (cut, 3 - cut)
    assert entries(home, "position, rank, title") == [(n, n, title) for n, title in WHOLE]
    with operations.opened(home) as con:
        assert con.execute("SELECT entry_count FROM raw.snapshots").fetchall() == [(3,)]
    assert imported(home, tmp_path / "again.csv", table()).loaded.rows_known == 3


def test_a_known_line_that_says_otherwise_is_told(home: Home, tmp_path: Path) -> None:
    imported(home, tmp_path / "a.csv", table())
    assert imported(home, tmp_path / "b.csv", table()).unused == ()
    other = table().replace(",10\n", ",11\n").replace(",3,", ",4,")
    done = imported(home, tmp_path / "c.csv", other)
    assert done.loaded.rows_known == len(WHOLE)
    assert [(value.reason, value.count) for value in done.unused] == [("known_differently", 2)]
    assert entries(home) == WHOLE


def test_a_line_that_stands_twice_is_one_line(home: Home, tmp_path: Path) -> None:
    lines = table().splitlines(keepends=True)
    imported(home, tmp_path / "a.csv", "".join([lines[0], *(2 * lines[1:])]))
    assert entries(home) == WHOLE


def test_times_without_a_zone_are_of_the_zone_that_is_said(home: Home, tmp_path: Path) -> None:
    text = table().replace(AT, "2026-03-01 08:00")
    assert imported(home, tmp_path / "a.csv", text).naive_example == "2026-03-01 08:00"
    done = imported(home, tmp_path / "b.csv", text, zone="Asia/Shanghai")
    assert done.naive_example is None
    assert {at.hour for (at,) in entries(home, "captured_at")} == {0, 8}  # type: ignore[attr-defined]


def test_a_file_of_which_nothing_can_be_kept_is_no_success(home: Home, tmp_path: Path) -> None:
    assert imported(home, tmp_path / "a.csv", table().replace(AT, "gestern")).kept_nothing
    assert not imported(home, tmp_path / "b.csv", table()).kept_nothing
    assert not imported(home, tmp_path / "b.csv", table()).kept_nothing


def test_ranks_and_titles_that_are_none_are_refused_by_name(home: Home, tmp_path: Path) -> None:
    lines = [
        (1, TITLES[0]), (1_000_000, TITLES[1]), (1_772_582_700, TITLES[1]), (2.5, TITLES[1]),
        (2, {"text": TITLES[1]}), (3, [TITLES[2]]), (4, "undefined"), (5, "[转发]"), ("TOP6", TITLES[2]),
    ]  # fmt: skip
    rows = [
        {"source": "a_b", "captured_at": AT, "rank": rank, "title": title} for rank, title in lines
    ]
    done = imported(home, tmp_path / "a.json", json.dumps(rows))
    assert {reject.reason: reject.count for reject in done.rejects} == {
        "rank_out_of_range": 2, "rank_unreadable": 1, "title_missing": 1, "title_not_text": 2
    }  # fmt: skip
    assert entries(home) == [(1, TITLES[0]), (5, "[转发]"), (6, TITLES[2])]


def test_a_heat_that_nothing_has_is_told_and_its_line_kept(home: Home, tmp_path: Path) -> None:
    heats = ("1e18", "-1e300", "inf", "5", "undefined", "热")
    rows = [
        {"source": "a_b", "captured_at": AT, "rank": n, "title": f"第{n}条", "heat": heat}
        for n, heat in enumerate(heats, 1)
    ]
    done = imported(home, tmp_path / "a.json", json.dumps(rows))
    assert done.loaded.rows_kept == len(heats)
    assert [(value.reason, value.count) for value in done.unused] == [("heat_out_of_range", 3)]
