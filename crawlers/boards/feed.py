"""RSS, Atom and JSON Feed as one document, in which a row's title and link are what a reader shows.

Pure: nothing outside the text is asked for. Rows stand at "channel.item" (RSS), "item" (RDF, JSON Feed) or
"entry" (Atom).
"""

import html
import re
from collections.abc import Callable, Iterator
from html.entities import html5
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

from crawlers.boards.decode import check_count, load_json
from crawlers.boards.errors import PageError
from crawlers.boards.reading import shown
from crawlers.boards.rendering import UNWRITABLE
from crawlers.boards.walls import soft_error
from pipelines.captures import Json

MARKS_LIMIT = 400_000
"""Tags and attributes of one feed, or bare ampersands: so many take a second.

The longest feed seen has 900.
"""

ATTRIBUTES_LIMIT = 1_000
"""Of one element: to read each, all before it are looked through. The most that were seen are 16."""

DECLARATION = re.compile(r"<\?xml[^>]*\?>")
BEGIN = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
ENDS = ("</rss>", "</feed>", "</rdf:RDF>")
"""Before a feed a host may print its warnings, and behind it what it counts visitors with."""
LOOSE = re.compile(
    r"</?(?:a|b|br|em|font|hr|i|img|p|s|span|strong|sub|sup|u)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE
)
"""Tags of HTML, which no feed has of its own: outside of CDATA they may be left open."""
REFERENCE = re.compile(r"&#(?:[xX]([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)(?:(\w{1,32};))?")
"""An ampersand that begins nothing XML knows; the group is a name that HTML may know."""
CDATA, CDATA_END = "<![CDATA[", "]]>"

