"""Who reads no Chinese reads what a list calls a story in Latin letters, and its Chinese title below it."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from pipelines.digest.contents import Digest
from pipelines.digest.render.formats import Format, render
from pipelines.digest.render.html import to_html
from pipelines.digest.render.layout import lay_out
from pipelines.language import Language
from tests.pipelines.digest.made_digests import DIGEST, EMPTY, LINE, TOPIC, place

LATIN = "A bridge opens at dawn"
CARD = replace(TOPIC, latin_title=LATIN, placements=(place(), place("x", title=LATIN)))
TOLD = replace(
    DIGEST, topics=(CARD,), lines=(replace(LINE, latin_title="The ferry stops & waits"),)
)


def page(digest: Digest, language: Language = Language.EN) -> BeautifulSoup:
    return BeautifulSoup(to_html(digest, language), "lxml")


def test_the_page_is_headed_with_it_and_says_the_chinese_title_in_its_own_language() -> None:
    card = page(TOLD).select_one(".topic")
    assert card is not None
    assert [title.text for title in card.select("h3 .title")] == [LATIN]
    assert [below.text for below in card.select("p.printed [lang=zh]")] == [TOPIC.title]
    # Where a list prints another Chinese title it is told, the two of the head are not told again.
    assert [said.text for said in card.select(".said")] == [place().title]


def test_a_line_has_both() -> None:
    (row,) = page(TOLD).select(".rows li > span")
    assert row.text == f"The ferry stops & waits {LINE.title}"


@pytest.mark.parametrize("written", [Format.MAIL, Format.TEXT, Format.MARKDOWN])
def test_so_have_a_mail_a_text_and_a_chat(written: Format) -> None:
    text = render(TOLD, Language.EN)[written].decode()
    assert text.index(LATIN) < text.index(TOPIC.title)


@pytest.mark.parametrize("written", [Format.MAIL, Format.TEXT, Format.MARKDOWN])
def test_who_reads_chinese_reads_the_chinese_title_alone(written: Format) -> None:
    assert LATIN not in render(TOLD, Language.ZH)[written].decode()
    (shown,) = page(TOLD, Language.ZH).select("h3 .title")
    assert shown.text == TOPIC.title
    assert not page(TOLD, Language.ZH).select("[lang=zh] [lang=zh], .printed")


def test_the_page_says_how_many_titles_are_chinese() -> None:
    def note(digest: Digest) -> str:
        return lay_out(digest, Language.EN).titles_note

    assert note(DIGEST) == "Titles stand as the lists print them: 2 of 2 in Chinese."
    assert note(replace(TOLD, lines=(LINE,))).endswith("1 of 2 in Chinese.")
    assert note(TOLD).endswith("0 of 2 in Chinese.")
    assert note(EMPTY) == lay_out(DIGEST, Language.ZH).titles_note == ""


@pytest.mark.parametrize("written", [Format.HTML, Format.MAIL, Format.MARKDOWN])
def test_a_title_in_latin_letters_is_text_and_no_mark(written: Format) -> None:
    hostile = "</a><b>x</b> [a](https://evil.example) **c**"
    told = replace(TOLD, topics=(replace(CARD, latin_title=hostile),))
    shown = render(told, Language.EN)[written].decode()
    assert "<b>x" not in shown
    assert written is not Format.MARKDOWN or "[a](" not in shown
