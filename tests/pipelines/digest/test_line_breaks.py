"""Lines end where a reader of Chinese or English would end them, and never beyond their width."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.digest.render.line_breaks import wrapped
from pipelines.digest.render.safe_text import plain
from tests.examples import examples


def cells(text: str) -> int:
    """The width of a text where a Chinese character is as wide as two letters."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青川大桥今晨通车", ["青川大桥今", "晨通车"]),
        ("青川大桥通车，今晨", ["青川大桥通", "车，今晨"]),
        ("今晨《青川大桥》", ["今晨《青川", "大桥》"]),
        ("今晨青川《大桥》", ["今晨青川", "《大桥》"]),
        ("知乎热榜第 5 位", ["知乎热榜", "第 5 位"]),
        ("the bridge opens", ["the bridge", "opens"]),
        ("a ferry 12 h on", ["a ferry", "12 h on"]),
        ("榜上 · 两天", ["榜上 · 两", "天"]),
        ("已在榜上 · 两天", ["已在榜上 ·", "两天"]),
        ("incomprehensible", ["incomprehe", "nsible"]),
        ("", []),
    ],
)
def test_lines_of_ten_cells(text: str, expected: list[str]) -> None:
    assert wrapped(text, 10, cells) == expected


@given(st.text(alphabet="青川大桥，。《》「」ab1 %-", max_size=60), st.integers(4, 40))
@examples(200)
def test_no_line_is_too_wide(text: str, width: int) -> None:
    assert all(cells(line) <= width for line in wrapped(text, width, cells))


@given(st.text(max_size=60), st.integers(1, 40))
@examples(200)
def test_nothing_is_lost_but_spaces_at_the_ends_of_lines(text: str, width: int) -> None:
    lines = wrapped(text, width, cells)
    assert "".join(lines).replace(" ", "") == plain(text).replace(" ", "")


def test_a_sign_of_several_characters_stays_whole() -> None:
    family = "👩\u200d👩\u200d👧"
    assert wrapped(family * 2, 4, cells) == [family, family]
