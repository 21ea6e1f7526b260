"""The three kinds of boards, by how their page is written: JSON, HTML or a feed.

Pure: a body goes in, a page comes out, and the other way round.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

from cssselect import HTMLTranslator
from lxml import etree, html

from crawlers.boards import rendering, rows
from crawlers.boards.decode import check_count, decode, json_within, load_json
from crawlers.boards.description import Description, Row
from crawlers.boards.errors import PageError
from crawlers.boards.feed import feed_document
from crawlers.boards.reading import (
    Paths,
    at,
    holds,
    instant,
    is_null,
    places,
    shown,
    text_of,
)
from crawlers.boards.rows import ROWS_LIMIT
from crawlers.boards.walls import said_in, soft_error, wall_in
from pipelines.captures import Entry, Json, Page

STRING = etree.XPath("string()")

TAGS_LIMIT = 300_000
"""Tags of one page, for bounded time and memory. The longest page seen has 6,000."""
MESSY_LENGTH, MESSY_MARKS_LIMIT = (
    1_000_000,
    40_000,
)  # BeautifulSoup takes ten times as long for each
MESSY_UNCLOSED_LIMIT = 100
NESTED_ROWS_LIMIT = 8
ROW_PAIRS_LIMIT = 20_000_000
"""Pairs of elements in one row, over all rows: "a ~ b" looks at each. Of real pages: thousands."""


class Board(Description):
    """One ranked list. Subclass JsonBoard, HtmlBoard or FeedBoard, never this."""

    @classmethod
    def load(cls, text: str) -> Row:
        """The document in a text. Raises PageError for a text of another kind."""
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
                f"{cls.name}: none of {len(lines)} rows is an entry with a title at "
                f"{cls.fields['title']!r}: {rows.why_none(lines, page)}. "
                f"Correct fields or skipped_when in crawlers/spiders/{cls.name}.py.",
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


class JsonBoard(Board):
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
        rows = [row for value in found for row in cls._rows_in(value)]
        pinned = _once(rows[:ROWS_LIMIT], cls._name_of) + rows[ROWS_LIMIT:]
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
            if any(cls._name_of(row) for row in rows[:ROWS_LIMIT]):
                return rows
        if (
            document == []
            or any(value in ([], {}) for value in candidates[:-1])
            or any(is_null(document, path) for path in places(cls.entries_at))
        ):
            raise soft_error(document) or PageError(
                "empty_list",
                f"{cls.name}: an empty list, expected {cls.expected_count[0]} rows or more. "
                "Fetch again later; a list that stays empty has moved.",
            )
        if lists:
            return lists[0]
        keys = sorted(document) if isinstance(document, dict) else type(document).__name__
        raise soft_error(document) or PageError(
            "wrong_shape",
            f"{cls.name}: no list at {cls.entries_at!r}. The top level has {shown(keys)}. "
            f"Correct entries_at in crawlers/spiders/{cls.name}.py.",
        )

    @classmethod
    def _rows_in(cls, value: Json) -> list[Json]:
        if isinstance(value, list):
            return cls._adapted(value)
        if not isinstance(value, dict):
            return []
        if cls._name_of(row := cls.adapt(value)):
            return [row]
        # Rows may be kept under their ids instead of in a list.
        if not all(isinstance(row, dict) for row in value.values()):
            return []
        kept = cls._adapted(list(value.values()))
        return kept if all(cls._name_of(row) for row in kept[:ROWS_LIMIT]) else []

    @classmethod
    def _adapted(cls, rows: list[Json]) -> list[Json]:
        """The rows as they are to be read; those past the limit, which are only counted, as they are."""
        read = [cls.adapt(row) if isinstance(row, dict) else row for row in rows[:ROWS_LIMIT]]
        return read + rows[ROWS_LIMIT:]

    @classmethod
    def _name_of(cls, row: Json) -> str | None:
        return text_of(cls.value(row, cls.fields["title"])) if isinstance(row, dict) else None


class FeedBoard(JsonBoard):
    """A list in RSS, Atom or JSON Feed. Paths are local tag names: "channel.item", "link.@href"."""

    page_kind = "feed"
    entries_at: ClassVar[Paths] = ("channel.item", "entry", "item")

    @classmethod
    def load(cls, text: str) -> Json:
        return feed_document(text)

    @classmethod
    def render(cls, entries: Sequence[Entry]) -> bytes:
        return rendering.as_feed(cls, entries)


class HtmlBoard(Board):
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
            found = _first_finder(selector)(row) if selector else [row]
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
        check_count(text, "<", TAGS_LIMIT)
        try:
            mended = _mended(text) if cls.messy else text
            return html_document(mended)
        except etree.ParserError as error:
            raise _not_html(text, error) from error

    @classmethod
    def lines(cls, document: Row) -> list[tuple[bool, Row]]:
        paths = (cls.entries_at,) if isinstance(cls.entries_at, str) else cls.entries_at
        rows = next((found for path in paths if (found := finder(path)(document))), None)
        if rows:
            cls._check_nesting(rows[:ROWS_LIMIT])
            cls._check_pairs(rows[:ROWS_LIMIT])
            pinned = [row for path in cls.pinned_at for row in finder(path)(document)]
            return [(True, row) for row in pinned] + [(False, row) for row in rows]
        if cls.list_at and finder(cls.list_at)(document):
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
    def _check_nesting(cls, rows: Sequence[Any]) -> None:
        """Refuse rows that stand within one another: each would be read again with all around it."""
        known = set(rows)
        deepest = max(sum(around in known for around in row.iterancestors()) for row in rows)
        if deepest > NESTED_ROWS_LIMIT:
            raise PageError(
                "wrong_shape",
                f"{cls.name}: rows stand {deepest} deep within one another, expected "
                f"{NESTED_ROWS_LIMIT} at most. Correct entries_at in crawlers/spiders/{cls.name}.py.",
            )

    @classmethod
    def _check_pairs(cls, rows: Sequence[Any]) -> None:
        """Refuse rows that hold so many elements that a selector would compare them for minutes."""
        sizes = [sum(1 for _ in row.iter()) for row in rows]
        if sum(size * size for size in sizes) > ROW_PAIRS_LIMIT:
            raise PageError(
                "wrong_shape",
                f"{cls.name}: a row holds {max(sizes)} elements, expected some dozens. Open the address; "
                f"if it is the list, correct entries_at in crawlers/spiders/{cls.name}.py.",
            )

    @classmethod
    def render(cls, entries: Sequence[Entry]) -> bytes:
        return rendering.as_html(cls, entries, cls.list_at)


def _mended(text: str) -> str:
    from bs4 import BeautifulSoup  # noqa: PLC0415 - slow to import, and few boards need it
    from bs4.exceptions import ParserRejectedMarkup  # noqa: PLC0415

    check_count(text, "<&", MESSY_MARKS_LIMIT)
    unclosed = max(text.count("<") - text.count(">"), text.count("<!--") - text.count("-->"))
    if unclosed > MESSY_UNCLOSED_LIMIT:  # the end of each is looked for anew
        raise PageError(
            "not_html", f"Found {unclosed} tags or comments without an end. Open the address."
        )
    if len(text) > MESSY_LENGTH:
        found = f"The page has {len(text)} characters, expected {MESSY_LENGTH} at most."
        raise PageError("body_too_large", f"{found} It is not the list. Open the address and look.")
    try:
        return str(BeautifulSoup(text, "html.parser"))
    except (ParserRejectedMarkup, AssertionError) as error:
        raise _not_html(text, error) from error


def _not_html(text: str, error: Exception) -> PageError:
    found = shown(text[:120])
    return PageError("not_html", f"Found {found}, expected HTML ({error}). Open the address.")


def html_document(text: str) -> Any:
    """The tree of a page. Raises etree.ParserError where there is none."""
    # lxml stops at a NUL, and would believe the page's own, older word on its encoding.
    body = text.replace("\x00", "").encode("utf-8", errors="replace")
    return html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))


@cache
def finder(selector: str) -> etree.XPath:
    """All elements that a CSS selector finds below one."""
    return etree.XPath(HTMLTranslator().css_to_xpath(selector))


@cache
def _first_finder(selector: str) -> etree.XPath:
    return etree.XPath(f"({HTMLTranslator().css_to_xpath(selector)})[1]")


def _once(rows: list[Json], name_of: Any) -> list[Json]:
    """Rows without those told again; Weibo keeps one pinned line in hotgov and in hotgovs."""
    seen: dict[str, Json] = {}
    for row in rows:
        seen.setdefault((name_of(row) or "").strip("# \t"), row)
    return list(seen.values())
