from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from fengkou import backtest
from fengkou.cli.app import app
from pipelines.forecast.rank_history import DAY, HOUR, MINUTE
from tests.made_past import START, made_past
from warehouse.load.archive import ArchiveError
from warehouse.readers.rank_history import read_archives

DAYS, EVERY = 5.0, 30

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("backtest"),
]  # one worker sets it up, not each


def iso(at: int) -> str:
    return datetime.fromtimestamp(at / 1e6, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write(file: Path, kept: np.ndarray | None = None) -> Path:
    """The made board as an archive; ``kept`` marks the rows."""
    rows, titles = made_past(DAYS, every=EVERY)
    kept = np.ones(len(rows.rank), bool) if kept is None else kept
    at, item = rows.captured_at[kept].tolist(), rows.item[kept].tolist()
    table = pa.table(
        {
            "source": ["made"] * len(at),
            "captured_at": [iso(one) for one in at],
            "rank": pa.array(rows.rank[kept].astype(int).tolist(), pa.int32()),
            "title": [titles[one] for one in item],
            "heat": rows.heat[kept],
        }
    )
    pq.write_table(table, file)
    return file


def replayed(file: Path, *, is_frozen: bool = False) -> dict[tuple[str, int], float]:
    dataset = backtest.dataset_of(read_archives([file]))
    since = START + 3 * DAY + 5 * HOUR
    found = backtest.replay(dataset, "made", since, START + 5 * DAY, EVERY, is_frozen=is_frozen)
    assert found.trained_count == (1 if is_frozen else 2)
    return dict(zip(zip(found.title, found.at.tolist(), strict=True), found.chance, strict=True))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("archive") / "made.parquet")


@pytest.fixture(scope="module")
def whole(archive: Path) -> dict[tuple[str, int], float]:
    return replayed(archive)


def test_forecasts_are_identical_when_the_archive_ends_at_any_of_ten_instants(
    whole: dict[tuple[str, int], float], tmp_path: Path
) -> None:
    rows, _ = made_past(DAYS, every=EVERY)
    begin = START + int(4.05 * DAY)
    for at in np.random.default_rng(5).integers(begin, START + 5 * DAY, 10).tolist():
        cut = replayed(write(tmp_path / "cut.parquet", rows.captured_at <= at))
        before = {key: p for key, p in whole.items() if key[1] <= at}
        assert {key: p for key, p in cut.items() if key[1] <= at} == before


def test_every_entry_below_the_top_ten_has_a_chance(whole: dict[tuple[str, int], float]) -> None:
    rows, titles = made_past(DAYS, every=EVERY)
    asked = (rows.rank > 10) & (rows.captured_at >= START + 3 * DAY + 5 * HOUR)
    wanted = {
        (titles[i], at)
        for i, at in zip(rows.item[asked].tolist(), rows.captured_at[asked].tolist(), strict=True)
    }
    assert wanted <= whole.keys()
    assert all(0 <= p <= 1 for p in whole.values())


def test_frozen_is_the_same_until_the_first_midnight(
    archive: Path, whole: dict[tuple[str, int], float]
) -> None:
    frozen = replayed(archive, is_frozen=True)
    first_day = [key for key in whole if key[1] < START + 4 * DAY]
    assert frozen.keys() == whole.keys()
    assert any(frozen[key] != whole[key] for key in whole if key[1] >= START + 4 * DAY)
    assert np.corrcoef([frozen[k] for k in first_day], [whole[k] for k in first_day])[0, 1] > 0.9


@pytest.mark.parametrize("what", ["every other capture", "an outage of eight hours"])
def test_a_replay_survives(what: str, tmp_path: Path) -> None:
    rows, _ = made_past(DAYS, every=EVERY)
    number = (rows.captured_at - START) // (EVERY * MINUTE)
    gone = START + 4 * DAY
    kept = {
        "every other capture": number % 2 == 0,
        "an outage of eight hours": (rows.captured_at < gone)
        | (rows.captured_at > gone + 8 * HOUR),
    }[what]
    found = replayed(write(tmp_path / "made.parquet", kept))
    assert found
    assert all(np.isfinite(p) for p in found.values())


def test_nothing_is_forecast_from_a_board_that_froze(tmp_path: Path) -> None:
    froze, thawed = START + 4 * DAY, START + 4 * DAY + 4 * HOUR
    table = pq.read_table(write(tmp_path / "made.parquet")).to_pylist()
    last = [row for row in table if row["captured_at"] == iso(froze)]
    moving = [row for row in table if not iso(froze) < row["captured_at"] < iso(thawed)]
    still = [
        row | {"captured_at": iso(at)}
        for at in range(froze + EVERY * MINUTE, thawed, EVERY * MINUTE)
        for row in last
    ]
    pq.write_table(pa.Table.from_pylist(moving + still), tmp_path / "frozen.parquet")
    found = replayed(tmp_path / "frozen.parquet")
    assert not [at for _, at in found if froze + 2 * HOUR < at < thawed]
    assert [at for _, at in found if at > thawed]


def test_the_command_writes_title_at_and_p(archive: Path, tmp_path: Path) -> None:
    to_file = tmp_path / "p.parquet"
    since, until = iso(START + 4 * DAY)[:16], iso(START + 5 * DAY)[:16]
    told = CliRunner().invoke(
        app,
        ["backtest", "--archive", str(archive), "--source", "made", "--from", since, "--to", until,
         "--every", str(EVERY), "--out", str(to_file), "--frozen"],
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    written = pq.read_table(to_file)
    assert written.schema.names == ["title", "at", "p"]
    assert str(written.schema.field("at").type) == "timestamp[us]"
    assert written.num_rows > 500


def test_without_history_the_starting_model_speaks(archive: Path) -> None:
    dataset = backtest.dataset_of(read_archives([archive]))
    found = backtest.replay(dataset, "made", START + HOUR, START + 3 * HOUR, EVERY, is_frozen=True)
    assert found.trained_count == 0
    assert len(found.title) > 50


def test_what_is_no_archive_is_said(tmp_path: Path) -> None:
    file = tmp_path / "other.parquet"
    pq.write_table(pa.table({"a": [1]}), file)
    with pytest.raises(ArchiveError, match="captured_at"):
        read_archives([file])
    with pytest.raises(FileNotFoundError, match="no such file"):
        read_archives([tmp_path / "none.parquet"])


def test_an_hour_teaches_calibration_once_however_often_it_is_asked() -> None:
    often, seldom = (np.arange(0, 3 * HOUR, minutes * MINUTE) for minutes in (5, 30))
    assert often[backtest.newest_of_hour(often)].tolist() == [
        hour * HOUR + 55 * MINUTE for hour in range(3)
    ]
    lines = np.repeat(seldom, 4)
    assert backtest.newest_of_hour(lines).sum() == 3 * 4
