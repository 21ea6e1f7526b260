"""The guard of code_version: it speaks when a rule changed, and of nothing else."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse import code_versions
from warehouse.code_versions import ROOT, present, problems, remembered, rule_of

HEATS = "warehouse/models/core/heats.py"


def test_no_rule_changed_without_a_word_of_its_tables() -> None:
    found = list(problems(remembered(), present()))
    assert not found, "\n".join(found)


def test_a_rule_is_its_file_its_queries_and_what_it_imports() -> None:
    assert rule_of("warehouse/models/core/item_references.py") >= {
        "warehouse/models/core/item_references.new.sql",
        "pipelines/text/identity.py",
        "pipelines/text/titles.py",
    }
    assert rule_of("warehouse/models/core/entries.sql") == {"warehouse/models/core/entries.sql"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packages that rules are made of, to be changed."""
    for room in ("pipelines", "warehouse"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def guard(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "warehouse.code_versions", *arguments],
        cwd=copy,
        env={"PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )


def change(copy: Path, file: str, old: str, new: str) -> None:
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")


CHANGED = (
    (HEATS, "reading.value if reading", "reading.value * 2 if reading", "core.heats"),
    (
        "pipelines/text/titles.py",
        "def clean_title(",
        "LIMIT = 3\n\n\ndef clean_title(",
        "core.titles",
    ),
    ("warehouse/models/core/topic_items.new.sql", ">= $since", "> $since", "core.topic_items"),
    ("warehouse/models/core/stays.sql", "ORDER BY", "LIMIT 3 --", "core.stays"),
)
REMARKS = (
    ("warehouse/models/core/title_sights.py", '"""When', '# a remark\n"""Just when'),
    ("warehouse/models/core/title_sights.py", "the board where that was", "the board of that"),
    (
        "warehouse/models/core/servings.sql",
        "WITH attempts AS (",
        "-- a remark\nWITH  attempts AS (",
    ),
)


@pytest.mark.slow  # in a copy of the packages
def test_a_changed_body_without_a_new_version_is_told_by_file_and_table(copy: Path) -> None:
    for file, old, new in REMARKS:
        change(copy, file, old, new)
    for file, old, new, _ in CHANGED:
        change(copy, file, old, new)
    said = guard(copy, "--write")
    assert said.returncode == 1
    for file, _, _, table in CHANGED:
        assert re.search(rf"{file}.* and {table} is still at code_version \d+", said.stderr)
    for table in ("core.title_sights", "core.servings"):
        assert f"and {table} is" not in said.stderr


@pytest.mark.slow  # in a copy of the packages
def test_a_new_version_or_a_word_that_rows_stay_is_remembered(copy: Path) -> None:
    change(copy, HEATS, "reading.value if reading", "reading.value * 2 if reading")
    change(copy, HEATS, 'code_version="', 'code_version="raised ')
    change(copy, "warehouse/models/core/stays.sql", "ORDER BY", "LIMIT 3 --")
    assert guard(copy, "--write", "--same-rows", "core.stays").returncode == 0
    assert guard(copy).returncode == 0


def test_ingredients_are_named_where_a_rule_uses_them() -> None:
    """A table whose rule imports a library or a word list that shapes rows says so in made_with."""
    assert not list(code_versions.unnamed_ingredients())
