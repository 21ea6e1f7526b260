import pytest

from crawlers.boards.reading import printed_ranks
from pipelines.rules import DEEPEST_RANK
from pipelines.text.ranks import OUT_OF_RANGE, UNREADABLE, Rank, read_rank


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("3", 3), (" 03 ", 3), ("3.0", 3), ("3.", 3), ("第3名", 3), ("第 3 位", 3), ("No.3", 3), ("#3", 3),
        ("TOP3", 3), ("top 3", 3), ("3rd", 3), ("３", 3), ("0", 0), (str(DEEPEST_RANK), DEEPEST_RANK),
    ],
)  # fmt: skip
def test_a_printed_place_is_read(text: str, place: int) -> None:
    assert read_rank(text) == Rank(place)


@pytest.mark.parametrize(
    "text", ["2.5", "-1", "3/50", "1e1", "三", "true", "[3]", "2026-03-04", "", "3" * 65]
)
def test_what_is_no_place_is_refused(text: str) -> None:
    assert read_rank(text) == Rank(None, UNREADABLE)


@pytest.mark.parametrize("text", [str(DEEPEST_RANK + 1), "1772582700", "1772582700000", "9" * 64])
def test_a_place_that_no_list_has_is_refused_for_that(text: str) -> None:
    assert read_rank(text) == Rank(None, OUT_OF_RANGE)


def test_pages_print_no_deeper_rank_than_archives() -> None:
    assert printed_ranks([1, DEEPEST_RANK]) == [1, DEEPEST_RANK]
    assert printed_ranks([1, DEEPEST_RANK + 1]) is None
