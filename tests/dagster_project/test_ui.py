"""What people open in a browser: Dagster's graph of the line, and the digest."""

import pytest
from playwright.sync_api import Browser, expect

from crawlers import catalog
from tests.dagster_project.conftest import WholeRun, graphql

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("whole_run"),
]  # one worker sets it up, not each

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}


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


def test_the_index_finds_a_headline_by_keyboard_on_a_narrow_phone_and_asks_the_web_for_nothing(
    whole_run: WholeRun, browser: Browser
) -> None:
    page = browser.new_page(viewport=NARROW)  # type: ignore[arg-type]
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    index = (whole_run.home.digests / "index.html").as_uri()
    page.goto(index)
    title = whole_run.ran.written.digest.topics[0].title
    while not page.get_by_role("searchbox").evaluate("it => it === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type(title)
    found = page.get_by_role("link", name=title, exact=True).first
    expect(found).to_be_visible()
    expect(page.locator(".days")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert (asked, complaints) == ([index], [])
    found.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(title, exact=True).first).to_be_visible()
    page.close()


def test_the_index_leads_to_every_digest_without_scripts(
    whole_run: WholeRun, browser: Browser
) -> None:
    folder = whole_run.home.digests
    page = browser.new_page(java_script_enabled=False)
    page.goto((folder / "index.html").as_uri())
    expect(page.get_by_role("searchbox")).to_have_count(0)
    expect(page.locator(".issue").first).to_be_visible()
    led_to = {link.get_attribute("href") for link in page.locator(".issue").all()}
    written = {f"{file.parent.name}/{file.stem}.html" for file in folder.glob("*/*T*.json")}
    assert led_to == written
    page.close()


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
    nodes = graphql(server, "{ assetNodes { assetKey { path } groupName } }")["assetNodes"]
    assert isinstance(nodes, list)
    landed = {node["assetKey"]["path"][1] for node in nodes if node["groupName"] == "landing"}
    assert landed == set(catalog.names())
