"""The digest of a desk in every format: whose it is, which rule took each story, what it has none of."""

import csv
import io
import json
from dataclasses import replace

import pytest

from pipelines.digest.contents import DeskHead, Digest, Period, Section, TakenBy
from pipelines.digest.render.formats import Format, render
from pipelines.digest.render.layout import lay_out
from pipelines.digest.render.taken_sentences import taken_sentence
from pipelines.language import Language
from pipelines.messages import messages_in
from tests.pipelines.digest.made_digests import BOTH, DIGEST, LINE, TOPIC

TAKEN = TakenBy("bridges", ("大桥",), "青川大桥通车", "weibo_hot")
HIDDEN = TakenBy("tolls", ("收费", "公示"), "收费标准公示", "weibo_hot")
DESK = DeskHead("roads", "路桥组", "abc", taken_count=7)
ROADS = replace(
    DIGEST,
    topics=(replace(TOPIC, taken_by=(TAKEN, HIDDEN)),),
    lines=(replace(LINE, section=Section.DAY, taken_by=(HIDDEN,)),),
    desk=DESK,
)
NAMES = {"weibo_hot": "微博热搜"}


def told(digest: Digest, kind: Format, language: Language = Language.ZH) -> str:
    return render(digest, language)[kind].decode("utf-8-sig")


def test_a_rule_is_told_with_the_words_and_with_a_title_that_stands_nowhere_else() -> None:
    words = messages_in(Language.ZH)
    assert taken_sentence((TAKEN, HIDDEN), {TOPIC.title}, NAMES, words) == (
        "本组规则：bridges「大桥」；tolls「收费、公示」（微博热搜：收费标准公示）"
    )
    assert taken_sentence((), {TOPIC.title}, NAMES, words) == ""
    assert taken_sentence((TAKEN,), {TOPIC.title}, NAMES, messages_in(Language.EN)) == (
        "Taken by: bridges “大桥”"
    )


@BOTH
@pytest.mark.parametrize("kind", [Format.HTML, Format.MARKDOWN, Format.MAIL, Format.TEXT])
def test_what_people_read_says_whose_it_is_and_what_took_each_story(
    kind: Format, language: Language
) -> None:
    page = told(ROADS, kind, language)
    words = messages_in(language)
    assert DESK.title in page.partition("\n##")[0]
    assert words.say("digest.taken", taken=7, told=2) in page
    assert words.say("taken.heading") in page
    assert words.say("taken.heading") not in told(DIGEST, kind, language)


def test_a_feed_has_an_id_of_its_own_and_tells_the_rule() -> None:
    feed = told(ROADS, Format.ATOM)
    assert "digest/desks/roads/hour/zh</id>" in feed
    assert "bridges「大桥」" in feed
    assert "digest/hour/zh</id>" in told(DIGEST, Format.ATOM)


def test_programs_are_told_the_desk_and_the_rules() -> None:
    document = json.loads(told(ROADS, Format.JSON))
    assert document["desk"] == {
        "name": "roads",
        "title": "路桥组",
        "version": "abc",
        "taken_count": 7,
    }
    assert [taken["rule"] for taken in document["topics"][0]["taken_by"]] == ["bridges", "tolls"]
    assert document["lines"][0]["taken_by"][0]["words"] == ["收费", "公示"]
    general = json.loads(told(DIGEST, Format.JSON))
    assert general["desk"] is None
    assert general["topics"][0]["taken_by"] == []


def test_a_spreadsheet_has_a_column_of_rules_where_there_is_a_desk() -> None:
    column = messages_in(Language.ZH).say("column.taken_by")
    rows = list(csv.DictReader(io.StringIO(told(ROADS, Format.CSV))))
    assert [row[column] for row in rows if "「" not in row[column]] == [""]  # what lists lack
    assert column not in told(DIGEST, Format.CSV).splitlines()[0]


@BOTH
def test_an_empty_section_is_that_of_the_desk(language: Language) -> None:
    words = messages_in(language)
    (back,) = (part for part in lay_out(ROADS, language).parts if part.section is Section.BACK)
    assert back.nothing == words.say("section.quiet_day_of_desk")
    empty = replace(ROADS, topics=(), lines=())
    by_section = {part.section: part.nothing for part in lay_out(empty, language).parts}
    for of_now in (Section.RISING, Section.FADING, Section.DAY):
        assert by_section[of_now] == words.say("section.quiet_now_of_desk")
    assert words.say("digest.no_topics_of_desk") in told(empty, Format.MARKDOWN, language)


def test_an_hour_of_a_desk_names_what_else_is_listed() -> None:
    noon = replace(ROADS, at=DIGEST.at.replace(hour=4), since=DIGEST.at.replace(hour=3))
    words = messages_in(Language.ZH)

    def names(digest: Digest) -> list[str]:
        return [part.name for part in lay_out(digest, Language.ZH).parts]

    assert words.say("section.listed") in names(noon)
    assert words.say("section.day") in names(replace(noon, period=Period.DAY))
    assert len(names(replace(noon, desk=None))) == len(names(noon)) - 1
