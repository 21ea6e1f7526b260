"""A page of which no row is an entry: each reason is told with its count and an example."""

import json

import pytest

from crawlers.boards.board import JsonBoard
from crawlers.boards.errors import PageError


class FerryBoard(JsonBoard):
    name = "ferry_list"
    entries_at = "rows"
    fields = {"title": "name"}  # noqa: RUF012 - boards are written so
    skipped_when = ({"kind": "ad"},)


def told(*rows: object) -> str:
    with pytest.raises(PageError) as error:
        FerryBoard.parse_page(json.dumps({"rows": rows}).encode())
    assert error.value.reason == "wrong_shape"
    return str(error.value)


def test_all_reasons_are_told_with_counts_and_the_first_of_each() -> None:
    said = told(
        {"kind": "ad", "name": "渡口"}, {"label": "a"}, {"label": "b"}, {"name": "\u200b\ufeff"}, 7
    )
    assert "none of 5 rows" in said
    assert '2 x title_missing, such as \'{"label": "a"}\'' in said
    assert "1 x title_empty" in said
    assert "1 x row_not_object, such as '7'" in said
    assert "1 x skipped_when holds" in said


def test_a_page_whose_rows_are_all_skipped_says_so() -> None:
    said = told(*({"kind": "ad", "name": "渡口"},) * 3)
    assert "3 x skipped_when holds" in said
    assert "title_missing" not in said
