"""What people say of topics: heeded from its instant on, however it is built, and never guessed at."""

import random
import shutil
import signal
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from fengkou import hand_ledger, operations, reads, topic_hands
from fengkou.home import Home
from pipelines.digest.contents import Period
from pipelines.topics.short_id import short_id
from tests.made_hands import (
    BY,
    COME,
    COMING,
    MINUTE,
    MUSEUM,
    SAID,
    TRAINS,
    land_storm,
    see,
    split_trains,
    storm_home,
    told,
    topic_of,
)
from tests.warehouse.captures import CHILDREN
from tests.warehouse.models.test_topics import BAIDU, HOUR, MIDNIGHT, WEIBO, ZHIHU, land, rows
from warehouse import query
from warehouse.checks import claims, violations
from warehouse.load.landing import next_load_id
from warehouse.load.unload import NoSuchLoadError, unload
from warehouse.readers.digest import make_digest


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return storm_home(tmp_path / "home")


def test_a_split_holds_from_its_instant_on_and_nothing_before_knows_of_it(home: Home) -> None:
    storm = split_trains(home)
    assert topic_of(home, COMING) == topic_of(home, COME) == storm
    assert topic_of(home, TRAINS) not in {storm, topic_of(home, MUSEUM)}
    periods = rows(
        home,
        "SELECT members.topic_id, from_at, until_at FROM core.topic_members AS members INNER JOIN core.items "
        f"USING (item_id) WHERE item_id = {topic_of(home, TRAINS)} ORDER BY from_at",
    )
    said = SAID.replace(tzinfo=None)
    assert [(topic, until) for topic, _, until in periods] == [
        (storm, said),
        (topic_of(home, TRAINS), None),
    ]
    ((from_topic, at, hand),) = rows(
        home, "SELECT from_topic_id, split_at, hand FROM core.topic_splits"
    )
    assert (from_topic, at, hand) == (storm, said, 1)


@pytest.mark.slow
def test_every_claim_about_topics_holds_with_hands(home: Home) -> None:
    storm = split_trains(home)
    topic_hands.join(home, [str(storm), str(topic_of(home, MUSEUM))], BY, SAID + MINUTE)
    see(home)
    with operations.opened(home) as con:
        broken = {
            claim.name: violations(con, claim, 3).shown
            for claim in claims()
            if claim.table.startswith("core.topic") and violations(con, claim, 3).count
        }
    assert not broken


def test_later_titles_go_by_the_persons_word(home: Home) -> None:
    split_trains(home)
    land(home, WEIBO, MIDNIGHT + HOUR, f"{TRAINS}!")
    land(home, BAIDU, MIDNIGHT + 2 * HOUR, "台风青鸟登陆松涧市，列车停运。", "台风青鸟登陆松涧市了")
    see(home)
    assert topic_of(home, f"{TRAINS}!") == topic_of(home, TRAINS)
    assert topic_of(home, COMING) != topic_of(home, TRAINS)


@pytest.mark.slow
def test_every_id_that_was_ever_told_leads_to_a_topic_of_now(home: Home) -> None:
    storm = split_trains(home)
    trains, museum = topic_of(home, TRAINS), topic_of(home, MUSEUM)
    topic_hands.join(home, [short_id(trains), str(museum)], BY, SAID + MINUTE)
    see(home)
    hand_ledger.undo(home, 2, BY, SAID + 2 * MINUTE)
    see(home)
    hand_ledger.undo(home, 1, BY, SAID + 3 * MINUTE)
    see(home)
    aliases = {*rows(home, "SELECT alias_id, topic_id FROM mart.topic_aliases")}
    assert aliases == {(storm, storm), (trains, storm), (museum, museum)}
    formers = {*map(str, rows(home, "SELECT topic_id, former_ids FROM mart.topics"))}
    assert formers == {str((storm, [trains])), str((museum, []))}


