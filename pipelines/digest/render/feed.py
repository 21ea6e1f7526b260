"""The feed of many digests, from the feeds of each: what a card said stays as it was said."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import UTC
from typing import Any, TypeAlias

from lxml import etree

from pipelines.digest.feed_entries import FeedEntry
from pipelines.digest.render.atom import TAG

ATOM = "http://www.w3.org/2005/Atom"

# What was written is read back: no entity of a damaged file leads anywhere.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)

Feed: TypeAlias = Any
"""An element of lxml, which ships no types."""


class DamagedFeedError(ValueError):
    """What was written as a feed cannot be read as one."""


def read_feed(content: bytes) -> Feed:
    """The feed of one digest. Raises DamagedFeedError."""
    try:
        feed = etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError as error:
        raise DamagedFeedError(str(error)) from error
    if feed.tag != _tag("feed") or feed.find(_tag("title")) is None:
        raise DamagedFeedError(f"found <{feed.tag}>, expected an Atom feed with a title")
    return feed


def to_feed(
    head: Feed, entries: Sequence[FeedEntry], feeds: Mapping[str, Feed], links: Mapping[str, str]
) -> bytes:
    """The feed with the ``head`` of one digest's and these entries, in their order.

    ``feeds`` are those of the digests that entries name, by stem; an entry that its feed is without is left
    out. ``links`` are addresses of the feed by their rel.
    """
    feed = deepcopy(head)
    for entry in feed.findall(_tag("entry")):
        feed.remove(entry)
    title = feed.find(_tag("title"))
    for rel, address in links.items():
        kind = "application/atom+xml" if rel == "self" else "text/html"
        title.addnext(etree.Element(_tag("link"), rel=rel, type=kind, href=address))
    told = {stem: _by_name(feed) for stem, feed in feeds.items()}
    for entry in entries:
        if (found := told.get(entry.stem, {}).get(_named(str(entry.topic_id)))) is not None:
            element = deepcopy(found)
            element.find(_tag("id")).text = _named(entry.entry_id)
            element.find(_tag("updated")).text = entry.changed_at.astimezone(UTC).isoformat()
            feed.append(element)
    etree.indent(feed)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _by_name(feed: Feed) -> dict[str, Feed]:
    dated = (
        entry for entry in feed.findall(_tag("entry")) if entry.find(_tag("updated")) is not None
    )
    return {entry.findtext(_tag("id")): entry for entry in dated}


def _named(name: str) -> str:
    return f"{TAG}:topic/{name}"


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"
