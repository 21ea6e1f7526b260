"""Every place that operators name has a row, and each row leads to boards that exist."""

from pathlib import Path

import pytest

from crawlers.boards.names import built_in_names
from crawlers.places import FILE, Place, PlaceError, State, places

NAMED = (
    *("weibo", "wechat_accounts", "wechat_moments", "zhihu", "tianya", "douban", "tieba"),
    *("douyin", "kuaishou", "pear_video", "miaopai", "meipai", "xigua", "baidu", "toutiao"),
    *("dayu", "yidian", "dafenghao", "netease", "himalaya", "dragonfly_fm", "lizhi", "jianshu"),
    *("xiaohongshu", "weitao", "coolapk", "cls"),
)
WHOLE = """
[here]
name_zh = "此处"
name_en = "Here"
state = "dead"
evidence = "It closed."
date = "2026-01-01"
successors = ["weibo_side_hotsearch"]
"""


def each_place(place: Place) -> str:
    return place.name


def test_every_named_place_has_a_row() -> None:
    assert {place.name for place in places()} == set(NAMED)


@pytest.mark.parametrize("place", places(), ids=each_place)
def test_a_place_leads_to_boards_of_the_catalogue(place: Place) -> None:
    lost = set(place.boards + place.successors) - set(built_in_names())
    assert not lost, f"{FILE}: [{place.name}] names {', '.join(lost)}: name boards that exist."


@pytest.mark.parametrize("place", places(), ids=each_place)
def test_what_is_not_live_says_where_its_audience_is(place: Place) -> None:
    assert (place.state is State.LIVE) == bool(place.boards)
    assert place.boards or place.successors


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('state = "dead"', 'state = "asleep"', "expected live, key, dead, private"),
        ('state = "dead"', 'state = "live"', "names no board"),
        ('state = "dead"', 'state = "key"', "does not say how to give it"),
        ('date = "2026-01-01"', "", "date is missing"),
        ('date = "2026-01-01"', 'date = "2026-01-01"\nsince = "x"', "since is no word"),
        ('successors = ["weibo_side_hotsearch"]', "", "names no successors"),
    ],
)
def test_a_bad_row_says_what_to_write(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "places.toml"
    file.write_text(WHOLE.replace(old, new), encoding="utf-8")
    with pytest.raises(PlaceError, match=said):
        places(file)
