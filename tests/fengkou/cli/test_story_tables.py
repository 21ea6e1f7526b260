"""A digest in a terminal: by section, a story's place is the one its sentence names, and lines fit."""

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from fengkou.cli.story_tables import story_tables
from pipelines.digest.contents import Claim, Digest, Section
from pipelines.language import Language
from pipelines.messages import messages_in
from tests.pipelines.digest.made_digests import BOTH, CLIMB, DIGEST, EMPTY, OUTLOOK, TOPIC, place


def shown(digest: Digest, language: Language = Language.EN, width: int = 80) -> list[str]:
    file = io.StringIO()
    Console(file=file, width=width, markup=False).print(story_tables(digest, language))
    return [line.rstrip() for line in file.getvalue().splitlines()]


@BOTH
def test_sections_come_in_the_order_of_the_page_the_empty_ones_too(language: Language) -> None:
    lines = shown(DIGEST, language)
    sections = (Section.BURST, Section.RISING, Section.TOP, Section.BACK, Section.FADING)
    names = [messages_in(language).say(f"section.{section}") for section in sections]
    heads = [line for line in lines if line.startswith(tuple(names))]
    assert [head.split(" · ")[0].rsplit(" ", 1)[0] for head in heads] == names


def test_the_place_is_that_of_the_sentence_and_the_list_of_the_chance_is_told_beside_it() -> None:
    outlook = replace(OUTLOOK, board="zhihu_hot", name_en="Zhihu Hot")
    places = (place("zhihu_hot", name_en="Zhihu Hot", rank=18), place(rank=3))
    card = replace(TOPIC, claims=CLIMB, placements=places, outlook=outlook)
    text = "\n".join(shown(replace(DIGEST, topics=(card,)), width=110))
    assert "Weibo Hot #3" in text
    assert "Zhihu Hot #18" not in text
    assert "The chance is that of Zhihu Hot." in text
    assert "35%" in text


def test_a_chance_of_the_list_whose_place_is_told_needs_no_word() -> None:
    assert "The chance is that" not in "\n".join(shown(DIGEST))


def test_a_sentence_that_names_no_place_leaves_the_best() -> None:
    places = (place("zhihu_hot", rank=None), place("b", name_en="B", rank=7), place(rank=30))
    card = replace(TOPIC, claims=(Claim("on_lists", {"lists": 3}),), placements=places)
    assert "B #7" in "\n".join(shown(replace(DIGEST, topics=(card,))))


def test_what_is_on_no_list_has_no_place() -> None:
    gone = replace(TOPIC, claims=(), placements=(), outlook=None, section=Section.TOP)
    assert "#" not in "\n".join(shown(replace(DIGEST, topics=(gone,), lines=())))


@BOTH
@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_line_is_wider_than_the_terminal_and_no_text_is_lost(
    language: Language, width: int
) -> None:
    title = "青川大桥今晨通车，两岸居民步行过江，渡口停航，" * 3
    card = replace(TOPIC, title=title, placements=(place(name_zh="榜" * 30, name_en="List " * 9),))
    lines = shown(replace(DIGEST, topics=(card,)), language, width)
    assert max(map(cell_len, lines)) <= min(width, 110)
    whole = "".join("".join(lines).split())
    assert "青川大桥今晨通车" in whole


@BOTH
def test_a_digest_of_nothing_says_so_by_section(language: Language) -> None:
    words = messages_in(language)
    assert any(words.say("section.quiet_day") in line for line in shown(EMPTY, language))
