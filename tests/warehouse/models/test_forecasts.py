"""Forecasts made from a warehouse: what was known, and nothing later; the same as learnt from."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from pipelines.forecast import title_memory
from pipelines.forecast.dataset import Dataset, read_titles, with_title_features
from pipelines.forecast.features import lines_at
from pipelines.forecast.forecasting_model import STARTING, starting_model, to_bytes
from pipelines.forecast.rank_history import Board, History
from warehouse.connection import Connection, in_memory, open_for_writing
from warehouse.graph import current_version
from warehouse.instants import microseconds
from warehouse.migrate import migrate
from warehouse.models.ops.forecasts import replay
from warehouse.readers.forecasting import forecasts_at, present_lists, told
from warehouse.readers.rank_history import read_warehouse
from warehouse.stores.forecasting_models import TriedModel, keep_model, model_at

pytestmark = pytest.mark.xdist_group("simulated_home")  # one worker builds it, not each


@pytest.fixture(scope="module")
def con(simulated_home: Path) -> Iterator[Connection]:
    with open_for_writing(simulated_home / "warehouse") as opened:
        yield opened


def instants(con: Connection) -> list[datetime]:
    found = con.execute("SELECT made_at FROM ops.forecast_runs ORDER BY made_at").fetchall()
    return [at for (at,) in found]


@pytest.mark.slow
def test_what_was_said_is_what_a_replay_tells(simulated_home: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(simulated_home / "warehouse", tmp_path / "warehouse")
    with open_for_writing(copy) as con:
        for at in instants(con):
            assert replay(con, at, current_version(con, "ops.forecasts"))
        said, replayed = (
            con.execute(
                "SELECT * EXCLUDE (is_replayed) FROM ops.forecasts "
                f"WHERE {marked} is_replayed ORDER BY ALL"
            ).fetchall()
            for marked in ("NOT", "")
        )
    assert said == replayed


def test_lines_are_those_that_models_learn_from(con: Connection) -> None:
    at = instants(con)[-1]
    now = microseconds(at)
    lists = present_lists(con, at)
    live = told(con, lists, at)
    rows = read_warehouse(con, at - timedelta(days=8), at)
    dataset = Dataset(
        {
            name: Board(History(name, read.captured_at, read.item, read.rank, read.heat))
            for name, read in rows.items()
        },
        {name: read.titles for name, read in rows.items()},
    )
    stays = read_titles(dataset)
    begin = 0
    told_differently = 0
    for listed in lists:
        board = dataset.boards[listed.board.name]
        learnt = lines_at(board, np.array([now]), 180)
        stay = stays.number[board.name][board.stay[learnt.row]]
        learnt = with_title_features(learnt, stays.stays, stays.read, stay)
        mine = live.features[begin : begin + len(learnt.row)]
        begin += len(learnt.row)
        for place, name in enumerate(live.names):
            if name.startswith(("story_", "similar_")):
                # The live build keeps the most alike of very many, and looks back some weeks.
                told_differently += int((mine[:, place] != learnt.features[:, place]).sum())
                continue
            np.testing.assert_allclose(
                mine[:, place], learnt.features[:, place], rtol=1e-4, atol=1e-5, err_msg=name
            )
    assert told_differently < 0.02 * live.features.size


def test_titles_tell_something(con: Connection) -> None:
    at = instants(con)[-1]
    live = told(con, present_lists(con, at), at)
    for name in (
        *title_memory.NAMES,
        "story_count",
        "story_count_elsewhere",
        "story_tops_elsewhere",
    ):
        assert np.ptp(live.features[:, live.names.index(name)]) > 0, name


def test_the_starting_model_says_when_it_knows_later_things(con: Connection) -> None:
    until = datetime(1970, 1, 1) + timedelta(  # noqa: DTZ001
        microseconds=starting_model().trained_until
    )
    late, early = model_at(con, until), model_at(con, until - timedelta(minutes=1))
    assert (late.model_id, late.is_honest) == (STARTING, True)
    assert (early.model_id, early.is_honest) == (STARTING, False)


def test_a_learnt_model_speaks_from_what_it_knows_on() -> None:
    at = datetime(2026, 3, 1)  # noqa: DTZ001
    made = TriedModel(
        model_id="made",
        trained_at=at,
        known_until=at,
        known_since=at,
        boards=[],
        line_count=1,
        judged_since=at,
        judged_line_count=1,
        judged_top_count=1,
        champion_id=STARTING,
        is_accepted=True,
        decision="better",
        decision_figures={},
        model=to_bytes(starting_model()),
    )
    with in_memory() as con:
        migrate(con)
        keep_model(con, made, [])
        assert model_at(con, at).model_id == "made"
        assert model_at(con, at - timedelta(minutes=1)).model_id == STARTING


def test_a_topic_is_forecast_on_each_of_its_lists(con: Connection) -> None:
    rows = con.execute(
        "SELECT count(*), count(DISTINCT (topic_id, board, made_at)), count(DISTINCT (topic_id, made_at)) "
        "FROM mart.board_forecasts"
    ).fetchone()
    topics = con.execute("SELECT count(*) FROM mart.forecasts").fetchone()
    assert rows is not None
    assert topics is not None
    assert rows[0] == rows[1] > rows[2] == topics[0]


def test_nothing_is_forecast_from_a_list_that_froze(con: Connection) -> None:
    at, board = instants(con)[-1], "weibo_side_hotsearch"
    frozen = {"board": board, "since": at - timedelta(hours=3)}
    before = {listed.board.name for listed in present_lists(con, at)}
    con.execute("BEGIN")
    con.execute(
        "CREATE TEMP TABLE still AS SELECT entries.* REPLACE (later.captured_at AS captured_at) "
        "FROM core.entries AS entries INNER JOIN core.snapshots AS later USING (board) "
        "WHERE board = $board AND later.captured_at > $since AND entries.captured_at = "
        "(SELECT max(captured_at) FROM core.snapshots WHERE board = $board AND captured_at <= $since)",
        frozen,
    )
    con.execute("DELETE FROM core.entries WHERE board = $board AND captured_at > $since", frozen)
    con.execute("INSERT INTO core.entries FROM still")
    lists = {listed.board.name for listed in present_lists(con, at)}
    forecast = {listed.board for topic in forecasts_at(con, at) for listed in topic.lists}
    con.execute("ROLLBACK")
    assert board in before
    assert lists == forecast == before - {board}
