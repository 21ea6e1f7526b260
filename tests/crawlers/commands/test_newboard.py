import subprocess
import sys
from pathlib import Path

import pytest


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_new_board_passes_its_test_at_once(copy: Path) -> None:
    for kind in ("json", "html", "feed"):
        made = run(
            copy, "scrapy", "newboard", f"example_{kind}", "https://example.org/x", "--kind", kind
        )
        assert made.returncode == 0, made.stderr
        assert f"crawlers/spiders/example_{kind}.py" in made.stdout
    tested = run(copy, "pytest", "-q", "tests/crawlers/boards/test_board.py", "-k", "example")
    assert tested.returncode == 0, tested.stdout
    style = run(copy, "ruff", "check", "crawlers/spiders")
    assert style.returncode == 0, style.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "url", "said"),
    [
        ("Weibo", "https://example.org", "source"),
        ("weibo_hot", "example.org", "address"),
        ("thepaper_hot", "https://example.org", "exists"),
    ],
)
def test_a_bad_name_or_address_writes_nothing(copy: Path, name: str, url: str, said: str) -> None:
    refused = run(copy, "scrapy", "newboard", name, url)
    assert refused.returncode == 2
    assert said in refused.stdout + refused.stderr
    assert not (copy / "crawlers" / "spiders" / "weibo_hot.py").exists()
