"""The recorded page of every board, through the whole line: read, landed, loaded, built, published."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from crawlers import catalog, landing
from crawlers.authoring.fixtures import page_file
from fengkou import operations
from fengkou.home import Home
from pipelines.captures import Kind, Outcome, Status
from warehouse.graph import steps

PAGES = Path(__file__).parent / "boards"
AT = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What analysts get when every board has shown its recorded page once."""
    home = Home(tmp_path_factory.mktemp("boards") / "home")
    for name in catalog.names():
        board, body = catalog.board(name), page_file(PAGES / name).read_bytes()
        outcome = Outcome(
            name, AT, Status.OK, board.start_urls[0], body_bytes=len(body), page=board.parse_page(body)
        )  # fmt: skip
        landing.write(home.landing, outcome, body, durable=False)
    built = operations.build(home)
    assert set(built.rows) == {step.table for step in steps()}
    assert built.loaded.snapshot_count == len(catalog.names())
    return operations.publish_home(home).file


def test_every_line_of_every_board_is_published(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as con:
        found = {
            board: (lines, ranked)
            for board, lines, ranked in con.execute(
                "SELECT board, count(*), count(rank) FROM mart.entries GROUP BY board"
            ).fetchall()
        }
    for name in catalog.names():
        entries = catalog.board(name).parse_page(page_file(PAGES / name).read_bytes()).entries
        ranked = sum(entry.kind is Kind.RANKED for entry in entries)
        assert found.pop(name) == (len(entries), ranked), name
        assert ranked, name
    assert not found


def test_every_board_is_told_of_and_on_time(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as con:
        seen = dict(
            con.execute(
                "SELECT board, count(*) FROM mart.captures WHERE status = 'ok' GROUP BY 1"
            ).fetchall()
        )
        topics = con.execute("SELECT count(*) FROM mart.topics").fetchone()
    assert seen == dict.fromkeys(catalog.names(), 1)
    assert topics is not None
    assert topics[0] > 0
