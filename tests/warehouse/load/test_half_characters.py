"""Half of a surrogate pair, which JSON can print and nothing else can hold, wherever a page has it."""

import json
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import landing
from crawlers.boards.board import JsonBoard
from crawlers.boards.errors import PageError
from fengkou import operations
from fengkou.home import Home
from pipelines.captures import Entry, Kind, Outcome, Page, Reject, Status
from pipelines.landing_format import entry_document
from tests.warehouse.captures import BOARDS, START

HALF, WHOLE = "灯\ud83d火", "灯\ufffd火"
TEXTS = [field.name for field in fields(Entry) if field.type in (str, str | None)]


class OddBoard(JsonBoard):
    name = "odd_list"
    entries_at = "rows"
    fields = {"title": "title", "url": "url", "heat": "heat", "word": "word", "tags": "tags"}  # noqa: RUF012


def holed(text: str) -> Outcome:
    """An outcome with this text wherever a text can stand."""
    texts: dict[str, Any] = dict.fromkeys(TEXTS, text)
    entry = Entry(1, Kind.RANKED, 1, extra={text: [text, {text: text}]}, **texts)
    page = Page((entry,), (Reject(2, text, text),))
    return Outcome(BOARDS[0], START, Status.OK, text, text, text, page=page)


def landed_as_it_was(home: Home, outcome: Outcome) -> Path:
    """A file landed by a release that kept halves as JSON prints them."""
    path = landing.write(home.landing, replace(outcome, page=Page(())))
    row = json.loads(path.read_bytes())
    row.pop("checksum", None)
    row |= {name: getattr(outcome, name) for name in ("request_url", "reason", "detail")}
    row["entries"] = [entry_document(entry) for entry in outcome.page.entries]
    row["rejects"] = [asdict(reject) for reject in outcome.page.rejects]
    path.write_text(json.dumps(row, ensure_ascii=True), encoding="ascii")
    return path


def test_a_page_is_read_without_its_halves() -> None:
    row = {"title": HALF, "url": "/x", "heat": HALF, "word": HALF, "tags": [{HALF: [HALF]}]}
    (entry,) = OddBoard.parse_page(json.dumps({"rows": [row]}).encode()).entries
    assert (entry.title, entry.heat) == (WHOLE, WHOLE)
    assert entry.extra == {"word": WHOLE, "tags": [{WHOLE: [WHOLE]}]}


def test_what_is_said_of_a_page_is_without_them() -> None:
    with pytest.raises(PageError) as caught:
        OddBoard.parse_page(json.dumps({"code": HALF}).encode())
    assert WHOLE in caught.value.detail
    assert str(caught.value).encode()


@given(text=st.text(st.characters(categories=("Cs", "Lo")), min_size=1, max_size=5))
def test_no_half_is_landed(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = landing.write(tmp_path_factory.mktemp("halves"), holed(text), durable=False)
    assert landing.read(path) == holed(
        "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    )


@pytest.mark.parametrize(
    "write", [lambda home, outcome: landing.write(home.landing, outcome), landed_as_it_was]
)
def test_a_landed_half_is_loaded_as_a_replacement(
    home: Home, write: Callable[[Home, Outcome], Path]
) -> None:
    write(home, holed(HALF))
    assert operations.load(home).snapshot_count == 1
    with operations.opened(home) as con:
        (entry,) = con.execute(f"SELECT {', '.join(TEXTS)}, extra FROM raw.entries").fetchall()
        assert con.execute("SELECT reason, found FROM raw.rejects").fetchall() == [(WHOLE, WHOLE)]
        assert con.execute("SELECT request_url, reason, detail FROM raw.snapshots").fetchall() == [
            (WHOLE, WHOLE, WHOLE)
        ]
    assert set(entry[:-1]) == {WHOLE}
    assert json.loads(entry[-1]) == {WHOLE: [WHOLE, {WHOLE: WHOLE}]}
