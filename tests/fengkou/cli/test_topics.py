"""``fengkou topic`` and ``fengkou why``: what a topic is about, and why two items are one."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from fengkou import operations
from fengkou.board_seed import seed_boards
from fengkou.cli.app import app
from fengkou.home import Home
from pipelines.topics.short_id import short_id
from tests.warehouse.captures import START
from warehouse import graph
from warehouse.checks import claims, violations
from warehouse.readers import topic_evidence
from warehouse.readers.topic_cards import topics_at

pytestmark = pytest.mark.xdist_group("topic_commands")  # one worker sets it up, not each

RESCUE = [
    (0, "weibo", "青禾外卖员跳河"),
    (1, "zhihu", "如何看待青禾外卖员跳河救起落水儿童？"),
    (2, "baidu", "青禾外卖员跳河救起落水儿童"),
    (6, "toutiao", "青禾跳河救人外卖员被授予见义勇为称号"),
]
OTHERS = [
    (0, "weibo", "海豚湾灯塔点亮"),
    (1, "weibo", "樊山队取得联赛6连胜"),
    (2, "baidu", "樊山队取得联赛7连胜"),
    (4, "baidu", "云岭队5比1胜石泉队"),
    (5, "weibo", "云岭队2比1胜石泉队"),
    # The same item again: in the next hour, and after more than twelve.
    (3, "weibo", "海豚湾灯塔点亮"),
    (20, "weibo", "海豚湾灯塔点亮"),
]
TABLES = (
    "mart.topics",
    "mart.topic_titles",
    "mart.topic_hours",
    "mart.item_episodes",
    "mart.topic_joins",
)


def load(home: Home, lines: Sequence[tuple[int, str, str]]) -> None:
    """Import what those hours showed, and bring topics and their cards up to it."""
    home.root.mkdir(parents=True, exist_ok=True)
    file = home.root / "made.parquet"
    pq.write_table(
        pa.table(
            {
                "source": [source for _, source, _ in lines],
                "captured_at": [(START + timedelta(hours=n)).isoformat() for n, _, _ in lines],
                "rank": [place for place, _ in enumerate(lines, 1)],
                "title": [title for _, _, title in lines],
                "category": ["社会" if source == "baidu" else None for _, source, _ in lines],
            }
        ),
        file,
    )
    operations.import_files(home, [file], {}, {})
    with operations.opened(home) as con:
        seed_boards(con)
        for step in graph.upstream(*TABLES):
            step.build(con)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = Home(tmp_path_factory.mktemp("home"))
    load(made, sorted(RESCUE + OTHERS))
    operations.build(made)  # with what is not about topics too, and published for who reads
    return made


@pytest.fixture
def fengkou(home: Home, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("FENGKOU_HOME", str(home.root))
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner()


def told(fengkou: CliRunner, *words: str) -> str:
    said = fengkou.invoke(app, [*words])
    assert said.exit_code == 0, said.output
    return said.output


def cards(home: Home) -> list[tuple[object, ...]]:
    with operations.opened(home) as con:
        rows = con.execute("SELECT * FROM core.topic_cards ORDER BY ALL").fetchall()
    return [tuple(map(str, row)) for row in rows]


def test_two_tellings_of_one_story_share_names_and_words(fengkou: CliRunner) -> None:
    said = json.loads(told(fengkou, "why", "如何看待", "外卖员跳河救起落水儿童", "--json"))
    assert said["is_one_topic"]
    assert {one["term"] for one in said["evidence"]["words"]} >= {"青禾"}
    assert said["evidence"]["log_odds"] > 0
    assert said["later"]["joined"][0]["chance"] > 0.5


def test_that_the_sixth_win_is_not_the_seventh_speaks_against(fengkou: CliRunner) -> None:
    said = json.loads(told(fengkou, "why", "6连胜", "7连胜", "--json"))
    assert said["evidence"]["counts"] == [{"连胜": ["7"]}, {"连胜": ["6"]}]
    added = {one["name"]: one["log_odds"] for one in said["evidence"]["figures"]}
    assert added["counts_differ"] < 0


def test_why_is_told_in_chinese_and_in_english(fengkou: CliRunner) -> None:
    assert "不是同一个话题" in told(fengkou, "why", "6连胜", "灯塔")
    assert "two topics" in told(fengkou, "why", "6连胜", "灯塔", "--language", "en")


def test_numbers_are_printed_with_no_word_of_the_code(fengkou: CliRunner) -> None:
    assert "各自的数字：1-5 / 1-2\n" in told(fengkou, "why", "5比1", "2比1")
    assert "各自的数字：6连胜 / 7连胜\n" in told(fengkou, "why", "6连胜", "7连胜")


def test_a_topic_is_named_as_pages_name_it(fengkou: CliRunner) -> None:
    card = json.loads(told(fengkou, "topic", "青禾外卖员", "--json"))
    name = short_id(card["topic_id"])
    assert f"话题 {name} ({card['topic_id']})" in told(fengkou, "topic", name)
    assert f"话题 {name}" in told(fengkou, "why", "如何看待", "青禾外卖员")


def test_a_part_of_titles_of_several_topics_names_the_others(fengkou: CliRunner) -> None:
    card = json.loads(told(fengkou, "topic", "樊山队取得联赛", "--json"))
    (other,) = {
        json.loads(told(fengkou, "topic", title, "--json"))["topic_id"]
        for title in ("联赛6连胜", "联赛7连胜")
    } - {card["topic_id"]}
    shown = told(fengkou, "topic", "樊山队取得联赛")
    assert "樊山队取得联赛 is in titles of 2 topics" in shown
    assert f"Then come: {short_id(other)}\n" in shown
    assert "is in titles of" not in told(fengkou, "topic", short_id(other))


def test_what_is_nowhere_is_said_to_be(home: Home) -> None:
    with (
        operations.opened(home) as con,
        pytest.raises(topic_evidence.NotFoundError, match="no item has that id"),
    ):
        topic_evidence.find(con, "没有人说过的话")


def test_a_topic_has_a_card(fengkou: CliRunner) -> None:
    card = json.loads(told(fengkou, "topic", "青禾外卖员", "--json"))
    assert card["label"] == "青禾外卖员跳河救起落水儿童"
    assert card["category"] == "society"
    assert card["item_count"] == len(RESCUE) == len(card["told"])
    assert card["spread"][0]["board"] == "weibo_side_hotsearch"
    assert len(card["timeline"]) == 4
    shown = told(fengkou, "topic", str(card["topic_id"]))
    assert "社会" in shown
    assert "青禾跳河救人外卖员被授予见义勇为称号" in shown


def test_coming_back_after_half_a_day_is_an_episode_of_the_same_item(home: Home) -> None:
    with operations.opened(home) as con:
        rows = con.execute(
            "SELECT episode, entry_count FROM mart.item_episodes WHERE title = '海豚湾灯塔点亮' "
            "ORDER BY episode"
        ).fetchall()
        (items,) = con.execute(
            "SELECT count(DISTINCT item_id) FROM mart.item_episodes WHERE title = '海豚湾灯塔点亮'"
        ).fetchall()
    assert rows == [(1, 2), (2, 1)]
    assert items == (1,)


@pytest.mark.slow
def test_cards_are_the_same_in_one_go_and_hour_by_hour(home: Home, tmp_path: Path) -> None:
    lines = sorted(RESCUE + OTHERS)
    by_hour = Home(tmp_path / "home")
    for hour in sorted({n for n, _, _ in lines}):
        load(by_hour, [one for one in lines if one[0] == hour])
    assert cards(by_hour) == cards(home)


def test_a_card_of_a_past_instant_knows_no_later_title(home: Home, tmp_path: Path) -> None:
    at = (START + timedelta(hours=1, minutes=30)).replace(tzinfo=None)
    until = Home(tmp_path / "home")
    load(until, [one for one in sorted(RESCUE + OTHERS) if one[0] <= 1])

    def card_at(one: Home, at: datetime) -> object:
        with operations.opened(one) as con:
            topic_id = topic_evidence.find(con, "青禾外卖员")[0].topic_id
            return topics_at(con, [topic_id], at)

    assert card_at(home, at) == card_at(until, at)
    assert "授予" not in str(card_at(home, at))


def test_a_topic_without_a_card_is_found(home: Home) -> None:
    (claim,) = (one for one in claims() if one.name == "every_topic_has_a_card")
    with operations.opened(home) as con:
        assert not violations(con, claim, 5).count
        con.execute("BEGIN")
        con.execute("DELETE FROM core.topic_cards WHERE label = '海豚湾灯塔点亮'")
        assert violations(con, claim, 5).count == 1
        con.execute("ROLLBACK")
