"""``boards.toml``: boards that an operator adds without code, with the words of the board classes.

The file lies in FENGKOU_HOME, or where FENGKOU_BOARDS says. A crawl's child process and Dagster
inherit both variables, so that every process of a house sees the same boards.
"""

import json
import os
import tomllib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cssselect import HTMLTranslator, SelectorError

from crawlers.boards.board import Board
from crawlers.boards.errors import CatalogError
from crawlers.boards.known_services import KINDS, SHAPES, DescribedBoard
from crawlers.boards.names import NAME, SPIDERS
from crawlers.boards.reading import shown
from crawlers.boards.rendering import split_path
from crawlers.durable_file import read_plain

FILE_VARIABLE = "FENGKOU_BOARDS"
HOME_VARIABLE = "FENGKOU_HOME"


def file() -> Path:
    """Where the custom boards are described, whether or not the file is there."""
    said = os.environ.get(FILE_VARIABLE)
    home = os.environ.get(HOME_VARIABLE) or "var"
    path = Path(said or Path(home) / "boards.toml")
    try:
        return path.expanduser().absolute()
    except RuntimeError:  # pathlib knows no such user
        variable = FILE_VARIABLE if said else HOME_VARIABLE
        raise CatalogError(
            f"{variable}: found {said or home!r}, and this machine knows no home of that user. "
            "Expected a path: write the whole of it."
        ) from None


@contextmanager
def using(path: Path) -> Iterator[None]:
    """Let another file describe the custom boards, here and in child processes, for a while."""
    before = os.environ.get(FILE_VARIABLE)
    os.environ[FILE_VARIABLE] = str(path)
    try:
        yield
    finally:
        if before is None:
            del os.environ[FILE_VARIABLE]
        else:
            os.environ[FILE_VARIABLE] = before


def names() -> tuple[str, ...]:
    """The names in the file; a name that is taken or is no name is an error."""
    path = file()
    found = tuple(_entries(path))
    for name in found:
        if not NAME.fullmatch(name):
            raise CatalogError(
                f"{path}: [boards.{name}]: found {name!r}, expected <source>_<list> in lower case, "
                "such as example_hot. Rename the entry."
            )
        if (SPIDERS / f"{name}.py").exists():
            raise CatalogError(
                f"{path}: [boards.{name}] has the name of crawlers/spiders/{name}.py, expected a "
                "name of its own. Rename the entry, or remove it and use the board that exists."
            )
    return found


def board(name: str) -> type[Board]:
    """The custom board of that name; raises CatalogError where its entry is not whole."""
    path = file()
    # A board is made anew when its entry changes, and is otherwise one and the same class.
    return _made(path, name, json.dumps(_entries(path)[name], sort_keys=True, default=str))


def check(path: Path, text: str) -> None:
    """Raise CatalogError unless every entry of a boards.toml with this text is whole."""
    for name, entry in entries_in(path, text).items():
        described(path, name, entry)


def described(path: Path, name: str, entry: object) -> type[Board]:
    """The board that an entry describes."""
    from crawlers.boards.board_entry import ONLY_FOR, checked  # noqa: PLC0415 - pydantic, only for an entry

    where = f"[boards.{name}] in {path}"
    found = checked(where, entry)
    shape = SHAPES[found.shape] if found.shape else KINDS[found.kind or ""]
    attributes = {**shape.attributes, **found.attributes()}
    parts = urlsplit(found.url)
    attributes.setdefault("homepage", f"{parts.scheme}://{parts.netloc}/")
    attributes.setdefault("title_zh", name)
    attributes.setdefault("title_en", attributes["title_zh"])
    for key, kind in ONLY_FOR.items():
        if key in attributes and shape.kind.page_kind != kind:
            raise CatalogError(f"{where}: {key} is for kind = {kind!r} only. Remove it.")
    attributes |= {
        "name": name,
        "described_in": where,
        "__doc__": f"{attributes['title_en']}, described in {path}.",
        "__module__": __name__,
    }
    class_name = "".join(part.capitalize() for part in name.split("_"))
    made: type[Board] = type(class_name, (DescribedBoard, shape.kind), attributes)
    if problem := made.problem():
        raise CatalogError(f"{where}: {problem}")
    if made.page_kind == "html":
        _check_selectors(where, made)
    return made


def _entries(path: Path) -> dict[str, Any]:
    try:
        stat = path.stat()
    except FileNotFoundError:
        if os.environ.get(FILE_VARIABLE):
            raise CatalogError(
                f"{FILE_VARIABLE} names {path}, which is not there. Write it, or unset the variable."
            ) from None
        return {}
    except OSError as error:  # links that lead to each other, a name that is too long
        raise _unreadable(path, error) from None
    return _read(path, stat.st_mtime_ns, stat.st_size)


def _unreadable(path: Path, error: OSError | ValueError) -> CatalogError:
    found = error.strerror if isinstance(error, OSError) else error
    return CatalogError(
        f"{path}: {found}, expected a file that can be read. Correct {FILE_VARIABLE}, "
        "or the rights of the file."
    )


@cache
def _read(path: Path, _changed: int, _size: int) -> dict[str, Any]:
    return entries_in(path, text_of_file(path))


def text_of_file(path: Path) -> str:
    """What a file says. Raises CatalogError for one in another encoding than UTF-8."""
    try:
        # Who has no boards of their own may say so by this name.
        content = b"" if path == Path(os.devnull) else read_plain(path)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise CatalogError(f"{path}: found UTF-16, expected UTF-8. Save it as UTF-8.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        broken = content.splitlines()[line - 1]
        try:
            found = f"the line {shown(broken.decode('gb18030'))} in GBK"
        except UnicodeDecodeError:
            found = f"{shown(repr(broken[:40]))} in no encoding that is known here"
        raise CatalogError(
            f"{path}: line {line}: found {found}, expected UTF-8. Save the file as UTF-8."
        ) from None


def entries_in(path: Path, text: str) -> dict[str, Any]:
    """The entries of a boards.toml with this text, unchecked. Raises CatalogError for no TOML."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CatalogError(f"{path} is not TOML: {error}. Correct that line.") from None
    entries = document.get("boards", {})
    if set(document) - {"boards"} or not isinstance(entries, dict):
        raise CatalogError(
            f"{path}: found {', '.join(sorted(document))}, expected nothing but tables named "
            "[boards.<source>_<list>]."
        )
    return entries


@cache
def _made(path: Path, name: str, _entry: str) -> type[Board]:
    return described(path, name, _entries(path)[name])


def _check_selectors(where: str, made: type[Board]) -> None:
    paths = [("entries_at", made.entries_at), *made.fields.items()]
    for key, value in paths:
        for path in (value,) if isinstance(value, str) else value:
            selector, _ = split_path(path)
            try:
                HTMLTranslator().css_to_xpath(selector or "*")
            except SelectorError as error:
                raise CatalogError(
                    f"{where}: {key}: found {path!r}, expected a CSS selector ({error}). Correct it."
                ) from error
