"""The contract over the warehouse: measured in SQL, judged from what was known then, kept in ops."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers import landing
from crawlers.simulation.world import World
from fengkou import operations
from fengkou.home import Home
from pipelines.captures import Entry, Outcome, Page, Status
from pipelines.digest.contents import Period, Verdict
from pipelines.language import Language
from tests.warehouse.captures import BOARDS, build_up_to
from warehouse import query
from warehouse.readers.digest import make_digest

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOURS = 36
WORLD = World(NOON - timedelta(hours=HOURS), hours=HOURS + 12, story_count=80)
PAST = [NOON - timedelta(hours=HOURS - n) for n in range(HOURS)]
WEIBO, ZHIHU, _ = BOARDS


def land(home: Home, board: str, at: datetime, entries: Sequence[Entry] | None = None) -> None:
    shown = WORLD.ranked(board, at) if entries is None else entries
    outcome = Outcome(board, at, Status.OK, "made", page=Page(tuple(shown)))
    landing.write(home.landing, outcome, b"made", durable=False)


def fail(home: Home, board: str, at: datetime) -> None:
    outcome = Outcome(board, at, Status.FAILED, "made", reason="login_wall", detail="A login.")
    landing.write(home.landing, outcome, b"made", durable=False)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Thirty-six hourly lists of three boards, landed and not yet built."""
    home = Home(tmp_path / "home")
    for board in BOARDS:
        for at in PAST:
            land(home, board, at)
    return home


def judge(home: Home) -> int:
    """Build as far as the verdicts, and how boards stand by them; how many verdicts were written."""
    return build_up_to(home, "ops.verdicts", "core.servings")["ops.verdicts"]


def verdicts(home: Home) -> list[tuple[object, ...]]:
    with operations.opened(home) as con:
        return con.execute("SELECT * FROM ops.verdicts ORDER BY captured_at, board").fetchall()


def newest(home: Home, board: str) -> dict[str, object]:
    judge(home)
    with operations.opened(home) as con:
        rows = query.dicts(con, "readers/boards.verdicts_since", since=NOON.replace(tzinfo=None))
    return [row for row in rows if row["board"] == board][-1]


def trouble(home: Home) -> None:
    """A few bad captures, of every verdict."""
    land(home, WEIBO, NOON, WORLD.ranked(WEIBO, NOON)[:9])
    fail(home, ZHIHU, NOON)
    for n in range(7):
        land(home, BOARDS[2], NOON + timedelta(hours=n), WORLD.ranked(BOARDS[2], NOON))


def test_every_snapshot_is_judged_once_and_again_changes_nothing(home: Home) -> None:
    trouble(home)
    judged = judge(home)
    once = verdicts(home)
    assert len(once) == judged == 3 * HOURS + 9
    assert {row[2] for row in once} == {"ok", "degraded", "stale", "failed"}
    assert judge(home) == 0
    assert verdicts(home) == once


def test_tick_by_tick_ends_with_the_verdicts_of_one_go(home: Home, tmp_path: Path) -> None:
    trouble(home)
    judge(home)
    ticking = Home(tmp_path / "ticking")
    captures = sorted(home.landing.glob("*/*/*.json"), key=lambda file: file.name)
    for n, file in enumerate(captures):
        target = ticking.landing / file.relative_to(home.landing)
        for one in file.parent.glob(file.name.replace(".json", ".*")):
            target.parent.mkdir(parents=True, exist_ok=True)
            (target.parent / one.name).write_bytes(one.read_bytes())
        if n % 20 == 0 or n == len(captures) - 1:
            judge(ticking)
    assert verdicts(ticking) == verdicts(home)


def test_a_verdict_knows_nothing_later(home: Home) -> None:
    judge(home)
    before = verdicts(home)
    trouble(home)
    judge(home)
    assert verdicts(home)[: len(before)] == before


def test_the_past_is_that_of_the_days_before(home: Home) -> None:
    judge(home)
    # The first list is of midnight: one whole day lies before the second.
    counts = {row[1].date(): row[6] for row in verdicts(home) if row[0] == WEIBO}  # type: ignore[attr-defined]
    assert list(counts.values()) == [0, 24]


def test_a_list_that_shrank_is_degraded(home: Home) -> None:
    land(home, WEIBO, NOON, WORLD.ranked(WEIBO, NOON)[:20])
    row = newest(home, WEIBO)
    assert (row["verdict"], row["claims"]) == ("degraded", ["shrunk"])


def test_a_list_that_stood_for_six_hours_is_stale(home: Home) -> None:
    for n in range(7):
        land(home, WEIBO, NOON + timedelta(hours=n), WORLD.ranked(WEIBO, NOON))
    row = newest(home, WEIBO)
    assert (row["verdict"], row["claims"]) == ("stale", ["frozen"])
    assert "360" in str(row["sentence_zh"])


def test_another_boards_list_is_recognised_and_named(home: Home) -> None:
    land(home, ZHIHU, NOON)
    land(home, WEIBO, NOON + timedelta(minutes=10), WORLD.ranked(ZHIHU, NOON))
    row = newest(home, WEIBO)
    assert row["verdict"] == "failed"
    assert "知乎" in str(row["sentence_zh"])


def test_another_boards_list_stays_recognised_when_it_stays(home: Home) -> None:
    for n in range(3):
        at = NOON + timedelta(hours=n)
        land(home, ZHIHU, at)
        land(home, WEIBO, at + timedelta(minutes=10), WORLD.ranked(ZHIHU, at))
    assert newest(home, WEIBO)["verdict"] == "failed"


def test_a_board_stands_as_its_newest_verdict_says(home: Home) -> None:
    trouble(home)
    judge(home)
    at = NOON + timedelta(minutes=20)
    standing = {row["board"]: row for row in operations.board_standings(home, at)}
    assert standing[WEIBO]["verdict"] == "degraded"
    assert standing[ZHIHU]["verdict"] == "failed"
    assert standing[ZHIHU]["sentence_en"] == "A login."
    assert standing[BOARDS[2]]["verdict"] == "ok"


def test_a_board_that_is_overdue_says_for_how_long(home: Home) -> None:
    judge(home)
    (row, *_) = operations.board_standings(home, NOON + timedelta(hours=9))
    assert (row["verdict"], row["sentence_en"]) == ("stale", "No list for 600 minutes.")


def test_the_head_of_the_digest_says_it_in_its_language(home: Home) -> None:
    trouble(home)
    operations.build(home)
    with operations.opened(home) as con:
        digest = make_digest(con, NOON + timedelta(minutes=20), Period.HOUR)
    (weibo,) = [one for one in digest.troubled if one.board == WEIBO]
    assert weibo.verdict is Verdict.DEGRADED
    assert weibo.why(Language.ZH).startswith("只有 ")
    assert weibo.why(Language.EN).startswith("only ")
