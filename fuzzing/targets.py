"""The targets: pages of every board, what is printed within them, and the files that operators bring."""

import io
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
from scrapy.http import Response

from crawlers import catalog
from crawlers.authoring.fixtures import page_file
from crawlers.boards import boards_toml
from crawlers.boards.board import Board, JsonBoard
from crawlers.boards.decode import json_within
from crawlers.boards.errors import CatalogError, PageError
from crawlers.boards.reading import instant
from crawlers.http.retry import LONGEST_PAUSE_SECONDS, wished_pause
from fuzzing import changes, desk_words
from fuzzing.target import Change, Target
from pipelines import landing_format
from pipelines.captures import Outcome, Status
from pipelines.text.heat import read_heat
from pipelines.text.identity import item_identity
from pipelines.text.instants import read_instant
from pipelines.text.titles import TITLE_LENGTH_LIMIT, clean_title, comparable, fold_title
from pipelines.text.tokens import tokenise
from warehouse.connection import Connection, in_memory
from warehouse.load.archive import ArchiveError, import_archive
from warehouse.migrate import migrate

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "tests" / "boards"
AT = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
BOARD = "example_hot"

# --- pages --------------------------------------------------------------------------------------

NAME_END = b"\n"
"""An input begins with the name of the board whose page it is."""


@cache
def boards(kind: str) -> dict[bytes, type[Board]]:
    """The boards whose pages are of a kind, by name."""
    found = (catalog.board(name) for name in catalog.names())
    return {board.name.encode(): board for board in found if board.page_kind == kind}


def pages(kind: str) -> Iterator[bytes]:
    for name in boards(kind):
        yield name + NAME_END + page_file(PAGES / name.decode()).read_bytes()


def read_page(kind: str, data: bytes) -> None:
    """What a page is read as can be landed, and is then read from there as the same."""
    name, _, body = data.partition(NAME_END)
    if (board := boards(kind).get(name)) is None:
        return
    try:
        page = board.parse_page(body)
    except PageError:
        return
    outcome = Outcome(board.name, AT, Status.OK, board.homepage, body_bytes=len(body), page=page)
    again, _ = landing_format.decode(landing_format.encode(outcome, None), board.name, AT)
    assert again == outcome, f"landed {outcome}, read {again}"
    for entry in page.entries:
        item_identity(entry.native_id, entry.url, fold_title(clean_title(entry.title)))
        read_heat(entry.heat or "")


def change_page(kind: str, data: bytes, random: Random) -> bytes:
    """A page with other content, or as another board's."""
    name, _, body = data.partition(NAME_END)
    board = boards(kind).get(name)
    if board is None or random.random() < 0.1:  # noqa: PLR2004 - now and then
        return random.choice(list(boards(kind))) + NAME_END + body
    return name + NAME_END + _change_body(board, body, random)


def _change_body(board: type[Board], body: bytes, random: Random) -> bytes:
    if not issubclass(board, JsonBoard) or board.page_kind != "json":
        return changes.by_tokens("markup")(body, random)
    if not board.json_in:
        return changes.json_text(body, random)
    text = body.decode("utf-8", errors="replace")
    try:
        within = json_within(text, board.json_in, board.name)
    except PageError:
        return changes.by_tokens("markup")(body, random)
    other = changes.json_text(within.encode("utf-8", errors="replace"), random).decode()
    return text.replace(within, other, 1).encode("utf-8", errors="replace")


def page_target(kind: str) -> Target:
    return Target(partial(read_page, kind), partial(pages, kind), partial(change_page, kind))


# --- what is printed ----------------------------------------------------------------------------


def texts(*printed: str) -> Callable[[], Iterator[bytes]]:
    return lambda: (text.encode() for text in printed)


def read_printed_heat(data: bytes) -> None:
    heat = read_heat(_text(data))
    assert heat is None or abs(heat.value) < float("inf"), heat


def read_title(data: bytes) -> None:
    title = clean_title(_text(data))
    assert clean_title(title) == title, f"{title!r} is cleaned further"
    assert len(title) <= TITLE_LENGTH_LIMIT, len(title)
    title.encode()
    comparable(title)
    item_identity(None, None, fold_title(title))
    tokenise(title)


