"""A home in which people speak of topics: what is landed is built and read at once, and topics alone."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from fengkou import operations, topic_hands
from fengkou.home import Home
from tests.warehouse.captures import build_up_to
from tests.warehouse.models.test_topics import ASKED, BAIDU, MIDNIGHT, WEIBO, ZHIHU, land, rows
from warehouse.connection import PUBLISHED_FILE, WAREHOUSE_FILE

MINUTE = timedelta(minutes=1)
COMING, COME, TRAINS = (
    "台风青鸟将在松涧市登陆",
    "台风青鸟登陆松涧市",
    "台风青鸟登陆松涧市，列车停运",
)
MUSEUM = "博物馆周一不再闭馆"
SAID = MIDNIGHT + 30 * MINUTE
BY = "ann"
NEEDED = (
    *ASKED,
    "core.topic_splits",
    "core.topic_names",
    "core.topic_cards",
    "mart.topic_joins",
    "mart.topic_hands",
    "mart.storylines",
)
TOLD = (
    "core.topic_items",
    "core.topic_cards",
    "core.topic_merges",
    "core.topic_splits",
    "core.topic_names",
    "mart.topics",
    "mart.topic_aliases",
    "mart.topic_hands",
)
"""What is told of topics, and must not depend on the way in which it was built."""


def see(home: Home, *needed: str) -> None:
    """Build what was landed and said, topics where nothing is named, and let readers see it."""
    build_up_to(home, *(needed or NEEDED))
    home.published.mkdir(parents=True, exist_ok=True)
    with operations.opened(home) as con:
        con.execute("CHECKPOINT")
    shutil.copyfile(home.warehouse / WAREHOUSE_FILE, home.published / PUBLISHED_FILE)


def land_storm(home: Home, at: datetime = MIDNIGHT) -> None:
    """Three titles of a storm on three boards, and one of a museum."""
    land(home, WEIBO, at, COMING, MUSEUM)
    land(home, BAIDU, at + 10 * MINUTE, COME)
    land(home, ZHIHU, at + 20 * MINUTE, TRAINS)


def storm_home(root: Path) -> Home:
    """A storm of three titles that is one topic, and a museum."""
    home = Home(root)
    land_storm(home)
    see(home)
    assert topic_of(home, COMING) == topic_of(home, COME) == topic_of(home, TRAINS)
    return home


def topic_of(home: Home, title: str) -> int:
    """The topic of a title as it is now."""
    ((topic_id,),) = rows(
        home,
        "SELECT DISTINCT members.topic_id FROM core.topic_members AS members "
        "INNER JOIN core.items USING (item_id) "
        "INNER JOIN core.clean_titles AS titles ON titles.title_id = items.first_title_id "
        f"WHERE until_at IS NULL AND clean_title = '{title}'",
    )
    return int(str(topic_id))


def told(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """Every row of what is told of topics."""
    return {table: sorted(rows(home, f"FROM {table}"), key=str) for table in TOLD}


def split_trains(home: Home) -> int:
    """The storm's topic before a person took the trains out of it; that is built."""
    storm = topic_of(home, COMING)
    topic_hands.split(home, str(storm), [TRAINS], BY, SAID)
    see(home)
    return storm
