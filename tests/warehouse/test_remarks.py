"""What is said about a rule rebuilds nothing: only its version does."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fengkou.home import Home

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("crawlers", "pipelines", "warehouse", "fengkou", "dagster_project")
REMARKS = {
    ".py": '\n\n# A remark at the end.\n"""And a sentence that stands alone."""\n',
    ".sql": "\n-- A remark at the end.\n",
    ".txt": "\n# A remark at the end.\n",
}
BUILD = "from fengkou.cli.app import main; main()"


@pytest.mark.slow  # in a copy of the packages
def test_a_remark_in_every_file_of_the_rules_writes_no_row(
    built_home: Home, tmp_path: Path
) -> None:
    for room in ROOMS:
        shutil.copytree(
            ROOT / room,
            tmp_path / room,
            ignore=shutil.ignore_patterns("__pycache__", "boards.toml"),
        )
    rules = [*(tmp_path / "pipelines").rglob("*"), *(tmp_path / "warehouse" / "models").rglob("*")]
    remarked = [file for file in rules if file.suffix in REMARKS]
    for file in remarked:
        with file.open("a", encoding="utf-8") as rule:
            rule.write(REMARKS[file.suffix])
    assert len(remarked) > 100
    ran = subprocess.run(
        [sys.executable, "-c", BUILD, "build", "--json"],
        env={**os.environ, "PYTHONPATH": str(tmp_path), "FENGKOU_HOME": str(built_home.root)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    written = json.loads(ran.stdout)["rows_written"]
    assert len(written) > 30
    assert sum(written.values()) == 0, written
