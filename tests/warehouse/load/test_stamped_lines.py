"""Lines that bear instants of their own, joined to one capture where that is plain."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fengkou import operations
from fengkou.home import Home
from warehouse.load.archive import Imported

START = datetime(2026, 3, 4, 8, 0, 0, 500_000, tzinfo=UTC)
TITLES = ("渡口停航两天", "雾凇桥今晚亮灯", "海风小学开学", "林场开放参观", "早市搬到河东")


def line(at: datetime, rank: int | None, title: str) -> dict[str, object]:
    return {"source": "ferry_list", "captured_at": at.isoformat(), "rank": rank, "title": title}


def stamped(
    begin: datetime, step: timedelta, titles: Iterable[str] = TITLES
) -> list[dict[str, object]]:
    return [line(begin + step * n, n + 1, title) for n, title in enumerate(titles)]


def imported(home: Home, file: Path, rows: Iterable[dict[str, object]]) -> Imported:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return operations.import_files(home, [file], {}, {})[file]


def captures(home: Home) -> list[tuple[datetime, list[int | None]]]:
    with operations.opened(home) as con:
        return con.execute(
            "SELECT captured_at, list(rank ORDER BY position) FROM raw.entries GROUP BY ALL ORDER BY ALL"
        ).fetchall()


WHOLE = [1, 2, 3, 4, 5]
STEP = timedelta(seconds=2)
LAST = START.replace(tzinfo=None) + 4 * STEP


def test_lines_stamped_one_by_one_are_captures_of_their_last_instant(
    home: Home, tmp_path: Path
) -> None:
    rows = stamped(START, STEP) + stamped(START + timedelta(minutes=1), STEP)
    done = imported(home, tmp_path / "a.jsonl", reversed(rows))
    assert captures(home) == [(LAST, WHOLE), (LAST + timedelta(minutes=1), WHOLE)]
    assert (done.stamped.instant_count, done.stamped.capture_count, done.stamped.alone_count) == (
        10,
        2,
        0,
    )
    assert imported(home, tmp_path / "b.jsonl", rows).loaded.rows_known == len(rows)


def test_pages_of_a_list_fetched_after_each_other_are_one_capture(
    home: Home, tmp_path: Path
) -> None:
    rows = [line(START + STEP * (n > 2), n + 1, title) for n, title in enumerate(TITLES)]
    imported(home, tmp_path / "a.jsonl", [line(START, None, "置顶"), *rows])
    assert captures(home) == [(START.replace(tzinfo=None) + STEP, [None, *WHOLE])]


def test_the_rest_of_a_capture_that_was_cut_goes_to_what_is_there(
    home: Home, tmp_path: Path
) -> None:
    rows = stamped(START, STEP)
    imported(home, tmp_path / "a.jsonl", rows[:3])
    done = imported(home, tmp_path / "b.jsonl", rows)
    assert (done.loaded.rows_known, done.loaded.rows_kept) == (3, 2)
    assert [ranks for _, ranks in captures(home)] == [WHOLE]


def test_captures_that_are_whole_stay_apart_however_close(home: Home, tmp_path: Path) -> None:
    rows = [
        line(START + timedelta(seconds=n), rank, title)
        for n in range(3)
        for rank, title in enumerate(TITLES, 1)
    ]
    imported(home, tmp_path / "a.jsonl", rows)
    assert [ranks for _, ranks in captures(home)] == [WHOLE] * 3


def test_a_title_that_is_followed_down_a_list_is_no_list(home: Home, tmp_path: Path) -> None:
    rows = stamped(START, timedelta(seconds=30), [TITLES[0]] * 5)
    done = imported(home, tmp_path / "a.jsonl", rows)
    assert [ranks for _, ranks in captures(home)] == [[rank] for rank in WHOLE]
    assert done.stamped.alone_count == 4


def test_lines_minutes_apart_are_captures_of_their_own(home: Home, tmp_path: Path) -> None:
    done = imported(home, tmp_path / "a.jsonl", stamped(START, timedelta(minutes=5)))
    assert len(captures(home)) == 5
    assert done.stamped.alone_count == 0
