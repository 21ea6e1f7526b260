import json
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser

from crawlers.http.robots_cache import FOLDER, ROBOTS_BYTES, KeptRules, lasting, rules_in
from crawlers.run import collect
from crawlers.simulation.server import serving
from tests.crawlers.http.board_fetches import BOARD
from tests.crawlers.http.witness import NOW, WORLD, politely, witness

pytestmark = pytest.mark.xdist_group("politeness")  # one worker sets it up, not each

HOST = "cache.thepaper.cn"
DENIED = (200, "User-agent: *\nDisallow: /\n")


def aged(landing: Path, hours: float) -> None:
    """As if the rules had been asked for so much earlier."""
    (file,) = (landing / FOLDER).iterdir()
    row = json.loads(file.read_text(encoding="utf-8"))
    for name in ("asked_at", "until"):
        earlier = datetime.fromisoformat(row[name]) - timedelta(hours=hours)
        row[name] = earlier.isoformat()
    file.write_text(json.dumps(row), encoding="utf-8")


@pytest.mark.parametrize(
    "pumped",
    [
        b"".join(b"Disallow: /a%d*b$\n" % n for n in range(500_000)),
        b"Disallow: /" + b"%" * 10_000_000,
        b"Disallow: /" + b"*t" * 5_000_000 + b"!",
        b"".join(b"User-agent: a%d\nDisallow: /\n" % n for n in range(300_000)),
        b"\n" * 10_000_000,
        b"\x00\xff" * 5_000_000,
    ],
    ids=["rules", "percents", "stars", "agents", "lines", "bytes"],
)
def test_rules_of_ten_megabytes_are_read_in_a_second_and_those_at_their_head_are_kept(
    pumped: bytes,
) -> None:
    begun = time.process_time()
    parser = ProtegoRobotParser(
        rules_in(b"\xef\xbb\xbfUser-agent: *\nDisallow: /closed\n" + pumped).encode(), None
    )
    assert not parser.allowed("https://a.example/closed/ttttttttt", "fengkou")
    assert parser.allowed("https://a.example/open/ttttttttt", "fengkou")
    assert time.process_time() - begun < 1


def test_no_half_rule_is_read() -> None:
    head = b"User-agent: *\n" + b"#" * (ROBOTS_BYTES - 30) + b"\n"
    assert rules_in(head + b"Disallow: /a/only/this\n") == head.decode()
    assert rules_in(b"x" * (ROBOTS_BYTES + 1)) == ""


@pytest.mark.slow
def test_rules_are_kept_for_a_day_and_then_asked_for_anew(tmp_path: Path) -> None:
    robots: dict[str, tuple[int, str]] = {}

    def run() -> tuple[str, int]:
        (one,) = politely(tmp_path, [BOARD], origin, 0)
        return one.reason, [visit.path for visit in visits].count("robots.txt")

    with witness(robots) as (origin, visits):
        assert run() == ("", 1)
        robots[HOST] = DENIED
        assert run() == ("", 1)
        aged(tmp_path, hours=23.9)
        assert run() == ("", 1)
        aged(tmp_path, hours=0.1)
        assert run() == ("robots_denied", 2)


@pytest.mark.slow
def test_kept_rules_forbid_as_fresh_ones_do(tmp_path: Path) -> None:
    with witness({HOST: DENIED}) as (origin, visits):
        found = [politely(tmp_path, [BOARD], origin, 0)[0].reason for _ in range(2)]
    assert found == ["robots_denied"] * 2
    assert [visit.path for visit in visits] == ["robots.txt"]


@pytest.mark.slow
@pytest.mark.parametrize("status", [403, 503])
def test_an_answer_that_may_pass_is_not_kept(tmp_path: Path, status: int) -> None:
    with witness({HOST: (status, "")}) as (origin, visits):
        politely(tmp_path, [BOARD], origin, 0)
        once = len(visits)
        politely(tmp_path, [BOARD], origin, 0)
    assert len(visits) == 2 * once


@pytest.mark.slow
def test_the_rules_of_one_web_are_not_those_of_another(tmp_path: Path) -> None:
    place, real, made = f"https://{HOST}", KeptRules(tmp_path), KeptRules(tmp_path, "http://a:1")
    made.keep(place, "Disallow: /", NOW, timedelta(hours=1))
    assert real.of(place, NOW) is None
    assert made.of(place, NOW) == "Disallow: /"
    assert made.of(place, NOW - timedelta(days=1)) is None
    made.file(place).write_text("{", "utf-8")
    assert made.of(place, NOW) is None


@pytest.mark.parametrize(
    ("status", "said", "hours"),
    [
        (200, "", 24),
        (404, "", 24),
        (200, "public, max-age=3600", 1),
        (200, "max-age=999999, s-maxage=5", 24),
        (200, "no-store", 0),
        (200, "private, no-cache, max-age=3600", 0),
        (200, "max-age=0", 0),
        (401, "", 0),
    ],
)
def test_a_host_may_say_that_its_rules_last_shorter(status: int, said: str, hours: int) -> None:
    answer = Response("https://a.cn/robots.txt", status, {"Cache-Control": said} if said else None)
    assert lasting(answer, timedelta(hours=24)) == timedelta(hours=hours)


@pytest.mark.slow
def test_a_replay_keeps_no_rules(tmp_path: Path) -> None:
    with serving(WORLD) as origin:
        collect(tmp_path, [BOARD], origin=origin, instants=[NOW])
    assert not (tmp_path / FOLDER).exists()
