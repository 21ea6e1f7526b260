"""Titles come from strangers: in no format may one be more than text."""

import csv
import io
import json
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain, takewhile

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from pipelines.boards.contract import Breach, Kept
from pipelines.boards.standing import BoardStanding, Verdict, list_standings
from pipelines.digest.contents import (
    Claim,
    Digest,
    Life,
    OtherPart,
    Outlook,
    Period,
    Placement,
    Section,
    StoryLine,
    TopicCard,
    TracePoint,
)
from pipelines.digest.render.atom import to_atom
from pipelines.digest.render.csv import guarded, to_csv
from pipelines.digest.render.html import to_html
from pipelines.digest.render.json import to_json
from pipelines.digest.render.mail import to_mail, to_text
from pipelines.digest.render.markdown import to_markdown
from pipelines.digest.render.safe_text import TITLE_WIDTH, cut, plain, web_link
from pipelines.forecast.stages import Stage
from pipelines.language import Language
from tests.examples import examples

AT = datetime(2025, 3, 14, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PARTS = (
    "<script>alert(1)</script>", "</svg>", "</title>", "</style>", "<!--", "]]>", '" onload="x',
    "' onclick='x", "&lt;b&gt;", "&#60;", "{{ 7 * 7 }}", "{% raw %}", "[a](http://evil.example)",
    "![a](//evil.example/x)", "](", "<https://evil.example>", "https://evil.example",
    "www.evil.example", "a@evil.example", "**b**", "_i_", "`c`", "~~s~~", "|", "\n# h",
    "\r\n---", "\n\n1. x", "\\", "#", "$x$", "=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1",
    "＠x", "\t=1",
    "\u202e", "\u2066", "\u200f", "\u2028", "\x00", "\x1b[31m", "\x85", "\ufffe", "\ud800",
    "\ufeff", "热搜", "👨\u200d👩\u200d👧", "e\u0301", " ", '"', "'", ",", ";", "长" * 120,
)  # fmt: skip
anything = st.text(st.characters(exclude_categories=()), max_size=30)
hostile = st.one_of(anything, st.lists(st.sampled_from(PARTS), max_size=5).map("".join))
languages = st.sampled_from(Language)
often = examples(150)
drawn = examples(40)  # each draws a chart


def saying(text: str, url: str | None = "https://example.com/a") -> Digest:
    """A digest in which everything that strangers write is ``text``."""
    life = Life(AT, AT, 2, 3, AT, "weibo_hot")
    card = TopicCard(
        topic_id=7,
        section=Section.RISING,
        title=text,
        url=url,
        life=life,
        older_titles=(text, text),
        outlook=Outlook(
            Stage.RISING, "weibo_hot", text, text, 3, (1, 2, 3), (4, 5, 6), chances=(0.1, 0.2, 0.3)
        ),
        placements=(
            Placement("weibo_hot", text, text, "题目", url, AT, AT, rank=3, heat=1, heat_unit=text),
        ),
        keywords=(text, text),
        claims=(Claim("place", {"rank": 3}, "weibo_hot"),),
        storyline_id=9,
        other_parts=(OtherPart(9, text, AT, latin_title=text), OtherPart(7, text, AT)),
        trace=(TracePoint(AT - HOUR, "weibo_hot", 4), TracePoint(AT, "weibo_hot", 3)),
    )
    board = BoardStanding(
        "weibo_hot",
        text,
        text,
        Verdict.FAILED,
        Kept.FAILED,
        (Breach("no_list", Kept.FAILED), Breach("another_board", Kept.FAILED, {"share": 0.9})),
        reason=text,
        detail=text,
        other_zh=text,
        other_en=text,
        list_board="weibo_hot",
        list_zh=text,
        list_en=text,
    )
    line = StoryLine(Section.FADING, 8, text, url, life)
    return Digest(AT, AT, Period.HOUR, list_standings([board]), (card,), (line,), read_at=AT)


def tags(page: str) -> set[tuple[str, ...]]:
    """Each element with its attributes' names."""
    return {(tag.name, *sorted(tag.attrs)) for tag in BeautifulSoup(page, "lxml").find_all()}


def shape(text: str) -> tuple[list[str], set[str], int]:
    """The blocks, the kinds of inline marks, and the number of links."""
    blocks = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    marks = [mark.type for block in blocks for mark in block.children or []]
    return [block.type for block in blocks], set(marks), marks.count("link_open")


@cache
def harmless_tags(language: Language) -> set[tuple[str, ...]]:
    return tags(to_html(saying("安静"), language))


@cache
def harmless_shape(language: Language) -> tuple[list[str], set[str], int]:
    return shape(to_markdown(saying("安静"), language))


@drawn
@given(hostile, languages)
@example("".join(PARTS), Language.ZH)
def test_a_page_holds_only_our_elements(text: str, language: Language) -> None:
    page = to_html(saying(text), language)
    assert tags(page) <= harmless_tags(language)
    links = BeautifulSoup(page, "lxml").find_all("a")
    away = {link["href"] for link in links if not link["href"].startswith("#")}
    assert away == {"https://example.com/a"}


@drawn
@given(hostile)
def test_a_page_shows_the_title_as_text(text: str) -> None:
    link, *_ = BeautifulSoup(to_html(saying(text)), "lxml").select("h3 a")
    assert link.get_text() == (cut(plain(text)) or "（无题）")


@often
@given(hostile, languages)
@example("".join(PARTS), Language.ZH)
def test_a_mail_holds_only_our_elements_and_the_title_as_text(
    text: str, language: Language
) -> None:
    mail = to_mail(saying(text), language).decode()
    assert tags(mail) <= tags(to_mail(saying("安静"), language).decode())
    links = BeautifulSoup(mail, "lxml").find_all("a")
    untitled = "（无题）" if language is Language.ZH else "(untitled)"
    assert {link["href"] for link in links} == {"https://example.com/a"}
    assert {link.get_text() for link in links} == {cut(plain(text)) or untitled}


@often
@given(hostile, languages)
def test_a_plain_mail_has_the_same_number_of_lines(text: str, language: Language) -> None:
    mail = to_text(saying(text), language).decode()
    assert len(mail.split("\n")) == len(to_text(saying("安静"), language).decode().split("\n"))


@often
@given(hostile, languages)
@example("".join(PARTS), Language.EN)
def test_markdown_keeps_its_shape(text: str, language: Language) -> None:
    blocks, marks, link_count = shape(to_markdown(saying(text), language))
    harmless_blocks, harmless_marks, harmless_link_count = harmless_shape(language)
    assert blocks == harmless_blocks
    assert marks <= harmless_marks | {"text_special"}
    assert link_count == harmless_link_count


@often
@given(hostile)
def test_markdown_shows_the_title_as_text(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(to_markdown(saying(text)))
    story = next(t for t in tokens if t.content.startswith("**1"))
    first_line = takewhile(lambda child: child.type != "hardbreak", story.children or ())
    said = "".join(child.content for child in first_line)
    assert said == f"1. {cut(plain(text)) or '（无题）'}".replace("@", "＠")


@pytest.mark.parametrize("raw", ["<b>", "[a](b)", "https://x", "www.x", "a@b"])
def test_markdown_holds_no_live_mark_from_a_title(raw: str) -> None:
    assert raw not in to_markdown(saying(raw))


@often
@given(hostile, languages)
def test_no_cell_is_a_formula(text: str, language: Language) -> None:
    sheet = to_csv(saying(text), language).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(sheet, newline="")))
    assert {len(row) for row in table} == {len(table[0])}
    assert len(table) == len(("heading", "card", "line", "boards"))
    for cell in chain.from_iterable(table):
        assert unicodedata.normalize("NFKC", cell)[:1] not in set("=+-@\t\r")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "−"])
