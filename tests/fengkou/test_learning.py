"""Learning from a warehouse's own history: a real DuckDB, real trees, a real Dagster run."""

import gzip
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from dagster_project.defs.learning import models as asset
from dagster_project.defs.resources import WhereStateIs
from fengkou import backtest, operations
from fengkou import learning as learn
from fengkou.cli.app import app
from fengkou.home import Home
from pipelines.forecast import champion_challenger, training
from pipelines.forecast.dataset import Dataset, label_dataset
from pipelines.forecast.forecasting_model import STARTING, to_bytes
from pipelines.forecast.rank_history import DAY, Board, History
from tests.made_past import START, made_past
from warehouse.readers.rank_history import BoardRows, read_warehouse
from warehouse.stores.forecasting_models import TriedModel, keep_model, model_at

DAYS, EVERY = 12, 30
LATER = (datetime(2026, 4, 2, tzinfo=UTC) - datetime.fromtimestamp(START / 1e6, UTC)).days
"""Days that the made past is moved by: the starting model knows nothing of that time."""

BEGIN = datetime(2026, 4, 2, tzinfo=UTC)
END = BEGIN + timedelta(days=DAYS)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("learnt_home")]


@pytest.fixture(scope="module")
def full_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A warehouse that holds twelve days of a made board, built and published."""
    home = Home(tmp_path_factory.mktemp("learning") / "home")
    rows, titles = made_past(DAYS, every=EVERY)
    table = pa.table(
        {
            "source": ["weibo_hot_band"] * len(rows.rank),
            "captured_at": [
                datetime.fromtimestamp((at + LATER * DAY) / 1e6, UTC).isoformat()
                for at in rows.captured_at.tolist()
            ],
            "rank": pa.array(rows.rank.astype(int).tolist(), pa.int32()),
            "title": [titles[item] for item in rows.item.tolist()],
            "heat": rows.heat.round(3).astype(str),
        }
    )
    home.root.mkdir()
    pq.write_table(table, home.root / "made.parquet")
    operations.import_files(home, [home.root / "made.parquet"], {}, {})
    operations.build(home)
    return home


@pytest.fixture
def home(full_home: Home, tmp_path: Path) -> Home:
    copy = Home(tmp_path / "home")
    shutil.copytree(full_home.root, copy.root)
    return copy


def naive(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)


def kept(home: Home) -> list[tuple[object, ...]]:
    with operations.opened(home) as con:
        return con.execute(
            "SELECT model_id, is_accepted, champion_id, model IS NOT NULL, known_until FROM ops.models "
            "ORDER BY trained_at"
        ).fetchall()


def past_until(home: Home, until: datetime, turned: bool = False) -> Dataset:
    """The warehouse's past up to an instant; turned, as if its lists had been read from the bottom."""
    with operations.opened(home) as con:
        rows = read_warehouse(con, naive(BEGIN), naive(until))
    if turned:
        rows = {
            name: BoardRows(
                name, was.captured_at, was.item, 31 - was.rank, 1 / was.heat, was.titles
            )
            for name, was in rows.items()
        }
    return backtest.dataset_of(rows)


def put_in_use(home: Home, dataset: Dataset, known_until: datetime) -> str:
    """A model that was learnt from a past, in use since then."""
    until = round(known_until.timestamp() * 1e6)
    model = training.fit(label_dataset(dataset, EVERY, 0, until), until)
    assert model is not None
    at = naive(known_until)
    row = TriedModel(
        "in_use", at, at, naive(BEGIN), ["weibo_hot_band"], 1, at, 1, 1, STARTING, True, "", {},
        to_bytes(model),
    )  # fmt: skip
    with operations.opened(home) as con:
        keep_model(con, row, [])
    operations.publish_home(home)
    return "in_use"


def test_the_warehouse_gives_back_what_was_imported(full_home: Home) -> None:
    rows, titles = made_past(DAYS, every=EVERY)
    with operations.opened(full_home) as con:
        (found,) = read_warehouse(con, naive(BEGIN), naive(END)).values()
    said = {
        (at, found.titles[item], rank)
        for at, item, rank in zip(
            found.captured_at.tolist(), found.item.tolist(), found.rank.tolist(), strict=True
        )
    }
    assert said == {
        (at + LATER * DAY, titles[item], rank)
        for at, item, rank in zip(
            rows.captured_at.tolist(), rows.item.tolist(), rows.rank.tolist(), strict=True
        )
    }
    assert np.nanmax(found.heat) == pytest.approx(rows.heat.max(), rel=1e-3)


