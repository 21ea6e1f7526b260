"""Titles are folded without losing where their characters were printed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.desks.folding import HIDDEN, FoldedTitle
from pipelines.desks.stories import Span
from pipelines.text.titles import clean_title, comparable

PIECES = st.sampled_from(
    [
        *("臺灣", "乾隆", "麵條", "頭髮", "芯片", "ＡＩ", "ChatGPT", "ﬁ", "ß", "İ", "㈱", "℃", "½", "ǆ"),
        *("\u200b", "\ufe0f", "\u00ad", " ", "\u3000", "\t", "\u00a0", "e\u0301", "\u0301", "\u0323"),
        *("가", "\u1100", "\u1161", "\u11a8", "か\u3099", "\u09c7\u09be", "¨", "ſ\u0323\u0307", "㍿"),
        *("\U0001f468\u200d\U0001f469", "\ud83c"),
    ]
)  # fmt: skip
TITLES = st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join)


@given(TITLES)
def test_every_piece_of_a_folded_title_came_of_what_stands_there(printed: str) -> None:
    title = FoldedTitle(printed)
    for view in (title.cased_view, title.text_view):
        assert len(view.starts) == len(view.ends) == len(view.text)
        for i, character in enumerate(view.text):
            span = view.printed(i, i + 1)
            of_it = FoldedTitle(printed[span.start : span.end])
            assert len(character) == 1
            assert of_it.cased in title.cased
            if view is title.cased_view:
                assert character in of_it.cased


@given(TITLES, st.data())
def test_a_span_of_a_title_folds_to_the_text_that_was_found(
    printed: str, data: st.DataObject
) -> None:
    title = FoldedTitle(printed)
    if title.cased:
        start = data.draw(st.integers(0, len(title.cased) - 1))
        end = data.draw(st.integers(start + 1, len(title.cased)))
        span = title.cased_view.printed(start, end)
        # Whole characters are shown, so that a span may say more than was found, as ﬁ for f.
        assert title.cased[start:end] in FoldedTitle(printed[span.start : span.end]).cased


@given(TITLES)
def test_characters_that_fold_to_their_own_place_are_shown_in_order(printed: str) -> None:
    view = FoldedTitle(printed).text_view
    assert list(view.starts) == sorted(view.starts)
    assert list(view.ends) == sorted(view.ends)
    assert all(start < end for start, end in zip(view.starts, view.ends, strict=True))


@given(TITLES)
def test_a_clean_title_folds_as_it_does_for_topics(printed: str) -> None:
    cleaned = clean_title(printed)
    assert FoldedTitle(cleaned).text == comparable(cleaned)


@given(st.text(alphabet=st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF)))
@example("乾隆皇帝的頭髮在乾燥的麵條上面")
def test_simplified_characters_stand_where_the_traditional_ones_did(printed: str) -> None:
    title = FoldedTitle(printed)
    assert title.text == comparable(printed)
    assert len(title.text) == len(printed)


@pytest.mark.parametrize(
    ("printed", "sought", "shown"),
    [
        ("看 Ｃｈａｔ\u200bＧＰＴ 了", "chatgpt", "Ｃｈａｔ\u200bＧＰＴ"),
        ("臺灣麵條", "面条", "麵條"),
        ("Stra\u00dfe 5", "strasse", "Stra\u00dfe"),
        ("ﬁnance", "f", "ﬁ"),
        ("新 \u3000\t 款", "新 款", "新 \u3000\t 款"),
        ("cafe\u0301 a", "café", "cafe\u0301"),
    ],
)
def test_spans_are_of_the_title_as_printed(printed: str, sought: str, shown: str) -> None:
    title = FoldedTitle(printed)
    start = title.text.index(sought)
    span = title.text_view.printed(start, start + len(sought))
    assert printed[span.start : span.end] == shown


def test_half_a_surrogate_pair_is_not_seen() -> None:
    assert FoldedTitle("芯\ud83c片").text == "芯片"
    assert FoldedTitle("芯\ud83c片").text_view.printed(0, 2) == Span(0, 3)
    assert HIDDEN.search("\udc00")