ROOTS = {"rss", "feed", "rdf", "channel", "item", "entry"}
ROWS = {"item", "entry"}
# A feed's own words; other namespaces tell of a row's pictures, sound and authors.
OWN = {
    "",
    "http://www.w3.org/2005/Atom",
    "http://purl.org/atom/ns#",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
OWN_NAMES = {"title", "link", "guid", "id"}
"""What says which row it is: media:title is another title than the row's."""


def feed_document(text: str) -> Json:
    """The feed in a text. Raises PageError for a text that is none, or too large to be one."""
    source = text.lstrip("\ufeff").strip()
    if source.startswith("{"):
        return _json_feed(source)
    check_count(source, "<=", MARKS_LIMIT)
    # The text is decoded already; a declaration naming another encoding would be refused.
    declaration = DECLARATION.match(source)
    root = _root(source[declaration.end() :].lstrip() if declaration else source)
    name = _local(root)
    if name.lower() not in ROOTS:
        raise PageError("not_xml", f"Found a <{name}>, expected rss or feed. Open the address.")
    document = _unfolded(root)
    if name.lower() in ROWS:
        return document
    feed = document if isinstance(document, dict) else {}
    channel = feed.get("channel")
    around = channel if isinstance(channel, dict) else {}
    if not ROWS & (feed.keys() | around.keys()):
        raise PageError(
            "empty_list", "A feed without a row, expected one or more. Fetch again later."
        )
    return document


def _root(source: str) -> Any:
    try:
        return _parsed(source)
    except etree.XMLSyntaxError as first:
        # Such things are slips of the host's; a feed cut short stays an error.
        check_count(source, "&", MARKS_LIMIT)
        for mended in _mended(source):
            try:
                return _parsed(mended, recover=True)
            except etree.XMLSyntaxError:
                continue
        raise PageError(
            "not_xml",
            f"Found {shown(source[:120])}, expected a feed ({first.msg}). Open the address.",
        ) from first


def _mended(source: str) -> Iterator[str]:
    """The text with its slips taken out, then without what may be left open or stand around it."""
    mended = _outside_cdata(UNWRITABLE.sub("", source), _with_written_signs)
    yield mended
    begin = BEGIN.search(mended)
    end = max(mended.rfind(root) + len(root) if root in mended else 0 for root in ENDS)
    if begin and end > begin.start():
        whole = mended[begin.start() : end]
        yield whole
        yield _outside_cdata(whole, lambda text: LOOSE.sub("", text))


def _outside_cdata(text: str, change: Callable[[str], str]) -> str:
    parts = text.split(CDATA)
    changed = [change(parts[0])]
    for part in parts[1:]:
        inner, end, rest = part.partition(CDATA_END)
        changed += [CDATA, inner, end, change(rest)]
    return "".join(changed)


def _with_written_signs(text: str) -> str:
    return BARE.sub(_ampersand, REFERENCE.sub(_sign, text))


def _sign(found: re.Match[str]) -> str:
    """A reference to a sign, and nothing for what is none in XML."""
    sign = int(found[1], 16) if found[1] else int(found[2])
    is_sign = sign in {0x9, 0xA, 0xD} or 0x20 <= sign < 0xD800 or 0xE000 <= sign < 0xFFFE  # noqa: PLR2004
    return found[0] if is_sign or 0x10000 <= sign < 0x110000 else ""  # noqa: PLR2004


def _parsed(source: str, *, recover: bool = False) -> Any:
    """The root of an XML text; with ``recover`` prefixes that it does not declare are no error."""
    # Entities that the text itself declares are bounded by libxml2; none is fetched.
    parser = etree.XMLParser(
        resolve_entities="internal", no_network=True, huge_tree=False, recover=recover
    )
    root = etree.fromstring(source.encode("utf-8", errors="replace"), parser)
    errors = [error for error in parser.error_log if error.domain_name != "NAMESPACE"]
    if errors or root is None:
        raise etree.XMLSyntaxError(errors[0].message if errors else "no element", None, 0, 0)
    return root


def _ampersand(found: re.Match[str]) -> str:
    name = found.group(1) or ""
    return html.escape(html5[name]) if name in html5 else f"&amp;{name}"


def _unfolded(element: Any) -> Json:
    """An XML element as JSON: its text, or its children and @attributes by local name."""
    if len(element.attrib) > ATTRIBUTES_LIMIT:
        raise PageError(
            "body_too_large",
            f"A <{_local(element)}> has {len(element.attrib)} attributes, expected {ATTRIBUTES_LIMIT} at "
            "most. It is not the list. Open the address and look.",
        )
    children: dict[str, Json] = {
        f"@{key.rpartition('}')[2]}": value for key, value in element.attrib.items()
    }
    if "@href" in children and (base := element.base):
        children["@href"] = _joined(base, element.get("href"))
    found: dict[str, list[Json]] = {}
    texts = [element.text or ""]
    is_row = _local(element) in ROWS
    for child in element:
        texts.append(child.tail or "")
        if isinstance(child.tag, str):  # no comment
            name = _local(child)
            if is_row and name in OWN_NAMES and _namespace(child) not in OWN:
                name = f"{child.prefix}:{name}"
            value = _title(child) if is_row and name == "title" else _unfolded(child)
            found.setdefault(name, []).append(value)
    children |= {name: values if len(values) > 1 else values[0] for name, values in found.items()}
    text = "".join(texts).strip()
    if is_row:
        _choose(children, found)
    if not children:
        return text
    return {**children, "#text": text} if text else children


def _joined(base: str, href: str | None) -> str | None:
    """An address that is told by where it is from (xml:base), as it is from anywhere."""
    try:
        return urljoin(base, href or "")
    except ValueError:  # half an IPv6 address
        return href


def _local(element: Any) -> str:
    # Not by QName: it refuses a prefix that the feed does not declare.
    return str(element.tag).rpartition("}")[2]


def _namespace(element: Any) -> str:
    tag = str(element.tag)
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def _title(element: Any) -> Json:
    """A title as it is shown: Atom says whether it is written as text, HTML or XHTML."""
    kind = element.get("type", "")
    if kind == "xhtml" or len(element):
        return " ".join("".join(element.itertext()).split())
    text = (element.text or "").strip()
    if kind in {"html", "text/html"} and text:
        try:
            shown_text = lxml_html.fragment_fromstring(text, create_parent="div").text_content()
        except etree.ParserError:
            return text
        return " ".join(str(shown_text).split())
    return text


def _choose(row: dict[str, Json], found: dict[str, list[Json]]) -> None:
    """Leave a row one title, and as its link the page that a reader opens."""
    if "title" in found:
        row["title"] = next((title for title in found["title"] if title), "")
    link = next((link for link in found.get("link", []) if _is_page(link)), None)
    if link is None:
        link = next((text for guid in found.get("guid", []) if (text := _permalink(guid))), None)
    row.pop("link", None)
    if link is not None:
        row["link"] = link


def _is_page(link: Json) -> bool:
    if not isinstance(link, dict):
        return bool(link)
    if link.get("#text"):
        return True
    # Beside the page stand its comments, its sound, its source for machines.
    rel = str(link.get("@rel", "alternate")).rpartition("/")[
        2
    ]  # or the address that registers the word
    return bool(link.get("@href")) and rel == "alternate"


def _permalink(guid: Json) -> str | None:
    """The address that a guid is, unless it says that it is none."""
    if isinstance(guid, dict):
        if str(guid.get("@isPermaLink", "true")).lower() != "true":
            return None
        guid = guid.get("#text")
    return guid if isinstance(guid, str) and guid.startswith(("https://", "http://")) else None


def _json_feed(text: str) -> Json:
    document = load_json(text)
    if error := soft_error(document):
        raise error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise PageError("not_xml", f"Found {shown(text[:120])}, expected a feed. Open the address.")
    return {"item": [_json_row(item) if isinstance(item, dict) else item for item in items]}


def _json_row(item: dict[str, Json]) -> Json:
    """A row of JSON Feed under the names that RSS has for the same."""
    named = {
        "title": item.get("title"),
        "link": item.get("url") or item.get("external_url"),
        "guid": item.get("id"),
        "pubDate": item.get("date_published"),
    }
    return item | {name: value for name, value in named.items() if value is not None}
