"""Landed files after what disks, people and sync clients do to them: one is lost and told, the rest loads."""

import gzip
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scrapy.settings import Settings

from crawlers import landing
from crawlers.authoring import doctor
from crawlers.http import circuit_breaker, conditional
from crawlers.landing import LandingError
from crawlers.run import collect
from fengkou import operations
from fengkou.home import Home
from pipelines.captures import Entry, Kind, Outcome, Page, Reject, Status
from pipelines.landing_format import Exchange, checksum, encode
from tests.examples import examples
from tests.warehouse.captures import BOARDS, START
from warehouse.instants import to_naive
from warehouse.load.landed import read_landed

URL = "https://example.com/list"
NOW = START + timedelta(hours=1)
PATIENCE = circuit_breaker.Patience.of(
    Settings({"CIRCUIT_FAILURES": 1, "CIRCUIT_MINUTES": 9, "CIRCUIT_LIMIT_MINUTES": 9})
)
ENTRIES = (
    Entry(1, Kind.PINNED, None, "港口今日开放", extra={"tags": [1, "晚"]}),
    Entry(2, Kind.RANKED, 1, "山路积雪", URL, "1.2万", "7", "热", "天气", "…"),
)
OUTCOME = Outcome(
    BOARDS[0], START, Status.OK, URL, page=Page(ENTRIES, (Reject(3, "title_missing", "{}"),), START)
)  # fmt: skip


def changed(path: Path, change: Callable[[dict[str, Any]], object], *, sealed: bool = True) -> None:
    row = json.loads(path.read_bytes())
    change(row)
    if sealed:  # as a release with another mistake would have landed it
        row["checksum"] = checksum(row)
    path.write_text(json.dumps(row), encoding="utf-8")


def without(name: str) -> Callable[[Path], None]:
    return lambda path: changed(path, lambda row: row.pop(name))


def having(**values: object) -> Callable[[Path], None]:
    return lambda path: changed(path, lambda row: row.update(values))


def entry_having(**values: object) -> Callable[[Path], None]:
    return lambda path: changed(path, lambda row: row["entries"][1].update(values))


