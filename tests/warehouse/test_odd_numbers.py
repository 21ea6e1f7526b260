"""Numbers that pages print and no rule can compute with: a line may have them, and the line goes on."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from fengkou import operations
from fengkou.home import Home
from pipelines.digest.contents import Period

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
ODD = ("0", "-1", "-2.5万", "nan", "inf", "-inf", "1e308", "1e400", "9" * 300 + "万", "", "热")
MIDDLE = 3.0  # of 100, 1000 and 10000
WITHOUT_MIDDLE = ("0", "-7", "nan", "")
RANKS = (1, 2, 3, 5, 8, 900_000, 999_999)
CAPTURES = 12

pytestmark = pytest.mark.xdist_group("odd_numbers")  # one worker builds them, not each


@dataclass(frozen=True)
class OddBoards:
    home: Home
    rows_kept: int
    rows_written: int


def printed(board: str, heats: Sequence[str], ranks: Sequence[int]) -> Iterator[dict[str, object]]:
    """A board that prints these heats for two hours; the ranks change places each time."""
    for n in range(CAPTURES):
        at = START + timedelta(minutes=10 * n)
        for place, heat in enumerate(heats):
            yield {
                "source": board,
                "captured_at": at.isoformat(),
                "rank": ranks[(place + n) % len(ranks)],
                "title": f"第{place}座山上的第{place}盏灯亮了",
                "heat": heat,
            }


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory) -> OddBoards:
    home = Home(tmp_path_factory.mktemp("odd_numbers") / "home")
    odd = (*ODD, "100", "10000", "1000")
    rows = [
        *printed("mountain_list", odd, range(1, len(odd) + 1)),
        *printed("river_list", odd, range(1, len(odd) + 1)),
        *printed("far_list", ("7",) * len(RANKS), RANKS),
    ]
    for n, heat in enumerate(WITHOUT_MIDDLE):
        rows += printed(f"flat_list{n}", (heat,) * 3, (1, 2, 3))
    home.root.mkdir()
    file = home.root / "odd.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    imported = operations.import_files(home, [file], {}, {})[file].loaded
    assert imported.rows_rejected == 0
    built = operations.build(home)
    return OddBoards(home, imported.rows_kept, built.rows["core.entries"])


def middle_heats(home: Home, board: str) -> set[float | None]:
    with operations.opened(home) as con:
        found = con.execute(
            "SELECT round(heat_log10, 6) FROM core.snapshot_shapes WHERE board = ?", [board]
        ).fetchall()
    assert len(found) == CAPTURES
    return {heat for (heat,) in found}


def test_lists_of_odd_numbers_are_built_and_all_their_lines_are_kept(boards: OddBoards) -> None:
    assert boards.rows_written == boards.rows_kept
    assert operations.write_digest_at(boards.home, None, Period.HOUR)


def test_the_middle_heat_is_that_of_the_heats_above_nothing(boards: OddBoards) -> None:
    assert middle_heats(boards.home, "mountain_list") == {MIDDLE}


@pytest.mark.parametrize("number", range(len(WITHOUT_MIDDLE)))
def test_lists_without_a_heat_above_nothing_have_no_middle_one(
    boards: OddBoards, number: int
) -> None:
    assert middle_heats(boards.home, f"flat_list{number}") == {None}


def test_ranks_as_large_as_numbers_get_are_counted_by_the_hour(boards: OddBoards) -> None:
    with operations.opened(boards.home) as con:
        ((deepest,),) = con.execute(
            "SELECT max(rank) FROM core.entries WHERE board = 'far_list'"
        ).fetchall()
        ((hours,),) = con.execute(
            "SELECT count(*) FROM core.board_hours WHERE board = 'far_list'"
        ).fetchall()
    assert deepest == RANKS[-1]
    assert hours == 2
