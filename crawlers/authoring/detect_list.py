"""Guessing how a page is to be read: where its list stands and which fields its rows have.

Pure: text in, a description out, in the words of the board classes. A guess is only good when the
board that it describes reads the page that it was made from; a person looks at the entries.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.authoring.detect_fields import LEAST_ROWS, Candidate, Description, titled
from crawlers.authoring.html_lists import lists_in_html
from crawlers.authoring.json_lists import lists_in_json, lists_in_scripts
from crawlers.boards import boards_toml
from crawlers.boards.board import FeedBoard
from crawlers.boards.decode import decode, load_json
from crawlers.boards.errors import CatalogError, PageError
from crawlers.boards.reading import at, shown, text_of
from crawlers.boards.walls import wall_in
from pipelines.captures import Entry

USUAL_MOST = 100  # entries: more are expected only where more were seen
PROBE = "guess_page"


class GuessError(ValueError):
    """A page in which no list was found."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A board's description, and the entries that it reads from the page."""

    description: Description
    entries: tuple[Entry, ...]


def guess(body: bytes, url: str) -> Guess:
    """The likeliest reading of a page. Raises GuessError when no list is in it."""
    try:
        text = decode(body)
    except PageError as error:
        raise GuessError(error.detail) from error
    if wall := wall_in(text, url):
        raise GuessError(wall.detail)
    for found in sorted(_candidates(text, url), key=lambda candidate: -candidate.score)[:10]:
        read = _read(found.description, body, url)
        # A service that is known by its shape may have a short list.
        if len(read) >= (1 if "shape" in found.description else LEAST_ROWS):
            description = {**found.description, "url": url}
            if len(read) > USUAL_MOST:
                description["expected_count"] = [1, 2 * len(read)]
            return Guess(description, read)
    raise GuessError(
        f"No list was found in {shown(text[:80])}, expected {LEAST_ROWS} or more lines with titles. "
        "Look for the address of the data: a browser's network tab shows it."
    )


def name_for(url: str) -> str:
    """A name for a board at an address: its site, then the last word of its path."""
    parts = urlsplit(url)
    labels = [label for label in (parts.hostname or "site").split(".") if label != "www"]
    # "news.example.com.cn" is example's.
    kept = [
        label for label in labels[:-1] if label not in {"com", "net", "org", "gov", "edu", "co"}
    ]
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


def _candidates(text: str, url: str) -> Iterator[Candidate]:
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
            yield from lists_in_json(document)
            return
    yield from lists_in_html(text, url)
    yield from lists_in_scripts(text)


# Feeds


def _in_feed(text: str) -> Iterator[Candidate]:
    try:
        document = FeedBoard.load(text)
    except PageError:
        return
    title = text_of(at(document, ("channel.title", "title")))
    yield Candidate(100, titled({"shape": "rsshub"}, title))
