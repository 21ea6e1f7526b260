"""A page of any common shape is recognised, and the description that comes out reads it."""

import json
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.authoring.detect_list import Guess, GuessError, guess, name_for
from crawlers.authoring.write_board import add
from crawlers.boards import boards_toml
from pipelines.captures import Kind

TITLES = [
    "台风登陆沿海多地停课",
    "新能源汽车出口再创新高",
    "女排逆转晋级决赛",
    "高校毕业生人数公布",
    "博物馆夜场一票难求",
    "地铁新线今日开通运营",
]
HOST = "https://news.example.com"
NUMBERED = list(enumerate(TITLES, start=1))


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def link(number: int) -> str:
    return f"{HOST}/topic/{1000 + number}"


NEWSNOW = as_json(
    {
        "status": "cache",
        "id": "weibo",
        "updatedTime": 1767225600000,
        "items": [
            {
                "id": title,
                "title": title,
                "url": link(n),
                "mobileUrl": link(n),
                "extra": {"info": f"{90 - n}万", "icon": False},
            }
            for n, title in NUMBERED
        ],
    }
)
DAILYHOT = as_json(
    {
        "code": 200,
        "name": "zhihu",
        "title": "知乎",
        "type": "热榜",
        "updateTime": "2026-01-01T00:00:00.000Z",
        "fromCache": True,
        "data": [
            {
                "id": n,
                "title": t,
                "desc": "",
                "hot": 9000 - n,
                "timestamp": 0,
                "url": link(n),
                "mobileUrl": link(n),
            }
            for n, t in NUMBERED
        ],
    }
)
NESTED = as_json(
    {
        "code": 0,
        "data": {
            "tabs": [{"name": "全部"}, {"name": "社会"}, {"name": "科技"}],
            "cards": {
                "list": [
                    {
                        "pos": n,
                        "score": 80000 - n,
                        "ts": 1767225600 + n,
                        "target": {
                            "id": 500 + n,
                            "titleArea": {"text": t},
                            "link": {"url": link(n)},
                        },
                    }
                    for n, t in NUMBERED
                ]
            },
        },
    }
)
TOP_LEVEL = as_json(
    [
        {"id": n, "title": t, "url": link(n), "created": 1767225600 + n, "replies": 99 - n}
        for n, t in NUMBERED
    ]
)
JSONP = (
    "callback("
    + as_json({"result": [{"word": t, "hotScore": str(700 - n)} for n, t in NUMBERED]})
    + ");"
)
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>示例热榜</title>'
    + "".join(
        f"<item><title>{t}</title><link>{link(n)}</link><guid>{n}</guid></item>"
        for n, t in NUMBERED
    )
    + "</channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>示例</title>'
    + "".join(
        f"<entry><title>{t}</title><link rel='alternate' href='{link(n)}'/><id>{n}</id></entry>"
        for n, t in NUMBERED
    )
    + "</feed>"
)
JSON_FEED = as_json(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "示例",
        "items": [{"id": str(n), "title": t, "url": link(n)} for n, t in NUMBERED],
    }
)
NAVIGATION = (
    "<header><nav><ul>"
    + "".join(f"<li><a href='/c/{n}'>频道{n}</a></li>" for n in range(1, 13))
    + "</ul></nav></header>"
)


def page(inner: str) -> str:
    return f"<!DOCTYPE html><html><head><title>今日热榜</title></head><body>{NAVIGATION}{inner}</body></html>"


