"""What became of forecasts, on a stream whose every line is known: open hours and gaps are no outcome."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fengkou import operations
from fengkou.board_seed import seed_boards
from fengkou.home import Home
from pipelines.digest.contents import Period
from pipelines.digest.render.formats import Format, render
from pipelines.forecast.calibration import Calibration
from pipelines.forecast.recalibration import AS_GIVEN, Move, Question, recalibration
from pipelines.forecast.record import CallVerdict
from warehouse.connection import Connection
from warehouse.graph import steps
from warehouse.incremental import append_lines
from warehouse.load.archive import import_archive
from warehouse.models.ops.forecasts import TABLE
from warehouse.readers.digest import make_digest
from warehouse.readers.record import record_at
from warehouse.stores.calibrations import (
    calibration_day,
    daily_calibration,
    keep_moves,
    outcomes_known,
)

pytestmark = pytest.mark.xdist_group("outcomes")  # one worker builds them, not each

MIDNIGHT = datetime(2026, 3, 1, 16, tzinfo=UTC)  # in Shanghai
MINUTE = timedelta(minutes=1)
WEIBO, ZHIHU, BAIDU = "weibo_side_hotsearch", "zhihu_hot_list_web", "baidu_board_api"
HEAD = [
    f"{place}的老话题" for place in ("东岸", "西湖", "南坡", "北站", "河口", "山脚", "岛上", "桥头")
]
TAIL = [f"{thing}无人问津" for thing in ("茶壶", "竹椅", "风筝", "算盘")]
HOURS = 20

# title: (from minute, until minute, from when on at the head or None)
STAYS = {
    "灯塔今夜点亮": (60, 300, 160),
    "石阶翻修完工": (60, 200, None),
    "木尺丈量大地": (60, 300, 140),
    "纸船顺流而下": (140, 300, 140),
    "陶罐出土现场": (60, 500, 400),
    "毛线编织大赛": (700, 740, None),
    "海豚游进港湾": (1140, 1200, None),
}
CALLED = {
    "灯塔今夜点亮": 0.8,
    "石阶翻修完工": 0.6,
    "木尺丈量大地": 0.3,
    "陶罐出土现场": 0.55,
    "毛线编织大赛": 0.7,
    "海豚游进港湾": 0.9,
}
SPREAD = "灯塔今夜点亮"
GAP = (720, 980)
"""Weibo is not captured between these minutes."""


def minute(number: float) -> datetime:
    return MIDNIGHT + number * MINUTE


def naive(number: float) -> datetime:
    return minute(number).replace(tzinfo=None)


def lists_at(number: int) -> dict[str, list[str]]:
    """The titles of each list in order: eight old ones, who is at the head, the tail, who is below."""
    here = [title for title, (begin, end, _) in STAYS.items() if begin <= number < end]
    up = [title for title in here if (begun := STAYS[title][2]) is not None and number >= begun]
    down = [title for title in here if title not in up]
    found = {WEIBO: [*HEAD[: 8 - max(0, len(up) - 2)], *up, *TAIL, *down]}
    if GAP[0] < number < GAP[1]:
        del found[WEIBO]
    for board, since in ((ZHIHU, 200), (BAIDU, 260)):
        found[board] = [*HEAD, *TAIL, *([SPREAD] if since <= number < 400 else [])]
    return found


def archive(file: Path, since: int, until: int) -> Path:
    rows = [
        {"source": board, "captured_at": minute(number).isoformat(), "rank": rank, "title": title}
        for number in range(since, until, 20)
        for board, titles in lists_at(number).items()
        for rank, title in enumerate(titles, start=1)
    ]
    pq.write_table(pa.Table.from_pylist([row | {"heat": ""} for row in rows]), file)
    return file


def foretell(con: Connection, instants: Sequence[int]) -> None:
    """Put forecasts in, as builds at these minutes would have kept them."""
    items = dict(
        con.execute(
            "SELECT clean_title, (item_id, topic_id) FROM core.items "
            "INNER JOIN core.titles ON title_id = first_title_id "
            "INNER JOIN core.topic_members USING (item_id) WHERE source = 'weibo' AND until_at IS NULL"
        ).fetchall()
    )
    ((newest,),) = con.execute("SELECT max(captured_at) FROM core.snapshots").fetchall()
    con.execute("DELETE FROM ops.forecasts")
    con.execute("DELETE FROM ops.forecast_runs")
    for number in instants:
        if naive(number) > newest:
            continue
        titles = lists_at(number - number % 20).get(WEIBO, [])
        for title, chance in CALLED.items():
            if title not in titles:
                continue
            rank, (item_id, topic_id) = titles.index(title) + 1, items[title]
            coming = chance if rank > 10 else None
            chances = {f"chance_{h}h": coming for h in (1, 3, 6)}
            usual = {
                "board": WEIBO, "item_id": item_id, "rank": rank, **chances,
                "peak_rank_low": 1.0, "peak_rank": 5.0, "peak_rank_high": 15.0, "peak_heat_share": None,
                "minutes_left_low": 10.0, "minutes_left": 60.0, "minutes_left_high": 200.0,
                "raw_chances": [chance] * 3 if rank > 10 else None, "raw_stay_chances": [0.5] * 9,
                "model": "made", "is_honest": title != "石阶翻修完工" or number != 60,
            }  # fmt: skip
            said = {
                "topic_id": topic_id, "made_at": naive(number), **usual, "chance_spread_6h": 0.4,
                "stage": "rising", "causes": [], "rank_gain": None, "over_minutes": None, "board_count": 1,
                "is_rising": True, "lists": [usual], "rule_version": "made", "is_replayed": False,
            }  # fmt: skip
            append_lines(con, "ops.forecasts", TABLE.grain, [said])
        con.execute(
            "INSERT INTO ops.forecast_runs VALUES (?, FALSE, 'made', ?, ?)",
            [naive(number), naive(number), len(CALLED)],
        )


INSTANTS = (65, 85, 125, 185, 245, 305, 365, 705, 1145)


def build(con: Connection) -> None:
    seed_boards(con)
    for step in steps():
        step.build(con)
        if step.table == "ops.forecasts":
            foretell(con, INSTANTS)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("outcomes") / "home")
    home.root.mkdir()
    with operations.opened(home) as con:
        import_archive(con, archive(home.root / "all.parquet", 0, HOURS * 60))
        build(con)
    return home


@pytest.fixture
def con(home: Home) -> Iterator[Connection]:
    with operations.opened(home) as con:
        yield con


def outcome(con: Connection, title: str, number: int, columns: str) -> tuple[object, ...]:
    (found,) = con.execute(
        f"SELECT {columns} FROM mart.forecast_outcomes "
        "INNER JOIN core.topic_members AS members USING (topic_id) "
        "INNER JOIN core.items USING (item_id) INNER JOIN core.titles ON title_id = first_title_id "
        "WHERE clean_title = ? AND made_at = ? AND source = 'weibo' AND until_at IS NULL",
        [title, naive(number)],
    ).fetchall()
    return found


REACHED = "has_reached_1h, has_reached_3h, has_reached_6h"


@pytest.mark.parametrize(
    ("title", "number", "reached"),
    [
        ("灯塔今夜点亮", 65, (False, True, True)),  # there after 95 minutes
        ("灯塔今夜点亮", 125, (True, True, True)),
        ("灯塔今夜点亮", 185, (None, None, None)),  # it is there: nothing is forecast
        ("石阶翻修完工", 65, (False, False, False)),
        ("陶罐出土现场", 65, (False, False, True)),
        ("毛线编织大赛", 705, (None, None, None)),  # off the list while nobody looked
        ("海豚游进港湾", 1145, (None, None, None)),  # the hours are not over
    ],
)
def test_an_outcome_is_told_when_it_is_known(
    con: Connection, title: str, number: int, reached: tuple[bool | None, ...]
) -> None:
    assert outcome(con, title, number, REACHED) == reached


def test_minutes_are_those_of_the_captures(con: Connection) -> None:
    assert outcome(con, "灯塔今夜点亮", 65, "minutes_to_top") == (95.0,)
    # Last seen at minute 280, of a list that was looked at again twenty minutes later.
    assert outcome(con, "灯塔今夜点亮", 65, "minutes_left_actual, peak_rank_actual") == (215.0, 8)
    assert outcome(con, "毛线编织大赛", 705, "minutes_left_actual") == (None,)
    assert outcome(con, "海豚游进港湾", 1145, "minutes_left_actual, peak_rank_actual") == (
        None,
        None,
    )


def test_spread_counts_lists_from_the_instant_on(con: Connection) -> None:
    assert outcome(con, "灯塔今夜点亮", 65, "chance_spread_6h, has_spread") == (0.4, True)
    assert outcome(con, "石阶翻修完工", 65, "has_spread") == (False,)
    assert outcome(con, "海豚游进港湾", 1145, "has_spread") == (None,)


def test_calls_are_told_with_what_came_of_them(con: Connection) -> None:
    found = {
        title: rest
        for title, *rest in con.execute(
            "SELECT title, verdict, called_at, lead_minutes FROM mart.calls"
        ).fetchall()
    }
    assert found == {
        "灯塔今夜点亮": ["right", naive(65), 95.0],
        "石阶翻修完工": ["wrong", naive(65), None],
        "木尺丈量大地": ["missed", None, None],
        "纸船顺流而下": ["unseen", None, None],
        "陶罐出土现场": ["late", naive(65), 335.0],
        "毛线编织大赛": ["unknown", naive(705), None],
        "海豚游进港湾": ["open", naive(1145), None],
    }


def test_the_record_of_a_day_adds_up(con: Connection) -> None:
    (row,) = con.execute(
        "SELECT call_count, right_count, late_count, wrong_count, open_count, missed_count, unseen_count, "
        "precision_share, recall_share, median_lead_minutes FROM mart.forecast_record"
    ).fetchall()
    assert row == (5, 1, 1, 1, 1, 1, 1, pytest.approx(1 / 3), pytest.approx(2 / 3), 95.0)
    ((brier,),) = con.execute("SELECT brier FROM mart.forecast_record").fetchall()
    known = con.execute(
        "SELECT chance_3h, has_reached_3h FROM mart.forecast_outcomes "
        "WHERE has_reached_3h IS NOT NULL AND is_honest"
    ).fetchall()
    assert brier == pytest.approx(sum((p - y) ** 2 for p, y in known) / len(known))
    bins = con.execute("SELECT sum(forecast_count) FROM mart.forecast_reliability").fetchone()
    assert bins == (len(known),)


def test_the_record_at_an_instant_knows_nothing_later(con: Connection) -> None:
    assert record_at(con, minute(300)) is None  # no forecast was made the day before
    next_day = minute(24 * 60 + 30)
    whole = record_at(con, next_day)
    assert whole is not None
    assert len(whole.calls) == 7
    assert whole.leads == (95.0,)
    assert sum(bin_.forecast_count for bin_ in whole.bins) > 5
    verdicts = {call.title: call.verdict for call in whole.calls}
    assert (
        verdicts["海豚游进港湾"] is CallVerdict.UNKNOWN
        or verdicts["海豚游进港湾"] is CallVerdict.OPEN
    )


@pytest.mark.slow
def test_the_daily_digest_tells_the_day_before(con: Connection) -> None:
    digest = make_digest(con, minute(32 * 60), Period.DAY)
    formats = render(digest)
    page = formats[Format.MARKDOWN].decode()
    assert "预报 5 条将在三小时内进前十：应验 1 条，晚到 1 条，落空 1 条" in page
    assert "漏报 1 条" in page
    assert "<strong>灯塔今夜点亮" in formats[Format.HTML].decode()
    assert make_digest(con, minute(32 * 60), Period.HOUR).record is None


@pytest.mark.slow
def test_what_was_open_is_told_once_it_is_known_and_as_if_built_at_once(
    home: Home, tmp_path: Path
) -> None:
    split = Home(tmp_path / "home")
    split.root.mkdir()
    tables = ("core.stay_tops", "mart.forecast_windows", "mart.spread_windows")
    with operations.opened(split) as con:
        # Bounds before, in and after the hours that forecasts are about.
        for number, (since, until) in enumerate(
            ((0, 80), (80, 220), (220, 600), (600, 1000), (1000, 1200))
        ):
            import_archive(con, archive(split.root / f"{number}.parquet", since, until))
            build(con)
            if until == 220:
                assert outcome(con, "灯塔今夜点亮", 65, REACHED) == (False, True, True)
                assert outcome(con, "石阶翻修完工", 65, REACHED) == (False, None, None)
        grown = {
            table: con.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in tables
        }
    with operations.opened(home) as con:
        for table in tables:
            assert grown[table] == con.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall(), (
                table
            )
            assert grown[table]


def matured(con: Connection, number: int, what: str, minutes: int) -> dict[float, tuple[int, int]]:
    """Raw chances of a question -> how many forecasts' outcomes were known at a minute, how many came."""
    con.register("found", outcomes_known(con, naive(number), is_replayed=False))
    rows = con.execute(
        "SELECT chance, sum(count), sum(came) FROM found WHERE outcome = ? AND horizon_minutes = ? "
        "GROUP BY chance",
        [what, minutes],
    ).fetchall()
    con.unregister("found")
    return {round(chance, 2): (count, came) for chance, count, came in rows}


