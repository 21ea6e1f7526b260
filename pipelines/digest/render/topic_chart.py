"""A topic's rank over time as a small inline SVG: time to the right, better ranks higher.

Altair's chart is compiled to Vega once; each topic only fills in its data and its axes, which
takes less than a third of the time that compiling it again would.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import vl_convert
from markupsafe import Markup

from pipelines.digest.contents import Digest, TopicCard, TracePoint
from pipelines.digest.render.place_layout import board_name
from pipelines.digest.render.safe_text import plain
from pipelines.digest.render.small_svg import labelled
from pipelines.digest.render.story_layout import topic_title
from pipelines.digest.render.wall_clock import clock, shanghai
from pipelines.language import Language
from pipelines.messages import messages_in
from pipelines.rules import TOP_RANK

WIDTH, HEIGHT = 320, 116  # the text width of a 390 px phone, so that labels keep their size there
WORST_TICK_FROM = 16  # below this the label of the worst rank would touch that of the tenth
MAX_TIME_TICKS = 4  # "18:00" four times is as much as 320 px hold without crowding
TIME_STEPS = tuple(timedelta(minutes=m) for m in (5, 10, 15, 30, 60, 120, 180, 360, 720, 1440))
CLOCK_FORMAT, DATE_FORMAT = "%H:%M", "%m-%d"
SHORTEST_SPAN = timedelta(hours=1)  # ten minutes stretched over the chart would look dramatic
DATES_FROM = timedelta(hours=48)

# Four hues that hold on white and survive colour blindness in pairs, then the same four dashed.
# The page's style sheet paints them by name, in the light and in the dark.
SERIES = ("#1d5fa6", "#c2410c", "#0f766e", "#7e3a9c")
DASHES = ([1, 0], [4, 3])
SERIES_COUNT = len(SERIES) * len(DASHES)
INK, GRID, TOP_TEN_GRID = "#6b7280", "#e5e7eb", "#9ca3af"
CLASSES = {colour: f"s{number}" for number, colour in enumerate(SERIES)} | {
    INK: "ink",
    GRID: "grid",
    TOP_TEN_GRID: "top-ten",
}
POINTS_DRAWN = 100
"""Of a line: three pixels for each. A list read every five minutes has 288 points a day."""


@dataclass(frozen=True, slots=True)
class Line:
    """One board's line: its ``series`` is its colour and dash, the same in the list of places."""

    board: str
    name: str
    series: int
    points: tuple[TracePoint, ...]


def series_of(card: TopicCard) -> dict[str, int]:
    """Board to series, in the order of the placements, then of boards the topic has left."""
    boards = [placement.board for placement in card.placements]
    boards += [point.board for point in card.trace if point.rank is not None]
    return {board: n % SERIES_COUNT for n, board in enumerate(dict.fromkeys(boards))}


def lines(card: TopicCard, digest: Digest, language: Language) -> tuple[Line, ...]:
    """The boards that ever ranked the topic, each with its points in time order; of many those of the
    first places, for no more can be told apart."""
    names = {board.board: board_name(board, language) for board in digest.boards}
    names |= {place.board: board_name(place, language) for place in card.placements}
    found: list[Line] = []
    for board, series in series_of(card).items():
        if len(found) == SERIES_COUNT:
            break
        points = sorted((p for p in card.trace if p.board == board), key=lambda p: p.at)
        if any(point.rank is not None for point in points):
            found.append(Line(board, names.get(board, plain(board)), series, tuple(points)))
    return tuple(found)


def chart(card: TopicCard, digest: Digest, language: Language = Language.ZH) -> Markup | None:
    """The SVG element, or None where no list ranked the topic twice: a dot says nothing that the list of
    places does not."""
    drawn = lines(card, digest, language)
    if not is_drawable(drawn):
        return None
    told = describe(topic_title(card, messages_in(language)), drawn, digest.at, language)
    return labelled(drawing(drawn, digest.at), told, CLASSES)


def is_drawable(drawn: Sequence[Line]) -> bool:
    """Whether a list ranked the topic twice."""
    return any(len([p for p in line.points if p.rank is not None]) > 1 for line in drawn)


def drawing(drawn: Sequence[Line], until: datetime) -> str:
    """The lines as SVG in full, in its own colours; ``until`` is the right edge at least."""
    ends = max(until, *(point.at for line in drawn for point in line.points))
    starts = min(ends - SHORTEST_SPAN, *(point.at for line in drawn for point in line.points))
    worst = max(point.rank or 1 for line in drawn for point in line.points)
    ranks = [1, TOP_RANK, worst] if worst >= WORST_TICK_FROM else [1, TOP_RANK]
    span = ends - starts
    signals: dict[str, object] = {
        "starts": _wall_ms(starts),
        "ends": _wall_ms(ends),
        "times": _time_ticks(starts, ends),
        "time_format": DATE_FORMAT if span > DATES_FROM else CLOCK_FORMAT,
        "worst": max(TOP_RANK, worst),
        "ranks": ranks,
    }
    rows = [
        {
            "at": _wall_ms(point.at),
            "line": number,
            "hue": line.series % len(SERIES),
            "dash": line.series // len(SERIES),
            "rank": point.rank,
        }
        for number, line in enumerate(drawn)
        for point in turns(line.points, span / POINTS_DRAWN)
    ]
    vega = json.loads(_compiled())
    for data in vega["data"]:
        if data["name"] == "trace":
            data["values"] = rows
    for signal in vega["signals"]:
        if signal["name"] in signals:
            signal["value"] = signals[signal["name"]]
    return str(vl_convert.vega_to_svg(vega))


