"""The pages under docs say what the code says."""

import re
from pathlib import Path

import pytest

from fengkou import reference
from warehouse.dictionary import Column, Table, problems

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")


def table(*columns: Column, file: str, grain: tuple[str, ...] = ()) -> Table:
    return Table("core.things", "table", "Things.", grain, columns, file)


def test_the_reference_is_current() -> None:
    found = reference.stale()
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_a_stale_page_is_named_with_the_command_that_mends_it(tmp_path: Path) -> None:
    reference.write(tmp_path)
    (tmp_path / "boards.md").write_text("# Boards, once\n")
    (tmp_path / "cli.md").unlink()
    assert reference.stale(tmp_path) == [
        "docs/reference/cli.md is missing. Run: python -m fengkou.reference",
        "docs/reference/boards.md is stale. Run: python -m fengkou.reference",
    ]


def test_a_column_of_a_model_without_a_meaning_names_the_model() -> None:
    file = "warehouse/models/core/things.sql"
    (said,) = problems(table(Column("is_red", "BOOLEAN", ""), file=file))
    assert said == (
        f'core.things.is_red has no description. Write "-- column is_red: …" in {file}.'
    )


def test_a_column_of_a_migrated_table_without_a_meaning_asks_for_a_migration() -> None:
    (said,) = problems(table(Column("is_red", "BOOLEAN", ""), file="warehouse/migrations"))
    assert "COMMENT ON COLUMN core.things.is_red IS '…'" in said
    assert said.endswith("in a new file in warehouse/migrations.")


def test_a_grain_names_columns() -> None:
    (said,) = problems(
        table(Column("board", "VARCHAR", "the board"), file="x.sql", grain=("board", "rank"))
    )
    assert said.startswith("core.things has no column rank, which its grain names.")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(page: Path) -> None:
    lost = [
        link
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert not lost, f"{page.relative_to(ROOT)} links to {', '.join(lost)}: correct the links."
