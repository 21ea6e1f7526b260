"""What a board is: a description in class attributes, which these classes fetch, read and render.

A board file fills in the attributes below; two hooks exist for oddities that no attribute can say:
``adapt(row)`` changes one JSON row before it is read, ``kind_of(row)`` decides its kind.
"""

import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

import scrapy
from cssselect import HTMLTranslator
from lxml import etree, html  # type: ignore[import-untyped] # lxml ships no types
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawlers.boards import rendering, rows
from crawlers.boards.reading import (
    Condition,
    PageError,
    Paths,
    at,
    decode,
    holds,
    instant,
    json_within,
    load_json,
    places,
    said_in,
    shown,
    text_of,
    wall_in,
)
from crawlers.boards.rows import Row
from crawlers.http import capture
from crawlers.landing import Capture
from pipelines.captures import Entry, Json, Kind, Page

STRING = etree.XPath("string()")


class BoardSpider(scrapy.Spider):
    """One ranked list. Subclass JsonBoard, HtmlBoard or FeedBoard, never this."""

    page_kind: ClassVar[str] = ""
    """json, html or feed."""
    title_zh: ClassVar[str] = ""
    """The name that readers know, such as 微博热搜."""
    title_en: ClassVar[str] = ""
    homepage: ClassVar[str] = ""
    """Where a person reads the list; relative addresses are joined to it."""
    also_hosts: ClassVar[tuple[str, ...]] = ()
    """Further hosts that a request may be redirected to; those of the addresses here always may."""
    headers: ClassVar[Mapping[str, str]] = {}
    """Headers that any visitor's browser would send, such as a Referer."""
    method: ClassVar[str] = "GET"
    body: ClassVar[str] = ""
    """What a POST sends; ``headers`` then say its Content-Type."""
    visitor_url: ClassVar[str] = ""
    """An address that gives every anonymous visitor a throw-away cookie, asked for first."""
    cadence_minutes: ClassVar[int] = 10
    expected_count: ClassVar[tuple[int, int]] = (1, 100)
    """How many ranked entries a whole page has, at least and at most."""
    archive_names: ClassVar[tuple[str, ...]] = ()
    """The names under which public archives keep this list."""
    stands_in_for: ClassVar[str] = ""
    """The board of the same source that shows this list too, and is asked first."""
    heat_unit: ClassVar[str] = ""
    """What the source's number counts; empty when the board prints none."""

    entries_at: ClassVar[Paths] = ""
    """("",) where the answer is the list itself."""
    pinned_at: ClassVar[tuple[str, ...]] = ()
    """Where pinned entries stand apart from the list; of two with one title the first is kept."""
    fields: ClassVar[Mapping[str, Paths]] = {}
    """Entry field -> its place in a row; "rank" is the printed one. Others go to ``extra``."""
    pinned_when: ClassVar[tuple[Condition, ...]] = ()
    paid_when: ClassVar[tuple[Condition, ...]] = ()
    """An advertisement that is also pinned is paid."""
    skipped_when: ClassVar[tuple[Condition, ...]] = ()
    """Rows that are no entries, such as a card that says what the list is."""
    labels: ClassVar[Mapping[str, str]] = {}
    """The words on the icons that a page draws for its label codes; "" where it draws none."""
    native_id_pattern: ClassVar[str] = ""
    """Group 1 is the identity within the native_id field, else within the address."""
    url_template: ClassVar[str] = ""
    """The address where a row has none: any field in braces, quoted."""
    keep_query: ClassVar[bool] = True
    """False where the query string of an address is all tracking."""
    upstream_at: ClassVar[Paths] = ""
    cached_when: ClassVar[tuple[Condition, ...]] = ()

    def __init__(
        self, name: str | None = None, *, instants: Sequence[datetime] = (), **kwargs: Any
    ) -> None:
        super().__init__(name, **kwargs)
        self.instants = tuple(instants)

    @classmethod
    def adapt(cls, row: Row) -> Row:
        """The row as it is to be read."""
        return row

    @classmethod
    def kind_of(cls, row: Row) -> Kind | None:
        """The kind of a row, or None to let pinned_at, pinned_when and paid_when decide."""
        return None

    @classmethod
    def value(cls, row: Row, paths: Paths) -> Json:
        raise NotImplementedError

    @classmethod
    def load(cls, text: str) -> Row:
        raise NotImplementedError

    @classmethod
    def lines(cls, document: Row) -> list[tuple[bool, Row]]:
        """The rows, pinned ones first, each with whether it stood at ``pinned_at``."""
        raise NotImplementedError

    @classmethod
    def parse_page(cls, body: bytes, *, encoding: str | None = None, url: str = "") -> Page:
        """What a body says; needs no network. ``url`` is the address that answered, where known."""
        text = decode(body, encoding)
        try:
            document = cls.load(text)
            lines = cls.lines(document)
        except PageError as error:
            raise wall_in(text, url) or error from error
        page = rows.read(cls, lines)
        if not page.entries:
            raise PageError(
                "wrong_shape",
                f"{cls.name}: none of {len(lines)} rows has a title at {cls.fields['title']!r}; "
                f"the first is {page.rejects[0].found if page.rejects else 'absent'}. "
                f"Correct fields in crawlers/spiders/{cls.name}.py.",
            )
        if not isinstance(document, dict):
            return page
        return Page(
            entries=page.entries,
            rejects=page.rejects,
            upstream_at=instant(at(document, cls.upstream_at)) if cls.upstream_at else None,
            cached=any(
                holds(lambda path: at(document, path), clause) for clause in cls.cached_when
            ),
        )

    @classmethod
    def render(cls, entries: Sequence[Entry]) -> bytes:
        """A page that reads as these entries: the inverse of ``parse_page``."""
        raise NotImplementedError

    @classmethod
    def problem(cls) -> str:
        """What is missing from the description, as a sentence; empty when it is whole."""
        for attribute in ("title_zh", "title_en", "start_urls", "homepage", "entries_at"):
            if not getattr(cls, attribute, None):
                return f"{attribute} is missing. Write {attribute} = …"
        if "title" not in cls.fields:
            return 'fields has no "title". Write fields = {"title": "where it stands", …}'
        if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", cls.name):
            return (
                f'"{cls.name}" is not <source>_<list> in lower case. Rename the board and its file.'
            )
        return ""

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        # Cookies are kept for the boards that hand one to every visitor, and for no other.
        settings.set("COOKIES_ENABLED", bool(cls.visitor_url), priority="spider")

    async def start(self) -> AsyncIterator[scrapy.Request]:
        if self.visitor_url:
            # The list is asked for in any case: its shape tells whether a cookie was needed.
            yield scrapy.Request(
                self.visitor_url, callback=self.visited, errback=self.visited, dont_filter=True
            )
        else:
            for request in self.list_requests():
                yield request

    def visited(self, _: Response | Failure) -> Iterator[scrapy.Request]:
        yield from self.list_requests()

    def list_requests(self) -> Iterator[scrapy.Request]:
        return capture.list_requests(self)

    def parse(self, response: Response, **_: Any) -> Iterator[Capture]:
        yield capture.captured(self, response)

    def failed(self, failure: Failure) -> Iterator[Capture]:
        yield capture.not_captured(self, failure)


