"""The boards there are: the files in ``crawlers/spiders``, each imported when it is asked for.

An operator's own boards (``crawlers.boards.boards_toml``) stand among them and differ in nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from urllib.parse import urlsplit

from crawlers.boards import boards_toml
from crawlers.boards.board import Board
from crawlers.boards.errors import CatalogError
from crawlers.boards.names import built_in_names
from pipelines.captures import Page


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """What the rest of the house may know about a board."""

    name: str
    source: str
    kind: str
    title_zh: str
    title_en: str
    url: str
    homepage: str
    known_from: str
    """What its description was made from (``crawlers.boards.shape_evidence``); empty for a custom one."""
    cadence_minutes: int
    expected_count: tuple[int, int]
    archive_names: tuple[str, ...]
    heat_unit: str
    stands_in_for: str
    """The board whose list this one shows too; empty where the list is its own."""
    place: int
    """Its turn among the boards of its list: 0 is the one that the list is named by."""
    is_custom: bool
    """True where a boards.toml describes it."""

    @property
    def list_board(self) -> str:
        """The board that its list is named by: itself, or the one that it stands in for."""
        return self.stands_in_for or self.name


def names() -> tuple[str, ...]:
    """Every board's name, in order, without importing one."""
    return tuple(sorted({*built_in_names(), *boards_toml.names()}))


def board(name: str) -> type[Board]:
    """The board of that name."""
    if name in built_in_names():
        return _built_in(name)
    if name in boards_toml.names():
        return boards_toml.board(name)
    raise CatalogError(
        f"No board {name!r}. There are: {', '.join(names())}. Add one: fengkou boards add URL, "
        "or as code: scrapy newboard NAME URL"
    )


@cache
def _built_in(name: str) -> type[Board]:
    """The board in a file; the file, the class attribute and the name are one word."""
    module = import_module(f"crawlers.spiders.{name}")
    where = f"crawlers/spiders/{name}.py"
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Board)
        and value.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise CatalogError(
            f"{where}: {len(found)} boards defined, expected one. Move each to a file of its own."
        )
    if found[0].name != name:
        raise CatalogError(
            f'{where}: name = "{found[0].name}". Write name = "{name}", or rename the file.'
        )
    if problem := found[0].problem():
        raise CatalogError(f"{where}: {problem}")
    return found[0]


def boards() -> dict[str, type[Board]]:
    """Every board by its name."""
    return {name: board(name) for name in names()}


def parse(name: str, body: bytes) -> Page:
    """What a saved page of a board says, or ``crawlers.boards.reading.PageError``."""
    return board(name).parse_page(body)


def facts() -> tuple[BoardFacts, ...]:
    """Every board's description, in the order of their names."""
    built_in = set(built_in_names())
    found = boards()
    turns = {name: place for turn in _turns(found).values() for place, name in enumerate(turn)}
    return tuple(
        BoardFacts(
            name=spider.name,
            source=spider.name.partition("_")[0],
            kind=spider.page_kind,
            title_zh=spider.title_zh,
            title_en=spider.title_en,
            url=spider.start_urls[0],
            homepage=spider.homepage,
            known_from=spider.known_from if spider.name in built_in else "",
            cadence_minutes=spider.cadence_minutes,
            expected_count=spider.expected_count,
            archive_names=spider.archive_names,
            heat_unit=spider.heat_unit,
            stands_in_for=spider.stands_in_for,
            place=turns[spider.name],
            is_custom=spider.name not in built_in,
        )
        for spider in found.values()
    )


def _turns(found: Mapping[str, type[Board]]) -> dict[str, list[str]]:
    """Each list's boards in the order in which they are asked: the one it is named by, then stand-ins.

    An operator's own boards come last, for what they read is often second hand. A board on another
    host comes before one on the same: what ails a host ails its other addresses too. Then by name.
    """
    turns = {name: [name] for name, spider in found.items() if not spider.stands_in_for}
    built_in = set(built_in_names())

    def turn(name: str) -> tuple[bool, bool, str]:
        hosts = {urlsplit(found[each].start_urls[0]).hostname for each in (name, primary(name))}
        return name not in built_in, len(hosts) == 1, name

    def primary(name: str) -> str:
        return found[name].stands_in_for

    stand_ins = [name for name in found if primary(name)]
    for name in stand_ins:
        if primary(name) not in turns or primary(name).partition("_")[0] != name.partition("_")[0]:
            raise CatalogError(
                f"{name}: stands_in_for: found {primary(name)!r}, expected a board of the source "
                f"{name.partition('_')[0]} that is no stand-in itself. Correct it, or rename the board."
            )
    for name in sorted(stand_ins, key=turn):
        turns[primary(name)].append(name)
    return turns
