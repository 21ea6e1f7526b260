"""Three lists within six hours, learnt from a warehouse: real lists, real topics, nothing known too early."""

import gzip
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fengkou import operations
from fengkou.board_seed import seed_boards
from fengkou.home import Home
from pipelines.forecast import spread
from pipelines.rules import SPREAD_LISTS
from warehouse import query
from warehouse.connection import Connection, open_for_writing
from warehouse.graph import upstream
from warehouse.load.archive import import_archive
from warehouse.load.catalogue import replace_listed_words
from warehouse.models.ops.spread_models import came
from warehouse.readers.forecasting import forecasts_at
from warehouse.readers.spread import chances, lines_at

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
DAYS, STORIES_AN_HOUR = 9, 3
BOARDS = ("weibo_side_hotsearch", "zhihu_hot_list_web", "baidu_board_api", "toutiao_hot_board")
SIGNS = [chr(code) for code in range(0x4E00, 0x4E00 + 4000, 3)]
TICKS = (6.3, 7.02, 9.0)
"""Days after which a build is made; after seven it is Monday."""

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spread_home")]


@dataclass(frozen=True)
class Present:
    board: str
    item_id: int
    topic_id: int
    age_minutes: float


def rows() -> list[dict[str, object]]:
    """Each hour's lists: a story that stands high on its first list comes to two others, most of the time."""
    random = np.random.default_rng(4)
    found = []
    for number in range(DAYS * 24 * STORIES_AN_HOUR):
        begin, is_high = number // STORIES_AN_HOUR, random.random() < 0.35
        is_wide = random.random() < (0.8 if is_high else 0.05)
        first, second, third, _ = random.permutation(4)
        title = "".join(random.choice(SIGNS, 9))
        places = [(first, 0)]
        if is_wide or random.random() < 0.3:
            places.append((second, 1))
        if is_wide:
            places.append((third, 3))
        height = random.random() + (not is_high)
        found += [
            (hour, BOARDS[board], height, title)
            for board, after in places
            for hour in range(begin + after, begin + 8)
        ]
    by_list: dict[tuple[int, str], list[tuple[float, str]]] = {}
    for hour, board, height, title in found:
        by_list.setdefault((hour, board), []).append((height, title))
    return [
        {
            "source": board,
            "captured_at": (BEGIN + timedelta(hours=hour, minutes=7)).isoformat(),
            "rank": rank,
            "title": title,
            "heat": "",
        }
        for (hour, board), entries in sorted(by_list.items())
        for rank, (_, title) in enumerate(sorted(entries), start=1)
    ]


def import_days(con: Connection, folder: Path, since: float, until: float) -> None:
    lasts = [(BEGIN + timedelta(days=one)).isoformat() for one in (since, until)]
    kept = [row for row in rows() if lasts[0] <= str(row["captured_at"]) < lasts[1]]
    file = folder / f"days_{until}.parquet"
    pq.write_table(pa.Table.from_pylist(kept), file)
    import_archive(con, file)


def build(con: Connection) -> None:
    seed_boards(con)
    replace_listed_words(con, ())
    for step in upstream("ops.spread_models", "core.spread_hours"):
        step.build(con)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("spread") / "home")
    home.root.mkdir()
    with operations.opened(home) as con:
        import_days(con, home.root, 0, DAYS)
        build(con)
    return home


@pytest.fixture
def con(home: Home) -> Iterator[Connection]:
    with open_for_writing(home.warehouse) as opened:
        yield opened


def naive(days: float) -> datetime:
    return (BEGIN + timedelta(days=days)).replace(tzinfo=None)


def told(con: Connection, at: datetime) -> dict[int, float]:
    """The chance of each topic on one list or two at an instant."""
    lines = lines_at(con, [at])
    chance = chances(con, at)
    counts, ages = (lines.number(name).tolist() for name in ("list_count", "age_minutes"))
    return {
        topic: chance(topic, int(count), age)
        for topic, count, age in zip(lines.topic.tolist(), counts, ages, strict=True)
    }


def kept(con: Connection) -> list[tuple[object, ...]]:
    return con.execute("FROM ops.spread_models ORDER BY known_until").fetchall()


def test_each_monday_learns_and_says_how_good_it_was(con: Connection) -> None:
    assert [row[0] for row in kept(con)] == [naive(7)]
    ((model, auc, base_auc, log_loss, base_log_loss),) = con.execute(
        "SELECT model, auc, base_auc, log_loss, base_log_loss FROM ops.spread_models"
    ).fetchall()
    assert model
    assert auc > base_auc + 0.05
    assert log_loss < base_log_loss


def test_before_the_first_monday_the_base_rate_speaks(con: Connection) -> None:
    at = naive(6.5)
    rate = spread.base_rate(query.rows(con, spread.Counted, "readers/spread.rates", at=at))
    lines = lines_at(con, [at])
    counts, ages = (lines.number(name).tolist() for name in ("list_count", "age_minutes"))
    expected = [rate(int(count), age) for count, age in zip(counts, ages, strict=True)]
    assert list(told(con, at).values()) == expected


