"""What a term is refused for, and that what it hits is what it says."""

import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.desks.desk import Near, Pattern, Term, Word
from pipelines.desks.folding import FoldedTitle
from pipelines.desks.terms import MOST_SPANS, compiled
from pipelines.desks.words import LETTERS, TermError
from tests.pipelines.desks.made_desks import term


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "An empty term"),
        ("\u200b \u3000", "An empty term"),
        ("*", "made of signs only"),
        ("！？", "made of signs only"),
        ('""', "made of signs only"),
        ("=", "made of signs only"),
        ("芯*片", "a star in its midst"),
        ("mac*os", 'write "mac\\*os" in quotes'),
        ("芯片*", "Write '芯片'"),
        ("*C++*", "a star beside what is found within longer words anyway"),
        ("=苹果", "nothing in it has one"),
        ('"new york', "a quote that does not end"),
        ("词" * 301, "has 301 characters"),
        ({"re": ""}, "An empty pattern"),
        ({"re": "("}, "cannot be read: missing \\)"),
        ({"re": "苹果(?!手机)"}, "looks ahead or behind"),
        ({"re": "(?<=国)产"}, "looks ahead or behind"),
        ({"re": r"(.)\1"}, "repeats what a group found"),
        ({"re": "a++"}, "never gives back"),
        ({"re": "(?-i:AMD)"}, "asks for its case"),
        ({"re": ".*"}, "hits the empty text"),
        ({"re": "((x{100}){100}){100}"}, "syntax of RE2"),
        ({"re": "25℃"}, "Write '°c' for it"),
        ({"near": ["英伟达"], "within": 9}, "two different words or more"),
        ({"near": ["出口", "出口"], "within": 9}, "two different words or more"),
        ({"near": ["英伟达", "出口"], "within": 4}, "5 at least"),
        ({"near": ["英伟达", "出口"], "within": 301}, "300 at most"),
        ({"near": ["英伟达", "*"], "within": 9}, "made of signs only"),
    ],
)
def test_a_term_that_can_hit_nothing_is_refused_in_words(written: str, said: str) -> None:
    with pytest.raises(TermError, match=said) as refused:
        compiled(term(written))
    assert all((refused.value.found, refused.value.expected, refused.value.advice))


def test_an_alias_is_shown_beside_its_word() -> None:
    found = compiled(Word("英伟达"), {"英伟达": ("NVIDIA",)}).find(FoldedTitle("nvidia大涨"))
    assert found is not None
    assert found.said == "英伟达 (NVIDIA)"


def test_a_title_full_of_one_word_shows_the_first_of_it() -> None:
    found = compiled(Word("芯片")).find(FoldedTitle("芯片" * 1000))
    assert found is not None
    assert len(found.spans) == MOST_SPANS


TEXTS = st.lists(
    st.sampled_from([*'aAbzÉé01 -.*="国國产臺台湾乾隆　Ａ１', "芯片", "mac", "\u200b"]), max_size=14
).map("".join)


@given(TEXTS, TEXTS)
def test_what_is_shown_of_a_title_is_the_word(written: str, printed: str) -> None:
    try:
        word = compiled(Word(written))
    except TermError:
        assume(False)
    title = FoldedTitle(printed)
    found = word.find(title)
    for span in found.spans if found else ():
        shown = FoldedTitle(printed[span.start : span.end])
        blankless = [text.replace(" ", "") for text in (shown.text, shown.cased.casefold())]
        assert any(
            literal.replace(" ", "") in text for literal in word.literals for text in blankless
        )


@given(TEXTS)
def test_one_of_its_literals_stands_in_every_title_that_a_word_hits(written: str) -> None:
    try:
        word = compiled(Word(written))
    except TermError:
        assume(False)
    core = written.strip().strip('*="')
    for printed in (core, f"国{core}产", f"1 {core} 1", core.upper()):
        title = FoldedTitle(printed)
        if word.find(title):
            assert any(literal in title.text for literal in word.literals)


@given(st.text(alphabet=st.sampled_from("abzé国产01 "), min_size=1), st.sampled_from(["mac", "ai"]))
def test_a_latin_word_has_no_letter_beside_it(around: str, word: str) -> None:
    printed = around + word + around
    beside = {around[-1:], around[:1]}
    found = compiled(Word(word)).find(FoldedTitle(printed))
    if not any(re.match(f"[{LETTERS}]", character) for character in beside):
        assert found is not None
    for span in found.spans if found else ():
        next_to = printed[span.start - 1 : span.start] + printed[span.end : span.end + 1]
        assert not set(next_to) & set("abzémic")


LONG = 1_000_000
"""Characters: a page that leaked into a title."""


@pytest.mark.parametrize(
    "term_of_it",
    [
        *(
            Pattern("(a+)+$"),
            Pattern("(a|aa)+b"),
            Word("ai"),
            Word("a*"),
            Word("*aa*"),
            Word("芯片"),
        ),
        *(Pattern("a"), Near((Word("aa*"), Word("芯")), 9), Word("aaaaaaaaaaaaaaaaab")),
    ],
)
@pytest.mark.parametrize("title", ["a" * LONG, "a" * LONG + "b", "a芯" * (LONG // 2)])
def test_no_title_is_so_long_that_a_term_takes_longer_than_it(term_of_it: Term, title: str) -> None:
    sought = compiled(term_of_it)
    folded = FoldedTitle(title)
    began = time.process_time()
    sought.find(folded)
    assert time.process_time() - began < 5
