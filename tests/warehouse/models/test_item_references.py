"""What is an item's identity where sources print one id or address for many."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from fengkou import operations
from fengkou.home import Home
from warehouse.graph import upstream

TITLES = [
    f"{place}{thing}"
    for place in ("河口", "青石", "北岭", "南浦")
    for thing in ("渡轮停航", "早市搬迁")
]


def items(home: Home, tmp_path: Path, line: Callable[[int], dict[str, object]]) -> int:
    """How many items a list of TITLES is, of whose nth line the rest is given."""
    rows = [
        {"source": "a_b", "captured_at": f"2026-03-01T{hour:02}:00:00Z", "rank": n, "title": title, **line(n)}
        for hour in range(2) for n, title in enumerate(TITLES, 1)
    ]  # fmt: skip
    return items_of(home, tmp_path, rows)


def items_of(home: Home, tmp_path: Path, rows: Iterable[Mapping[str, object]]) -> int:
    """How many items the lines of an archive are."""
    file = tmp_path / "a.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    operations.import_files(home, [file], {}, {})
    with operations.opened(home) as con:
        for step in upstream("core.items"):
            step.build(con)
        found = con.execute("SELECT count(*) FROM core.items").fetchone()
    return int(found[0]) if found else 0


@pytest.mark.parametrize(
    "line",
    [
        lambda _: {"url": "https://a.example/top"},
        lambda _: {"url": "https://a.example/undefined"},
        lambda _: {"native_id": "list-7"},
        lambda n: {"native_id": str(n)},
        lambda n: {"native_id": str(n - 1)},
        lambda n: {"native_id": f"id{n}", "url": "https://a.example/top"},
        lambda n: {"url": f"https://a.example/#/topic/{n}"},
    ],
)
def test_as_many_items_as_titles(
    home: Home, tmp_path: Path, line: Callable[[int], dict[str, object]]
) -> None:
    assert items(home, tmp_path, line) == len(TITLES)


def test_a_title_that_is_edited_under_its_own_id_stays_one_item(home: Home, tmp_path: Path) -> None:
    rows = [
        {
            "source": "a_b",
            "captured_at": f"2026-03-01T0{hour}:00:00Z",
            "rank": 1,
            "title": title,
            "native_id": "x",
        }
        for hour, title in enumerate(("河口渡轮停航", "河口渡轮停航，何时恢复"))
    ]
    assert items_of(home, tmp_path, rows) == 1
