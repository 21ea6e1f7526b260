import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, sync_playwright

from dagster_project import run
from fengkou.home import Home
from pipelines.language import Language

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
