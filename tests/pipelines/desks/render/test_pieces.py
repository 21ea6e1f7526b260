"""A message is cut into parts that a chat takes, never within a sign or a link."""

import regex
from hypothesis import given
from hypothesis import strategies as st

from pipelines.desks.render.markup import PLAIN
from pipelines.desks.render.pieces import pieces
from pipelines.desks.render.signs import cut_to, in_runs, signs, size_of
from pipelines.desks.render.told_lines import Line, Link, Sheet, Words
from pipelines.digest.render.safe_text import plain
from pipelines.language import Language
from pipelines.messages import messages_in
from tests.pipelines.desks.messages import TITLES

WORDS = messages_in(Language.ZH)
URL = "https://example.org/" + "a" * 60

ATOMS = st.one_of(
    st.builds(Words, TITLES.map(plain), st.booleans(), st.booleans()),
    st.builds(Link, TITLES.map(plain), st.just(URL)),
)
SHEETS = st.builds(
    Sheet,
    st.just("【上升】题目"),
    st.lists(st.lists(ATOMS, min_size=1, max_size=4).map(tuple), max_size=6).map(tuple),
    st.just("风口 · 手机台"),
)


def written(sheet: Sheet) -> str:
    return PLAIN.write(sheet.whole)


def size(sheet: Sheet) -> int:
    return size_of(written(sheet))


def lines_of(*texts: str) -> tuple[Line, ...]:
    return tuple((Words(text),) for text in texts)


def test_what_fits_is_one_part_without_a_number() -> None:
    sheet = Sheet("题", lines_of("一", "二"), "台")
    assert pieces(sheet, size(sheet), size, WORDS) == (sheet,)


def test_lines_that_fit_go_over_whole_and_each_part_bears_the_heading_and_its_number() -> None:
    sheet = Sheet("题", lines_of("一" * 20, "二" * 20, "三" * 20), "台")
    first, second = pieces(sheet, 160, size, WORDS)
    assert written(first).splitlines() == ["题", "一" * 20, "二" * 20, "台（1/2）"]
    assert written(second).splitlines() == ["题", "三" * 20, "台（2/2）"]


def test_a_line_that_fits_no_part_is_cut_between_its_words() -> None:
    sheet = Sheet("题", lines_of("alpha beta gamma delta epsilon zeta eta theta iota kappa"), "台")
    texts = [written(part).splitlines()[1] for part in pieces(sheet, 45, size, WORDS)]
    assert texts[0] == "alpha beta gamma delta "
    assert texts[1].startswith("…epsilon ")
    assert (
        "".join(texts).replace("…", "")
        == "alpha beta gamma delta epsilon zeta eta theta iota kappa"
    )


def test_a_rule_and_its_words_stay_together_where_they_can() -> None:
    pairs = tuple(Words(f"rule{number}「芯片{number}」", is_firm=True) for number in range(9))
    parts = pieces(Sheet("题", (pairs,), "台"), 90, size, WORDS)
    assert len(parts) > 2
    for part in parts:
        text = written(part).splitlines()[1]
        assert text.count("rule") == text.count("「") == text.count("」")


def test_a_link_that_fits_no_part_is_told_by_its_text() -> None:
    sheet = Sheet("题", ((Link("原文", "https://example.org/" + "a" * 500), Words("后面")),), "台")
    (part,) = pieces(sheet, 120, size, WORDS)
    assert "原文后面" in written(part)
    assert "https" not in written(part)


def test_a_letter_with_more_accents_than_a_part_holds_is_left_out() -> None:
    sheet = Sheet("题", lines_of("前" + "Z" + "\u0301" * 300 + "后"), "台")
    (part,) = pieces(sheet, 120, size, WORDS)
    assert written(part).splitlines()[1] == "前…后"


@given(SHEETS, st.integers(60, 400))
def test_no_part_is_over_its_bytes_and_no_sign_or_link_is_cut(sheet: Sheet, most: int) -> None:
    parts = pieces(sheet, most, size, WORDS)
    whole = signs("".join(atom.text for line in sheet.lines for atom in line))
    for part in parts:
        assert size(part) <= most
        assert part.heading == sheet.heading
        for line in part.lines:
            for atom in line:
                assert not isinstance(atom, Link) or atom.url == URL
    told = "".join(atom.text for part in parts for line in part.lines for atom in line)
    if "…" not in "".join(whole) + told:
        assert signs(told) == whole
    assert {len(parts) > 1} == {"（" in part.signed for part in parts}


@given(TITLES, st.integers(3, 60))
def test_a_text_is_cut_between_signs(text: str, most: int) -> None:
    text = plain(text)
    kept = cut_to(text, most)
    assert size_of(kept) <= most
    if kept != text:
        kept = kept.removesuffix("…")
        assert signs(text)[: len(signs(kept))] == signs(kept)


@given(TITLES)
def test_runs_are_the_text_in_whole_signs(text: str) -> None:
    runs = list(in_runs(text))
    assert "".join(runs) == text
    assert [sign for run in runs for sign in regex.findall(r"\X", run)] == signs(text)