def test_a_forecast_teaches_once_its_hours_are_over(con: Connection) -> None:
    """Of one hour one instant counts: of minutes 65 and 85 the latter."""
    assert matured(con, 264, "top", 180) == {}
    assert matured(con, 265, "top", 180) == {0.8: (1, 1), 0.6: (1, 0), 0.3: (1, 1), 0.55: (1, 0)}
    assert matured(con, 304, "top", 180) == matured(con, 265, "top", 180)
    assert matured(con, 305, "top", 180) == {0.8: (2, 2), 0.6: (2, 0), 0.3: (2, 2), 0.55: (2, 0)}


def test_that_a_stay_was_over_is_known_after_twelve_hours_off_the_list(con: Connection) -> None:
    due = 85 + 120
    assert matured(con, due + 12 * 60 - 1, "stay", 120) == {}
    assert matured(con, due + 12 * 60, "stay", 120) == {0.5: (4, 3)}


def test_what_nobody_could_see_teaches_nothing(con: Connection) -> None:
    """The list was not captured for hours after minute 705."""
    assert 0.7 not in matured(con, 1190, "top", 60)


def test_a_calibration_is_made_once_a_day_and_then_stays(con: Connection) -> None:
    at = naive(HOURS * 60)
    con.execute("BEGIN")
    made = [
        Move(Question("top", 180), board, Calibration(1.0, -0.5), 40.0) for board in (None, WEIBO)
    ]
    keep_moves(con, calibration_day(at), "made", made, is_replayed=False)
    kept = daily_calibration(con, at, "made", is_replayed=False)
    other = daily_calibration(con, at, "another rule", is_replayed=False)
    con.execute("ROLLBACK")
    assert kept == recalibration(made)
    assert other == AS_GIVEN  # fewer came than tell anything