class JsonBoard(BoardSpider):
    """A list in JSON. Paths are dotted keys and indices: "data.cards.0.content"."""

    page_kind = "json"
    json_in: ClassVar[str] = ""
    """Where JSON stands in an HTML page, written as "before{json}after": "<!--s-data:{json}-->"."""

    @classmethod
    def value(cls, row: Row, paths: Paths) -> Json:
        return at(row, paths)

    @classmethod
    def load(cls, text: str) -> Json:
        return load_json(json_within(text, cls.json_in, cls.name) if cls.json_in else text)

    @classmethod
    def lines(cls, document: Json) -> list[tuple[bool, Json]]:
        found = [at(document, path) for path in places(cls.pinned_at)]
        pinned = _once([row for value in found for row in cls._rows_in(value)], cls._name_of)
        return [(True, row) for row in pinned] + [(False, row) for row in cls._listed(document)]

    @classmethod
    def render(cls, entries: Sequence[Entry]) -> bytes:
        page = rendering.as_json(cls, entries)
        return rendering.in_page(page, cls.json_in) if cls.json_in else page

    @classmethod
    def _listed(cls, document: Json) -> list[Json]:
        # A recorded page is sometimes only its rows, or one row, cut out of the envelope.
        candidates = [at(document, path) for path in places(cls.entries_at)] + [document]
        lists = [rows for value in candidates if (rows := cls._rows_in(value))]
        for rows in lists:
            if any(cls._name_of(row) for row in rows):
                return rows
        if document == [] or any(value in ([], {}) for value in candidates[:-1]):
            raise _error("soft_error", said_in(document)) or PageError(
                "empty_list",
                f"{cls.name}: an empty list, expected {cls.expected_count[0]} rows or more. "
                "Fetch again later; a list that stays empty has moved.",
            )
        if lists:
            return lists[0]
        keys = sorted(document) if isinstance(document, dict) else type(document).__name__
        raise _error("soft_error", said_in(document)) or PageError(
            "wrong_shape",
            f"{cls.name}: no list at {cls.entries_at!r}. The top level has {shown(keys)}. "
            f"Correct entries_at in crawlers/spiders/{cls.name}.py.",
        )

    @classmethod
    def _rows_in(cls, value: Json) -> list[Json]:
        if isinstance(value, list):
            return [cls.adapt(row) if isinstance(row, dict) else row for row in value]
        if not isinstance(value, dict):
            return []
        if cls._name_of(row := cls.adapt(value)):
            return [row]
        kept = [cls.adapt(row) for row in value.values() if isinstance(row, dict)]
        # Rows may be kept under their ids instead of in a list.
        return kept if len(kept) == len(value) and all(cls._name_of(row) for row in kept) else []

    @classmethod
    def _name_of(cls, row: Json) -> str | None:
        return text_of(cls.value(row, cls.fields["title"])) if isinstance(row, dict) else None