def containing(content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


def in_another_encoding(path: Path) -> None:
    path.write_text(path.read_text("utf-8"), "utf-16")


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def rewritten(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(change(path.read_bytes()))

    return write


def as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def grown(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(1 << 40)  # a hole: it takes no room on the disk


def leading_to(target: str) -> Callable[[Path], None]:
    def link(path: Path) -> None:
        path.unlink()
        path.symlink_to(target or path)

    return link


def printing(found: str, instead: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        text = path.read_text("utf-8")
        assert found in text
        path.write_bytes(text.replace(found, instead, 1).encode("utf-8", "surrogateescape"))

    return change


DAMAGE: dict[str, Callable[[Path], None]] = {
    "cut short": cut_short,
    "another heat": lambda path: changed(
        path, lambda row: row["entries"][1].update(heat="1.3万"), sealed=False
    ),
    "a folder": as_folder,
    "a pipe": as_pipe,
    "a terabyte of nothing": grown,
    **{
        f"a link to {target or 'itself'}": leading_to(target)
        for target in ("", "/dev/zero", "/dev/null", "/nowhere")
    },
    "packed": rewritten(gzip.compress),
    "twice": rewritten(lambda content: content * 2),
    "words behind it": rewritten(lambda content: content + b"x"),
    "a mark before it": rewritten(lambda content: b"\xef\xbb\xbf" + content),
    "entries again": printing('"rejects"', '"entries": [], "rejects"'),
    **{
        f"printing {instead[:9]!r}": printing(found, instead)
        for found, instead in (
            ('"position": 2', f'"position": {"9" * 6000}'), ('"position": 2', '"position": 1e999'),
            ('"position": 2', '"position": NaN'), ("[1, ", "[NaN, "),
            ("[1, ", f"[{'[' * 9999}{']' * 9999}, "), ("港", "\udcff\udcfe"), ("港", "\\ud83d"),
        )
    },
    **{
        f"content {content[:12]!r}": containing(content)
        for content in (b"", b"\0" * 400, b"null", b"[]", b"7", b'"x"', b"{}", b"\xff\xfe{}", b"[" * 99_999)
    },
    "another encoding": in_another_encoding,
    **{
        f"no {name}": without(name)
        for name in json.loads(encode(OUTCOME, None))
        if name != "checksum"
    },
    **{
        f"{name} {value!r}": having(**{name: value})
        for name, value in (
            ("format", 2), ("format", "1"), ("board", BOARDS[1]), ("board", None), ("captured_at", 7),
            ("captured_at", "2026-03-01T10:00:01.000000Z"), ("captured_at", "2026-03-01T10:00:00"),
            ("captured_at", "2026-03-01T10:00:00+08:00"), ("captured_at", "soon"), ("status", "fine"),
            ("status", []), ("reason", None), ("detail", {}), ("http_status", "200"), ("http_status", True),
            ("elapsed_ms", 10**12), ("body_bytes", 1.5), ("upstream_at", 0), ("upstream_at", "noon"),
            ("cached", 1), ("entries", {}), ("entries", [None]), ("entries", [[]]), ("entries", [{}]),
            ("rejects", None), ("rejects", [{"position": "1", "reason": "", "found": ""}]),
        )
    },
    **{
        f"an entry with {name} {value!r}": entry_having(**{name: value})
        for name, value in (
            ("position", "2"), ("position", None), ("kind", "best"), ("kind", 1), ("rank", "1"),
            ("rank", 1.0), ("title", None), ("title", 7), ("url", []), ("heat", 12), ("native_id", 7),
            ("label", {}), ("extra", None), ("extra", []), ("surprise", 1),
        )
    },
}  # fmt: skip


def test_each_damage_is_one_failed_capture_and_the_others_load(home: Home) -> None:
    for n, damage in enumerate(DAMAGE.values()):
        at = START + timedelta(minutes=n)
        damage(landing.write(home.landing, replace(OUTCOME, captured_at=at), durable=False))
        landing.write(
            home.landing, replace(OUTCOME, board=BOARDS[1], captured_at=at), durable=False
        )
    assert operations.load(home).snapshot_count == 2 * len(DAMAGE)
    with operations.opened(home) as con:
        found = con.execute(
            "SELECT board, count(*), count(DISTINCT detail) FROM raw.snapshots "
            "WHERE reason = 'landed_file_damaged' AND status = 'failed' GROUP BY board"
        ).fetchall()
        kept = con.execute("SELECT board, count(*) FROM raw.entries GROUP BY board").fetchall()
    assert found == [(BOARDS[0], len(DAMAGE), len(DAMAGE))]
    assert kept == [(BOARDS[1], 2 * len(DAMAGE))]
    assert operations.load(home).snapshot_count == 0


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_crawl_passes_over_a_damaged_file(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    older = replace(OUTCOME, captured_at=START - timedelta(minutes=5))
    landing.write(tmp_path, older, b"body", exchange=Exchange(etag='"7"'), durable=False)
    path = landing.write(tmp_path, OUTCOME, b"body", durable=False)
    damage(path)
    with pytest.raises(LandingError):
        landing.read_whole(path)
    assert (
        circuit_breaker.circuit(tmp_path, [BOARDS[0]], NOW, PATIENCE) == circuit_breaker.Circuit()
    )
    asked_with = conditional.of(tmp_path, BOARDS[0], URL, NOW)
    assert asked_with is not None
    assert asked_with.etag == '"7"'


def test_a_replay_takes_a_damaged_file_as_a_failed_capture(tmp_path: Path) -> None:
    path = landing.write(tmp_path, OUTCOME, durable=False)
    path.write_text("null")
    (done,) = collect(tmp_path, [BOARDS[0]], origin="http://127.0.0.1:9", instants=[START])
    assert (done.status, done.reason) == (Status.FAILED, "landed_file_damaged")


@settings(examples(400), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_is_told(tmp_path: Path, place: float, bit: int) -> None:
    path = landing.write(tmp_path, OUTCOME, durable=False)
    content = bytearray(path.read_bytes())
    content[int(place * len(content))] ^= 1 << bit
    path.write_bytes(content)
    read = read_landed(path, to_naive(START))
    try:
        whole = landing.read(path)
    except LandingError:
        whole = None
    shutil.rmtree(tmp_path / BOARDS[0])
    assert whole in (None, OUTCOME)
    # A flip in the checksum's own name leaves the rest as it was.
    assert read["reason"] == "landed_file_damaged"


def test_a_file_of_before_checksums_is_read(home: Home) -> None:
    path = landing.write(home.landing, OUTCOME)
    changed(path, lambda row: row.pop("checksum"), sealed=False)
    assert landing.read(path) == OUTCOME
    assert operations.load(home).rows_kept == 2


def test_a_page_that_prints_year_one_is_still_read(home: Home) -> None:
    page = replace(OUTCOME.page, upstream_at=START.replace(year=1))
    path = landing.write(home.landing, replace(OUTCOME, page=page))
    assert landing.read(path).page == page
    changed(path, lambda row: row.update(upstream_at="1-03-01T10:00:00.000000Z"))
    assert landing.read(path).page == page
    assert operations.load(home).rows_kept == 2


def test_names_that_no_crawl_gives_are_passed_over(home: Home) -> None:
    path = landing.write(home.landing, OUTCOME)
    day, board = path.parent, path.parent.parent
    strays = [
        day / "notes.json",
        day / f"{path.stem} (1).json",
        day / f"{path.stem}.sync-conflict.json",
        day / "20260301T250000.000000Z.json",
        day / "20260230T100000.000000Z.json",
        board / "2026-03-02" / path.name,
        board / "2026-03-01 (1)" / path.name,
        board / "2026-02-30" / "20260230T100000.000000Z.json",
        board / "@eaDir" / path.name,
        board / "20260301" / path.name,
        home.landing / "@eaDir" / day.name / path.name,
        home.landing / ".snapshot" / day.name / path.name,
        home.landing / f"{board.name} copy" / day.name / path.name,
    ]
    for stray in strays:
        stray.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, stray)
    (home.landing / "README.txt").write_text("?")
    (board / "notes.txt").write_text("?")
    (day / "thumbs.json").mkdir()
    loaded = operations.load(home)
    assert (loaded.snapshot_count, loaded.rows_kept, loaded.stray_count) == (1, 2, 7)
    assert list(landing.newest(home.landing, board.name, NOW, 3)) == [path]
    assert doctor.last_good(home.landing, board.name) in (None, OUTCOME)
    assert operations.load(home).snapshot_count == 0
