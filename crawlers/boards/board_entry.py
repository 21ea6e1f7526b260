"""One entry of a ``boards.toml``: its words, their types, and what is said of a value that does not fit.

The same model gives the JSON schema with which editors check the file while it is written.
"""

import ast
import inspect
import re
from collections.abc import Mapping
from difflib import get_close_matches
from textwrap import dedent
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
)
from pydantic_core import ErrorDetails

from crawlers.authoring.redact import is_secret_name
from crawlers.boards.board import HtmlBoard, JsonBoard
from crawlers.boards.description import Description
from crawlers.boards.errors import CatalogError
from crawlers.boards.known_services import KINDS, SHAPES, DescribedBoard
from crawlers.boards.misfits import chosen, expected, misfit, must, options, sentence
from crawlers.boards.names import NAME_PATTERN
from crawlers.boards.reading import shown
from crawlers.http.public_address import address_problem

MIN_CADENCE_MINUTES = 5  # nobody's list asks to be read more often by a stranger
# Scrapy takes these off a request that is sent on to another host, and no others.
SECRET_HEADERS = ("Authorization", "Cookie")
NOT_FIELDS = ("position", "kind", "extra")


def _public(text: str) -> str:
    if problem := address_problem(re.sub(r"{\w+}", "x", text)):
        raise sentence(
            f"found {shown(text)}: {problem}. Expected the http(s) address of a public host."
        )
    for name, _ in parse_qsl(urlsplit(text).query):
        if is_secret_name(name):
            raise sentence(
                f"it holds {name}=…: an address is landed and published. Take it out; "
                "a key goes into headers_from, by the name of an environment variable."
            )
    return text


def _public_host(host: str) -> str:
    _public(f"https://{host}/")
    return host


def _pattern(text: str) -> str:
    try:
        groups = re.compile(text).groups
    except re.error as error:
        raise sentence(f"{error}. Correct {text!r}.") from error
    if not groups:
        raise misfit("a pattern with a group, (\\d+)")
    return text


def _without_secrets(headers: dict[str, str]) -> dict[str, str]:
    for header in headers:
        if is_secret_name(header) or header.title() in SECRET_HEADERS:
            raise sentence(
                f"it holds {header}, and a secret is never written into this file. "
                f'Write headers_from = {{ {header} = "NAME_OF_AN_ENVIRONMENT_VARIABLE" }}.'
            )
    return headers


def _variables(found: dict[str, str]) -> dict[str, str]:
    for header, variable in found.items():
        if header not in SECRET_HEADERS:
            what = f"{' or '.join(SECRET_HEADERS)} as its names"
            raise misfit(what)
        if not re.fullmatch(r"[A-Z][A-Z0-9_]*", variable):
            raise sentence(
                f"{header}: expected the name of an environment variable in capital letters, "
                "such as TOPHUB_KEY, and found something else. The value stays outside."
            )
    return found


def _is_line(text: str) -> bool:
    return not re.search(r"[\r\n\x00]", text)


def _is_field(name: str) -> bool:
    return bool(re.fullmatch(r"[a-z][a-z0-9_]*", name)) and name not in NOT_FIELDS


PlainText = Annotated[str, Field(pattern=r"\S")]
PlainTexts = Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)]
# A field may be the row itself, and a list the whole answer: their place is "".
PlainPaths = PlainTexts | Annotated[list[Literal[""]], Field(min_length=1, max_length=1)]

Text = Annotated[PlainText, expected("a text")]
Texts = Annotated[PlainTexts, expected('a list of texts, ["…"]')]
Address = Annotated[Text, AfterValidator(_public)]
Hosts = Annotated[
    list[Annotated[str, AfterValidator(_public_host)]],
    Field(min_length=1),
    expected('a list of hosts, ["…"]'),
]
PathOrPaths = Annotated[PlainText | PlainPaths, expected('a text, or a list of texts, ["…"]')]
FieldPath = Annotated[str | PlainTexts, expected('a text, or a list of texts, ["…"]')]
Line = Annotated[str, must("texts of one line", _is_line)]
Words = Annotated[dict[Line, Line], expected('a table of texts, { name = "text" }')]
Wanted = Annotated[
    bool | int | str | Annotated[list[bool | int | str], Field(min_length=1)],
    expected("true, a text, a number, or a list of these"),
]
Conditions = Annotated[
    list[Annotated[dict[str, Wanted], Field(min_length=1)]],
    Field(min_length=1),
    expected("a list of tables, [{ is_top = true }]"),
]
FieldName = Annotated[str, must("names such as title, url, heat, rank, native_id", _is_field)]


