import json
import shutil
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from crawlers import landing
from crawlers.simulation.world import World
from fengkou import operations
from fengkou.home import Home
from pipelines.captures import Entry, Outcome, Page, Status
from tests.warehouse.captures import BOARDS, START, Fingerprints

KEPT = """
SELECT table_schema || '.' || table_name FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND (table_schema IN ('raw', 'core', 'mart')
OR table_schema || '.' || table_name IN ('ops.forecasts', 'ops.spread_models', 'ops.verdicts')) ORDER BY 1
"""


@pytest.fixture(scope="session")
def world() -> World:
    """Twelve hours that cross midnight in Shanghai."""
    return World(start=START, hours=12, story_count=80)


@pytest.fixture(scope="session")
def instants() -> list[datetime]:
    return [START + timedelta(minutes=20 * n) for n in range(36)]


@pytest.fixture(scope="session")
def land(world: World) -> Callable[[Path, str, datetime], Path]:
    """Land what a simulated board shows at an instant, as a crawl would."""

    def write(folder: Path, board: str, at: datetime) -> Path:
        page = Page(entries=tuple(world.ranked(board, at)))
        outcome = Outcome(board, at, Status.OK, f"https://{board}.example/list", page=page)
        return landing.write(folder, outcome, b"body")

    return write


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture(scope="session")
def landed(
    tmp_path_factory: pytest.TempPathFactory,
    land: Callable[[Path, str, datetime], Path],
    instants: list[datetime],
) -> Home:
    landed = Home(tmp_path_factory.mktemp("landed"))
    for board in BOARDS:
        for at in instants:
            land(landed.landing, board, at)
    return landed


@pytest.fixture
def landed_home(home: Home, landed: Home) -> Home:
    """A home whose landing holds all captures and whose warehouse is still empty."""
    shutil.copytree(landed.root, home.root)
    return home


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, landed: Home) -> Home:
    built = Home(tmp_path_factory.mktemp("built") / "home")
    shutil.copytree(landed.root, built.root)
    operations.build(built)
    return built


@pytest.fixture
def built_home(home: Home, built: Home) -> Home:
    """A home whose landing holds all captures, built in one go."""
    shutil.copytree(built.root, home.root)
    return home


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory, world: World) -> Path:
    """The same boards as an archive of JSON lines, one capture each quarter of an hour."""
    file = tmp_path_factory.mktemp("archive") / "boards.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for board in BOARDS:
            for n in range(48):
                at = START + timedelta(minutes=15 * n)
                lines.writelines(_rows(board, at, world.ranked(board, at)))
    return file


def _rows(board: str, at: datetime, entries: Iterable[Entry]) -> Iterable[str]:
    for entry in entries:
        row = {
            "source": board,
            "captured_at": at.isoformat(),
            "rank": entry.rank,
            "title": entry.title,
            "url": entry.url,
            "heat": entry.heat,
            "extra": {"ad": entry.kind == "paid"},
        }
        yield json.dumps(row, ensure_ascii=False) + "\n"


@pytest.fixture(scope="session")
def fingerprints() -> Callable[[Home], Fingerprints]:
    """Rows and an order-free hash of every table and ledger; which load brought a row is no part of it."""

    def read(home: Home) -> Fingerprints:
        with duckdb.connect(str(home.warehouse / "warehouse.duckdb"), read_only=True) as con:
            found = {}
            for (table,) in con.execute(KEPT).fetchall():
                columns = {row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()}
                kept = "* EXCLUDE (load_id)" if "load_id" in columns else "*"
                row = con.execute(
                    f"SELECT count(*), coalesce(sum(hash(r)), 0) FROM (SELECT {kept} FROM {table}) r"
                ).fetchone()
                assert row is not None
                found[table] = (row[0], int(row[1]))
            return found

    return read
