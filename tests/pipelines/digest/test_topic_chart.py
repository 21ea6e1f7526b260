"""The drawing of a topic, and a page that asks the web for nothing."""

import re
from dataclasses import replace

from bs4 import BeautifulSoup

from pipelines.digest.contents import (
    TracePoint,
)
from pipelines.digest.render.html import to_html
from pipelines.digest.render.topic_chart import SERIES_COUNT, chart, series_of
from pipelines.language import Language
from pipelines.messages import messages_in
from tests.pipelines.digest.made_digests import AT, BOTH, DIGEST, TOPIC, ago, place


@BOTH
def test_a_page_asks_for_nothing(language: Language) -> None:
    page = BeautifulSoup(to_html(DIGEST, language), "lxml")
    assert not page.select("script, link, img, iframe, object, [src], [onload], image, use")
    (style,), (html,) = page.select("style"), page.select("html")
    assert style.string
    assert "url(" not in style.string
    assert "@import" not in style.string
    assert html["lang"] == messages_in(language).say("language.tag")


def test_a_chart_has_a_line_per_board_and_a_label() -> None:
    (drawn,) = BeautifulSoup(str(chart(TOPIC, DIGEST)), "lxml").select("svg")
    assert len({path["class"][0] for path in drawn.select("path[stroke]")}) == 2
    assert "微博热搜由第 25 位到第 3 位；今日头条热榜" in drawn["aria-label"]
    assert drawn["role"] == "img"


def test_a_better_rank_is_drawn_higher() -> None:
    trace = (TracePoint(ago(30), "weibo_hot", 40), TracePoint(AT, "weibo_hot", 1))
    drawn = BeautifulSoup(str(chart(replace(TOPIC, trace=trace), DIGEST)), "lxml")
    line, *_ = drawn.select("path[stroke]")
    (y_before, y_after) = re.findall(r",([\d.]+)", str(line["d"]))
    assert float(y_after) < float(y_before)


def test_a_trace_without_ranks_draws_nothing() -> None:
    assert chart(replace(TOPIC, trace=()), DIGEST) is None
    assert chart(replace(TOPIC, trace=(TracePoint(AT, "weibo_hot", None),)), DIGEST) is None


def test_many_boards_share_the_series() -> None:
    placements = tuple(place(f"source_{n}") for n in range(12))
    series = series_of(replace(TOPIC, placements=placements))
    assert set(series.values()) == set(range(SERIES_COUNT))