@pytest.mark.slow
def test_a_part_is_no_heir_of_the_topic_that_it_was_taken_out_of(home: Home) -> None:
    storm = split_trains(home)
    trains = topic_of(home, TRAINS)

    def former(at: datetime) -> list[tuple[object, ...]]:
        asked = {"at": at.replace(tzinfo=None), "topic_ids": [storm, trains]}
        with operations.opened(home) as con:
            found = query.table(con, "readers/digest.former_ids", **asked).to_pylist()
        return [tuple(row.values()) for row in found]

    assert former(SAID) == []
    hand_ledger.undo(home, 1, BY, SAID + MINUTE)
    see(home)
    assert (former(SAID), former(SAID + MINUTE)) == ([], [(storm, trains)])


@pytest.mark.slow
def test_a_name_is_the_label_wherever_the_topic_goes_and_older_ones_stand_behind(
    home: Home,
) -> None:
    storm, museum = topic_of(home, COMING), topic_of(home, MUSEUM)
    topic_hands.rename(home, str(museum), "  博物馆#", BY, SAID)
    topic_hands.rename(home, str(storm), "台风青鸟", BY, SAID + MINUTE)
    topic_hands.rename(home, str(storm), "台风", "bob", SAID + 2 * MINUTE)
    see(home)
    topic_hands.join(home, [str(storm), str(museum)], BY, SAID + 3 * MINUTE)
    see(home)
    names = "SELECT label, named_by, older_names FROM mart.topics"
    assert rows(home, names) == [("台风", "bob", ["台风青鸟", "博物馆#"])]
    hand_ledger.undo(home, 3, BY, SAID + 4 * MINUTE)
    see(home)
    assert rows(home, names) == [("台风青鸟", BY, ["博物馆#"])]


# --- however it is built ------------------------------------------------------------------------


def _captures(home: Home) -> list[Callable[[], None]]:
    """Captures and words in the order of time, each in a step."""

    def say(minutes: int, word: Callable[[], object]) -> Callable[[], None]:
        def step() -> None:
            see(home)
            word()

        assert minutes
        return step

    def at(minutes: int) -> dict[str, object]:
        return {"by": BY, "now": MIDNIGHT + minutes * MINUTE}

    def topic(title: str) -> str:
        return str(topic_of(home, title))

    def steps() -> list[Callable[[], None]]:
        late = MIDNIGHT + 60 * HOUR
        return [
            lambda: land_storm(home),
            say(30, lambda: topic_hands.split(home, topic(COMING), [TRAINS], **at(30))),  # type: ignore[arg-type]
            lambda: land(home, WEIBO, MIDNIGHT + 40 * MINUTE, f"{TRAINS}!", "松涧工厂夜间起火"),
            lambda: land(home, BAIDU, MIDNIGHT + HOUR, "居民称火光", COME),
            say(65, lambda: topic_hands.join(home, [topic(TRAINS), topic(MUSEUM)], **at(65))),  # type: ignore[arg-type]
            lambda: land(home, ZHIHU, MIDNIGHT + 2 * HOUR, "松涧工厂夜间起火，居民称火光", MUSEUM),
            say(125, lambda: topic_hands.rename(home, topic(TRAINS), "停运", **at(125))),  # type: ignore[arg-type]
            # Nothing of all that was on any board for longer than a topic is live.
            lambda: land(home, WEIBO, late, "樊山队取得联赛6连胜"),
            say(3605, lambda: hand_ledger.undo(home, 1, **at(3605))),  # type: ignore[arg-type]
            say(3610, lambda: hand_ledger.undo(home, 2, **at(3610))),  # type: ignore[arg-type]
            lambda: land(home, BAIDU, late + HOUR, COMING, TRAINS),
        ]

    return steps()


