"""The contract over the warehouse: measured in SQL, judged from what was known then, kept in ops."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers import landing
from crawlers.simulation.world import World
from fengkou import operations
from fengkou.home import Home
from pipelines.boards.contract import Kept
from pipelines.boards.standing import BoardStanding, Verdict, list_standings
from pipelines.captures import Entry, Outcome, Page, Status
from pipelines.digest.render.board_sentences import board_sentence, list_sentence
from pipelines.landing_format import stem_instant
from pipelines.language import Language
from tests.warehouse.captures import BOARDS, build_up_to
from warehouse.instants import to_naive
from warehouse.readers.boards import boards_at

pytestmark = pytest.mark.xdist_group("judged")  # one worker judges the past, not each

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


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Thirty-six hourly lists of three boards, landed and judged."""
    past = Home(tmp_path_factory.mktemp("past") / "home")
    for board in BOARDS:
        for at in PAST:
            land(past, board, at)
    judge(past)
    return past


@pytest.fixture
def home(past: Home, tmp_path: Path) -> Home:
    shutil.copytree(past.root, tmp_path / "home")
    return Home(tmp_path / "home")


def judge(home: Home) -> int:
    """Build as far as the verdicts, and how boards stand by them; how many verdicts were written."""
    return build_up_to(home, "ops.verdicts", "core.servings")["ops.verdicts"]


def verdicts(home: Home) -> list[tuple[object, ...]]:
    with operations.opened(home) as con:
        return con.execute("SELECT * FROM ops.verdicts ORDER BY captured_at, board").fetchall()


def stood(home: Home, at: datetime) -> list[BoardStanding]:
    judge(home)
    with operations.opened(home) as con:
        return boards_at(con, to_naive(at))


def newest(home: Home, board: str) -> BoardStanding:
    """How the board stood at its newest capture."""
    files = (home.landing / board).rglob("*.json")
    at = max(filter(None, (stem_instant(file.stem) for file in files)))
    (standing,) = [found for found in stood(home, at) if found.board == board]
    return standing


def claims(standing: BoardStanding) -> list[str]:
    return [breach.claim for breach in standing.breaches]


def trouble(home: Home) -> None:
    """A few bad captures, of every verdict."""
    land(home, WEIBO, NOON, WORLD.ranked(WEIBO, NOON)[:9])
    fail(home, ZHIHU, NOON)
    for n in range(7):
        land(home, BOARDS[2], NOON + timedelta(hours=n), WORLD.ranked(BOARDS[2], NOON))


def test_every_snapshot_is_judged_once_and_again_changes_nothing(home: Home) -> None:
    before = verdicts(home)
    trouble(home)
    assert judge(home) == 9
    once = verdicts(home)
    assert len(once) == len(before) + 9 == 3 * HOURS + 9
    assert {row[2] for row in once} == {"ok", "degraded", "stale", "failed"}
    assert judge(home) == 0
    assert verdicts(home) == once


@pytest.mark.slow
def test_tick_by_tick_ends_with_the_verdicts_of_one_go(home: Home, tmp_path: Path) -> None:
    trouble(home)
    judge(home)
    ticking = Home(tmp_path / "ticking")
    instants = sorted({file.stem for file in home.landing.glob("*/*/*.json")})
    for n, instant in enumerate(instants):
        for part in home.landing.glob(f"*/*/{instant}.*"):
            target = ticking.landing / part.relative_to(home.landing)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(part, target)
        if n % 7 == 0 or instant == instants[-1]:
            judge(ticking)
    assert verdicts(ticking) == verdicts(home)


def test_a_verdict_knows_nothing_later(home: Home) -> None:
    before = verdicts(home)
    trouble(home)
    judge(home)
    assert verdicts(home)[: len(before)] == before


def test_the_past_is_that_of_the_days_before(home: Home) -> None:
    # The first list is of midnight: one whole day lies before the second.
    with operations.opened(home) as con:
        counts = con.execute(
            "SELECT DISTINCT captured_at::DATE, usual_snapshot_count FROM ops.verdicts WHERE board = ? "
            "ORDER BY ALL",
            [WEIBO],
        ).fetchall()
    assert [count for _, count in counts] == [0, 24]