class BoardEntry(BaseModel):
    """A board without code, in the words of the board classes."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    kind: chosen(KINDS) | None = None  # type: ignore[valid-type] # an enumeration of what there is
    shape: chosen(SHAPES) | None = None  # type: ignore[valid-type]
    url: Address
    homepage: Address | None = None
    visitor_url: Address | None = None
    title_zh: Text | None = None
    title_en: Text | None = None
    heat_unit: Text | None = None
    method: chosen(("GET", "POST")) | None = None  # type: ignore[valid-type]
    body: Text | None = None
    headers: Annotated[Words, AfterValidator(_without_secrets)] | None = None
    headers_from: Annotated[Words, AfterValidator(_variables)] | None = None
    also_hosts: Hosts | None = None
    cadence_minutes: (
        Annotated[
            int,
            Field(ge=MIN_CADENCE_MINUTES),
            expected(f"minutes, {MIN_CADENCE_MINUTES} or more"),
        ]
        | None
    ) = None
    expected_count: (
        Annotated[
            list[Annotated[int, Field(ge=1)]],
            Field(min_length=2, max_length=2),
            must("two numbers, at least and at most, such as [10, 50]", lambda n: n[0] <= n[1]),
            expected("two numbers, at least and at most, such as [10, 50]"),
        ]
        | None
    ) = None
    archive_names: Texts | None = None
    stands_in_for: Text | None = None
    entries_at: PathOrPaths | None = None
    pinned_at: Texts | None = None
    fields: (
        Annotated[
            dict[FieldName, FieldPath],
            Field(min_length=1),
            expected('a table, { title = "where it stands" }'),
        ]
        | None
    ) = None
    pinned_when: Conditions | None = None
    paid_when: Conditions | None = None
    skipped_when: Conditions | None = None
    cached_when: Conditions | None = None
    labels: Words | None = None
    native_id_pattern: Annotated[Text, AfterValidator(_pattern)] | None = None
    url_template: Address | None = None
    keep_query: Annotated[bool, expected("true or false")] | None = None
    upstream_at: PathOrPaths | None = None
    json_in: Annotated[Text, must('"before{json}after"', lambda text: "{json}" in text)] | None = (
        None
    )
    list_at: Text | None = None
    messy: Annotated[bool, expected("true or false")] | None = None

    def attributes(self) -> dict[str, Any]:
        """The values that were written, as the class attributes of a board."""
        written = {name: getattr(self, name) for name in self.model_fields_set - {"kind", "shape"}}
        attributes = {name: _frozen(value) for name, value in written.items()}
        attributes["start_urls"] = [attributes.pop("url")]
        return attributes


ONLY_FOR = {"json_in": "json", "list_at": "html", "messy": "html"}
"""Words of one kind of page."""


def checked(where: str, entry: object) -> BoardEntry:
    """An entry whose every word fits. Raises CatalogError, which begins with ``where``."""
    if not isinstance(entry, dict):
        raise CatalogError(
            f'{where}: found {shown(entry)}, expected a table with url = "https://…".'
        )
    if unknown := [str(word) for word in entry if word not in BoardEntry.model_fields]:
        near = get_close_matches(unknown[0], BoardEntry.model_fields, 1)
        known = ", ".join(sorted(BoardEntry.model_fields))
        hint = f"Did you mean {near[0]}?" if near else f"There are: {known}."
        raise CatalogError(f"{where}: {unknown[0]} is no word of a board. {hint}")
    said = [word for word in ("kind", "shape") if word in entry]
    if len(said) != 1:
        raise CatalogError(
            f"{where}: found {' and '.join(said) or 'neither kind nor shape'}, expected one of "
            f"them. Write kind = {options(KINDS)}, or shape = {options(SHAPES)}."
        )
    try:
        found = BoardEntry.model_validate(entry)
    except ValidationError as error:
        raise CatalogError(f"{where}: {_told(entry, error.errors()[0])}") from None
    if found.headers_from and not found.url.startswith("https://"):
        raise CatalogError(
            f"{where}: headers_from sends a secret, and url is not https. Use https."
        )
    return found


def schema() -> dict[str, Any]:
    """The JSON schema of a whole boards.toml; what a word means is what the board classes say of it."""
    entry = BoardEntry.model_json_schema()
    definitions = entry.pop("$defs", {})
    said = _attribute_docstrings()
    for name, words in entry["properties"].items():
        # TOML has no null: what is left out is not written.
        types = [inner for inner in words.pop("anyOf", []) if inner != {"type": "null"}]
        words.pop("title", None)
        words.pop("default", None)
        words.update(types[0] if len(types) == 1 else {"anyOf": types} if types else {})
        if text := said.get(name):
            words["description"] = text
    table = {
        "type": "object",
        "propertyNames": {"pattern": f"^{NAME_PATTERN}$"},
        "additionalProperties": entry,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "boards.toml",
        "description": "Boards that an operator adds without code.",
        "type": "object",
        "properties": {"boards": table},
        "additionalProperties": False,
        **({"$defs": definitions} if definitions else {}),
    }


def _told(entry: Mapping[str, Any], error: ErrorDetails) -> str:
    """What is wrong with an entry, by the first of pydantic's errors."""
    place: list[str] = []
    value: Any = entry
    for step in error["loc"]:
        try:
            value = value[step]
        except (LookupError, TypeError):
            break
        place.append(str(step))
    key = ".".join(place)
    match error["type"]:
        case "missing":
            key = str(error["loc"][0])
            return f'{key} is missing. Write {key} = "https://…".'
        case "sentence":
            return f"{key}: {error['msg']}"
        case "expected":
            found = place[-1] if error["loc"][-1] == "[key]" else value
            return f"{key}: found {shown(found)}, expected {error['msg']}. Correct it."
    return f"{key}: found {shown(value)}: {error['msg']}. Correct it."


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(inner) for inner in value)
    if isinstance(value, dict):
        return {name: _frozen(inner) for name, inner in value.items()}
    return value


def _attribute_docstrings() -> dict[str, str]:
    """Attribute -> the text below it, of the classes that describe a board."""
    said: dict[str, str] = {"url": "The address of the list."}
    for described in (Description, JsonBoard, HtmlBoard, DescribedBoard):
        (body,) = ast.parse(dedent(inspect.getsource(described))).body
        assert isinstance(body, ast.ClassDef)  # noqa: S101 - the source of a class
        for attribute, text in zip(body.body, body.body[1:], strict=False):
            if isinstance(attribute, ast.AnnAssign) and isinstance(text, ast.Expr):
                name = ast.unparse(attribute.target)
                said[name] = " ".join(str(ast.literal_eval(text.value)).split())
    return said