PLAIN_LIST = page(
    "<ul class='hot-list'>"
    + "".join(f"<li class='item'><a href='/topic/{1000 + n}'>{t}</a></li>" for n, t in NUMBERED)
    + "</ul>"
)
TABLE = page(
    "<table><tbody>"
    + "".join(
        f"<tr><td class='ranktop'>{n}</td><td class='td-02'><a href='/topic/{1000 + n}'>{t}</a>"
        f"<span class='num'>{90000 - n}</span></td></tr>"
        for n, t in NUMBERED
    )
    + "</tbody></table>"
)
CARDS = page(
    "<div class='wrap'>"
    + "".join(
        f"<a class='card' href='/topic/{1000 + n}'><img src='/p/{n}.jpg'><h3 class='title'>{t}</h3>"
        f"<p class='abs'>这里是第{n}条的一段很长的摘要，讲述了事情的经过、起因与后续的进展情况。</p></a>"
        for n, t in NUMBERED
    )
    + "</div>"
)
SECTIONS = page(
    "<div id='main'>"
    + "".join(
        f"<div class='post css-1a2b3c{n}'><div class='meta'><a href='/u/{n}' class='who'>用户{n}</a></div>"
        f"<h2><a href='/topic/{1000 + n}'>{t}</a></h2><span class='views'>{n + 3}.{n}万阅读</span></div>"
        for n, t in NUMBERED
    )
    + "<div class='advert'><a href='https://ads.example.net/x'>广告</a></div></div>"
)
SCRIPT = page(
    "<div id='root'></div><script>window.__INITIAL_STATE__ = "
    + as_json({"hot": {"items": [{"title": t, "url": link(n), "heat": n} for n, t in NUMBERED]}})
    + ";(function(){})()</script>"
)


@dataclass(frozen=True)
class Case:
    text: str
    url: bool = True
    heat: bool = True


SHAPES = {
    "heats in traditional characters": Case(SECTIONS.replace("万", "萬")),
    "newsnow": Case(NEWSNOW),
    "dailyhot": Case(DAILYHOT),
    "nested json": Case(NESTED),
    "json list": Case(TOP_LEVEL),
    "jsonp": Case(JSONP, url=False),
    "rss": Case(RSS, heat=False),
    "atom": Case(ATOM, heat=False),
    "json feed": Case(JSON_FEED, heat=False),
    "list": Case(PLAIN_LIST, heat=False),
    "table": Case(TABLE),
    "cards": Case(CARDS, heat=False),
    "sections": Case(SECTIONS),
    "script": Case(SCRIPT),
}


def guessed(text: str) -> Guess:
    return guess(text.encode(), f"{HOST}/hot")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_is_read_by_what_was_guessed_from_it(shape: str) -> None:
    case = SHAPES[shape]
    found = guessed(case.text)
    assert [entry.title for entry in found.entries] == TITLES, found.description
    if case.url:
        assert [entry.url for entry in found.entries] == [link(n) for n, _ in NUMBERED]
    assert all(bool(entry.heat) is case.heat for entry in found.entries), found.description


@pytest.mark.parametrize("shape", SHAPES)
def test_a_guess_can_be_written_down_and_read_again(shape: str, tmp_path: Path) -> None:
    found = guessed(SHAPES[shape].text)
    file = tmp_path / "boards.toml"
    add(file, "example_hot", found.description)
    with boards_toml.using(file):
        board = boards_toml.board("example_hot")
    assert board.parse_page(SHAPES[shape].text.encode()).entries == found.entries


def with_advert(row: str, advert: str) -> str:
    """A list whose third line is an advert."""
    rows = [row.format(n=n, t=t) for n, t in NUMBERED]
    return "".join([*rows[:2], advert.format(n=0, t="限时五折，人人有份"), *rows[2:]])


LINE = "<li class='row'><i>{n}</i><a href='/topic/{n}'>{t}</a><b class='hot'>{n}万</b></li>"
MEMBERS = '{{"title":"{t}","url":"/topic/{n}","hot":9{n},"is_ad":false}},'
ADVERTS = {
    "a class": page(f"<ul>{with_advert(LINE, LINE.replace('row', 'row sponsored'))}</ul>"),
    "a mark": page(f"<ul>{with_advert(LINE, LINE.replace('{n}万', '推广'))}</ul>"),
    "a mark of its own": page(
        f"<ul>{with_advert(LINE, LINE.replace('</li>', '<em class=tag>Ad</em></li>'))}</ul>"
    ),
    "a member": f'{{"list":[{with_advert(MEMBERS, MEMBERS.replace("false", "true"))[:-1]}]}}',
}


