"""``fengkou topics``: every title of an archive has a topic, as the line would have given it."""

import json
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from fengkou import operations
from fengkou.cli.app import app
from fengkou.home import Home
from tests.warehouse.captures import START
from warehouse.load.archive import ArchiveError

Row = tuple[str, float, object, str | None]

ROWS: list[Row] = [
    ("weibo", 0.0, 1, "#外卖员跳河救起落水儿童#"),
    ("weibo", 0.0, None, "青禾博物馆周一不再闭馆"),
    # A rank that is taken, one that is none, and a board that nobody has.
    ("never-heard-of", 0.5, 7, "青禾外卖员跳河救起落水儿童"),
    ("never-heard-of", 0.5, 7, "海豚湾灯塔亮了三百年"),
    ("never-heard-of", 0.5, -1, "陶罐上的字是谁写的 "),
    ("never-heard-of", 0.5, 3, None),
    # Re-entry half a day on, and the other name of a board of before.
    ("weibo", 12.0, 2, "#外卖员跳河救起落水儿童#"),
    ("never_heard_of", 12.0, 1, "海豚湾灯塔亮了三百年"),
]


def archive(file: Path, rows: list[Row]) -> Path:
    pq.write_table(
        pa.table(
            {
                "source": [row[0] for row in rows],
                "captured_at": [(START + timedelta(hours=row[1])).isoformat() for row in rows],
                "rank": pa.array([row[2] for row in rows], pa.int32()),
                "title": [row[3] for row in rows],
            }
        ),
        file,
    )
    return file


def grouped(folder: Path, *files: Path) -> dict[tuple[str, str], int]:
    to = folder / "topics.parquet"
    asked = [word for file in files for word in ("--archive", str(file))]
    told = CliRunner().invoke(app, ["topics", *asked, "--out", str(to), "--json"])
    assert told.exit_code == 0, told.output
    written = pq.read_table(to)
    assert written.schema.names == ["source", "title", "topic_id"]
    assert json.loads(told.stdout)["title_count"] == written.num_rows
    rows = written.to_pylist()
    found = {(row["source"], row["title"]): row["topic_id"] for row in rows}
    assert len(found) == len(rows)
    return found


def test_every_title_comes_out_once_and_as_printed(tmp_path: Path) -> None:
    found = grouped(tmp_path, archive(tmp_path / "made.parquet", ROWS))
    assert found.keys() == {(source, title) for source, _, _, title in ROWS if title}
    assert (
        found["weibo", "#外卖员跳河救起落水儿童#"]
        == found["never-heard-of", "青禾外卖员跳河救起落水儿童"]
    )
    lighthouse = "海豚湾灯塔亮了三百年"
    assert found["never-heard-of", lighthouse] == found["never_heard_of", lighthouse]
    assert len(set(found.values())) == 4


@pytest.mark.slow
def test_several_archives_are_one_stream(tmp_path: Path) -> None:
    files = [archive(tmp_path / f"{n}.parquet", rows) for n, rows in ((1, ROWS[6:]), (0, ROWS[:6]))]
    whole = grouped(tmp_path, archive(tmp_path / "made.parquet", ROWS))
    assert grouped(tmp_path, *files) == whole


@pytest.mark.slow
def test_the_topics_are_those_of_the_warehouse(tmp_path: Path) -> None:
    ranked = [row for row in ROWS if row[:3] != ("never-heard-of", 0.5, 7) and row[2] != -1]
    file = archive(tmp_path / "made.parquet", ranked)
    home = Home(tmp_path / "home")
    operations.import_files(home, [file], {}, {})
    operations.build(home)
    with operations.opened(home) as con:
        rows = con.execute(
            "SELECT DISTINCT printed.title, made.topic_id FROM raw.entries AS printed "
            "INNER JOIN mart.entries AS made USING (board, captured_at, position)"
        ).fetchall()
    assert {(title, topic) for (_, title), topic in grouped(tmp_path, file).items()} == set(rows)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no such file"):
        operations.group_archives(
            Home(tmp_path), [tmp_path / "none.parquet"], tmp_path / "out.parquet"
        )
