"""The first word comes at once: what a command has no use for is not imported for it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

HEAVY = {
    *("dagster", "scrapy", "twisted", "numpy", "scipy", "lightgbm", "jinja2", "altair"),
    # pydantic itself is imported by typer, wherever it is installed.
    *("pydantic_settings", "feedgen", "sqlglot", "rjieba", "jieba", "opencc", "lxml"),
}
WAREHOUSE = {"duckdb", "pyarrow"}

PROBE = """
import json, sys
from dagster_project.cli import main
sys.argv = ["fengkou", *sys.argv[1:]]
try:
    main()
except SystemExit as ended:
    status = ended.code or 0
print()
print(json.dumps({"status": status, "modules": sorted({name.partition(".")[0] for name in sys.modules})}))
"""


def imported(home: Path, *words: str) -> tuple[int, set[str]]:
    """How ``fengkou`` with these words ended, and the packages that it had imported by then."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words],
        cwd=ROOT,
        env={**os.environ, "FENGKOU_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    return told["status"], set(told["modules"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--help"], 0),
        (["--version"], 0),
        (["learn", "--help"], 0),
        (["fly"], 2),
        (["status", "--bogus"], 2),
        (["learn", "--at", "yesterday"], 2),
        (["run", "--bogus"], 2),
    ],
)
def test_help_and_a_typing_error_import_nothing_heavy(
    tmp_path: Path, words: list[str], status: int
) -> None:
    ended, modules = imported(tmp_path, *words)
    assert ended == status
    assert modules & (HEAVY | WAREHOUSE) == set()


def test_the_status_imports_what_reads_the_warehouse_and_nothing_else_that_is_heavy(
    tmp_path: Path, simulated_home: Path
) -> None:
    shutil.copytree(simulated_home / "published", tmp_path / "published")
    ended, modules = imported(tmp_path, "status")
    assert ended == 0
    assert modules >= WAREHOUSE
    # DuckDB and Arrow bring numpy with them where there is one.
    assert modules & (HEAVY - {"numpy"}) == set()
