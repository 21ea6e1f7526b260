"""``boards.toml``: boards that an operator adds without code, with the words of the board classes.

The file lies in FENGKOU_HOME, or where FENGKOU_BOARDS says. A crawl's child process and Dagster
inherit both variables, so that every process of a house sees the same boards.
"""

import json
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from cssselect import HTMLTranslator, SelectorError

from crawlers.authoring.redact import is_secret_name
from crawlers.boards.board import Board
from crawlers.boards.errors import CatalogError
from crawlers.boards.known_services import KINDS, SHAPES, DescribedBoard
from crawlers.boards.names import NAME, SPIDERS
from crawlers.boards.reading import shown
from crawlers.boards.rendering import split_path
from crawlers.http.public_address import address_problem

FILE_VARIABLE = "FENGKOU_BOARDS"
HOME_VARIABLE = "FENGKOU_HOME"
MIN_CADENCE_MINUTES = 5  # nobody's list asks to be read more often by a stranger
# Scrapy takes these off a request that is sent on to another host, and no others.
SECRET_HEADERS = ("Authorization", "Cookie")
NOT_FIELDS = ("position", "kind", "extra")

TEXTS = (
    *("title_zh", "title_en", "heat_unit", "method", "body", "json_in", "list_at"),
    *("native_id_pattern", "url_template", "stands_in_for"),
)
ADDRESSES = ("url", "homepage", "visitor_url")
PATHS = ("entries_at", "upstream_at")
NAMES = ("archive_names", "pinned_at", "also_hosts")
SWITCHES = ("keep_query", "messy")
WORDS = ("headers", "labels")
CONDITIONS = ("pinned_when", "paid_when", "skipped_when", "cached_when")
KEYS = (
    *("kind", "shape", *ADDRESSES, *TEXTS, *PATHS, *NAMES, *SWITCHES, *WORDS, *CONDITIONS),
    *("fields", "cadence_minutes", "expected_count", "headers_from"),
)
ONLY_FOR = {"json_in": "json", "list_at": "html", "messy": "html"}


def file() -> Path:
    """Where the custom boards are described, whether or not the file is there."""
    said = os.environ.get(FILE_VARIABLE)
    home = os.environ.get(HOME_VARIABLE) or "var"
    return Path(said or Path(home) / "boards.toml").expanduser().absolute()


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
    for name, entry in _parsed(path, text).items():
        described(path, name, entry)


def described(path: Path, name: str, entry: object) -> type[Board]:
    """The board that an entry describes."""
    where = f"[boards.{name}] in {path}"
    if not isinstance(entry, dict):
        raise CatalogError(
            f'{where}: found {shown(entry)}, expected a table with url = "https://…".'
        )
    for key in entry:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, 1)
            hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(KEYS))}."
            raise CatalogError(f"{where}: {key} is no word of a board. {hint}")
    chosen = [key for key in ("kind", "shape") if key in entry]
    known = {"kind": KINDS, "shape": SHAPES}
    if len(chosen) != 1:
        raise CatalogError(
            f"{where}: found {' and '.join(chosen) or 'neither kind nor shape'}, expected one of "
            f"them. Write kind = {_options(KINDS)}, or shape = {_options(SHAPES)}."
        )
    value = entry[chosen[0]]
    if not isinstance(value, str) or value not in known[chosen[0]]:
        raise _wrong(where, chosen[0], value, _options(known[chosen[0]]))
    shape = known[chosen[0]][value]
    attributes = {**shape.attributes, **_attributes(where, entry)}
    parts = urlsplit(_required(where, entry, "url"))
    attributes.setdefault("homepage", f"{parts.scheme}://{parts.netloc}/")
    attributes.setdefault("title_zh", name)
    attributes.setdefault("title_en", attributes["title_zh"])
    for key, kind in ONLY_FOR.items():
        if key in entry and shape.kind.page_kind != kind:
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


def entry_text(name: str, entry: Mapping[str, object]) -> str:
    """An entry as it stands in boards.toml."""
    lines = [f"{_key(key)} = {_value(value)}" for key, value in entry.items()]
    return "\n".join([f"[boards.{name}]", *lines]) + "\n"


