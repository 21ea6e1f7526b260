"""How a board is described: class attributes that say where the list is and what its rows mean.

A board file fills in the attributes below; two hooks exist for oddities that no attribute can say:
``adapt(row)`` changes one JSON row before it is read, ``kind_of(row)`` decides its kind.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeAlias

from crawlers.boards.names import NAME
from crawlers.boards.reading import Condition, Paths
from crawlers.boards.shape_evidence import Evidence
from crawlers.boards.shape_evidence import problem as evidence_problem
from pipelines.captures import Json, Kind

Row: TypeAlias = Any
"""A JSON value or an HTML element: what ``value`` of the board's class can look into."""


class Description:
    """What there is to know of a board before its page is fetched."""

    name: ClassVar[str] = ""
    """<source>_<list>, the name of the board's file, landing folder and test folder."""
    start_urls: ClassVar[list[str]] = []
    """The address of the list; one."""
    page_kind: ClassVar[str] = ""
    """json, html or feed."""
    title_zh: ClassVar[str] = ""
    """The name that readers know, such as 微博热搜."""
    title_en: ClassVar[str] = ""
    homepage: ClassVar[str] = ""
    """Where a person reads the list; relative addresses are joined to it."""
    known_from: ClassVar[str] = str(Evidence.CODE)
    """What the description was made from, and the day that is of: "recorded 2026-10-09"."""
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
    url_template: ClassVar[Paths] = ""
    """The address where a row has none: any field in braces, quoted.

    Of several the first counts whose fields the row has.
    """
    keep_query: ClassVar[bool] = True
    """False where the query string of an address is all tracking."""
    upstream_at: ClassVar[Paths] = ""
    cached_when: ClassVar[tuple[Condition, ...]] = ()

    @classmethod
    def adapt(cls, row: Row) -> Row:
        """The row as it is to be read."""
        return row

    @classmethod
    def kind_of(cls, row: Row) -> Kind | None:
        """The kind of a row, or None to let pinned_at, pinned_when and paid_when decide."""
        return None

    @classmethod
    def own_keys(cls) -> tuple[str, ...]:
        """The values of its request's headers that are the operator's secrets."""
        return ()

    @classmethod
    def request_headers(cls) -> dict[str, str]:
        """The headers of its own that a request for the list carries."""
        return dict(cls.headers)

    @classmethod
    def value(cls, row: Row, paths: Paths) -> Json:
        """What a row has at the first of these places that is filled."""
        raise NotImplementedError

    @classmethod
    def problem(cls) -> str:
        """What is missing from the description, as a sentence; empty when it is whole."""
        for attribute in ("title_zh", "title_en", "start_urls", "homepage", "entries_at"):
            if not getattr(cls, attribute, None):
                return f"{attribute} is missing. Write {attribute} = …"
        if "title" not in cls.fields:
            return 'fields has no "title". Write fields = {"title": "where it stands", …}'
        if not NAME.fullmatch(cls.name):
            return (
                f'"{cls.name}" is not <source>_<list> in lower case. Rename the board and its file.'
            )
        return evidence_problem(cls.known_from)