def read_page_time(data: bytes) -> None:
    at = instant(_text(data))
    if at is not None:
        assert landing_format.instant_in(landing_format.iso(at)) == at


def read_archive_time(data: bytes) -> None:
    found = read_instant(_text(data))
    assert (found.at is None) == bool(found.reason), found
    assert found.at is None or found.at.tzinfo is None, found


def read_retry_after(data: bytes) -> None:
    seconds = wished_pause(Response("https://example.org/", headers={"Retry-After": data}))
    assert 0 <= seconds <= LONGEST_PAUSE_SECONDS, seconds


def _text(data: bytes) -> str:
    """Text with halves of characters too, which JSON can print."""
    return data.decode("utf-8", errors="surrogateescape")


# --- files --------------------------------------------------------------------------------------


@cache
def scratch() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzzing-"))


def read_boards_toml(data: bytes) -> None:
    file = scratch() / "boards.toml"
    file.write_bytes(data)
    try:
        boards_toml.check(file, boards_toml.text_of_file(file))
    except CatalogError:
        return


def described_boards() -> Iterator[bytes]:
    yield (
        b'[boards.example_hot]\nkind = "json"\nurl = "https://example.org/hot?page=1"\n'
        b'title_zh = "\xe7\xa4\xba\xe4\xbe\x8b"\nentries_at = "data.list"\ncadence_minutes = 15\n'
        b'fields = { title = "t", heat = ["h", "a.b"] }\nheaders = { Referer = "https://example.org" }\n'
        b"expected_count = [10, 50]\npinned_when = [{ is_top = true }]\n"
    )
    yield (
        b'[boards.example_page]\nkind = "html"\nurl = "https://example.org/"\nentries_at = "ul li"\n'
        b'list_at = "ul"\nmessy = true\nfields = { title = "a", url = "a@href" }\n'
        b'native_id_pattern = "(\\\\d+)"\nurl_template = "https://example.org/{native_id}"\n'
    )
    yield b'[boards.example_feed]\nkind = "feed"\nurl = "https://example.org/feed"\n'


def landed_files() -> Iterator[bytes]:
    for kind in ("json", "html"):
        name = next(iter(boards(kind))).decode()
        page = catalog.board(name).parse_page(page_file(PAGES / name).read_bytes())
        outcome = Outcome(BOARD, AT, Status.OK, "https://example.org/", http_status=200, page=page)
        yield landing_format.encode(outcome, None)
    failed = Outcome(BOARD, AT, Status.FAILED, "https://example.org/", reason="timeout", detail="x")
    yield landing_format.encode(failed, None)


def read_landed_file(data: bytes) -> None:
    """What is taken for a landed file can be landed again, and says the same."""
    try:
        outcome, exchange = landing_format.decode(data, BOARD, AT)
    except landing_format.DamagedError:
        return
    again = landing_format.encode(outcome, None, exchange)
    assert landing_format.decode(again, BOARD, AT) == (outcome, exchange), outcome


def change_landed_file(data: bytes, random: Random) -> bytes:
    document = changes.changed(json.loads(data), random)
    if isinstance(document, dict) and random.random() < 0.9:  # noqa: PLR2004 - mostly
        document["checksum"] = landing_format.checksum(document)
    return json.dumps(document).encode()


COLUMNS = ("source", "captured_at", "rank", "title", "url", "heat", "native_id", "extra")
ROWS = (
    ("weibo", "2026-03-01 10:00:00", "1", "河口大桥通车", "https://e.example/1", "12万", "1", "{}"),
    ("weibo", "2026-03-01T10:00:00Z", "", "置顶", "", "", "", '{"ad": true}'),
    ("zhihu", "1772359200", "第2名", '为什么"桥"，会唱歌', "", "3,120", "", '{"id": 7}'),
    ("zhihu", "01/02/2026 10:00", "0", "茶杯", "", "", "x", "no JSON"),
)


def rows() -> list[dict[str, str]]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in ROWS]