class FeedBoard(JsonBoard):
    """A list in RSS or Atom. Paths are local tag names: "channel.item", "link.@href"."""

    page_kind = "feed"
    entries_at: ClassVar[Paths] = ("channel.item", "entry", "item")

    @classmethod
    def load(cls, text: str) -> Json:
        # The text is decoded already; a declaration naming another encoding would be refused.
        source = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")).strip()
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            root = etree.fromstring(source.encode("utf-8", errors="replace"), parser)
        except etree.XMLSyntaxError as error:
            raise PageError(
                "not_xml",
                f"Found {shown(text[:120])}, expected a feed ({error.msg}). Open the address.",
            ) from error
        if etree.QName(root).localname.lower() not in {
            "rss",
            "feed",
            "rdf",
            "channel",
            "item",
            "entry",
        }:
            raise PageError(
                "not_xml",
                f"Found a <{etree.QName(root).localname}>, expected rss or feed. Open the address.",
            )
        return _unfolded(root)

    @classmethod
    def render(cls, entries: Sequence[Entry]) -> bytes:
        return rendering.as_feed(cls, entries)


class HtmlBoard(BoardSpider):
    """A list in HTML. Paths are CSS selectors: "h3 a" for its text, "h3 a@href" for its address.

    "h3 a@text()" is the text of the element alone, without that of the elements inside it.
    """

    page_kind = "html"
    list_at: ClassVar[str] = ""
    """The element around the list: there but without rows means an empty list, not another page."""
    messy: ClassVar[bool] = False
    """True where tags are left open: BeautifulSoup mends the page before it is read."""

    @classmethod
    def value(cls, row: Row, paths: Paths) -> Json:
        for path in (paths,) if isinstance(paths, str) else paths:
            selector, attribute = rendering.split_path(path)
            found = _finder(selector)(row) if selector else [row]
            if not found:
                continue
            if attribute == "text()":
                text = "".join(found[0].xpath("text()"))
            else:
                text = found[0].get(attribute) if attribute else STRING(found[0])
            # A browser shows any run of white space as one space.
            if text and (text := " ".join(text.split())):
                return str(text)
        return None

    @classmethod
    def load(cls, text: str) -> Row:
        if text.lstrip()[:1] in {"{", "["} or "<" not in text:
            said = ""
            if text.lstrip()[:1] in {"{", "["}:
                said = said_in(load_json(text)) or ""
            raise PageError(
                "soft_error" if said else "not_html",
                f"Found {said or shown(text[:120])}, expected HTML. Open the address and look.",
            )
        try:
            mended = _mended(text) if cls.messy else text
            # lxml stops at a NUL, and would believe the page's own, older word on its encoding.
            body = mended.replace("\x00", "").encode("utf-8", errors="replace")
            return html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))
        except etree.ParserError as error:
            raise _not_html(text, error) from error

    @classmethod
    def lines(cls, document: Row) -> list[tuple[bool, Row]]:
        paths = (cls.entries_at,) if isinstance(cls.entries_at, str) else cls.entries_at
        rows = next((found for path in paths if (found := _finder(path)(document))), None)
        if rows:
            pinned = [row for path in cls.pinned_at for row in _finder(path)(document)]
            return [(True, row) for row in pinned] + [(False, row) for row in rows]
        if cls.list_at and _finder(cls.list_at)(document):
            raise PageError(
                "empty_list",
                f"{cls.name}: {cls.list_at!r} holds no {paths[0]!r}. Fetch again later.",
            )
        title = cls.value(document, "title") or "nothing"
        raise PageError(
            "wrong_shape",
            f"{cls.name}: nothing at {' or '.join(paths)} in the page titled {shown(title)}. "
            f"Correct entries_at in crawlers/spiders/{cls.name}.py.",
        )

    @classmethod
    def render(cls, entries: Sequence[Entry]) -> bytes:
        return rendering.as_html(cls, entries)


