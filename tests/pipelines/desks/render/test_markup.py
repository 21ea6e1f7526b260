"""A stranger's title stays words in every chat."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipelines.desks.render.letter import to_html
from pipelines.desks.render.markup import DINGTALK, FEISHU, PLAIN, WECOM, Markup
from pipelines.desks.render.told_lines import Link, Sheet, Words
from pipelines.digest.render.safe_text import plain
from pipelines.language import Language
from tests.pipelines.desks.messages import TITLES

URL = "https://example.org/(a)[b]?c_d=1&e=*"
INERT = {"text", "softbreak", "paragraph_open", "paragraph_close", "inline", "text_special"}

MARKDOWN = pytest.mark.parametrize("markup", [WECOM, DINGTALK, FEISHU])


def tokens(text: str) -> list[Token]:
    parser = MarkdownIt("commonmark").enable(["strikethrough", "table"])
    return [inner for token in parser.parse(text) for inner in (token, *(token.children or ()))]


@MARKDOWN
@given(title=TITLES)
def test_a_title_is_no_markup(markup: Markup, title: str) -> None:
    title = plain(title)
    found = tokens(markup.write(((Words("1 "), Words(title)),)))
    assert {token.type for token in found} <= INERT


@MARKDOWN
@given(title=TITLES)
def test_a_title_leads_nowhere_but_to_its_address(markup: Markup, title: str) -> None:
    title = plain(title) or "题"
    found = tokens(markup.write(((Words("1 "), Link(title, URL)),)))
    (link,) = [token for token in found if token.type == "link_open"]
    assert str(link.attrs["href"]).startswith("https://example.org/%28a%29%5Bb%5D?c_d=1&e=")
    assert {token.type for token in found} <= INERT | {"link_open", "link_close"}


@MARKDOWN
@pytest.mark.parametrize("call", ["<@all>", "<at id=all></at>", "@13800000000"])
def test_a_title_calls_nobody(markup: Markup, call: str) -> None:
    told = markup.write(((Words(call),),))
    assert "<" not in told
    assert "@" not in told


@MARKDOWN
def test_strong_words_are_strong(markup: Markup) -> None:
    found = tokens(markup.write(((Words("先核实：旧闻", is_strong=True),), (Words("后"),))))
    assert [token.type for token in found].count("strong_open") == 1


def test_plain_words_are_told_as_they_are() -> None:
    assert PLAIN.write(((Words("a*b"), Link("c", URL)), (Words("<d>"),))) == f"a*bc {URL}\n<d>"


class Elements(HTMLParser):
    """The names of the elements of a page, and what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str | None] = []
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.said += data


@given(title=TITLES)
def test_a_letter_has_no_element_of_a_title(title: str) -> None:
    title = plain(title)
    page = Elements()
    page.feed(to_html(Sheet(title, ((Words(title),), (Link(title, URL),)), title), Language.ZH))
    assert page.names == {"html", "head", "meta", "title", "body", "table", "tr", "td", "a"}
    assert page.links == [URL]
    assert page.said.count(title) >= 5
