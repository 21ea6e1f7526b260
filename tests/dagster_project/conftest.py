import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from dagster_project import run
from fengkou.home import Home
from pipelines.language import Language

PROJECT = Path(__file__).parents[2]
PROGRAM = "from dagster_project.cli import main; main()"
READY_SECONDS = 60
NAMED_HOST = "ui.example.org"

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True)
class WholeRun:
    """The whole line, run once on simulated boards."""

    home: Home
    ran: run.Ran
    hours: int


@pytest.fixture(scope="session")
def whole_run(tmp_path_factory: pytest.TempPathFactory) -> WholeRun:
    home, hours = Home(tmp_path_factory.mktemp("whole") / "home"), 6
    with pytest.MonkeyPatch.context() as patch:
        keep_homes(patch)
        return WholeRun(home, run.run_simulated(home, Language.ZH, lambda _: None, hours), hours)


def keep_homes(patch: pytest.MonkeyPatch) -> None:
    """A run names its homes in the environment: put back what is there now, afterwards."""
    for name in ("FENGKOU_HOME", "DAGSTER_HOME"):
        patch.setenv(name, os.environ.get(name, ""))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; while it is open, an event loop runs here and Dagster cannot run a job."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium here; install it with: apt-get install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


def graphql(server: str, query: str) -> dict[str, object]:
    """The data that a server answers a query with."""
    request = urllib.request.Request(
        f"{server}/graphql",
        json.dumps({"query": query}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return dict(json.load(answer)["data"])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``fengkou ui`` on this machine, in an empty home."""
    folder = tmp_path_factory.mktemp("ui")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    log = folder / "ui.log"
    environment = {
        **os.environ,
        "FENGKOU_HOME": str(folder / "home"),
        "FENGKOU_UI_HOSTS": NAMED_HOST,
        "FENGKOU_SCHEDULES": "off",
    }
    with (
        log.open("wb") as said,
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "ui", "--port", str(port)],
            cwd=PROJECT,
            env=environment,
            stdout=said,
            stderr=said,
        ) as process,
    ):
        try:
            yield _ready(f"http://127.0.0.1:{port}", log)
        finally:
            process.terminate()


def _ready(server: str, log: Path) -> str:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            graphql(server, "{ version }")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return server
    pytest.fail(f"no answer in {READY_SECONDS} s: {log.read_text(encoding='utf-8')[-2000:]}")
