"""Every board under every fault: each lands with its reason, none is taken for a good list.

One crawl gives each board a few faults in turn, so that all boards and all faults are met; the page
docs/chaos.md holds every pair.
"""

import pytest

from benchmarks import chaos
from benchmarks.chaos import SERVED, SHOWN, Cell
from crawlers import catalog
from fengkou.home import Home

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("chaos")]  # one worker sets it up, not each

TURNS = 2

REASONS = {
    "403": {"http_403"},
    "404": {"http_404"},
    "418": {"http_418"},
    "429": {"http_429"},
    "500": {"http_500"},
    "login wall": {"login_wall"},
    # A feed or an HTML page without a row is no longer told from a page that never had one.
    "empty list": {"empty_list", "wrong_shape"},
    # Half of an HTML page is a page, with half of the list: the contract tells it.
    "half a page": {"truncated_json", "not_xml", ""},
    "gzip bomb": {"body_too_large"},
    "slow drip": {"timeout"},
    "reset": {"connection_lost"},
    "redirect loop": {"redirect_loop"},
    "redirect inside": {"private_address"},
    "wrong charset": {""},
    "another page": {"not_html", "not_json", "not_xml", "wrong_shape"},
    "fields renamed": {"wrong_shape"},
}

VERDICTS = {
    "another's list": ("failed", "another_board"),
    "shrunk": ("degraded", "shrunk"),
    "heat renamed": ("degraded", "no_heat"),
    "heat in another unit": ("degraded", "heat_range"),
    "ranks with gaps": ("degraded", "ranks_broken"),
    "frozen": ("stale", "frozen"),
}


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> tuple[Cell, ...]:
    return chaos.run(Home(tmp_path_factory.mktemp("chaos")), catalog.names(), TURNS)


def test_every_fault_has_its_expectation() -> None:
    assert set(REASONS) == {one.name for one in SERVED}
    assert set(VERDICTS) == {one.name for one in SHOWN}


def test_every_board_met_its_faults(cells: tuple[Cell, ...]) -> None:
    met = [cell.board for cell in cells if cell.fault in REASONS]
    assert {board: met.count(board) for board in met} == dict.fromkeys(catalog.names(), TURNS)
    if len(catalog.names()) >= len(SERVED):
        assert {cell.fault for cell in cells} == {*REASONS, *VERDICTS}


def test_each_fault_of_a_host_lands_with_its_reason(cells: tuple[Cell, ...]) -> None:
    strange = [c for c in cells if c.fault in REASONS and c.reason not in REASONS[c.fault]]
    assert strange == []


def test_a_fault_of_a_host_is_a_failed_verdict_unless_a_list_was_read(
    cells: tuple[Cell, ...],
) -> None:
    mistaken = [c for c in cells if c.reason and c.verdict != "failed"]
    assert mistaken == []


def test_a_list_in_another_charset_is_read_as_if_nothing_were(cells: tuple[Cell, ...]) -> None:
    assert {cell.verdict for cell in cells if cell.fault == "wrong charset"} == {"ok"}


def test_each_fault_of_a_list_is_recognised(cells: tuple[Cell, ...]) -> None:
    # A board that is read every few hours may stand for six.
    slow = {one.name for one in catalog.facts() if 3 * one.cadence_minutes >= 6 * 60}
    missed = [
        cell
        for cell in cells
        if cell.fault in VERDICTS
        and (cell.verdict != VERDICTS[cell.fault][0] or VERDICTS[cell.fault][1] not in cell.claims)
        and not (cell.fault == "frozen" and cell.board in slow)
    ]
    assert missed == []


def test_the_page_says_what_happens(cells: tuple[Cell, ...]) -> None:
    found = chaos.stale(cells, chaos.PAGE.read_text(encoding="utf-8"))
    assert found == [], "\n".join(found)
