"""Every text by which a desk ran is in raw, so that what was told can be explained."""

import logging
from pathlib import Path

import pytest

from fengkou import operations
from fengkou.desks.desk_folder import desks, keep_running
from fengkou.home import Home
from warehouse.load.desk_texts import load_desk_texts

GOOD = "desk: tech\nwatch: [{id: chips, any: [芯片]}]\n"
CHANGED = GOOD.replace("芯片", "光刻机")


def run(home: Home, text: str) -> str:
    """Let a desk run by a text; the version that it tells by."""
    home.desks.mkdir(parents=True, exist_ok=True)
    (home.desks / "tech.yaml").write_text(text, encoding="utf-8")
    found = desks(home)
    keep_running(home, found)
    return found.running[0].version


def texts(home: Home) -> dict[tuple[str, str], str]:
    with operations.opened(home) as con:
        return {
            (desk, version): text
            for desk, version, text in con.execute("SELECT * FROM raw.desk_texts").fetchall()
        }


def test_each_text_is_loaded_once_and_stays(home: Home) -> None:
    first = run(home, GOOD)
    operations.load(home)
    second = run(home, CHANGED)
    operations.load(home)
    operations.load(home)
    (home.desks / "tech.yaml").unlink()
    keep_running(home, desks(home))
    operations.load(home)
    assert texts(home) == {("tech", first): GOOD, ("tech", second): CHANGED}


def test_a_text_that_was_changed_is_told_and_not_taken(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    version = run(home, GOOD)
    kept = home.desk_texts / f"tech.{version}.yaml"
    kept.write_text(CHANGED, encoding="utf-8")
    run(home, CHANGED)
    with caplog.at_level(logging.WARNING):
        operations.load(home)
    assert list(texts(home).values()) == [CHANGED]
    assert "a desk's text is not what ran" in caplog.text
    kept.write_text(GOOD, encoding="utf-8")
    operations.load(home)
    assert texts(home)["tech", version] == GOOD


def test_what_is_no_kept_text_is_passed_over(home: Home, tmp_path: Path) -> None:
    (tmp_path / "tech.yaml").write_text(GOOD)
    (tmp_path / "running.json").write_text("{}")
    with operations.opened(home) as con:
        assert load_desk_texts(con, tmp_path) == 0
        assert load_desk_texts(con, tmp_path / "nowhere") == 0
