"""Who may import whom, as ``[tool.importlinter]`` in pyproject.toml says."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINT = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"


def test_every_import_keeps_to_the_straight_line() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, (
        f"{ran.stdout}{ran.stderr}\nTake the import out: move what is shared to pipelines.captures, "
        "or call it from dagster_project. See docs/decisions/0002-files-between.md."
    )


def test_every_room_is_under_a_contract() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    linted = tool["importlinter"]["root_packages"]
    shipped = tool["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert linted == shipped, (
        "pyproject.toml: name the same packages in tool.importlinter.root_packages and in "
        "tool.hatch.build.targets.wheel.packages."
    )
