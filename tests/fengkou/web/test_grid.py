"""A table is the same for people, for programs and for a spreadsheet; what is not known is not nought."""

import csv
import io
import math
from datetime import UTC, datetime

import pytest
from hypothesis import given

from fengkou.web import grid
from fengkou.web.grid import Cell, Grid, to_csv
from pipelines.language import Language
from pipelines.messages import messages_in
from tests.pipelines.digest.test_hostile_text import hostile


def of(*cells: Cell) -> Grid:
    return Grid("titles", "", ("web.title",), tuple({"title": cell} for cell in cells))


def read(sheet: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(sheet.decode("utf-8-sig"))))


@given(hostile)
def test_any_title_is_one_cell_and_no_formula(title: str) -> None:
    head, row, *more = read(to_csv(of(grid.text(f"{title}x"))))
    assert (head, more) == (["title"], [])
    assert not row[0].startswith(("=", "+", "-", "@"))


@given(hostile)
def test_no_address_of_a_list_is_a_script(url: str) -> None:
    found = grid.away("a title", url)
    assert not found.href or found.href.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    "cell",
    [
        grid.number(None),
        grid.number(math.nan),
        grid.share(None),
        grid.share(math.inf),
        grid.instant(None, None),
    ],
)
def test_what_is_not_known_is_empty_and_null(cell: Cell) -> None:
    assert (cell.text, cell.value) == ("", None)
    assert of(cell).records() == [{"title": None}]


def test_instants_are_read_in_shanghai_and_programs_get_their_zone() -> None:
    at = datetime(2026, 3, 1, 16)  # noqa: DTZ001 - the warehouse's are naive UTC
    told = grid.instant(at, datetime(2026, 3, 2, tzinfo=UTC))
    assert (told.text, told.value) == ("00:00", "2026-03-01T16:00:00+00:00")


def test_a_share_that_is_neither_nothing_nor_certain_is_not_shown_so() -> None:
    assert grid.share(0.0004).text == "<1%"
    assert grid.share(0.9999).text == "99%"
    assert grid.minutes(200.4, messages_in(Language.EN)).value == 200.4