def test_what_was_learnt_tells_more_than_the_base_rate(con: Connection) -> None:
    instants = [naive(7) + timedelta(hours=hours) for hours in range(1, 40, 2)]
    lines = lines_at(con, instants)
    arrived = came(con, lines, instants)
    chance = np.concatenate([list(told(con, at).values()) for at in instants])
    rate = spread.base_rate(query.rows(con, spread.Counted, "readers/spread.rates", at=naive(7.5)))
    usual = [
        rate(int(count), age)
        for count, age in zip(
            lines.number("list_count").tolist(), lines.number("age_minutes").tolist(), strict=True
        )
    ]
    better, base = (spread.figures_of(arrived.astype(float), np.array(p)) for p in (chance, usual))
    assert better.auc > base.auc + 0.05
    assert better.log_loss < base.log_loss


def test_a_topic_is_on_the_lists_that_it_is_on(con: Connection) -> None:
    lines = lines_at(con, [naive(7.5)])
    present = query.rows(con, Present, "readers/forecasting.present_topics", at=naive(7.5))
    on: dict[int, set[str]] = {row.topic_id: set() for row in present}
    for row in present:
        on[row.topic_id].add(row.board)
    expected = {topic: sorted(lists) for topic, lists in on.items() if len(lists) < SPREAD_LISTS}
    assert dict(zip(lines.topic.tolist(), map(sorted, lines.lists), strict=True)) == expected
    ages = {row.topic_id: row.age_minutes for row in present}
    assert lines.number("age_minutes").tolist() == [ages[topic] for topic in lines.topic.tolist()]


@pytest.mark.slow
def test_build_by_build_ends_as_in_one_go_and_nothing_is_known_before_its_time(
    home: Home, con: Connection, tmp_path: Path
) -> None:
    ticks = Home(tmp_path / "home")
    ticks.root.mkdir()
    since = 0.0
    for until in TICKS:
        with operations.opened(ticks) as growing:
            import_days(growing, ticks.root, since, until)
            build(growing)
            # Between captures, and when the newest is of this minute.
            for at in (naive(until) - timedelta(minutes=53), naive(until) - timedelta(minutes=11)):
                lines = lines_at(growing, [at])
                later = lines_at(con, [at])
                np.testing.assert_array_equal(lines.topic, later.topic)
                np.testing.assert_array_equal(lines.figures, later.figures)
                assert told(growing, at) == told(con, at)
        since = until
    with operations.opened(ticks) as growing:
        assert kept(growing) == kept(con)


@pytest.mark.slow
def test_an_older_archive_changes_no_monday(tmp_path: Path) -> None:
    late = Home(tmp_path / "home")
    late.root.mkdir()
    with operations.opened(late) as con:
        import_days(con, late.root, 4, DAYS)
        build(con)
        before = kept(con)
        import_days(con, late.root, 0, 4)
        build(con)
        assert kept(con) == before
    assert [row[0] for row in before] == [naive(7)]


def taught(con: Connection) -> set[datetime]:
    return set(
        query.column(
            con, "models/ops/spread_models.instants", since=naive(1), until=naive(3), hours=2
        )
    )


def test_hours_without_captures_are_no_outcome(con: Connection) -> None:
    found = taught(con)
    assert found == {naive(1) + timedelta(hours=hours) for hours in range(0, 43, 2)}
    con.execute("BEGIN")
    con.execute(
        "DELETE FROM core.snapshots WHERE captured_at BETWEEN ? AND ?", [naive(2), naive(2.25)]
    )
    left = taught(con)
    con.execute("ROLLBACK")
    assert found - left == {naive(2) + timedelta(hours=hours) for hours in (-2, 0, 2)}


def test_what_another_version_kept_is_passed_over(con: Connection) -> None:
    con.execute("BEGIN")
    con.execute("UPDATE ops.spread_models SET model = ?", [gzip.compress(b"{}")])
    at = naive(8)
    lines, rate = (
        lines_at(con, [at]),
        spread.base_rate(query.rows(con, spread.Counted, "readers/spread.rates", at=at)),
    )
    counts, ages = (lines.number(name).tolist() for name in ("list_count", "age_minutes"))
    said = list(told(con, at).values())
    con.execute("ROLLBACK")
    assert said == [rate(int(count), age) for count, age in zip(counts, ages, strict=True)]


def test_a_build_forecasts_with_what_was_learnt(home: Home, tmp_path: Path) -> None:
    copy = Home(tmp_path / "home")
    shutil.copytree(home.root, copy.root)
    with operations.opened(copy) as con:
        for step in upstream("mart.forecasts"):
            step.build(con)
        at = naive(DAYS) - timedelta(minutes=53)
        said = dict(
            con.execute(
                "SELECT topic_id, chance_spread_6h FROM mart.forecasts WHERE chance_spread_6h IS NOT NULL"
            ).fetchall()
        )
        expected = told(con, at)
        assert said
        assert said == {topic: expected[topic] for topic in said}
        assert len(set(said.values())) > 10
        assert {
            f.topic_id: f.chance_spread_6h for f in forecasts_at(con, at)
        }.items() >= said.items()
