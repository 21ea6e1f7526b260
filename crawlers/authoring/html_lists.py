"""The lists in an HTML page, as candidates: children of one element that look alike."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from statistics import mean
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from crawlers.authoring.detect_adverts import adverts_in_elements
from crawlers.authoring.detect_fields import (
    DEPTH,
    HALF_OF_ROWS,
    LEAST_ROWS,
    MOST_OF_ROWS,
    SAMPLED_ROWS,
    Candidate,
    Description,
    fields_among,
    titled,
)
from crawlers.boards.board import finder, html_document

STABLE_CLASS = re.compile(r"^[A-Za-z][A-Za-z_-]{1,30}$")
AROUND = frozenset(["nav", "header", "footer", "select"])  # what every page of a site has


def lists_in_html(text: str, url: str) -> Iterator[Candidate]:
    """The lists of a page, each with the fields of its rows."""
    try:
        page = html_document(text)
    except (etree.ParserError, AssertionError):
        return
    title = next(
        (" ".join(str(element.text).split()) for element in page.iter("title") if element.text),
        None,
    )
    seen: set[str] = set()
    for parent in page.iter():
        if not isinstance(parent.tag, str):
            continue
        for own, alike in _repeated(parent):
            selector, rows = _precise(page, own, alike[:SAMPLED_ROWS])
            if selector in seen or len(rows) < LEAST_ROWS:
                continue
            seen.add(selector)
            if found := _of_elements(selector, rows, url):
                crowd = 2 * (len(rows) != len(alike[:SAMPLED_ROWS]))
                yield Candidate(found.score - crowd, titled(found.description, title))


def _repeated(parent: Any) -> Iterator[tuple[str, list[Any]]]:
    """The children of an element that look alike, with a selector for one of them."""
    by_tag: dict[str, list[Any]] = {}
    for child in parent:
        if isinstance(child.tag, str) and (child.tag == "a" or child.find(".//a") is not None):
            by_tag.setdefault(child.tag, []).append(child)
    for tag, rows in by_tag.items():
        if len(rows) < LEAST_ROWS:
            continue
        yield tag, rows
        counts = Counter(name for row in rows for name in _classes(row))
        for name, count in counts.most_common(4):
            if count >= LEAST_ROWS:
                yield f"{tag}.{name}", [row for row in rows if name in _classes(row)]


def _classes(element: Any) -> list[str]:
    return [name for name in (element.get("class") or "").split() if STABLE_CLASS.match(name)]


def _of_elements(selector: str, rows: list[Any], url: str) -> Candidate | None:
    if AROUND & {str(ancestor.tag) for ancestor in rows[0].iterancestors()}:
        return None
    columns: dict[str, list[str]] = {}
    for path in _paths(rows):
        values = [text for row in rows if (text := _value(row, path))]
        if values:
            columns[path] = values
    texts = {path: values for path, values in columns.items() if not path.endswith("@href")}
    host = urlsplit(url).hostname or ""
    links = {
        path: [v for v in values if not v.startswith(("#", "javascript:"))]
        for path, values in columns.items()
        if path.endswith("@href")
    }
    links = {
        path: values
        for path, values in links.items()
        if len(set(values)) >= MOST_OF_ROWS * len(rows)
    }
    if not links:
        return None
    mixed = {path: _mixture(rows, path) - _heading(path) for path in texts}
    fields, score = fields_among(texts, len(rows), mixed)
    if "title" not in fields:
        return None
    fields.pop("native_id", None)
    fields["url"] = _link_for(fields["title"], links)
    inside = mean(urlsplit(link).hostname in {None, host} for link in links[fields["url"]])
    score += 2 * inside
    # A whole row's text is a title with everything beside it.
    score -= 2 * (fields["title"] == "") + 0.1 * selector.count(">")
    # A row with many links is itself a list.
    score -= min(4.0, max(0.0, mean(len(finder("a")(row)) for row in rows[:20]) - 2))
    if "heat" in fields:
        score += 2
    description: Description = {"kind": "html", "entries_at": selector, "fields": fields}
    if adverts := adverts_in_elements(rows, _value):
        description["paid_when"] = adverts
    return Candidate(score, description)


def _precise(page: Any, own: str, rows: list[Any]) -> tuple[str, list[Any]]:
    """A selector for these rows, and the rows that it finds: on a page of several lists, of all."""
    selector, element = own, rows[0].getparent()
    found: list[Any] = []
    for _ in range(DEPTH):
        found = finder(selector)(page)[:SAMPLED_ROWS]
        if len(found) == len(rows) or element is None or element.tag in {"html", "body"}:
            break
        step = str(element.tag)
        if re.fullmatch(r"[A-Za-z][\w-]*", element.get("id") or ""):
            step += f"#{element.get('id')}"
        elif names := _classes(element):
            step += f".{names[0]}"
        selector, element = f"{step} > {selector}", element.getparent()
    return selector, found


def _paths(rows: Sequence[Any]) -> list[str]:
    """Where values stand within the rows: tags and classes of descendants, seen in most rows."""
    seen: Counter[str] = Counter()
    for row in rows[:20]:
        inner: set[str] = set()
        for element in row.iterdescendants():
            if not isinstance(element.tag, str) or element.tag in {"script", "style", "svg"}:
                continue
            names = [element.tag, *(f"{element.tag}.{name}" for name in _classes(element)[:2])]
            above = element.getparent()
            if element.tag == "a" and above is not row:
                names += [f"{above.tag}.{name} a" for name in _classes(above)[:1]] or [
                    f"{above.tag} a"
                ]
            inner.update(names)
            if element.tag == "a":
                inner.update(f"{name}@href" for name in names)
        if row.tag == "a":
            inner |= {"@href", ""}
        seen.update(inner)
    least = HALF_OF_ROWS * min(len(rows), 20)
    return [path for path, count in seen.items() if count >= least]


def _value(row: Any, path: str) -> str:
    selector, mark, attribute = path.partition("@")
    found = finder(selector)(row) if selector else [row]
    if not found:
        return ""
    text = found[0].get(attribute) if mark else found[0].text_content()
    return " ".join((text or "").split())


def _mixture(rows: Sequence[Any], path: str) -> float:
    """How many more texts than one stand within an element: a title has nothing beside it."""
    counts = []
    for row in rows[:20]:
        found = finder(path)(row) if path else [row]
        if found:
            counts.append(sum(bool(text.strip()) for text in found[0].itertext()) - 1)
    return 1.5 * mean(counts) if counts else 0


def _heading(path: str) -> float:
    return 2.0 * bool(re.match(r"h[1-6]\b", path)) + 1.5 * ("title" in path)


def _link_for(title: str, links: Mapping[str, list[str]]) -> str:
    tag = title.partition(".")[0]
    for path in (f"{title}@href", f"{title} a@href", f"{tag} a@href", "@href"):
        if path in links:
            return path
    return max(links, key=lambda path: len(set(links[path])))
