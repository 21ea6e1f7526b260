"""What a reader of a feed sees is what is read of it: title, page and rows."""

from collections.abc import Mapping
from typing import ClassVar

import pytest

from crawlers.boards.board import FeedBoard
from crawlers.boards.errors import PageError
from crawlers.boards.reading import Paths

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry>{}</entry></feed>'
RSS = '<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><item>{}</item></channel></rss>'
JSON = '{{"items": [{}]}}'
PAGE = "https://example.org/page"


class Feed(FeedBoard):
    name = "some_feed"
    homepage = "https://example.org/"
    fields: ClassVar[Mapping[str, Paths]] = {"title": "title", "url": ("link.@href", "link")}


def read(text: str) -> tuple[str, str | None]:
    (entry,) = Feed.parse_page(text.encode()).entries
    return entry.title, entry.url


@pytest.mark.parametrize(
    ("feed", "row", "title"),
    [
        (ATOM, '<title type="html">&lt;b>桥&lt;/b> &amp;amp; 路</title>', "桥 & 路"),
        (ATOM, '<title type="xhtml"><div>桥<em>通车</em></div></title>', "桥通车"),
        (ATOM, '<title type="text">a &lt;b></title>', "a <b>"),
        (RSS, "<media:title>图</media:title><title>桥</title>", "桥"),
        (RSS, "<title>桥</title><media:title>图</media:title>", "桥"),
        (RSS, "<title>a\x01b & c&nbsp;d <![CDATA[& e]]></title>", "ab & c d & e"),
        (RSS, "<title>桥</title><x:title>没有声明</x:title>", "桥"),
        (RSS, "<title>a&#8;&#xD800;&#65; &amp; b</title>", "aA & b"),
        (RSS, "<title>桥<b>头</title><description>一<br>二<p>三</description>", "桥头"),
        ("<br />\n<b>Warning</b>: x\n<?xml version='1.0'?>" + RSS, "<title>桥</title>", "桥"),
        (RSS + "<!-- 3 ms -->\n<script>x<y</script>", "<title>桥</title>", "桥"),
        (JSON, '{"title": "桥"}', "桥"),
    ],
)
def test_a_title_is_as_it_is_shown(feed: str, row: str, title: str) -> None:
    assert read(feed.format(row))[0].replace("\xa0", " ") == title


@pytest.mark.parametrize(
    ("feed", "row", "url"),
    [
        (ATOM, f'<link rel="replies" href="/r"/><link rel="alternate" href="{PAGE}"/>', PAGE),
        (ATOM, f'<link rel="enclosure" href="/a.mp3"/><link href="{PAGE}"/>', PAGE),
        (RSS, f"<guid>{PAGE}</guid>", PAGE),
        (RSS, f'<guid isPermaLink="false">{PAGE}</guid>', None),
        *(
            (RSS, f"<link>{none}</link>", None)
            for none in ("undefined", "-", "N/A", "http://null/")
        ),
        (ATOM, '<link xml:base="https://example.org/x/" href="../page"/>', PAGE),
        (
            ATOM,
            f'<link rel="http://www.iana.org/assignments/relation/alternate" href="{PAGE}"/>',
            PAGE,
        ),
        (JSON, f'{{"title": "a", "external_url": "{PAGE}"}}', PAGE),
        (JSON, f'{{"title": "a", "url": "{PAGE}"}}', PAGE),
    ],
)
def test_a_link_is_the_page_that_a_reader_opens(feed: str, row: str, url: str | None) -> None:
    row = row if feed == JSON else f"<title>a</title>{row}"
    assert read(feed.format(row))[1] == url


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<rss><channel><title>空</title></channel></rss>", "empty_list"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><title>空</title></feed>', "empty_list"),
        ('{"error": true}', "soft_error"),
        ("<rss><channel><item><title>a</title></item>", "not_xml"),
        ("<rss><channel><item><title>a<b></title></item>", "not_xml"),
        ("<rss><channel><item><title>a</title></channel></rss>", "not_xml"),
        ("<html><body>a</body></html>", "not_xml"),
    ],
)
def test_what_holds_no_row_says_why(text: str, reason: str) -> None:
    with pytest.raises(PageError) as caught:
        Feed.parse_page(text.encode())
    assert caught.value.reason == reason
