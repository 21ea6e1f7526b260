"""What people open in a browser: Dagster's graph of the line, and the digest."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from crawlers import catalog
from dagster_project.instance import prepare
from fengkou.home import Home
from tests.dagster_project.conftest import WholeRun

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("whole_run"),
]  # one worker sets it up, not each

PROJECT = Path(__file__).parents[2]
READY_SECONDS = 60
PHONE = {"width": 390, "height": 844}


def test_the_digest_opens_on_a_phone_and_asks_the_web_for_nothing(
    whole_run: WholeRun, browser: Browser
) -> None:
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    digest = whole_run.ran.written
    page.goto(digest.files["html"].as_uri())
    page.wait_for_load_state("networkidle")
    assert asked == [digest.files["html"].as_uri()]
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(page.get_by_text(digest.digest.topics[0].title, exact=True).first).to_be_visible()
    page.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _graphql(server: str, query: str) -> dict[str, object]:
    request = urllib.request.Request(
        f"{server}/graphql",
        json.dumps({"query": query}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return dict(json.load(answer)["data"])


@pytest.fixture(scope="module")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Dagster's web server on this machine; asks for the browser first, so as to start only with one."""
    home = Home(tmp_path_factory.mktemp("ui"))
    port = _free_port()
    log = prepare(home) / "webserver.log"
    command = [sys.executable, "-m", "dagster_webserver", "-m", "dagster_project.definitions"]
    environment = {
        **os.environ,
        "DAGSTER_HOME": str(home.dagster),
        "FENGKOU_HOME": str(home.root),
        "DAGSTER_DISABLE_TELEMETRY": "yes",
    }
    with (
        log.open("wb") as said,
        subprocess.Popen(
            [*command, "-h", "127.0.0.1", "-p", str(port)],
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
            _graphql(server, "{ version }")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return server
    pytest.fail(f"no answer in {READY_SECONDS} s: {log.read_text(encoding='utf-8')[-2000:]}")


def test_the_graph_shows_every_layer(server: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1600, "height": 1000})
    page.goto(f"{server}/asset-groups")
    for layer in ("landing", "raw", "core", "mart", "publish"):
        # In the tree at the left, and as a box of the graph.
        named = page.get_by_text(layer, exact=True).filter(visible=True)
        expect(named).to_have_count(2, timeout=30_000)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.close()


def test_the_server_knows_every_board(server: str) -> None:
    nodes = _graphql(server, "{ assetNodes { assetKey { path } groupName } }")["assetNodes"]
    assert isinstance(nodes, list)
    landed = {node["assetKey"]["path"][1] for node in nodes if node["groupName"] == "landing"}
    assert landed == set(catalog.names())
