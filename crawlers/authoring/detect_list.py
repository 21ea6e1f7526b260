"""Guessing how a page is to be read: where its list stands and which fields its rows have.

Pure: text in, a description out, in the words of the board classes. A guess is only good when the
board that it describes reads the page that it was made from; a person looks at the entries.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from math import log2
from pathlib import Path
from statistics import mean
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from cssselect import HTMLTranslator
from lxml import etree, html  # type: ignore[import-untyped] # lxml ships no types

from crawlers.boards import boards_toml
from crawlers.boards.board import FeedBoard
from crawlers.boards.decode import decode, load_json
from crawlers.boards.errors import CatalogError, PageError
from crawlers.boards.reading import at, shown, text_of
from crawlers.boards.walls import wall_in
from pipelines.captures import Entry, Json

Description: TypeAlias = dict[str, Any]

FEW = 3  # two lines make no list
MANY = 200  # the rows that are looked at
DEPTH = 4  # of fields within a row, and of a list within a page
MOST = 0.75  # of the rows have what a field is
SOME = 0.5  # of the rows have a heat: editors' lines have none
LONGEST_TITLE = 160
LONGEST_HEAT = 64  # characters: a figure and its words; the longest seen has 17
FIRST_SCRIPTS = 20  # of a page that are looked into
USUAL = 100  # entries: more are expected only where more were seen
PROBE = "guess_page"

TITLE_NAMES = (
    *("title", "word", "name", "topic", "topic_name", "query", "keyword", "hotword", "hot_word"),
    *("show_name", "sentence", "headline", "question", "subject", "note", "show_title"),
)
URL_NAMES = ("url", "link", "href", "share_url", "article_url", "web_url", "mobile_url", "raw_url")
HEAT_NAMES = (
    *("hot", "heat", "hot_value", "hot_score", "heat_score", "score", "num", "raw_hot", "hotness"),
    *("views", "view_count", "read_count", "play_count", "points", "popularity", "discuss_num"),
    *("count", "likes", "detail_text", "approx_traffic", "comments"),
)
ID_NAMES = ("id", "item_id", "article_id", "aid", "docid", "doc_id", "word_id", "key", "guid")
RANK_NAMES = ("rank", "position", "index", "no", "order", "ranking", "idx", "pos")
HEAT = re.compile(
    r"^[^\d]{0,8}\d[\d,.]*(?:\s*(?:万|亿|[kKmMwW]))?(?:\s*\+)?"
    r"(?:\s*(?:热度|热|人|次|播放|阅读|讨论|评论|浏览|points?|views?|likes?|comments?|votes?|stars?))?\s*$"
)
DATE = re.compile(r"^\d{4}[-/年]\d{1,2}|^\d{1,2}:\d{2}|GMT$|[+-]\d{4}$|前$|\bago$")
ADDRESS = re.compile(r"^(?:https?:)?//|^/\w")
STABLE_CLASS = re.compile(r"^[A-Za-z][A-Za-z_-]{1,30}$")
# Where pages keep the JSON that their scripts draw from; Baidu's stands in a comment. A name is looked
# for where it begins, and a tag within bounds: a page may be ten megabytes of one word.
STATE = re.compile(
    r"""(?<![\w$.])(?:(?:var|let|const)\s+[\w$]+|[\w$]+(?:\.[\w$]+)+|__\w+)\s*=\s*(?=[{\[])"""
    r"""|<script[^<>]{0,300}\btype=["'](?:application|text)/json["'][^<>]{0,300}>|<!--[\w-]+:(?=[{\[])"""
)
WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d]\W+[^\W\d]")
AROUND = frozenset(["nav", "header", "footer", "select"])  # what every page of a site has


class GuessError(ValueError):
    """A page in which no list was found."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A board's description, and the entries that it reads from the page."""

    description: Description
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate: higher scores are likelier."""

    score: float
    description: Description


def guess(body: bytes, url: str) -> Guess:
    """The likeliest reading of a page. Raises GuessError when no list is in it."""
    try:
        text = decode(body)
    except PageError as error:
        raise GuessError(error.detail) from error
    if wall := wall_in(text, url):
        raise GuessError(wall.detail)
    for found in sorted(_candidates(text, url), key=lambda one: -one.score)[:10]:
        read = _read(found.description, body, url)
        # A service that is known by its shape may have a short list.
        if len(read) >= (1 if "shape" in found.description else FEW):
            description = {**found.description, "url": url}
            if len(read) > USUAL:
                description["expected_count"] = [1, 2 * len(read)]
            return Guess(description, read)
    raise GuessError(
        f"No list was found in {shown(text[:80])}, expected {FEW} or more lines with titles. "
        "Look for the address of the data: a browser's network tab shows it."
    )


def name_for(url: str) -> str:
    """A name for a board at an address: its site, then the last word of its path."""
    parts = urlsplit(url)
    labels = [one for one in (parts.hostname or "site").split(".") if one != "www"]
    # "news.example.com.cn" is example's.
    kept = [one for one in labels[:-1] if one not in {"com", "net", "org", "gov", "edu", "co"}]
    source = re.sub(r"[^a-z0-9]", "", (kept or labels)[-1].lower()) or "site"
    words = re.findall(r"[a-z][a-z0-9]+", f"{parts.path} {parts.query}".lower())
    skip = {"api", "json", "html", "htm", "php", "jsp", "xml", "rss", "www", "index", source}
    rest = [word for word in words if word not in skip and len(word) <= 20]  # noqa: PLR2004 - a word
    return f"{source}_{rest[-1] if rest else 'list'}"


def _read(description: Description, body: bytes, url: str) -> tuple[Entry, ...]:
    try:
        board = boards_toml.described(Path("boards.toml"), PROBE, {**description, "url": url})
        return board.parse_page(body, url=url).entries
    except (CatalogError, PageError):
        return ()


def _candidates(text: str, url: str) -> Iterator[Found]:
    start = text.lstrip("\ufeff \t\r\n")
    if re.match(r"<\?xml|<rss\b|<feed\b|<rdf:", start, re.IGNORECASE):
        yield from _in_feed(start)
        return
    if not start.startswith("<"):
        try:
            document = load_json(text)
        except PageError:
            document = None
        if document is not None:
            yield from _in_json(document)
            return
    yield from _in_html(text, url)
    yield from _in_scripts(text)


# Feeds


def _in_feed(text: str) -> Iterator[Found]:
    try:
        document = FeedBoard.load(text)
    except PageError:
        return
    title = text_of(at(document, ("channel.title", "title")))
    yield Found(100, _titled({"shape": "rsshub"}, title))


def _titled(description: Description, title: str | None) -> Description:
    return description if not title else {**description, "title_zh": " ".join(title.split())[:60]}


# JSON


def _in_json(document: Json) -> Iterator[Found]:
    if isinstance(document, dict):
        keys = set(document)
        if {"items", "updatedTime"} <= keys and "status" in keys:
            yield Found(100, {"shape": "newsnow"})
        if {"data", "updateTime", "name", "title"} <= keys:
            title = f"{document['title'] or ''} {document.get('type') or ''}".strip()
            yield Found(100, _titled({"shape": "dailyhot"}, title))
        if "jsonfeed.org" in str(document.get("version")):
            yield Found(100, _titled({"shape": "rsshub"}, text_of(document.get("title"))))
    for path, rows in _lists(document, ""):
        if found := _of_rows(path, rows[:MANY]):
            yield found


def _lists(value: Json, path: str, depth: int = 0) -> Iterator[tuple[str, list[dict[str, Json]]]]:
    if isinstance(value, list):
        rows = [row for row in value if isinstance(row, dict)]
        if len(rows) >= FEW and len(rows) >= MOST * len(value):
            yield path, rows
        inner: list[tuple[str, Json]] = [(str(n), one) for n, one in enumerate(value[:FEW])]
    else:
        inner = list(value.items()) if isinstance(value, dict) else []
    if depth <= DEPTH:
        for name, one in inner:
            if "." not in name and isinstance(one, dict | list):
                yield from _lists(one, f"{path}.{name}" if path else name, depth + 1)


def _flat(row: Mapping[str, Json], before: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        path = f"{before}{name}"
        if "." in name:
            continue
        if isinstance(value, dict) and depth < DEPTH:
            yield from _flat(value, f"{path}.", depth + 1)
        elif isinstance(value, str | int | float) and (text := text_of(value)):
            yield path, text.strip()


def _of_rows(path: str, rows: Sequence[Mapping[str, Json]]) -> Found | None:
    columns: dict[str, list[str]] = {}
    for row in rows:
        for name, text in _flat(row):
            columns.setdefault(name, []).append(text)
    fields, score = _fields(columns, len(rows))
    if "title" not in fields:
        return None
    description: Description = {
        "kind": "json",
        "entries_at": path or [""],
        "fields": fields,
    }
    return Found(score - path.count("."), description)


def _fields(
    columns: Mapping[str, list[str]], count: int, faults: Mapping[str, float] | None = None
) -> tuple[dict[str, str], float]:
    """The path of each field among columns of values, and how good the whole is.

    ``faults`` say what speaks against a column as the title.
    """
    titles = {
        path: _title_score(path, values, count) - (faults or {}).get(path, 0)
        for path, values in columns.items()
    }
    title = max(titles, key=lambda path: titles[path], default="")
    if not title or titles[title] <= 0:
        return {}, 0
    fields = {"title": title}
    score = titles[title] + 2 * log2(count)
    left = {path: values for path, values in columns.items() if path != title}
    for field, judge, worth in (
        ("url", _url_score, 3),
        ("rank", _rank_score, 0),
        ("heat", _heat_score, 2),
        ("native_id", _id_score, 1),
    ):
        scores = {path: judge(path, values, count) for path, values in left.items()}
        best = max(scores, key=lambda path: scores[path], default="")
        if best and scores[best] > 0:
            fields[field] = best
            score += worth
            left.pop(best)
    return fields, score


def _named(path: str, names: Sequence[str]) -> float:
    """How well the last word of a path fits: its place among the names, or a part of it."""
    last = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", path.rpartition(".")[2]).lower().lstrip("@")
    if last in names:
        return 4 - 2 * names.index(last) / len(names)
    return (
        1.5
        if any(last.endswith(f"_{name}") or last.startswith(f"{name}_") for name in names)
        else 0
    )


def _title_score(path: str, values: Sequence[str], count: int) -> float:
    words = [v for v in values if not (_is_number(v) or ADDRESS.match(v) or DATE.search(v))]
    length = mean(len(v) for v in words) if words else 0
    if len(words) < MOST * count or not 2 <= length <= LONGEST_TITLE:  # noqa: PLR2004 - one sign is no title
        return 0
    differing = len(set(words)) / count
    if differing < MOST:
        return 0
    looks_coded = mean(bool(re.fullmatch(r"[\w=-]{12,}", v, re.ASCII)) for v in words) > SOME
    # Long texts are excerpts, short ones labels.
    shape = min(length, 12) / 4 - max(0.0, length - 60) / 20
    wordy = mean(bool(WORDS.search(v)) for v in words)
    is_id = _named(path, ID_NAMES) > SOME
    about = 1.5 * ("title" in path.lower() or "word" in path.lower())
    named = max(_named(path, TITLE_NAMES), about)
    return (
        named
        + shape
        + 2 * differing
        + 2 * wordy
        - 6 * (looks_coded or is_id)
        - 0.25 * path.count(".")
    )


def _url_score(path: str, values: Sequence[str], count: int) -> float:
    links = {v for v in values if ADDRESS.match(v)}
    pictures = sum(bool(re.search(r"\.(?:jpe?g|png|gif|webp|svg)\b", v)) for v in links)
    if len(links) < MOST * count or pictures > SOME * len(links):
        return 0
    return 1 + _named(path, URL_NAMES)


def _heat_score(path: str, values: Sequence[str], count: int) -> float:
    numbers = [v for v in values if len(v) <= LONGEST_HEAT and HEAT.match(v) and not DATE.search(v)]
    if len(numbers) < SOME * count or len(numbers) < MOST * len(values):
        return 0
    if len(set(numbers)) < SOME * len(numbers) or any(_is_instant(v) for v in numbers):
        return 0
    named = _named(path, HEAT_NAMES)
    if not named and (_named(path, ID_NAMES) or _named(path, RANK_NAMES)):
        return 0
    figures = [_figure(v) for v in numbers]
    falling = mean(a >= b for a, b in pairwise(figures)) if figures[1:] else 0
    # A number without a telling name is heat only where it falls with the rank.
    return named + 2 * falling if named else (1.0 if falling > MOST else 0)


def _id_score(path: str, values: Sequence[str], count: int) -> float:
    named = _named(path, ID_NAMES)
    if len(set(values)) < count or not named or any(" " in v for v in values):
        return 0
    return named


def _rank_score(path: str, values: Sequence[str], count: int) -> float:
    wanted = [str(number) for number in range(1, count + 1)]
    if (
        list(values) == wanted
        and not _named(path, HEAT_NAMES)
        and (count > FEW or _named(path, RANK_NAMES))
    ):
        return 1 + _named(path, RANK_NAMES)
    return 0


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,+%-]+\s*[万亿kKmMwW]?\+?", text))


def _is_instant(text: str) -> bool:
    return bool(re.fullmatch(r"1[4-9]\d{8}(?:\d{3})?|20\d{12}", text))


def _figure(text: str) -> float:
    digits = re.sub(r"[^\d.]", "", text).strip(".")
    size = next((n for sign, n in (("亿", 1e8), ("万", 1e4), ("w", 1e4)) if sign in text), 1.0)
    try:
        return float(digits) * size
    except ValueError:
        return 0.0


# JSON in a page's scripts


def _in_scripts(text: str) -> Iterator[Found]:
    for mark in islice(STATE.finditer(text), FIRST_SCRIPTS):
        try:
            document, _ = json.JSONDecoder(strict=False).raw_decode(text[mark.end() :].lstrip())
        except ValueError:
            continue
        if text.find(mark[0]) != mark.start():
            continue  # the reader would stop at an earlier one
        for found in _in_json(document):
            if found.description.get("kind") == "json":
                where = f"{mark[0]}{{json}}</script>"
                yield Found(found.score, {**found.description, "json_in": where})


# HTML


def _in_html(text: str, url: str) -> Iterator[Found]:
    try:
        page = html.document_fromstring(
            text.replace("\x00", "").encode("utf-8", errors="replace"),
            parser=html.HTMLParser(encoding="utf-8"),
        )
    except (etree.ParserError, AssertionError):
        return
    title = next((" ".join(str(one.text).split()) for one in page.iter("title") if one.text), None)
    seen: set[str] = set()
    for parent in page.iter():
        if not isinstance(parent.tag, str):
            continue
        for own, alike in _repeated(parent):
            selector, rows = _precise(page, own, alike[:MANY])
            if selector in seen or len(rows) < FEW:
                continue
            seen.add(selector)
            if found := _of_elements(selector, rows, url):
                crowd = 2 * (len(rows) != len(alike[:MANY]))
                yield Found(found.score - crowd, _titled(found.description, title))


def _repeated(parent: Any) -> Iterator[tuple[str, list[Any]]]:
    """The children of an element that look alike, with a selector for one of them."""
    by_tag: dict[str, list[Any]] = {}
    for child in parent:
        if isinstance(child.tag, str) and (child.tag == "a" or child.find(".//a") is not None):
            by_tag.setdefault(child.tag, []).append(child)
    for tag, rows in by_tag.items():
        if len(rows) < FEW:
            continue
        yield tag, rows
        counts = Counter(name for row in rows for name in _classes(row))
        for name, count in counts.most_common(4):
            if count >= FEW:
                yield f"{tag}.{name}", [row for row in rows if name in _classes(row)]


def _classes(element: Any) -> list[str]:
    return [name for name in (element.get("class") or "").split() if STABLE_CLASS.match(name)]


def _of_elements(selector: str, rows: list[Any], url: str) -> Found | None:
    if AROUND & {str(one.tag) for one in rows[0].iterancestors()}:
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
    links = {path: values for path, values in links.items() if len(set(values)) >= MOST * len(rows)}
    if not links:
        return None
    mixed = {path: _mixture(rows, path) - _heading(path) for path in texts}
    fields, score = _fields(texts, len(rows), mixed)
    if "title" not in fields:
        return None
    fields.pop("native_id", None)
    fields["url"] = _link_for(fields["title"], links)
    inside = mean(urlsplit(one).hostname in {None, host} for one in links[fields["url"]])
    score += 2 * inside
    # A whole row's text is a title with everything beside it.
    score -= 2 * (fields["title"] == "") + 0.1 * selector.count(">")
    # A row with many links is itself a list.
    score -= min(4.0, max(0.0, mean(len(_find("a")(row)) for row in rows[:20]) - 2))
    if "heat" in fields:
        score += 2
    return Found(score, {"kind": "html", "entries_at": selector, "fields": fields})


def _precise(page: Any, own: str, rows: list[Any]) -> tuple[str, list[Any]]:
    """A selector for these rows, and the rows that it finds: on a page of several lists, of all."""
    selector, element = own, rows[0].getparent()
    found: list[Any] = []
    for _ in range(DEPTH):
        found = _find(selector)(page)[:MANY]
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
    least = SOME * min(len(rows), 20)
    return [path for path, count in seen.items() if count >= least]


def _value(row: Any, path: str) -> str:
    selector, mark, attribute = path.partition("@")
    found = _find(selector)(row) if selector else [row]
    if not found:
        return ""
    text = found[0].get(attribute) if mark else found[0].text_content()
    return " ".join((text or "").split())


@cache
def _find(selector: str) -> Any:
    return etree.XPath(HTMLTranslator().css_to_xpath(selector))


def _mixture(rows: Sequence[Any], path: str) -> float:
    """How many more texts than one stand within an element: a title has nothing beside it."""
    counts = []
    for row in rows[:20]:
        found = _find(path)(row) if path else [row]
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
