"""A warehouse of version 0.1 is carried over: what it said stays said, and it grows on."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from fengkou import operations
from fengkou.home import Home
from tests.warehouse.captures import BOARDS
from warehouse.connection import WAREHOUSE_FILE, Connection, open_for_writing
from warehouse.graph import current_version
from warehouse.migrate import MigrationError, migrate

SHAPE = Path(__file__).with_name("release_0_1.sql").read_text(encoding="utf-8")
OLD_MIGRATIONS = 11
VERSION = "0.1"

SAID = """
INSERT INTO ops.forecast_instants SELECT made_at FROM today.ops.forecast_runs;
INSERT INTO ops.forecast_instants SELECT min(captured_at) FROM raw.snapshots;
INSERT INTO mart.forecasts BY NAME
SELECT
    COLUMNS(told -> told NOT IN ('causes', 'said_zh', 'said_en', 'rule_version', 'is_replayed')
        AND NOT told SIMILAR TO '(stay|raw)_.*'),
    '因其在 ' || board || ' 居第 ' || rank AS reason_zh,
    'It is at ' || rank AS reason_en
FROM today.ops.forecasts;
INSERT INTO ops.verdicts
SELECT board, captured_at, verdict, claims, '看来是' || verdict, 'It is ' || verdict, usual_snapshot_count
FROM today.ops.verdicts;
INSERT INTO ops.models VALUES
('a1', now(), now(), now(), ['x_y'], 9, now(), 3, 1, 'starting', TRUE, '更好', 'Better.', 'blob'::BLOB);
INSERT INTO ops.spread_models
SELECT captured_at, 7, 2, 0.7, 0.3, 0.4, 0.6, 0.2, 0.5, 'blob'::BLOB FROM raw.snapshots LIMIT 1;
INSERT INTO ops.tables SELECT unnest(['mart.forecasts', 'ops.verdicts', 'core.titles']), 'old', max(load_id)
FROM ops.loads;
-- What its builds made of all that: a table and a view that have another shape today.
CREATE TABLE core.entries AS SELECT board, captured_at, rank FROM raw.entries;
CREATE VIEW mart.rising AS SELECT topic_id, made_at, reason_zh FROM mart.forecasts;
"""
"""What a warehouse of 0.1 would have held of the captures of ``today``, with sentences in two languages."""


@pytest.fixture(scope="module")
def old_home(tmp_path_factory: pytest.TempPathFactory, built: Home) -> Home:
    """A home that version 0.1 built."""
    home = Home(tmp_path_factory.mktemp("release_0_1") / "home")
    shutil.copytree(built.landing, home.landing)
    home.warehouse.mkdir()
    with duckdb.connect(str(home.warehouse / WAREHOUSE_FILE)) as con:
        con.execute("SET TimeZone = 'UTC'")
        con.execute(
            "CREATE SCHEMA ops; CREATE TABLE ops.migrations (number INTEGER PRIMARY KEY, "
            "name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)"
        )
        con.execute(SHAPE)
        con.execute(
            "INSERT INTO ops.migrations SELECT n, 'of 0.1', now()::TIMESTAMP FROM range(1, ?) AS r(n)",
            [OLD_MIGRATIONS + 1],
        )
        con.execute(f"ATTACH '{built.warehouse / WAREHOUSE_FILE}' AS today (READ_ONLY)")
        for table in ("raw.snapshots", "raw.entries", "ops.loads", "ops.landing_days"):
            columns = ", ".join(name for name, *_ in con.execute(f"DESCRIBE {table}").fetchall())
            con.execute(f"INSERT INTO {table} SELECT {columns} FROM today.{table}")
        con.execute(SAID)
        con.execute("DETACH today")
    return home


@pytest.fixture
def home(old_home: Home, tmp_path: Path) -> Home:
    shutil.copytree(old_home.root, tmp_path / "home")
    return Home(tmp_path / "home")


@pytest.fixture
def old(old_home: Home) -> Iterator[Connection]:
    """What version 0.1 left, unchanged."""
    file = str(old_home.warehouse / WAREHOUSE_FILE)
    with duckdb.connect(file, read_only=True) as con:
        yield con


@pytest.fixture
def carried(home: Home) -> Iterator[Connection]:
    with open_for_writing(home.warehouse) as con:
        yield con


def lines(con: Connection, sql: str) -> list[tuple[object, ...]]:
    return con.execute(sql).fetchall()


def test_every_forecast_is_in_the_ledger_as_it_was_said(
    old: Connection, carried: Connection
) -> None:
    said = lines(old, "FROM mart.forecasts ORDER BY ALL")
    columns = [(name, kind) for name, kind, *_ in lines(old, "DESCRIBE mart.forecasts")]
    renamed = {"reason_zh": "said_zh", "reason_en": "said_en"}
    # What each list was told then; since it is told more.
    kept = ", ".join(f"{renamed.get(str(name), name)}::{kind}" for name, kind in columns)
    assert len(said) > 10
    assert lines(carried, f"SELECT {kept} FROM ops.forecasts ORDER BY ALL") == said
    assert lines(
        carried, "SELECT DISTINCT rule_version, is_replayed, len(causes) FROM ops.forecasts"
    ) == [(VERSION, False, 0)]


def test_every_instant_of_a_forecast_is_kept_with_those_that_found_nothing(
    old: Connection, carried: Connection
) -> None:
    runs = lines(
        carried,
        "SELECT made_at, forecast_count FROM ops.forecast_runs WHERE NOT is_replayed ORDER BY ALL",
    )
    assert [at for at, _ in runs] == [
        at for (at,) in lines(old, "FROM ops.forecast_instants ORDER BY ALL")
    ]
    assert [count for _, count in runs] == [0, *(count for _, count in runs[1:])]
    assert sum(int(str(count)) for _, count in runs) == len(lines(old, "FROM mart.forecasts"))


@pytest.mark.parametrize(
    ("table", "renamed"),
    [
        ("ops.verdicts", {"sentence_zh": "said_zh", "sentence_en": "said_en"}),
        ("ops.models", {"sentence_zh": "said_zh", "sentence_en": "said_en"}),
        ("ops.spread_models", {}),
        ("raw.snapshots", {}),
        ("raw.entries", {}),
    ],
)
def test_every_line_of_a_ledger_is_there_as_it_was(
    table: str, renamed: dict[str, str], old: Connection, carried: Connection
) -> None:
    columns = [name for name, *_ in old.execute(f"FROM {table} LIMIT 0").description]
    kept = ", ".join(renamed.get(name, name) for name in columns)
    said = lines(old, f"FROM {table} ORDER BY ALL")
    assert said
    assert lines(carried, f"SELECT {kept} FROM {table} ORDER BY ALL") == said


@pytest.mark.parametrize("table", ["ops.verdicts", "ops.spread_models"])
def test_what_was_judged_and_learnt_is_of_version_0_1(table: str, carried: Connection) -> None:
    assert lines(carried, f"SELECT DISTINCT rule_version FROM {table}") == [(VERSION,)]


def test_it_has_the_shape_of_a_new_warehouse(carried: Connection) -> None:
    shape = (
        "SELECT schema_name || '.' || table_name, column_name, column_index, data_type, is_nullable "
        "FROM duckdb_columns() WHERE schema_name IN ('raw', 'ops') ORDER BY ALL"
    )
    with duckdb.connect() as new:
        migrate(new)
        assert lines(carried, shape) == lines(new, shape)


def test_the_next_build_says_the_newest_by_the_rule_of_today_and_leaves_the_rest(
    home: Home,
    old: Connection,
    land: Callable[[Path, str, datetime], Path],
    instants: list[datetime],
) -> None:
    later = instants[-1] + timedelta(minutes=20)
    for board in BOARDS:
        land(home.landing, board, later)
    built = operations.build(home)
    assert built.rows["core.entries"] > len(BOARDS) * 36
    with operations.opened(home) as con:
        newest = lines(
            con,
            f"SELECT DISTINCT rule_version, made_at FROM ops.forecasts WHERE made_at > '{instants[-1]}'",
        )
        version = current_version(con, "ops.forecasts")
        kept = con.execute(
            "SELECT count(*), count(said_zh) FROM mart.forecasts WHERE rule_version = ?", [VERSION]
        ).fetchone()
    assert newest == [(version, later.replace(tzinfo=None))]
    said = len(lines(old, "FROM mart.forecasts"))
    assert kept == (said, said)


def test_a_warehouse_of_before_0_1_is_told_to_pass_through_it() -> None:
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA ops")
        con.execute(
            "CREATE TABLE ops.migrations (number INTEGER, name VARCHAR, applied_at TIMESTAMP)"
        )
        con.execute("INSERT INTO ops.migrations VALUES (7, 'of a draft', now()::TIMESTAMP)")
        with pytest.raises(MigrationError, match=r"at migration 7.*version 0\.1\.0"):
            migrate(con)