def turns(points: Sequence[TracePoint], step: timedelta) -> list[TracePoint]:
    """The points of a line where it turns: those between two of the same rank, or within a step of the last
    one, draw nothing that can be seen. Where it leaves, comes, begins and ends is kept."""
    kept: list[TracePoint] = []
    for place, point in enumerate(points):
        after = points[place + 1] if place + 1 < len(points) else None
        if kept and after:
            before = kept[-1]
            is_level = before.rank == point.rank == after.rank
            is_crowded = point.at - before.at < step and None not in {
                before.rank,
                point.rank,
                after.rank,
            }
            if is_level or is_crowded:
                continue
        kept.append(point)
    return kept


@cache
def _compiled() -> str:
    """The Vega specification, with empty data and signals for the axes."""
    import altair as alt  # noqa: PLC0415 - heavy, and few commands draw

    names = ("starts", "ends", "times", "time_format", "worst", "ranks")
    parameters = [alt.param(name=name, value=0) for name in names]
    axis: dict[str, Any] = {"title": None, "domain": False, "ticks": False, "labelPadding": 5}
    x = alt.X("at:T").scale(
        type="utc", domainMin=alt.ExprRef("starts"), domainMax=alt.ExprRef("ends"), nice=False
    )
    x = x.axis(
        values=alt.ExprRef("times"),
        labelExpr="utcFormat(datum.value, time_format)",
        grid=False,
        labelFlush=True,
        **axis,
    )
    y = alt.Y("rank:Q").scale(
        domainMin=1, domainMax=alt.ExprRef("worst"), reverse=True, nice=False, zero=False
    )
    grid = alt.condition(f"datum.value === {TOP_RANK}", alt.value(TOP_TEN_GRID), alt.value(GRID))
    y = y.axis(values=alt.ExprRef("ranks"), format="d", gridColor=grid, **axis)
    hue = alt.Color("hue:N", legend=None).scale(domain=list(range(len(SERIES))), range=SERIES)
    dash = alt.StrokeDash("dash:N", legend=None).scale(
        domain=list(range(len(DASHES))), range=DASHES
    )
    line = alt.Chart().mark_line(strokeWidth=2, strokeCap="round", strokeJoin="round")
    line = line.encode(x=x, y=y, color=hue, strokeDash=dash, detail="line:N")
    # The last point of each line is where the topic is now.
    latest = alt.Chart().mark_point(filled=True, size=36, opacity=1)
    latest = latest.transform_filter("datum.rank !== null")
    latest = latest.transform_window(
        from_last="row_number()", groupby=["line"], sort=[alt.SortField("at", order="descending")]
    )
    latest = latest.transform_filter("datum.from_last === 1").encode(x=x, y=y, color=hue)
    layers = alt.layer(line, latest, data=alt.NamedData("trace")).add_params(*parameters)
    layers = layers.properties(width=WIDTH - 30, height=HEIGHT - 24, padding=4)
    layers = layers.configure(background="transparent").configure_view(stroke=None)
    layers = layers.configure_axis(labelColor=INK, labelFontSize=10, labelFont="sans-serif")
    return json.dumps(vl_convert.vegalite_to_vega(layers.to_dict(validate=False)))


def describe(title: str, drawn: Sequence[Line], until: datetime, language: Language) -> str:
    """What the chart shows, for those who cannot see it."""
    words = messages_in(language)
    told = []
    for line in drawn:
        ranks = [words.say("place.rank", rank=p.rank) for p in line.points if p.rank is not None]
        if len(ranks) > 1:
            told.append(words.say("chart.line", name=line.name, first=ranks[0], last=ranks[-1]))
        else:
            told.append(words.say("chart.point", name=line.name, last=ranks[-1]))
    starts = min(point.at for line in drawn for point in line.points)
    return words.say(
        "chart.whole",
        title=title,
        since=clock(starts, until),
        until=clock(until, until),
        lines=words.say("join.clause").join(told) + words.say("join.stop"),
    )


def _wall_ms(at: datetime) -> int:
    """Shanghai's wall clock as if it were UTC, in ms: Vega knows UTC and this machine's zone."""
    local = shanghai(at)
    offset = local.utcoffset() or timedelta()
    return round((local.timestamp() + offset.total_seconds()) * 1000)


def _time_ticks(starts: datetime, ends: datetime) -> list[int]:
    """Round wall-clock times between the two, few enough to read."""
    first, last = _wall_ms(starts), _wall_ms(ends)
    steps = [round(step.total_seconds() * 1000) for step in TIME_STEPS]
    step = next((s for s in steps if (last - first) / s <= MAX_TIME_TICKS), steps[-1])
    step *= math.ceil((last - first) / step / MAX_TIME_TICKS)
    return list(range(math.ceil(first / step) * step, last + 1, step))
