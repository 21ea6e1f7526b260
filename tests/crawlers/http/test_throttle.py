"""What the hosts themselves saw of one whole run."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from crawlers import catalog
from crawlers.http.address_guard import hosts_of
from crawlers.landing import Landed, read_whole
from pipelines.captures import Status
from tests.crawlers.http.board_fetches import BOARD
from tests.crawlers.http.witness import Visit, politely, witness

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("politeness"),
]  # one worker sets it up, not each

DELAY = 0.3


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Landed], list[Visit]]:
    landing = tmp_path_factory.mktemp("audited")
    with witness() as (origin, visits):
        return landing, politely(landing, catalog.names(), origin, DELAY), visits


def by_host(visits: Sequence[Visit]) -> dict[str, list[Visit]]:
    hosts = defaultdict(list)
    for visit in sorted(visits, key=lambda visit: visit.began_at):
        hosts[visit.host].append(visit)
    return hosts


def test_every_host_is_first_asked_for_its_rules_and_once(
    audited: tuple[Path, list[Landed], list[Visit]],
) -> None:
    for visits in by_host(audited[2]).values():
        assert [visit.path for visit in visits].index("robots.txt") == 0
        assert [visit.path for visit in visits].count("robots.txt") == 1


def test_no_host_has_two_requests_at_a_time(
    audited: tuple[Path, list[Landed], list[Visit]],
) -> None:
    for visits in by_host(audited[2]).values():
        for before, after in pairwise(visits):
            assert after.began_at >= before.ended_at


def test_requests_to_one_host_are_the_delay_apart(
    audited: tuple[Path, list[Landed], list[Visit]],
) -> None:
    gaps = [
        after.began_at - before.began_at
        for visits in by_host(audited[2]).values()
        for before, after in pairwise(visits)
    ]
    assert gaps
    assert min(gaps) >= DELAY


def test_no_request_goes_outside_the_boards_hosts(
    audited: tuple[Path, list[Landed], list[Visit]],
) -> None:
    allowed = set().union(*(hosts_of(board) for board in catalog.boards().values()))
    assert set(by_host(audited[2])) <= allowed


def test_what_was_asked_is_landed_with_the_outcome(
    audited: tuple[Path, list[Landed], list[Visit]],
) -> None:
    landing, done, visits = audited
    counted: dict[str, int] = defaultdict(int)
    for one in done:
        for host, count in read_whole(landing / one.path)[1].asked.items():
            counted[host] += count
    assert counted == {host: len(them) for host, them in by_host(visits).items()}


def test_rules_that_cannot_be_read_forbid(tmp_path: Path) -> None:
    broken = {"cache.thepaper.cn": (503, "busy")}
    with witness(broken) as (origin, visits):
        (one,) = politely(tmp_path, [BOARD], origin, 0)
    assert one.reason == "robots_unreachable"
    assert {visit.path for visit in visits} == {"robots.txt"}


def test_a_host_without_rules_may_be_asked(tmp_path: Path) -> None:
    with witness({"cache.thepaper.cn": (404, "User-agent: *\nDisallow: /")}) as (origin, _):
        (one,) = politely(tmp_path, [BOARD], origin, 0)
    assert one.status is Status.OK


def test_the_pause_that_the_rules_ask_for_is_kept(tmp_path: Path) -> None:
    rules = "User-agent: *\nCrawl-delay: 0.7\n"
    with witness({"cache.thepaper.cn": (200, rules)}) as (origin, visits):
        politely(tmp_path, [BOARD], origin, 0)
    robots, page = visits
    assert page.began_at - robots.began_at > 0.65