def test_a_formula_sign_is_guarded(sign: str) -> None:
    assert guarded(f"{sign}1") == f"'{sign}1"


@often
@given(hostile, languages)
@example("".join(PARTS), Language.ZH)
def test_a_feed_is_well_formed(text: str, language: Language) -> None:
    feed = etree.fromstring(to_atom(saying(text), language))
    (entry,) = feed.findall("{*}entry")
    assert entry.findtext("{*}title") == (
        cut(plain(text)) or ("（无题）" if language is Language.ZH else "(untitled)")
    )
    found = {tag.name for tag in BeautifulSoup(entry.findtext("{*}content"), "lxml").find_all()}
    assert found <= {"html", "body", "p", "ul", "li", "a", "br"}


@often
@given(hostile)
def test_json_keeps_the_whole_title(text: str) -> None:
    assert json.loads(to_json(saying(text)))["topics"][0]["title"] == plain(text)


@often
@given(hostile)
def test_plain_text_is_one_visible_line(text: str) -> None:
    cleaned = plain(text)
    assert plain(cleaned) == cleaned
    assert cleaned.isprintable() or "\u200d" in cleaned or any(map(_is_unassigned, cleaned))
    assert not set(cleaned) & set("\u202a\u202e\u2066\u2069\u200e\u200f\n\r\t\x00")
    assert len(cut(cleaned)) <= TITLE_WIDTH


def _is_unassigned(character: str) -> bool:
    return unicodedata.category(character) in {"Cn", "Co"}


def test_a_cut_keeps_an_emoji_whole() -> None:
    family = "👨\u200d👩\u200d👧"
    assert cut("a" + family + "bcd", 4) == "a…"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example", "/a",
        "ftp://example.com", "http:///x", "http://[x", "java\nscript:x", "https://a.example/\u202ex",
        "https://a.example\\@b.example", "", " ",
        "https://user:pw@example.org/",
        "https://example.com@example.org/",
    ],
)  # fmt: skip
def test_only_web_links_are_kept(url: str) -> None:
    digest = saying("题", url)
    assert web_link(url) is None
    assert '<a href="#' in to_html(digest)
    assert not re.search(r"<a href=\"[^#]", to_html(digest))
    assert "](" not in to_markdown(digest)
    assert b"href" not in to_mail(digest)
    assert not url.strip() or url == "/a" or url.encode() not in to_text(digest)
    assert b"<link" not in to_atom(digest)


@often
@given(anything)
def test_a_kept_link_cannot_leave_its_place(text: str) -> None:
    link = web_link(f"https://example.com/{text}")
    if link is not None:
        assert link.isascii()
        assert not set(link) & set("<>\"'()\\`| \n")
        assert f"(<{link.replace('[', '%5B').replace(']', '%5D')}>)" in to_markdown(
            saying("题", link)
        )
