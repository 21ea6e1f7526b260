"""The digests of desks over real warehouses: what they tell, where they are written, and nothing later."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree
from typer.testing import CliRunner

from fengkou import operations, reads
from fengkou.cli.app import app
from fengkou.desks.desk_file import read_desk
from fengkou.desks.digests import (
    desk_digests,
    write_desk_digest,
    write_desk_digests,
)
from fengkou.desks.written_words import ANYTHING
from fengkou.home import Home
from pipelines.desks.desk import Desk
from pipelines.digest.contents import Digest, Period, Section, TakenBy
from pipelines.digest.render.formats import Format
from pipelines.language import Language
from tests.made_hands import COME, COMING, MINUTE, MUSEUM, TRAINS, land_storm
from tests.warehouse.models.test_topics import BAIDU, MIDNIGHT, WEIBO, ZHIHU, land
from warehouse.instants import to_aware
from warehouse.readers.digest import make_digest

pytestmark = pytest.mark.slow

FIRST, LAST = MIDNIGHT + 5 * MINUTE, MIDNIGHT + 25 * MINUTE
LATER = [f"第{number}号通告公布" for number in range(48)]
"""Titles above the one that is only listed."""
LOW = "台风蓝鲸路径未定"


def desk(any_of: str, name: str = "weather", where: str = "{}") -> Desk:
    text = (
        f"desk: {name}\ntitle: 气象组\nwatch:\n  - id: storms\n    any: [{any_of}]\n"
        f"    where: {where}\nchannels:\n  room: {{kind: console}}\n"
    )
    return read_desk(text, Path(f"{name}.yaml"), ANYTHING, name=name)


STORMS = desk("台风")


@pytest.fixture(scope="module")
def stormy(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A storm that is one topic on three boards, a museum, and another storm far down a list."""
    home = Home(tmp_path_factory.mktemp("stormy"))
    land_storm(home)
    land(home, WEIBO, LAST - MINUTE, COMING, *LATER, LOW)
    operations.build(home, now=LAST + 60 * MINUTE)
    return home


