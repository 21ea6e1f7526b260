"""The index leads to every digest, and its search holds every headline as it was told."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from bs4 import BeautifulSoup
from hypothesis import example, given

from pipelines.digest.contents import Period, Section
from pipelines.digest.editions import Edition, ToldStory
from pipelines.digest.render.index import FIRST_SHOWN, to_index
from pipelines.digest.render.safe_text import cut, plain
from pipelines.language import Language
from tests.pipelines.digest.made_digests import AT, BOTH
from tests.pipelines.digest.test_hostile_text import PARTS, hostile, languages, often, tags

BRIDGE = ToldStory(7, Section.RISING, "青川大桥通车", 2, 12, has_card=True)
FERRY = ToldStory(8, Section.FADING, "渡口停航", 1, 30, has_card=False)


def told(
    hour: int, *stories: ToldStory, period: Period = Period.HOUR, language: Language = Language.ZH
) -> Edition:
    at = AT + timedelta(hours=hour)
    stem = f"{at + timedelta(hours=8):%Y-%m-%dT%H%M}"
    return Edition(stem, period, language, at, stories)


EDITIONS = (
    told(0, BRIDGE, FERRY),
    told(0, BRIDGE, period=Period.DAY),
    told(2, replace(BRIDGE, title="青川大桥今晨通车")),
    told(15, replace(FERRY, has_card=True)),
)


def soup(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "lxml")


def searched(page: str) -> Any:
    (block,) = soup(page).select("script#searched")
    return json.loads(block.get_text())


def test_every_digest_is_linked_the_newest_day_first_and_its_day_digest_first() -> None:
    page = soup(to_index(EDITIONS, Language.ZH))
    assert [link["href"] for link in page.select(".issue")] == [
        "hour/2025-03-15T0000.html",
        "day/2025-03-14T0900.html",
        "hour/2025-03-14T1100.html",
        "hour/2025-03-14T0900.html",
    ]
    assert [day.get_text() for day in page.select("h2")] == [
        "2025-03-15 周六 1 期",
        "2025-03-14 周五 3 期",
    ]


def test_a_digest_shows_the_headlines_of_its_first_cards() -> None:
    many = tuple(replace(BRIDGE, topic_id=n, title=f"第{n}座桥") for n in range(9))
    page = soup(to_index([told(0, *many, period=Period.DAY), told(1, *many, FERRY)], Language.ZH))
    of_day, of_hour = page.select(".whole ol a"), page.select("li p span")
    assert [link.get_text() for link in of_day] == [
        s.title for s in many[: FIRST_SHOWN[Period.DAY]]
    ]
    assert [span.get_text() for span in of_hour] == [
        s.title for s in many[: FIRST_SHOWN[Period.HOUR]]
    ]
    assert of_day[0]["href"] == "day/2025-03-14T0900.html#topic-0"


def test_the_search_holds_each_headline_once_with_the_first_and_the_last_digest_of_it() -> None:
    data = searched(to_index(EDITIONS, Language.ZH))
    assert data["digests"][0] == "hour/2025-03-14T0900"
    assert data["headlines"] == [
        ["渡口停航", 0, 3, ""],
        ["青川大桥今晨通车", 2, 2, "topic-7"],
        ["青川大桥通车", 0, 1, "topic-7"],
    ]


@BOTH
def test_the_page_names_its_months_the_newest_digests_and_their_feeds(language: Language) -> None:
    page = soup(to_index(EDITIONS, language, months=["2025-02"]))
    ending = "" if language is Language.ZH else f".{language}"
    links = {link["href"] for link in page.select("a")}
    assert f"2025-02{ending}.html" in links
    for period in Period:
        assert f"latest/{period}{ending}.html" in links
        assert f"latest/{period}{ending}.atom" in links
    month = soup(to_index(EDITIONS, language, month="2025-03"))
    assert "2025-03" in month.select_one("h1").get_text()  # type: ignore[union-attr]
    assert f"index{ending}.html" in {link["href"] for link in month.select("a")}
    assert len(month.select("details[open]")) == len(month.select("details")) == 2


def test_an_english_page_holds_no_chinese_words_of_ours() -> None:
    page = to_index([told(0, replace(BRIDGE, title="Bridge"))], Language.EN, months=["2025-02"])
    assert not re.search(r"[\u3400-\u9fff]", page)


def test_who_reads_no_chinese_reads_what_a_list_calls_it_and_finds_it_by_both() -> None:
    story = replace(BRIDGE, latin_title="Bridge opens")
    page = to_index([told(0, story, language=Language.EN)], Language.EN)
    assert [span.get_text() for span in soup(page).select("li p span")] == ["Bridge opens"]
    assert [line[0] for line in searched(page)["headlines"]] == ["Bridge opens", BRIDGE.title]
    assert "Bridge" not in to_index([told(0, story)], Language.ZH)


def test_a_month_of_hours_stays_small() -> None:
    editions = [
        told(
            hour,
            *(
                replace(
                    BRIDGE,
                    topic_id=2**62 + hour * 8 + n,
                    title=f"一个通常那么长的标题第{hour}时{n}",
                )
                for n in range(30)
            ),
        )
        for hour in range(31 * 24)
    ]
    assert len(to_index(editions, Language.ZH).encode()) < 2_500_000


def saying(text: str, language: Language) -> str:
    story = replace(BRIDGE, title=text)
    editions = [
        told(0, story, replace(story, topic_id=9, has_card=False), language=language),
        told(0, story, period=Period.DAY, language=language),
    ]
    return to_index(editions, language)


@cache
def harmless_tags(language: Language) -> set[tuple[str, ...]]:
    return tags(saying("安静", language))


@often
@given(hostile, languages)
@example("".join(PARTS), Language.ZH)
@example("</script><!--<script>", Language.EN)
def test_an_index_holds_only_our_elements_and_headlines_as_text(
    text: str, language: Language
) -> None:
    page = saying(text, language)
    assert tags(page) <= harmless_tags(language)
    untitled = "（无题）" if language is Language.ZH else "(untitled)"
    shown = cut(plain(text))
    assert {link.get_text() for link in soup(page).select(".whole ol a")} == {shown or untitled}
    assert {line[0] for line in searched(page)["headlines"]} == ({shown} if shown else set())
