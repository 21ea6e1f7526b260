"""Odd pages of services that an operator names in boards.toml: collected, built and published in one go."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import duckdb
import pytest

from crawlers.boards import boards_toml
from fengkou import operations
from fengkou.home import Home

PAGE = "https://page.example"
SHOWN = ("桥头夜市开张", "渡口早班恢复", "石阶修缮完工", "旧馆改作书店", "河堤步道延长")
"""Titles that share no word."""

RSS = '<rss xmlns:media="http://search.yahoo.com/mrss/"><channel>{}</channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'


def newsnow(*rows: Mapping[str, object]) -> str:
    return json.dumps({"status": "success", "items": rows})


def dailyhot(*rows: Mapping[str, object]) -> str:
    return json.dumps({"code": 200, "data": rows})


Line = tuple[int, str, str | None, float | None]

LISTS: Mapping[str, tuple[str, str, list[Line]]] = {
    "heats_of": (
        "newsnow",
        newsnow(
            *(
                {"id": str(n), "title": title, "url": f"{PAGE}/{n}", "extra": {"info": heat}}
                for n, (title, heat) in enumerate(
                    zip(
                        SHOWN, ("3.1亿次观看", "约60万", "2.2万观看 · 90点赞", "热", 0), strict=True
                    )
                )
            )
        ),
        [
            (n + 1, title, f"{PAGE}/{n}", heat)
            for n, (title, heat) in enumerate(
                zip(SHOWN, (310_000_000.0, 600_000.0, 22_000.0, None, 0.0), strict=True)
            )
        ],
    ),
    "places_of": (
        "dailyhot",
        dailyhot(
            *(
                {"id": "undefined", "title": title, "hot": -1, "url": url}
                for title, url in zip(
                    SHOWN, ("undefined", "N/A", "javascript:;", None, f"{PAGE}/5"), strict=True
                )
            ),
            {"title": "\u200b"},
            {"title": None},
        ),
        [(n + 1, title, None, -1.0) for n, title in enumerate(SHOWN[:4])]
        + [(5, SHOWN[4], f"{PAGE}/5", -1.0)],
    ),
    "shared_of": (
        "dailyhot",
        dailyhot(*({"id": 7, "title": title, "url": f"{PAGE}/top"} for title in SHOWN)),
        [(n + 1, title, f"{PAGE}/top", None) for n, title in enumerate(SHOWN)],
    ),
    "rss_of": (
        "rsshub",
        RSS.format(
            f"<item><media:title>图</media:title><title>{SHOWN[0]}</title><link>{PAGE}/1?a=1&b=2</link></item>"
            f"<item><title>{SHOWN[1]}\x0b &amp;</title><guid>{PAGE}/2</guid></item><item><title/></item>"
        ),
        [(1, SHOWN[0], f"{PAGE}/1?a=1&b=2", None), (2, f"{SHOWN[1]} &", f"{PAGE}/2", None)],
    ),
    "atom_of": (
        "rsshub",
        ATOM.format(
            f'<entry><title type="html">&lt;b>{SHOWN[0]}&lt;/b></title><link rel="replies" href="/c"/>'
            f'<link href="{PAGE}/1"/></entry>'
        ),
        [(1, SHOWN[0], f"{PAGE}/1", None)],
    ),
}
FAILED = {
    "empty_of": ("rsshub", RSS.format("<title>x</title>"), "empty_list"),
    "null_of": ("dailyhot", '{"code": 200, "data": null}', "empty_list"),
    "error_of": ("newsnow", '{"error": true, "statusCode": 500}', "soft_error"),
    "html_of": ("rsshub", "<html><body>welcome</body></html>", "not_xml"),
}


@contextmanager
def serving(pages: Mapping[str, str]) -> Iterator[str]:
    """A web of one page a board, and of hosts without rules."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path)
            self.send_response(404 if body is None else 200)
            self.end_headers()
            self.wfile.write((body or "").encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.slow
def test_every_row_of_odd_pages_is_published_as_it_is_shown(home: Home) -> None:
    pages = {name: (shape, body) for name, (shape, body, _) in [*LISTS.items(), *FAILED.items()]}
    home.root.mkdir(parents=True)
    described = home.root / "boards.toml"
    described.write_text(
        "".join(
            f'[boards.{name}]\nshape = "{shape}"\nurl = "https://{name[:-3]}.example.org/list"\n'
            for name, (shape, _) in pages.items()
        ),
        encoding="utf-8",
    )
    web = {f"/{name[:-3]}.example.org/list": body for name, (_, body) in pages.items()}
    with boards_toml.using(described), serving(web) as origin:
        landed = operations.collect(home, list(pages), origin=origin)
        operations.build(home)
        published = operations.publish_home(home).file
    reasons = {outcome.board: outcome.reason for outcome in landed}
    assert reasons == dict.fromkeys(LISTS, "") | {name: why for name, (_, _, why) in FAILED.items()}
    with duckdb.connect(str(published), read_only=True) as con:
        for name, (_, _, lines) in LISTS.items():
            found = con.execute(
                "SELECT rank, title, url, heat_value FROM mart.entries WHERE board = ? ORDER BY position",
                [name],
            ).fetchall()
            assert found == lines, name
        items = con.execute(
            "SELECT count(DISTINCT item_id) FROM mart.entries WHERE board IN ('shared_of', 'places_of') "
            "GROUP BY board"
        ).fetchall()
    assert items == [(len(SHOWN),)] * 2
