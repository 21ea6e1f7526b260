"""Pages of ten megabytes that are made to be slow or large to read, by the kind of board that reads them."""

from collections.abc import Iterator

from crawlers.boards.board import MESSY_MARKS_LIMIT, TAGS_LIMIT
from crawlers.boards.decode import JSON_MARKS, JSON_MARKS_LIMIT
from crawlers.boards.feed import MARKS_LIMIT

SIZE = 10_000_000  # bytes; a crawl takes no more

JSON = (
    ("a()", " ", "x"),
    ("a(", ")", "x"),
    ("", "a", ""),
    ("", "<pre>", ""),
    ("", "<pre ", ""),
    ("<pre>", "&a", "</pre>"),
    ("", "<!--s-data:", ""),
    ("", "<!-- ", ""),
    ("```", " ", "x"),
    (")]}'", ", ", "x"),
    ("for(", ";;", ")"),
    ("while", " ", "x"),
    ("[", "[", ""),
    ("[0", ",0", "]"),
    ("[1.5", ",1.5", "]"),
    ("[{}", ",{}", "]"),
    ('[{"":0}', ',{"":0}', "]"),
    ('[{"t":"a"}', ',{"t":"a"}', "]"),
    ('{"t":["a"', ',"a"', "]}"),
    ('"', '{\\"', '"'),
    ("{", '"a":1,\n', "}"),
    ('{"d":{"a":{"t":1}', ',"a":{"t":1}', "}}"),
    ('{"data":"', "a", '"}'),
    ("[" + '{"t":"', "#", '"}]'),
    ("", "\x00", ""),
    ("", "\ufeff", ""),
    ("", "\\u", ""),
)
JSON_IN = (
    ("<p>", "var b = {", ""),
    ("<p>", "var b = [1,", ""),
    ("<p>", "var b =  ", ""),
    ("<p>var b = ", " ", ""),
    ("<p>", "var b = {}", ""),
    ("<p>var b = ", "[", ""),
    ("<p>var b = [1" + ",1" * 1_400_000, "var b = {", ""),
)
HTML = (
    ("", "<a>", ""),
    ("", "<p>", ""),
    ("", "<li><a href=x>a</a>", ""),
    ("<ul>", "<li><ul>", "<a>x</a>"),
    ("", "<li class='x'>", "<a>x</a>" * 1000),
    ("<i ", "a='", ""),
    ("", "<!--", ""),
    ("", "<![", ""),
    ("", "<a ", ""),
    ("", "&a", "<a>"),
    ("<li>", "x ", "<a>y</a>"),
    ("<table>", "<tr><td>", ""),
    ("", "<li><i></i>" * 200, ""),
    ("<div>" * 240, "<li>", ""),
)
FEED = (
    ("<rss><channel>", "<item/>", "</channel></rss>"),
    ("<rss><channel>", "<item><title>a</title></item>", "</channel></rss>"),
    ("<rss><channel><item>", "<title>a</title>", "</item></channel></rss>"),
    ("<rss><channel><item><title>", "&", "</title></item></channel></rss>"),
    ("<rss><channel><item><title>", "<![CDATA[", "</title></item></channel></rss>"),
    ("<rss><channel><item><title>&", "<![CDATA[&]]>", "</title></item></channel></rss>"),
    ("<rss><channel><item><title>", "&nbsp;", "</title></item></channel></rss>"),
    ("<rss><channel><item><title type='html'>", "&lt;b>", "</title></item></channel></rss>"),
    ("<rss><channel><item><title>a", " ", "b</title></item></channel></rss>"),
    ("<rss>", "<a>", ""),
    ("<?xml ", "<?xml ", ""),
    ("", "<!--", ""),
    ("<rss><channel><item><link>", "a", "</link></item></channel></rss>"),
    ("<rss><channel><item>", "<!---->", "</item></channel></rss>"),
    ("<rss><channel><item><title>", "\x01a", "</title></item></channel></rss>"),
    ('{"items":[{}', ",{}", "]}"),
)
LIMITS = {
    "json": (JSON_MARKS, JSON_MARKS_LIMIT),
    "json_in": (JSON_MARKS, JSON_MARKS_LIMIT),
    "html": ("<", TAGS_LIMIT),
    "messy": ("<&", MESSY_MARKS_LIMIT),
    "feed": ("<=", MARKS_LIMIT),
}
KINDS = {"json": JSON, "json_in": JSON_IN, "html": HTML, "messy": HTML, "feed": FEED}


def pumped() -> Iterator[tuple[str, str, bytes]]:
    """The kind of board, a name for the page, and the page: as long as can be, and as full as can be."""
    for kind, shapes in KINDS.items():
        marks, limit = LIMITS[kind]
        for before, again, after in shapes:
            name = f"{before[:20]}({again[:30]})*{after[:20]}"
            longest = (SIZE - len(before) - len(after)) // len(again.encode())
            fullest = (limit - sum(map((before + after).count, marks))) // max(
                sum(map(again.count, marks)), 1
            )
            for count in {longest, min(longest, fullest)}:
                yield kind, f"{name} {count}", f"{before}{again * count}{after}".encode()
