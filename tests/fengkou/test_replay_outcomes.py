"""How a replay turned out, on an archive whose every rank is known."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from fengkou.cli.app import app
from fengkou.replay_outcomes import turned_out
from warehouse.load.archive import ArchiveError

BEGIN = datetime(2025, 5, 20, tzinfo=UTC)
OLD = [f"{n}号老桥" for n in range(1, 13)]
RISES, STAYS = "灯塔点亮", "石阶翻修"
TOP_FROM = 90


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """An archive of one board, every ten minutes for ten hours, and chances that were given in it."""
    rows, chances = [], []
    for number in range(0, 600, 10):
        at = BEGIN + timedelta(minutes=number)
        listed = [*OLD[:9], RISES, *OLD[9:], STAYS] if number >= TOP_FROM else [*OLD, RISES, STAYS]
        rows += [
            {
                "source": "made",
                "captured_at": at.isoformat(),
                "rank": rank,
                "title": title,
                "heat": None,
            }
            for rank, title in enumerate(listed, start=1)
        ]
        chances += [
            (RISES, at, 0.2 if number < 40 else 0.8),
            (STAYS, at, 0.1 if number != 200 else 0.6),
        ]
    archive, given = tmp_path / "made.parquet", tmp_path / "chances.parquet"
    types = pa.schema({name: pa.string() for name in ("source", "captured_at", "title", "heat")})
    pq.write_table(pa.Table.from_pylist(rows, types.append(pa.field("rank", pa.int32()))), archive)
    titles, instants, p = zip(*chances, strict=True)
    at = pa.array([one.replace(tzinfo=None) for one in instants], pa.timestamp("us"))
    pq.write_table(pa.table({"title": titles, "at": at, "p": p}), given)
    return archive, given


def test_calls_and_chances_are_held_against_what_came(files: tuple[Path, Path]) -> None:
    archive, given = files
    found = turned_out(given, archive, "made")
    assert (found.call_count, found.top_count) == (2, 1)
    assert found.leads == (50.0,)  # called at minute 40, there at minute 90
    told = {
        round(one.mean_chance, 2): (one.reached_share, one.forecast_count) for one in found.bins
    }
    # What stands in the top ten has no forecast: its later chances do not count.
    assert told == {0.1: (0.0, 59), 0.2: (1.0, 4), 0.6: (0.0, 1), 0.8: (1.0, 5)}


def test_the_command_draws_two_figures(files: tuple[Path, Path], tmp_path: Path) -> None:
    archive, given = files
    told = CliRunner().invoke(
        app,
        [
            "record",
            str(given),
            "--archive",
            str(archive),
            "--source",
            "made",
            "--out",
            str(tmp_path),
        ],
    )
    assert told.exit_code == 0, told.output
    assert "2 calls, 1 right, of 1 that came" in told.output
    for name in ("reliability", "lead-times"):
        assert (tmp_path / f"{name}.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_source_that_is_not_there_is_said(files: tuple[Path, Path]) -> None:
    with pytest.raises(ArchiveError, match="holds made, and no source other"):
        turned_out(files[1], files[0], "other")
