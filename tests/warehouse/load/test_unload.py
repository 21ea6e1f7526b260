"""A load that is taken out again leaves a warehouse as if it had never been."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from fengkou import operations, reads
from fengkou.home import Home
from fengkou.loads import newest_loads, take_out
from tests.warehouse.captures import Fingerprints
from warehouse.load.unload import NoSuchLoadError


def archive(file: Path, board: str, hours: range) -> Path:
    rows = [
        {"source": board, "captured_at": f"2026-03-01T{hour:02}:00:00Z", "rank": n, "title": f"{board}{n}"}
        for hour in hours for n in range(1, 6)
    ]  # fmt: skip
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


@pytest.mark.slow
def test_a_load_that_is_taken_out_leaves_what_the_others_brought(
    home: Home, tmp_path: Path, fingerprints: Callable[[Home], Fingerprints]
) -> None:
    kept = archive(tmp_path / "kept.jsonl", "a_b", range(6))
    wrong = archive(tmp_path / "wrong.jsonl", "c_d", range(3, 9))
    operations.import_files(home, [kept], {}, {})
    operations.build(home)
    before = fingerprints(home)
    operations.import_files(home, [wrong], {}, {})
    operations.build(home)
    assert fingerprints(home) != before
    gone = take_out(home, 2)
    assert (gone.origin, gone.entry_count, gone.snapshot_count) == ("wrong.jsonl", 30, 6)
    operations.build(home)
    assert reads.summary(home).newest_capture_at == datetime(2026, 3, 1, 5)  # noqa: DTZ001
    now = fingerprints(home)
    # Verdicts are a ledger: what was judged stays.
    assert {t: now[t] for t in now if t[:4] != "ops."} == {
        t: before[t] for t in before if t[:4] != "ops."
    }
    assert [bool(load.unloaded_at) for load in newest_loads(home, 5)] == [True, False]
    with pytest.raises(NoSuchLoadError, match="no load 2 that could be taken out"):
        take_out(home, 2)


@pytest.mark.slow
def test_what_was_landed_and_taken_out_is_not_loaded_again(
    built_home: Home, fingerprints: Callable[[Home], Fingerprints]
) -> None:
    take_out(built_home, 1)
    operations.build(built_home)
    assert fingerprints(built_home)["raw.snapshots"][0] == 0
