"""Stand-ins: asked where the board before them gives no list, and left alone where it does."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawlers import catalog
from crawlers.boards.errors import CatalogError
from crawlers.landing import Landed
from crawlers.run import Turns, collect, in_turn
from crawlers.simulation import server
from crawlers.simulation.server import Asked, Fault, Faults, serving
from crawlers.simulation.world import World
from pipelines.captures import Entry

pytestmark = pytest.mark.xdist_group("collect")

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
INSTANTS = [START + timedelta(minutes=30 * n) for n in range(3)]
WEIBO = ["weibo_side_hotsearch", "weibo_summary_html", "weibo_hot_band"]
BAIDU = ["baidu_board_api", "baidu_board_html"]


class OneWorld:
    """A world in which a stand-in shows the list of its primary."""

    world = World(START - timedelta(hours=6), hours=12, story_count=80)

    def ranked(self, board: str, at: datetime) -> Sequence[Entry]:
        return self.world.ranked(catalog.board(board).stands_in_for or board, at)


def place(name: str) -> str:
    parts = urlsplit(catalog.board(name).start_urls[0])
    return f"/{parts.netloc}{parts.path}"


def collected(
    landing: Path, turns: Turns, faults: Faults, instants: Sequence[datetime] | None = None
) -> tuple[list[Landed], list[str]]:
    """What was landed, and the boards that were asked, once for each request."""
    asked: list[Asked] = []
    with serving(OneWorld(), faults, asked) as origin:
        done = collect(landing, turns, origin=origin, instants=instants)
    names = {place(name): name for name in {*turns.first, *turns.then.values()}}
    return done, [names[one.path] for one in asked if one.path in names]


def test_a_list_is_asked_of_another_host_before_another_address() -> None:
    turns = {one.name: one.place for one in catalog.facts()}
    assert [turns[name] for name in WEIBO] == [0, 1, 2]
    assert in_turn(WEIBO) == Turns([WEIBO[0]], {WEIBO[0]: WEIBO[1], WEIBO[1]: WEIBO[2]})


def test_each_stand_in_is_of_its_primarys_source_and_shows_as_long_a_list() -> None:
    facts = {one.name: one for one in catalog.facts()}
    for one in facts.values():
        primary = facts[one.list_board]
        assert primary.place == 0
        assert (one.place > 0) is bool(one.stands_in_for)
        assert primary.source == one.source
        assert primary.expected_count[0] <= one.expected_count[1]


def test_a_stand_in_that_is_wanted_alone_is_asked_itself() -> None:
    assert in_turn([WEIBO[2]]) == Turns([WEIBO[2]])


@pytest.mark.slow
def test_where_the_primary_answers_nobody_else_is_asked(tmp_path: Path) -> None:
    done, asked = collected(tmp_path, in_turn([*WEIBO, *BAIDU]), {})
    assert sorted((one.board, one.reason) for one in done) == [(BAIDU[0], ""), (WEIBO[0], "")]
    assert sorted(asked) == [BAIDU[0], WEIBO[0]]


@pytest.mark.slow
@pytest.mark.parametrize("fault", [server.LOGIN_WALL, server.EMPTY_LIST, server.TRUNCATED])
def test_where_the_primary_fails_its_stand_in_lands_the_list(tmp_path: Path, fault: Fault) -> None:
    done, asked = collected(tmp_path, in_turn(WEIBO), {WEIBO[0]: fault})
    assert [(one.board, bool(one.reason)) for one in done] == [(WEIBO[0], True), (WEIBO[1], False)]
    assert asked == WEIBO[:2]


@pytest.mark.slow
def test_where_all_fail_each_has_its_outcome(tmp_path: Path) -> None:
    faults = {
        WEIBO[0]: server.LOGIN_WALL,
        WEIBO[1]: Fault(status=404),
        WEIBO[2]: server.EMPTY_LIST,
    }
    done, asked = collected(tmp_path, in_turn(WEIBO), faults)
    assert [(one.board, one.reason) for one in done] == [
        (WEIBO[0], "login_wall"),
        (WEIBO[1], "http_404"),
        (WEIBO[2], "empty_list"),
    ]
    assert asked == WEIBO


@pytest.mark.slow
def test_a_list_cut_short_is_gone_round_too(tmp_path: Path) -> None:
    class Short(OneWorld):
        def ranked(self, board: str, at: datetime) -> Sequence[Entry]:
            shown = super().ranked(board, at)
            return shown[:9] if board == BAIDU[0] else shown

    with serving(Short()) as origin:
        done = collect(tmp_path, in_turn(BAIDU), origin=origin)
    assert [(one.board, one.reason) for one in done] == [(BAIDU[0], ""), (BAIDU[1], "")]


@pytest.mark.slow
def test_a_primary_in_bad_standing_is_asked_and_gone_round(tmp_path: Path) -> None:
    done, asked = collected(tmp_path, in_turn(WEIBO, {WEIBO[0]}), {})
    assert sorted(one.board for one in done) == sorted(WEIBO[:2])
    assert sorted(asked) == sorted(WEIBO[:2])


@pytest.mark.slow
def test_beside_a_primary_in_bad_standing_a_stand_in_may_fail_in_turn(tmp_path: Path) -> None:
    faults = {WEIBO[1]: server.LOGIN_WALL}
    done, _ = collected(tmp_path, in_turn(WEIBO, {WEIBO[0]}), faults)
    assert sorted((one.board, one.reason) for one in done) == [
        (WEIBO[2], ""),
        (WEIBO[0], ""),
        (WEIBO[1], "login_wall"),
    ]


@pytest.mark.slow
def test_a_host_that_turns_us_away_is_not_asked_at_another_address(tmp_path: Path) -> None:
    done, asked = collected(tmp_path, in_turn(BAIDU), {BAIDU[0]: Fault(status=403)})
    assert [(one.board, one.reason) for one in done] == [(BAIDU[0], "http_403")]
    assert asked == [BAIDU[0]]


@pytest.mark.slow
def test_another_host_is_asked_where_one_turns_us_away(tmp_path: Path) -> None:
    zhihu = ["zhihu_hot_list_web", "zhihu_api_total"]
    done, _ = collected(tmp_path, in_turn(zhihu), {zhihu[0]: Fault(status=403)})
    assert [(one.board, one.reason) for one in done] == [(zhihu[0], "http_403"), (zhihu[1], "")]


@pytest.mark.slow
def test_a_replay_asks_the_stand_in_for_the_instants_that_failed(tmp_path: Path) -> None:
    faults: Faults = {
        BAIDU[0]: lambda at: server.LOGIN_WALL if at == INSTANTS[1] else Fault(),
    }
    done, asked = collected(tmp_path, in_turn(BAIDU), faults, INSTANTS)
    landed = {(one.board, one.instant): one.reason for one in done}
    assert landed == {
        (BAIDU[0], INSTANTS[0]): "",
        (BAIDU[0], INSTANTS[1]): "login_wall",
        (BAIDU[0], INSTANTS[2]): "",
        (BAIDU[1], INSTANTS[1]): "",
    }
    assert asked.count(BAIDU[1]) == 1

    again, asked = collected(tmp_path, in_turn(BAIDU), faults, INSTANTS)
    assert {(one.board, one.instant): one.reason for one in again} == landed
    assert asked == []


@pytest.mark.slow
def test_a_replay_that_was_cut_before_the_stand_in_goes_on_with_it(tmp_path: Path) -> None:
    faults: Faults = {BAIDU[0]: server.LOGIN_WALL}
    collected(tmp_path, Turns([BAIDU[0]]), faults, INSTANTS)
    done, asked = collected(tmp_path, in_turn(BAIDU), faults, INSTANTS)
    assert [one.board for one in done] == [BAIDU[0]] * 3 + [BAIDU[1]] * 3
    assert asked == [BAIDU[1]] * 3


@pytest.mark.parametrize("primary", ["weibo_no_such", "weibo_summary_html", "baidu_board_api"])
def test_a_stand_in_needs_a_primary_of_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, primary: str
) -> None:
    described = tmp_path / "boards.toml"
    address = "https://lists.example.org/api/s?id=weibo"
    described.write_text(
        f'[boards.weibo_relayed]\nshape = "newsnow"\nurl = "{address}"\n'
        f'stands_in_for = "{primary}"\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("FENGKOU_BOARDS", str(described))
    with pytest.raises(CatalogError, match="stands_in_for"):
        catalog.facts()


@pytest.mark.slow
def test_an_operators_own_board_stands_in_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    described = tmp_path / "boards.toml"
    described.write_text(
        '[boards.weibo_a_relay]\nshape = "newsnow"\n'
        'url = "https://lists.example.org/api/s?id=weibo"\n'
        'stands_in_for = "weibo_side_hotsearch"\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("FENGKOU_BOARDS", str(described))
    turns = in_turn(catalog.names())
    assert turns.then[WEIBO[2]] == "weibo_a_relay"
    faults = dict.fromkeys(WEIBO, server.LOGIN_WALL)
    done, _ = collected(tmp_path / "landing", in_turn([*WEIBO, "weibo_a_relay"]), faults)
    assert [(one.board, bool(one.reason)) for one in done] == [
        *((name, True) for name in WEIBO),
        ("weibo_a_relay", False),
    ]


@pytest.mark.slow
def test_a_collection_can_be_followed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    turns = in_turn([*WEIBO[:2], "github_trending"])
    faults = {WEIBO[0]: Fault(status=403), "github_trending": server.ROBOTS_DENY}
    with caplog.at_level("INFO", "crawlers"):
        collected(tmp_path, turns, faults)
    told = [(record.message, getattr(record, "board", "")) for record in caplog.records]
    assert (told[0][0], told[-1][0]) == ("collection begun", "collection ended")
    assert sorted(told[1:-1]) == [
        ("list landed", WEIBO[1]),
        ("no list", WEIBO[0]),
        ("robots.txt forbids", "github_trending"),
        ("stand-in asked", WEIBO[1]),
    ]
    caplog.clear()
    collected(tmp_path, turns, faults)
    assert not caplog.records
    assert capsys.readouterr().err == ""
