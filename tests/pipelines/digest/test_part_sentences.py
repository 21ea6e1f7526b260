"""What else belongs to a card's bigger story: in every format, and nowhere where there is nothing."""

import json
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from pipelines.digest.contents import Digest, OtherPart, Section
from pipelines.digest.render.formats import Format, render
from pipelines.digest.render.markdown import CARDS_SHOWN
from pipelines.digest.render.part_sentences import parts_in_words, parts_sentence
from pipelines.language import Language
from pipelines.messages import messages_in
from tests.pipelines.digest.made_digests import AT, DIGEST, TOPIC, ago

BOTH = pytest.mark.parametrize("language", Language)
OTHER = replace(
    TOPIC, topic_id=23, section=Section.TOP, title="青川大桥收费", latin_title="Qingchuan toll"
)
PARTS = (
    OtherPart(23, "青川大桥收费", ago(30), latin_title="Qingchuan toll"),
    OtherPart(29, "青川大桥设计者受访", ago(26 * 60)),
)
STORY = replace(DIGEST, topics=(replace(TOPIC, storyline_id=29, other_parts=PARTS), OTHER), at=AT)


def told(digest: Digest, kind: Format, language: Language = Language.ZH) -> str:
    return render(digest, language)[kind].decode()


def test_each_part_is_told_with_its_time_and_its_card() -> None:
    zh, en = (
        parts_sentence(
            parts_in_words(PARTS, AT, {23: 2}, messages_in(language)), messages_in(language)
        )
        for language in (Language.ZH, Language.EN)
    )
    assert zh == (
        "同一事件的其他进展：08:30 青川大桥收费（见第 2 条）；03-13 07:00 青川大桥设计者受访"
    )
    assert en == (
        "Other parts of this story: 08:30 Qingchuan toll (see no. 2); 03-13 07:00 青川大桥设计者受访"
    )


@BOTH
@pytest.mark.parametrize(
    "kind", [Format.HTML, Format.MARKDOWN, Format.MAIL, Format.TEXT, Format.CSV, Format.ATOM]
)
def test_every_format_that_prints_cards_tells_the_parts(kind: Format, language: Language) -> None:
    page, heading = told(STORY, kind, language), messages_in(language).say("parts.heading")
    assert page.count(heading) == 1
    assert "青川大桥设计者受访" in page


@BOTH
@pytest.mark.parametrize("kind", Format)
def test_a_card_that_is_part_of_nothing_says_nothing_of_parts(
    kind: Format, language: Language
) -> None:
    if kind is Format.CSV:  # a column is there for all rows
        return
    for card in (TOPIC, replace(TOPIC, storyline_id=29)):
        page = told(replace(DIGEST, topics=(card,)), kind, language)
        assert messages_in(language).say("parts.heading") not in page


def test_a_part_leads_to_its_card_on_the_page_and_one_without_a_card_leads_nowhere() -> None:
    page = BeautifulSoup(told(STORY, Format.HTML), "lxml")
    (links,) = (line.find_all("a") for line in page.find_all("p", class_="parts"))
    assert [link.text for link in links] == ["青川大桥收费"]
    (title,) = page.select(f"{links[0]['href']} h3")
    assert title.text.endswith("青川大桥收费")


def test_a_chat_names_the_numbers_of_cards_that_it_shows_alone() -> None:
    many = [replace(OTHER, topic_id=100 + n) for n in range(CARDS_SHOWN + 5)]
    shown, hidden = many[0], many[-1]
    parts = tuple(OtherPart(card.topic_id, f"其{card.topic_id}", AT) for card in (shown, hidden))
    first = replace(shown, topic_id=7, other_parts=parts)
    page = told(replace(DIGEST, topics=(first, *many)), Format.MARKDOWN)
    assert "其100（见第 2 条）" in page
    assert page.count("见第") == 1


def test_programs_read_the_storyline_and_whether_a_part_has_a_card() -> None:
    topics = json.loads(told(STORY, Format.JSON))["topics"]
    assert (topics[0]["storyline_id"], topics[1]["storyline_id"]) == ("29", None)
    assert [(part["topic_id"], part["has_card"]) for part in topics[0]["other_parts"]] == [
        ("23", True),
        ("29", False),
    ]
    assert topics[1]["other_parts"] == []