@pytest.mark.parametrize("how", ADVERTS)
def test_an_advert_is_told_by_its_mark_and_has_no_rank(how: str, tmp_path: Path) -> None:
    found = guessed(ADVERTS[how])
    assert [entry.title for entry in found.entries if entry.rank] == TITLES, found.description
    assert [entry.kind for entry in found.entries].index(Kind.PAID) == 2
    add(tmp_path / "boards.toml", "example_hot", found.description)
    with boards_toml.using(tmp_path / "boards.toml"):
        board = boards_toml.board("example_hot")
    assert board.parse_page(ADVERTS[how].encode()).entries == found.entries


def test_a_title_about_adverts_is_no_advert() -> None:
    titles = ["广告法修订草案公布", "推广普通话二十年", "Sponsored 是什么意思", "ad hoc", *TITLES]
    rows = "".join(LINE.format(n=n, t=t) for n, t in enumerate(titles))
    assert {entry.kind for entry in guessed(page(f"<ul>{rows}</ul>")).entries} == {Kind.RANKED}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing here",
        "{}",
        '{"code": -1, "msg": "no"}',
        page("<p>nothing</p>"),
        "<rss><channel/></rss>",
        "\x89PNG\xff",
    ],
)
def test_a_page_without_a_list_is_told_as_one(text: str) -> None:
    with pytest.raises(GuessError):
        guess(text.encode("latin-1", "replace"), f"{HOST}/hot")


MARKUP = st.lists(
    st.sampled_from(
        [
            "<ul>",
            "<li>",
            "</li>",
            "<a href=x>",
            "<a>",
            "</a>",
            "标题",
            "12万",
            "<b class='t 1'>",
            "<div id=a",
            "</ul>",
            "<tr>",
            "<td>",
            "<script>var a = {",
            "}",
            "<!--s-data:[",
            "&#0;",
            "\x00",
            "<nav>",
        ]
    ),
    max_size=60,
).map("".join)
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=6), inner, max_size=5)
    ),
    max_leaves=40,
).map(json.dumps)


@given(st.text() | MARKUP | MARKUP.map(lambda text: f"<html><body>{text * 3}") | VALUES)
def test_whatever_the_page_is_a_list_is_found_or_missed(text: str) -> None:
    with suppress(GuessError):
        assert guessed(text).entries


def test_a_page_of_many_lists_is_read_in_time() -> None:
    lists = "".join(
        "<div class='box'><ul class='list'>"
        + "".join(
            f"<li class='item'><a class='t' href='/{i}-{j}'>第{i}个列表的第{j}条标题</a></li>"
            for j in range(20)
        )
        + "</ul></div>"
        for i in range(60)
    )
    begun = time.monotonic()
    assert guessed(page(lists)).entries[0].title == "第0个列表的第0条标题"
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("again", "after"),
    [(" ", "x"), ("a", ""), ("_", ""), ("<script ", ""), ("热", "x"), ("x=[", "")],
)
def test_a_long_text_in_a_page_is_looked_through_in_time(again: str, after: str) -> None:
    text = "1" + again * 100_000 + after
    rows = [{"title": title, "hot": text, "link": link(n)} for n, title in NUMBERED]
    begun = time.thread_time()
    assert len(guessed(as_json(rows)).entries) == len(TITLES)
    with suppress(GuessError):
        guessed(f"<html><body>{text}")
    assert time.thread_time() - begun < 2


def test_a_login_wall_is_no_list() -> None:
    with pytest.raises(GuessError, match="login"):
        guessed(page("<a href='https://passport.weibo.com/visitor/x'>Sina Visitor System</a>"))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.com/hot", "example_hot"),
        ("https://news.example.com.cn/api/rank.json", "example_rank"),
        ("https://example.org/", "example_list"),
        ("https://newsnow.example.org/api/s?id=weibo", "example_weibo"),
    ],
)
def test_a_name_is_made_from_the_address(url: str, name: str) -> None:
    assert name_for(url) == name