def _mended(text: str) -> str:
    from bs4 import BeautifulSoup  # noqa: PLC0415 - slow to import, and few boards need it
    from bs4.exceptions import ParserRejectedMarkup  # noqa: PLC0415

    try:
        return str(BeautifulSoup(text, "html.parser"))
    except (ParserRejectedMarkup, AssertionError) as error:
        raise _not_html(text, error) from error


def _not_html(text: str, error: Exception) -> PageError:
    found = shown(text[:120])
    return PageError("not_html", f"Found {found}, expected HTML ({error}). Open the address.")


@cache
def _finder(selector: str) -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(selector))


def _error(reason: str, said: str | None) -> PageError | None:
    if said is None:
        return None
    return PageError(
        reason,
        f"The host answered {said}, expected a list. Fetch less often, or look the code up.",
    )


def _once(rows: list[Json], name_of: Any) -> list[Json]:
    """Rows without those told again; Weibo keeps one pinned line in hotgov and in hotgovs."""
    seen: dict[str, Json] = {}
    for row in rows:
        seen.setdefault((name_of(row) or "").strip("# \t"), row)
    return list(seen.values())


def _unfolded(element: Any) -> Json:
    """An XML element as JSON: its text, or its children and @attributes by local name."""
    children: dict[str, Json] = {
        f"@{etree.QName(key).localname}": value for key, value in element.attrib.items()
    }
    for child in element:
        if not isinstance(child.tag, str):  # a comment
            continue
        name, value = etree.QName(child).localname, _unfolded(child)
        before = children.get(name)
        children[name] = (
            value
            if before is None
            else [*before, value]
            if isinstance(before, list)
            else [before, value]
        )
    text = "".join(element.xpath("text()")).strip()
    if not children:
        return text
    return {**children, "#text": text} if text else children