def test_too_little_history_says_how_much_there_is_and_how_much_is_needed(home: Home) -> None:
    learnt = learn.learn(home, BEGIN + timedelta(days=6))
    assert not learnt.is_accepted
    assert learnt.model_id is None
    assert learnt.decision == "too_short"
    assert learnt.decision_figures == {"days": pytest.approx(6, abs=0.05), "needed": 10}
    assert learnt.champion_id == STARTING
    assert kept(home) == []


def test_a_better_challenger_is_taken_into_use_by_a_dagster_run(home: Home) -> None:
    put_in_use(
        home, past_until(home, BEGIN + timedelta(days=8), turned=True), BEGIN + timedelta(days=8)
    )
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [asset], instance=instance, resources={"fengkou": WhereStateIs(home.root)}
        )
    (event,) = result.get_asset_materialization_events()
    told = {
        name: shown.value if isinstance(shown.value, bool) else str(shown.value)
        for name, shown in event.step_materialization_data.materialization.metadata.items()
    }
    assert told["is_accepted"] is True, told
    assert "beats the model in use and every baseline" in str(told["why"])
    assert "| champion |" in str(told["figures"])
    rows = kept(home)
    assert [row[1:4] for row in rows if row[0] != "in_use"] == [(True, "in_use", True)]
    with operations.opened(home) as con:
        newest = rows[-1][4]
        assert isinstance(newest, datetime)
        chosen = model_at(con, newest)
        assert chosen.model_id == told["model_id"]
        assert model_at(con, newest - timedelta(minutes=1)).model_id == "in_use"
        figures = dict(
            con.execute("SELECT forecaster, average_precision FROM ops.model_figures").fetchall()
        )
    assert figures["challenger"] > figures["champion"] + champion_challenger.MARGIN
    assert {"rank", "rank_gain", "heat_growth"} <= figures.keys()
    assert {"challenger_1h", "challenger_6h", "champion_1h", "champion_6h"} <= figures.keys()
    # What was just learnt knows the last days: it is not judged by them.
    young = learn.learn(home)
    assert young.model_id is None
    assert young.decision == "too_young"
    assert young.decision_figures["days"] < young.decision_figures["needed"]
    assert len(kept(home)) == len(rows)


def test_a_challenger_that_knows_no_more_is_refused_and_kept_as_a_line(home: Home) -> None:
    known = naive(END - timedelta(days=3, minutes=EVERY)).replace(tzinfo=UTC)
    put_in_use(home, past_until(home, known), known)
    learnt = learn.learn(home)
    assert not learnt.is_accepted
    assert learnt.decision == "no_better_than_champion"
    with operations.opened(home) as con:
        assert model_at(con, naive(END)).model_id == "in_use"
    assert (learnt.model_id, False, "in_use", False) in [row[:4] for row in kept(home)]


def test_the_starting_model_is_challenged_where_it_does_not_know_the_days(home: Home) -> None:
    told = CliRunner().invoke(app, ["learn", "--json"], env={"FENGKOU_HOME": str(home.root)})
    assert told.exit_code == 0, told.output
    assert '"champion"' in told.output
    assert '"champion_id": "starting"' in told.output


def test_instants_are_thinned_to_what_memory_holds() -> None:
    rows, _ = made_past(2, every=10)
    board = Board(History("made", rows.captured_at, rows.item, rows.rank, rows.heat))
    assert learn.every_for([board], 10_000) == 10
    assert learn.every_for([board], 30 * 50) == 60
    assert learn.every_for([board] * 2, 30 * 50) == 120
    assert learn.every_for([board], 1) == 180


def test_a_model_in_a_form_that_is_not_known_is_passed_over(home: Home) -> None:
    at = naive(END)
    row = TriedModel(
        "elder", at, at, naive(BEGIN), [], 1, at, 1, 1, STARTING, True, "", {},
        gzip.compress(b"{}"),
    )  # fmt: skip
    with operations.opened(home) as con:
        keep_model(con, row, [])
        assert model_at(con, at).model_id == STARTING