def add(path: Path, name: str, entry: Mapping[str, object]) -> None:
    """Put one more entry into the file, whole or not at all; what stands there stays."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if name in _parsed(path, text):
        raise CatalogError(
            f"{path}: [boards.{name}] is there already. Give another name, or edit the entry."
        )
    if (SPIDERS / f"{name}.py").exists():
        raise CatalogError(f"{name} is crawlers/spiders/{name}.py. Give another name: --name.")
    if not NAME.fullmatch(name):
        raise CatalogError(f"{name!r} is not <source>_<list> in lower case, such as example_hot.")
    gap = "\n" if text and not text.endswith("\n\n") else ""
    more = text + ("" if text.endswith("\n") or not text else "\n") + gap + entry_text(name, entry)
    check(path, more)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}")
    unfinished.write_text(more, encoding="utf-8")
    unfinished.replace(path)


def _entries(path: Path) -> dict[str, Any]:
    try:
        stat = path.stat()
    except FileNotFoundError:
        if os.environ.get(FILE_VARIABLE):
            raise CatalogError(
                f"{FILE_VARIABLE} names {path}, which is not there. Write it, or unset the variable."
            ) from None
        return {}
    return _read(path, stat.st_mtime_ns, stat.st_size)


@cache
def _read(path: Path, _changed: int, _size: int) -> dict[str, Any]:
    try:
        return _parsed(path, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise CatalogError(f"{path}: {error}. Expected UTF-8: save it so.") from error


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"{path} is not TOML: {error}. Correct that line.") from error
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


def _attributes(where: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry's values as class attributes, each checked."""
    checks: dict[str, Callable[[str, str, object], Any]] = {
        **dict.fromkeys(TEXTS, _text),
        **dict.fromkeys(ADDRESSES, _address),
        **dict.fromkeys(PATHS, _paths),
        **dict.fromkeys(NAMES, _texts),
        **dict.fromkeys(SWITCHES, _switch),
        **dict.fromkeys(WORDS, _words),
        **dict.fromkeys(CONDITIONS, _conditions),
        "fields": _fields,
        "cadence_minutes": _cadence,
        "expected_count": _expected,
        "headers_from": _headers_from,
    }
    found: dict[str, Any] = {
        key: checks[key](where, key, value)
        for key, value in entry.items()
        if key not in {"kind", "shape"}
    }
    if "url" in found:
        found["start_urls"] = [found.pop("url")]
    for header in found.get("headers", {}):
        if is_secret_name(header) or header.title() in SECRET_HEADERS:
            raise CatalogError(
                f"{where}: headers holds {header}, and a secret is never written into this file. "
                f'Write headers_from = {{ {header} = "NAME_OF_AN_ENVIRONMENT_VARIABLE" }}.'
            )
    if found.get("headers_from") and not found.get("start_urls", [""])[0].startswith("https://"):
        raise CatalogError(
            f"{where}: headers_from sends a secret, and url is not https. Use https."
        )
    if found.get("method", "GET") not in {"GET", "POST"}:
        raise _wrong(where, "method", entry["method"], "GET or POST")
    if "{json}" not in found.get("json_in", "{json}"):
        raise _wrong(where, "json_in", entry["json_in"], '"before{json}after"')
    if pattern := found.get("native_id_pattern"):
        _check_pattern(where, pattern)
    for host in found.get("also_hosts", ()):
        _address(where, "also_hosts", f"https://{host}/")
    if template := found.get("url_template"):
        _address(where, "url_template", template)
    return found


def _wrong(where: str, key: str, value: object, expected: str) -> CatalogError:
    return CatalogError(f"{where}: {key}: found {shown(value)}, expected {expected}. Correct it.")


def _required(where: str, entry: Mapping[str, Any], key: str) -> str:
    if key not in entry:
        raise CatalogError(f'{where}: {key} is missing. Write {key} = "https://…".')
    return str(entry[key])


