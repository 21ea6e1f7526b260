"""Oddities of single hosts that a board's one page cannot show beside its usual shape."""

import json

import pytest

from crawlers import catalog
from pipelines.captures import Entry, Json


def entries(board: str, document: object) -> tuple[Entry, ...]:
    return catalog.board(board).parse_page(json.dumps(document).encode()).entries


def test_of_cards_without_a_container_the_first_is_the_newest() -> None:
    card = '<div class="trend-card"><ol><li><a class="trend-link">{}</a></li></ol></div>'
    body = f"<html><body>{card.format('now')}{card.format('an hour ago')}</body></html>"
    page = catalog.board("trends24_worldwide").parse_page(body.encode())
    assert [entry.title for entry in page.entries] == ["now"]


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ({"word": "#新桥通车#", "topic_flag": 1}, "新桥通车"),
        ({"word": "#新桥通车#", "topic_flag": 0}, "#新桥通车#"),
        ({"word": "新桥#通车#", "topic_flag": 1}, "新桥#通车#"),
        ({"word": "##", "topic_flag": 1}, "##"),
        ({"word": "#", "topic_flag": 1}, "#"),
    ],
)
@pytest.mark.parametrize("board", ["weibo_side_hotsearch", "weibo_hot_band"])
def test_the_signs_around_a_topic_are_no_part_of_its_title(
    board: str, row: dict[str, Json], title: str
) -> None:
    (entry,) = entries(board, [row])
    assert entry.title == title


def test_a_topic_is_searched_for_between_its_signs() -> None:
    (entry,) = entries("weibo_side_hotsearch", [{"word": "#桥#", "topic_flag": 1}])
    assert entry.url == "https://s.weibo.com/weibo?q=%23%E6%A1%A5%23"


@pytest.mark.parametrize(
    "name",
    ["Special:Search", "User_talk:Example", "維基百科:互助客栈", "File:A.jpg", "Main_Page"],
)
def test_a_list_of_names_leaves_other_namespaces_out(name: str) -> None:
    rows = [{"article": name, "views": 2}, {"article": "2001:太空漫游", "views": 1}]
    found = entries("wikipedia_most_read", {"items": [{"articles": rows}]})
    assert [(entry.rank, entry.title) for entry in found] == [(1, "2001:太空漫游")]


def test_a_name_written_as_in_an_address_is_read_in_words() -> None:
    rows = [{"title": "Old_Bridge", "views": 2}, {"title": "Kettles", "normalizedtitle": "Kettle"}]
    found = entries("wikipedia_most_read", {"mostread": {"articles": rows}})
    assert [entry.title for entry in found] == ["Old Bridge", "Kettle"]


def test_a_topic_of_tieba_without_an_id_has_the_one_in_its_address() -> None:
    address = "https://tieba.baidu.com/hottopic/browse/hottopic?topic_id=28300001&topic_name=1"
    rows = [{"topic_name": "bridge", "topic_url": address}, {"topic_name": "ferry", "topic_id": 7}]
    assert [entry.native_id for entry in entries("tieba_topic_list", rows)] == ["28300001", "7"]


def test_the_older_trends_of_bluesky_are_read_without_counts() -> None:
    page = {"topics": [{"topic": "Kettles"}], "suggested": [{"topic": "Friends"}]}
    assert [(e.title, e.heat) for e in entries("bluesky_trending", page)] == [("Kettles", None)]


@pytest.mark.parametrize("name", ["lab/model", "/evil.example", "a/b?c#d"])
def test_a_model_is_at_its_name_and_nowhere_else(name: str) -> None:
    (entry,) = entries("huggingface_models", [{"id": name}])
    assert entry.url is not None
    assert entry.url.startswith("https://huggingface.co/")
    assert "?" not in entry.url


@pytest.mark.parametrize("board", ["tencent_hot_ranking", "tencent_pc_ranking"])
def test_a_row_that_is_no_event_leaves_the_printed_ranks_alone(board: str) -> None:
    rows = [
        {"title": "first", "hotEvent": {"ranking": 1}},
        {"title": "a card of another kind"},
        {"title": "third", "hotEvent": {"ranking": 3}},
    ]
    found = entries(board, {"idlist": [{"newslist": rows}]})
    assert [(entry.rank, entry.title) for entry in found] == [(1, "first"), (3, "third")]