@pytest.fixture
def home(tmp_path: Path, stormy: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    return reading(tmp_path, stormy.root, monkeypatch)


def reading(folder: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home of its own that reads what another has published."""
    (folder / "published").symlink_to(built / "published")
    monkeypatch.setenv("FENGKOU_HOME", str(folder))
    return Home(folder)


def made(home: Home, asked: Desk, at: datetime, period: Period = Period.HOUR) -> Digest:
    (digest,) = desk_digests(home, [asked], at, period)
    return digest


def titles(digest: Digest) -> set[str]:
    return {card.title for card in digest.topics} | {line.title for line in digest.lines}


def test_a_desk_is_told_what_its_rules_take_and_by_which_words_as_printed(home: Home) -> None:
    digest = made(home, STORMS, LAST)
    (card,) = digest.topics
    (taken,) = card.taken_by
    assert (taken.rule_id, taken.words) == ("storms", ("台风",))
    assert (taken.board, taken.title) in {(WEIBO, COMING), (BAIDU, COME), (ZHIHU, TRAINS)}
    assert MUSEUM not in titles(digest)
    assert digest.desk
    assert digest.desk.taken_count == 2
    general = {line.title for line in make(home, LAST).lines}
    assert LOW not in general


def make(home: Home, at: datetime, period: Period = Period.HOUR) -> Digest:
    with reads.reading(home) as con:
        return make_digest(con, at, period)


def test_what_is_only_listed_has_a_line_in_the_hour_of_a_desk(home: Home) -> None:
    (line,) = made(home, STORMS, LAST).lines
    assert (line.title, line.section) == (LOW, Section.DAY)
    assert line.taken_by[0].words == ("台风",)


def test_at_a_past_instant_a_desk_is_told_what_was_known_then(home: Home) -> None:
    trains = desk("列车")
    assert titles(made(home, trains, FIRST)) == set()
    assert len(made(home, trains, LAST).topics) == 1
    (early,) = made(home, STORMS, FIRST).topics
    assert {place.title for place in early.placements} == {COMING}
    assert early.taken_by[0].title == COMING


def test_lists_that_a_desk_does_not_read_bring_it_nothing(home: Home) -> None:
    elsewhere = desk("台风", where=f"{{boards: [{BAIDU}]}}")
    (card,) = made(home, elsewhere, LAST).topics
    assert card.taken_by == (TakenBy("storms", ("台风",), COME, BAIDU),)
    nowhere = made(home, desk("博物馆", where=f"{{boards: [{ZHIHU}]}}"), LAST)
    assert not titles(nowhere)


def test_each_period_of_a_desk_has_all_formats_a_latest_an_index_and_a_feed(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FENGKOU_DIGEST_URL", "https://news.example/digests")
    for period in Period:
        for at in (FIRST, LAST):
            written = write_desk_digest(home, STORMS, at, period)
    folder = home.digests / "desks" / "weather"
    assert {*written.files} == {*Format}
    assert all(file.parent == folder / "day" for file in written.files.values())
    latest = json.loads((folder / "latest" / "hour.json").read_bytes())
    assert (latest["at"], latest["desk"]["name"]) == (LAST.isoformat(), "weather")
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert "气象组" in index
    assert COMING in index or COME in index or TRAINS in index
    feed = etree.parse(folder / "latest" / "hour.atom").getroot()
    assert feed.find("{*}link[@rel='self']").get("href") == (
        "https://news.example/digests/desks/weather/latest/hour.atom"
    )
    # The story that both hours have on a card is one entry, by one id.
    (entry,) = feed.findall("{*}entry")
    assert entry.findtext("{*}id").endswith(str(made(home, STORMS, LAST).topics[0].topic_id))
    assert not (home.digests / "index.html").exists()


def test_the_index_of_all_leads_to_each_desk(home: Home) -> None:
    write_desk_digests(home, [STORMS, desk("博物馆", "museum")], LAST, Period.HOUR)
    operations.write_digest_at(home, LAST, Period.HOUR)
    index = (home.digests / "index.html").read_text(encoding="utf-8")
    for name in ("weather", "museum"):
        page = f"desks/{name}/index.html"
        assert f'<a href="{page}">气象组</a>' in index
        assert (home.digests / page).exists()


def test_what_cannot_be_written_of_a_desk_stops_no_other(home: Home) -> None:
    others = desk("博物馆", "museum")
    (home.digests / "desks").mkdir(parents=True)
    (home.digests / "desks" / "weather").write_text("in the way")
    found = write_desk_digests(home, [STORMS, others], LAST, Period.HOUR)
    assert [each.desk.name for each in found.written] == ["museum"]
    assert "weather" in found.failed["weather"]


def test_the_command_writes_the_digest_of_a_desk_in_its_language(home: Home) -> None:
    home.desks.mkdir()
    text = "desk: weather\ntitle: Weather\nlanguage: en\nwatch: [{id: storms, any: [台风]}]\n"
    (home.desks / "weather.yaml").write_text(text, encoding="utf-8")
    asked = ["digest", "--desk", "weather", "--period", "hour", "--at", LAST.isoformat()]
    ended = CliRunner().invoke(app, [*asked, "--json"])
    assert ended.exit_code == 0, ended.output
    told = json.loads(ended.output)
    assert (told["desk"]["title"], told["language"]) == ("Weather", Language.EN)
    assert (home.digests / "desks" / "weather" / "latest" / "hour.en.html").exists()
    shown = CliRunner().invoke(app, asked).output
    assert "storms “台风”" in shown
    ended = CliRunner().invoke(app, ["digest", "--desk", "wether"])
    assert "There are: weather" in str(ended.exception) + ended.output


@pytest.fixture
def simulated(
    tmp_path: Path, simulated_home: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Home, list[datetime]]:
    """A day and a half of boards, and some instants of it."""
    home = reading(tmp_path, simulated_home, monkeypatch)
    with reads.reading(home) as con:
        newest = to_aware(reads.newest(con, home))
    return home, [newest - timedelta(hours=hours) for hours in (0, 5, 17)]


def everything() -> Desk:
    return desk("{re: '.'}", "everything")


def test_a_desk_that_watches_for_all_is_told_the_day_that_all_are_told(
    simulated: tuple[Home, list[datetime]],
) -> None:
    home, instants = simulated
    for at in instants:
        digest, general = made(home, everything(), at, Period.DAY), make(home, at, Period.DAY)
        assert all(card.taken_by for card in digest.topics)
        assert all(line.taken_by for line in digest.lines)
        assert general.topics
        assert tuple(replace(card, taken_by=()) for card in digest.topics) == general.topics
        assert tuple(replace(line, taken_by=()) for line in digest.lines) == general.lines


def test_desks_that_are_told_together_are_told_what_each_is_told_alone(
    simulated: tuple[Home, list[datetime]],
) -> None:
    home, (at, *_) = simulated
    words = sorted({title[:2] for title in titles(made(home, everything(), at))})[:6]
    asked = [desk(f'"{word}"', f"desk{number}") for number, word in enumerate(words)]
    together = desk_digests(home, [*asked, everything()], at, Period.HOUR)
    for each, told in zip([*asked, everything()], together, strict=True):
        alone = made(home, each, at)
        assert told.lines == alone.lines
        assert told.topics == alone.topics
        assert told == alone
    assert any(digest.topics for digest in together[:-1])