def test_a_list_that_shrank_is_degraded(home: Home) -> None:
    land(home, WEIBO, NOON, WORLD.ranked(WEIBO, NOON)[:20])
    standing = newest(home, WEIBO)
    assert (standing.contract_verdict, claims(standing)) == (Kept.DEGRADED, ["shrunk"])


def test_a_list_that_stood_for_six_hours_is_stale(home: Home) -> None:
    for n in range(7):
        land(home, WEIBO, NOON + timedelta(hours=n), WORLD.ranked(WEIBO, NOON))
    standing = newest(home, WEIBO)
    assert (standing.contract_verdict, claims(standing)) == (Kept.STALE, ["frozen"])
    assert standing.breaches[0].figures["minutes"] == 360


def test_another_boards_list_is_recognised_and_named(home: Home) -> None:
    land(home, ZHIHU, NOON)
    land(home, WEIBO, NOON + timedelta(minutes=10), WORLD.ranked(ZHIHU, NOON))
    standing = newest(home, WEIBO)
    assert standing.contract_verdict is Kept.FAILED
    assert "知乎" in standing.other_zh
    assert standing.other_zh in board_sentence(standing, Language.ZH)


def test_another_boards_list_stays_recognised_when_it_stays(home: Home) -> None:
    for n in range(3):
        at = NOON + timedelta(hours=n)
        land(home, ZHIHU, at)
        land(home, WEIBO, at + timedelta(minutes=10), WORLD.ranked(ZHIHU, at))
    assert newest(home, WEIBO).contract_verdict is Kept.FAILED


def test_a_list_that_another_board_copied_stays_its_own(home: Home) -> None:
    land(home, WEIBO, NOON)
    land(home, ZHIHU, NOON + timedelta(minutes=5), WORLD.ranked(WEIBO, NOON))
    for n, count in enumerate((len(WORLD.ranked(WEIBO, NOON)), 12)):
        at = NOON + timedelta(minutes=10 * (n + 1))
        land(home, WEIBO, at, WORLD.ranked(WEIBO, NOON)[:count])
        assert "another_board" not in claims(newest(home, WEIBO))
    assert newest(home, ZHIHU).contract_verdict is Kept.FAILED


def test_a_list_is_its_own_again_after_another_boards(home: Home) -> None:
    land(home, ZHIHU, NOON)
    land(home, WEIBO, NOON + timedelta(minutes=10), WORLD.ranked(ZHIHU, NOON))
    land(home, WEIBO, NOON + timedelta(minutes=20))
    assert newest(home, WEIBO).contract_verdict is Kept.OK


def test_a_board_stands_as_its_newest_verdict_says(home: Home) -> None:
    trouble(home)
    standings = {found.board: found for found in stood(home, NOON + timedelta(minutes=20))}
    assert {board: found.verdict for board, found in standings.items()} == {
        WEIBO: Verdict.DEGRADED,
        ZHIHU: Verdict.FAILED,
        BOARDS[2]: Verdict.OK,
    }
    assert board_sentence(standings[ZHIHU], Language.EN) == "A login."


def test_a_board_that_is_overdue_says_for_how_long(home: Home) -> None:
    (standing, *_) = stood(home, NOON + timedelta(hours=9))
    assert standing.verdict is Verdict.STALE
    assert board_sentence(standing, Language.EN) == "No new list for 10 h."


def test_a_list_says_what_is_wrong_with_it_in_each_language(home: Home) -> None:
    trouble(home)
    lists = list_standings(stood(home, NOON + timedelta(minutes=20)))
    (weibo,) = [listed for listed in lists if listed.board == WEIBO]
    assert weibo.verdict is Verdict.DEGRADED
    assert list_sentence(weibo, Language.ZH).startswith("只有 ")
    assert list_sentence(weibo, Language.EN).startswith("only ")
