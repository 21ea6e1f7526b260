"""The drawing of a topic, and a page that asks the web for nothing."""

import re
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from bs4 import BeautifulSoup

from pipelines.digest.contents import (
    TracePoint,
)
from pipelines.digest.render.html import to_html
from pipelines.digest.render.small_svg import short_path
from pipelines.digest.render.topic_chart import SERIES_COUNT, chart, lines, series_of, turns
from pipelines.language import Language
from pipelines.messages import messages_in
from tests.pipelines.digest.made_digests import AT, BOTH, DIGEST, TOPIC, ago, place


@BOTH
def test_a_page_asks_for_nothing(language: Language) -> None:
    page = BeautifulSoup(to_html(DIGEST, language), "lxml")
    assert not page.select("script[src], link, img, iframe, object, [src], [onload], image, use")
    (style,), (html,) = page.select("style"), page.select("html")
    assert style.string
    assert "url(" not in style.string
    assert "@import" not in style.string
    assert html["lang"] == messages_in(language).say("language.tag")


def test_a_chart_has_a_line_per_board_and_a_label() -> None:
    (drawn,) = BeautifulSoup(str(chart(TOPIC, DIGEST)), "lxml").select("svg")
    assert len({path["class"][0] for path in drawn.select("path[class^=stroke-s]")}) == 2
    assert "微博热搜由第 25 位到第 3 位；今日头条热榜" in drawn["aria-label"]
    assert drawn["role"] == "img"


def test_a_better_rank_is_drawn_higher() -> None:
    trace = (TracePoint(ago(30), "weibo_hot", 40), TracePoint(AT, "weibo_hot", 1))
    drawn = BeautifulSoup(str(chart(replace(TOPIC, trace=trace), DIGEST)), "lxml")
    line, *_ = drawn.select("path[class^=stroke-s]")
    (step,) = re.findall(r"l\d+,(-?\d+)", str(line["d"]))
    assert int(step) < 0  # up is less in an SVG


def test_a_trace_without_ranks_draws_nothing() -> None:
    assert chart(replace(TOPIC, trace=()), DIGEST) is None
    assert chart(replace(TOPIC, trace=(TracePoint(AT, "weibo_hot", None),)), DIGEST) is None


def test_a_topic_that_was_ranked_once_has_no_drawing() -> None:
    assert chart(replace(TOPIC, trace=(TracePoint(AT, "weibo_hot", 4),)), DIGEST) is None


def test_the_script_of_a_page_is_the_one_that_its_policy_names() -> None:
    page = BeautifulSoup(to_html(DIGEST), "lxml")
    (script,), (policy,) = page.select("script"), page.select("meta[http-equiv]")
    digest = b64encode(sha256(str(script.string).encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in str(policy["content"])


def test_a_line_is_drawn_where_it_turns() -> None:
    ranks = [5, 5, 5, 9, None, None, None, 2, 2]
    points = [TracePoint(AT + timedelta(hours=n), "b", rank) for n, rank in enumerate(ranks)]
    kept = turns(points, timedelta(minutes=10))
    assert [point.at.hour - AT.hour for point in kept] == [0, 2, 3, 4, 6, 7, 8]
    crowded = [TracePoint(AT + timedelta(minutes=n), "b", 1 + n % 7) for n in range(1000)]
    assert len(turns(crowded, timedelta(minutes=10))) < 110


def test_a_path_is_told_in_whole_steps_that_end_where_it_ends() -> None:
    path = "M0.4,10L1.2,10.2L2.4,10.4L3.6,20.6M9,9L9.2,9"
    assert short_path(path) == "M0,10l1,0l1,0l2,11M9,9"
    circle = "M3,0A3,3,0,1,1,-3,0"
    assert short_path(circle) == circle


def test_many_boards_share_the_series() -> None:
    placements = tuple(place(f"source_{n}") for n in range(12))
    series = series_of(replace(TOPIC, placements=placements))
    assert set(series.values()) == set(range(SERIES_COUNT))


def test_no_more_lines_are_drawn_than_can_be_told_apart() -> None:
    placements = tuple(place(f"source_{n}") for n in range(12))
    trace = tuple(
        TracePoint(ago(10 * step), each.board, 3 + step) for each in placements for step in (1, 2)
    )
    drawn = lines(replace(TOPIC, placements=placements, trace=trace), DIGEST, Language.ZH)
    assert [line.series for line in drawn] == list(range(SERIES_COUNT))