def _text(where: str, key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(where, key, value, "a text")
    return value


def _address(where: str, key: str, value: object) -> str:
    text = _text(where, key, value)
    if problem := address_problem(re.sub(r"{\w+}", "x", text)):
        raise CatalogError(
            f"{where}: {key}: found {shown(value)}: {problem}. "
            "Expected the http(s) address of a public host."
        )
    for name, _ in parse_qsl(urlsplit(text).query):
        if is_secret_name(name):
            raise CatalogError(
                f"{where}: {key} holds {name}=…: an address is landed and published. Take it out; "
                "a key goes into headers_from, by the name of an environment variable."
            )
    return text


def _paths(where: str, key: str, value: object) -> str | tuple[str, ...]:
    if value == [""]:  # the answer is the list itself
        return ("",)
    return _text(where, key, value) if isinstance(value, str) else _texts(where, key, value)


def _texts(where: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(v, str) and v for v in value):
        raise _wrong(where, key, value, 'a list of texts, ["…"]')
    return tuple(value)


def _switch(where: str, key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _wrong(where, key, value, "true or false")
    return value


def _words(where: str, key: str, value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise _wrong(where, key, value, 'a table of texts, { name = "text" }')
    if any(re.search(r"[\r\n\x00]", f"{name}{text}") for name, text in value.items()):
        raise _wrong(where, key, value, "texts of one line")
    return dict(value)


def _fields(where: str, key: str, value: object) -> dict[str, str | tuple[str, ...]]:
    if not isinstance(value, dict) or not value:
        raise _wrong(where, key, value, 'a table, { title = "where it stands" }')
    for name in value:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in NOT_FIELDS:
            raise _wrong(where, key, name, "names such as title, url, heat, rank, native_id")
    return {
        name: "" if path == "" else _paths(where, f"fields.{name}", path)
        for name, path in value.items()
    }


def _conditions(where: str, key: str, value: object) -> tuple[dict[str, object], ...]:
    expected = "a list of tables, [{ is_top = true }]"
    if not isinstance(value, list) or not value:
        raise _wrong(where, key, value, expected)
    for clause in value:
        if not isinstance(clause, dict) or not clause:
            raise _wrong(where, key, value, expected)
        for wanted in clause.values():
            options = wanted if isinstance(wanted, list) else [wanted]
            if not options or not all(isinstance(one, str | int) for one in options):
                raise _wrong(where, key, wanted, "true, a text, a number, or a list of these")
    return tuple(
        {path: tuple(one) if isinstance(one, list) else one for path, one in clause.items()}
        for clause in value
    )


def _cadence(where: str, key: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < MIN_CADENCE_MINUTES:
        raise _wrong(where, key, value, f"minutes, {MIN_CADENCE_MINUTES} or more")
    return value


def _expected(where: str, key: str, value: object) -> tuple[int, int]:
    match value:
        case [int() as least, int() as most] if 1 <= least <= most:
            return least, most
    raise _wrong(where, key, value, "two numbers, at least and at most, such as [10, 50]")


def _headers_from(where: str, key: str, value: object) -> dict[str, str]:
    found = _words(where, key, value)
    for header, variable in found.items():
        if header not in SECRET_HEADERS:
            raise _wrong(where, key, header, " or ".join(SECRET_HEADERS))
        if not re.fullmatch(r"[A-Z][A-Z0-9_]*", variable):
            raise CatalogError(
                f"{where}: {key}.{header}: expected the name of an environment variable in capital "
                "letters, such as TOPHUB_KEY, and found something else. The value stays outside."
            )
    return found


def _check_pattern(where: str, pattern: str) -> None:
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        raise CatalogError(f"{where}: native_id_pattern: {error}. Correct {pattern!r}.") from error
    if not groups:
        raise _wrong(where, "native_id_pattern", pattern, "a pattern with a group, (\\d+)")


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


def _options(known: Sequence[str] | Mapping[str, object]) -> str:
    return ", ".join(f'"{one}"' for one in known)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _value(key)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, str):
        # A JSON text is a TOML text, but for DEL and for half of a surrogate pair.
        whole = value.encode("utf-8", errors="replace").decode("utf-8")
        return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)
