"""Numbers that pages print and no rule can compute with: a line may have them, and the line goes on."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fengkou import operations
from fengkou.home import Home
from pipelines.digest.contents import Period

BOARDS = ("mountain_list", "river_list")
START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
ODD = ("0", "-1", "-2.5万", "nan", "inf", "-inf", "1e308", "1e400", "9" * 300 + "万", "", "热")
MIDDLE = 3.0  # of 100, 1000 and 10000
RANKS = (1, 2, 3, 5, 8, 900_000, 2_147_483_647)


def archive(
    file: Path, boards: dict[str, tuple[str, ...]], ranks: tuple[int, ...] | None = None
) -> Path:
    """Boards that print their heats for two hours; the ranks change places each time."""
    rows = []
    for n in range(12):
        at = START + timedelta(minutes=10 * n)
        for board, heats in boards.items():
            placed = ranks or tuple(range(1, len(heats) + 1))
            for place, heat in enumerate(heats):
                row = {
                    "source": board,
                    "captured_at": at.isoformat(),
                    "rank": placed[(place + n) % len(placed)],
                    "title": f"第{place}座山上的第{place}盏灯亮了",
                    "heat": heat,
                }
                rows.append(json.dumps(row, ensure_ascii=False) + "\n")
    file.write_text("".join(rows), encoding="utf-8")
    return file


def heats_of(home: Home) -> set[float | None]:
    with operations.opened(home) as con:
        return {
            heat if heat is None else round(heat, 6)
            for (heat,) in con.execute("SELECT heat_log10 FROM core.snapshot_shapes").fetchall()
        }


def test_a_list_of_odd_heats_is_built_and_all_its_lines_are_kept(
    home: Home, tmp_path: Path
) -> None:
    heats = (*ODD, "100", "10000", "1000")
    file = archive(tmp_path / "odd.jsonl", dict.fromkeys(BOARDS, heats))
    (done,) = operations.import_files(home, [file], {}, {}).values()
    loaded = done.loaded
    assert loaded.rows_rejected == 0
    built = operations.build(home)
    assert built.rows["core.entries"] == loaded.rows_kept
    assert heats_of(home) == {MIDDLE}
    assert operations.write_digest_at(home, None, Period.HOUR)


def test_lists_without_a_heat_above_nothing_have_no_middle_one(home: Home, tmp_path: Path) -> None:
    heats = ("0", "-7", "nan", "")
    boards = {f"odd_list{n}": (heat,) * 3 for n, heat in enumerate(heats)}
    operations.import_files(home, [archive(tmp_path / "odd.jsonl", boards)], {}, {})
    operations.build(home)
    assert heats_of(home) == {None}


def test_ranks_as_large_as_numbers_get_are_built(home: Home, tmp_path: Path) -> None:
    heats = ("7",) * len(RANKS)
    file = archive(tmp_path / "far.jsonl", dict.fromkeys(BOARDS, heats), RANKS)
    operations.import_files(home, [file], {}, {})
    assert operations.build(home).rows["core.board_hours"]