@pytest.fixture(scope="module")
def ticked(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Each capture and each word is built before the next."""
    home = Home(tmp_path_factory.mktemp("ticked") / "home")
    for step in _captures(home):
        step()
        see(home)
    return home


@pytest.mark.slow
@pytest.mark.xdist_group("hands_ticked")
def test_the_ticks_had_something_to_heed(ticked: Home) -> None:
    moved = rows(ticked, "SELECT hand, count(*) FROM core.topic_items GROUP BY hand ORDER BY hand")
    assert [hand for hand, _ in moved] == [1, 2, 4, 5, None]


@pytest.mark.slow
@pytest.mark.xdist_group("hands_ticked")
def test_one_go_and_a_rebuild_from_what_was_landed_and_said_are_the_same_as_ticks(
    ticked: Home, tmp_path: Path
) -> None:
    again = Home(tmp_path / "again")
    shutil.copytree(ticked.landing, again.landing)
    shutil.copytree(ticked.hands, again.hands)
    see(again)
    assert told(again) == told(ticked)


def _see(root: str) -> None:
    see(Home(Path(root)))


@pytest.mark.slow
@pytest.mark.xdist_group("hands_ticked")
def test_killed_rebuilds_end_with_the_same_as_ticks(ticked: Home, tmp_path: Path) -> None:
    again = Home(tmp_path / "again")
    shutil.copytree(ticked.landing, again.landing)
    shutil.copytree(ticked.hands, again.hands)
    dice, caught = random.Random(11), 0
    for _ in range(8):
        child = CHILDREN.Process(target=_see, args=(str(again.root),))
        child.start()
        while not again.warehouse.exists():
            time.sleep(0.01)
        time.sleep(dice.uniform(0, 1.5))
        child.kill()
        child.join()
        caught += child.exitcode == -signal.SIGKILL
    assert caught > 2, "the kills came too late to disturb anything"
    see(again)
    assert told(again) == told(ticked)


@pytest.mark.slow
@pytest.mark.xdist_group("hands_ticked")
def test_a_warehouse_that_lost_its_files_of_hands_still_knows_them(
    ticked: Home, tmp_path: Path
) -> None:
    again = Home(tmp_path / "again")
    shutil.copytree(ticked.root, again.root)
    shutil.rmtree(again.hands)
    with operations.opened(again) as con:
        con.execute("DELETE FROM ops.tables")
    see(again)
    assert told(again) == told(ticked)
    standings, _ = hand_ledger.hands(again)
    assert [standing.undone_by for standing in standings] == [4, 5, None, None, None]
    said = topic_hands.rename(again, str(topic_of(again, MUSEUM)), "馆", BY)
    assert said.hand.number == 6


@pytest.mark.slow
@pytest.mark.xdist_group("hands_ticked")
def test_an_archive_that_comes_late_is_grouped_with_what_was_said_since(
    ticked: Home, tmp_path: Path
) -> None:
    late, early = Home(tmp_path / "late"), Home(tmp_path / "early")
    for home in (late, early):
        shutil.copytree(ticked.hands, home.hands)
    shutil.copytree(ticked.landing, late.landing)
    see(late)
    for home in (late, early):
        land(home, ZHIHU, MIDNIGHT - HOUR, "台风青鸟将登陆")
    shutil.copytree(ticked.landing, early.landing, dirs_exist_ok=True)
    see(early)
    see(late)
    assert told(late) == told(early)
    assert topic_of(late, COME) == topic_of(late, "台风青鸟将登陆")


@pytest.mark.slow
def test_taking_out_a_load_keeps_what_was_said(home: Home) -> None:
    before = split_trains(home)
    land(home, WEIBO, MIDNIGHT + HOUR, "松涧工厂夜间起火")
    see(home)
    with operations.opened(home) as con:
        newest = next_load_id(con) - 1
        with pytest.raises(NoSuchLoadError, match="fengkou topic undo 1"):
            unload(con, newest - 1)
        unload(con, newest)
    see(home)
    assert topic_of(home, COMING) == before != topic_of(home, TRAINS)


# --- where it is told ---------------------------------------------------------------------------


@pytest.mark.slow
def test_a_name_is_the_headline_from_its_instant_on_and_what_it_was_called_stands_below(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path / "home")
    land_storm(home)
    operations.build(home)
    storm = topic_of(home, COMING)
    topic_hands.rename(home, str(storm), "青鸟", BY, SAID)
    topic_hands.rename(home, str(storm), "台风青鸟登陆", BY, SAID + MINUTE)
    later = MIDNIGHT + HOUR
    land(home, WEIBO, later, MUSEUM)
    land(home, BAIDU, later, COME)
    operations.build(home)
    with reads.reading(home) as con:
        before, after = (
            {card.topic_id: card for card in make_digest(con, at, Period.DAY).topics}[storm]
            for at in (SAID - MINUTE, later)
        )
        ((label, older),) = con.execute(
            "SELECT label, older_names FROM mart.topics WHERE topic_id = ?", [storm]
        ).fetchall()
    assert before.title in {COMING, COME, TRAINS}
    assert "青鸟" not in before.older_titles
    assert after.title == label == "台风青鸟登陆"
    assert after.older_titles[0] == older[0] == "青鸟"
    assert after.latin_title is None
    assert after.url == before.url
    # Names are no titles that a list printed.
    assert before.bond
    assert after.bond
    assert before.bond.title_count == after.bond.title_count == 3


def test_a_card_tells_how_many_people_brought(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    land_storm(home)
    operations.build(home)
    storm, museum = topic_of(home, COMING), topic_of(home, MUSEUM)
    topic_hands.join(home, (str(storm), str(museum)), BY, SAID)
    later = MIDNIGHT + HOUR
    land(home, WEIBO, later, COMING, MUSEUM)
    operations.build(home)
    with reads.reading(home) as con:
        before, after = (
            {card.topic_id: card for card in make_digest(con, at, Period.DAY).topics}[storm].bond
            for at in (SAID - MINUTE, later)
        )
    assert before
    assert after
    assert (before.kind, before.hand_count, before.title_count) == ("words", 0, 3)
    assert (after.kind, after.hand_count, after.title_count) == (None, 1, 4)


@pytest.mark.slow
def test_what_two_say_at_once_is_two_hands_and_what_was_acknowledged_outlives_a_kill(
    home: Home,
) -> None:
    storm = topic_of(home, COMING)
    dice, acknowledged = random.Random(7), set()
    for turn in range(12):
        speakers = [
            CHILDREN.Process(target=_speak, args=(str(home.root), storm, f"{turn}.{n}."))
            for n in range(2)
        ]
        for speaker in speakers:
            speaker.start()
        # However busy the machine is, each has said something before it is killed.
        noted = f"acknowledged-{turn}.*"
        while sum(file.stat().st_size > 0 for file in home.root.glob(noted)) < len(speakers):
            time.sleep(0.01)
        time.sleep(dice.uniform(0.0, 0.4))
        for speaker in speakers:
            speaker.kill()
            speaker.join()
    for file in home.root.glob("acknowledged-*"):
        acknowledged |= {*file.read_text(encoding="utf-8").split()}
    see(home)
    names = [
        str(name) for (name,) in rows(home, "SELECT name FROM raw.topic_hands ORDER BY number")
    ]
    assert len(acknowledged) > 12, "the kills came too early for anything to be said"
    assert acknowledged <= {*names}
    assert len({*names}) == len(names)
    numbers = [number for (number,) in rows(home, "SELECT number FROM raw.topic_hands ORDER BY 1")]
    assert numbers == [*range(1, len(names) + 1)]
    assert hand_ledger.hands(home)[1] == []


def _speak(root: str, topic_id: int, begin: str) -> None:
    """Say one name after another, and note each that was taken down."""
    home = Home(Path(root))
    with (home.root / f"acknowledged-{begin}").open("w", encoding="utf-8", buffering=1) as noted:
        for n in range(100):
            topic_hands.rename(home, str(topic_id), f"{begin}{n}", BY)
            noted.write(f"{begin}{n}\n")