def csv_files() -> Iterator[bytes]:
    for delimiter in (",", "\t"):
        lines = [
            COLUMNS,
            *([f'"{cell.replace(chr(34), 2 * chr(34))}"' for cell in r] for r in ROWS),
        ]
        yield "\n".join(delimiter.join(line) for line in lines).encode()
    yield ("sep=;\r\n" + ";".join(COLUMNS) + "\r\n" + ";".join(ROWS[0])).encode("gb18030")


def json_line_files() -> Iterator[bytes]:
    yield "\n".join(json.dumps(row, ensure_ascii=False) for row in rows()).encode()
    yield json.dumps({**rows()[0], "rank": 1, "extra": {"ad": False}, "heat": 1.5e3}).encode()


def parquet_files() -> Iterator[bytes]:
    typed = [{**row, "captured_at": AT + timedelta(hours=n)} for n, row in enumerate(rows())]
    for table in (rows(), typed):
        written = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(table), written)
        yield written.getvalue()


LOADS_PER_WAREHOUSE = 100
"""So many archives go into one warehouse, for one that only grows would measure nothing but itself."""


class Warehouse:
    """A warehouse in memory, a new one now and then."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._loads = LOADS_PER_WAREHOUSE

    def connection(self) -> Connection:
        if self._loads >= LOADS_PER_WAREHOUSE:
            self._open.close()
            self._connection = self._open.enter_context(in_memory())
            migrate(self._connection)
            self._loads = 0
        self._loads += 1
        return self._connection


WAREHOUSE = Warehouse()


def read_archive(ending: str, data: bytes) -> None:
    """Of every row of an archive it is said what became of it."""
    file = scratch() / f"archive{ending}"
    file.write_bytes(data)
    try:
        loaded = import_archive(WAREHOUSE.connection(), file, now=AT).loaded
    except ArchiveError:
        return
    assert loaded.rows_in == loaded.rows_kept + loaded.rows_rejected + loaded.rows_known, loaded


def archive_target(ending: str, seeds: Callable[[], Iterator[bytes]], change: Change) -> Target:
    return Target(partial(read_archive, ending), seeds, change)


TIMES = (
    *("1772359200", "1772359200000", "2026-03-01T10:00:00+08:00", "2026-03-01 10:00", "46082.4"),
    *("Sun, 01 Mar 2026 10:00:00 GMT", "Sun Mar 01 10:00:00 +0800 2026", "2026年3月1日 下午3:04"),
    *("20260301T100000Z", "2026-03-01 10:00 Asia/Shanghai", "31/12/2026 at 11:59 PM", "infinity"),
)
WORDS = changes.by_tokens("text")

TARGETS = {
    "json_pages": page_target("json"),
    "html_pages": page_target("html"),
    "feed_pages": page_target("feed"),
    "heats": Target(
        read_printed_heat,
        texts(
            "1.2万", "阅读10w+", "电影 371170", "3,120 stars today", "2.3亿热度 · 1.8万回答", "-2"
        ),
        WORDS,
    ),
    "titles": Target(
        read_title,
        texts("#河口大桥#通车", "猫 &amp;amp; 狗", "ＡＩ 1.5比4-1", "👨\u200d👩 臺灣"),
        WORDS,
    ),
    "page_times": Target(read_page_time, texts(*TIMES), WORDS),
    "archive_times": Target(read_archive_time, texts(*TIMES), WORDS),
    "retry_after": Target(read_retry_after, texts("120", *TIMES), WORDS),
    "boards_toml": Target(read_boards_toml, described_boards, changes.by_tokens("lines")),
    "desk_terms": Target(desk_words.read_term, desk_words.terms_and_titles, WORDS),
    "files_of_words": Target(
        desk_words.read_file_of_words, desk_words.files_of_words, changes.by_tokens("lines")
    ),
    "landed_files": Target(read_landed_file, landed_files, change_landed_file),
    "csv_archives": archive_target(".csv", csv_files, changes.by_tokens("lines")),
    "json_archives": archive_target(".jsonl", json_line_files, changes.json_lines),
    "parquet_archives": archive_target(".parquet", parquet_files, changes.parquet),
}
