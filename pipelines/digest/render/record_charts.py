"""How forecasts turned out, drawn: chance beside outcome, and how far ahead right calls were.

Each drawing is a small SVG of shapes and numbers; what its axes are is said beside it.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import vl_convert
from markupsafe import Markup

from pipelines.digest.render.small_svg import labelled
from pipelines.digest.render.topic_chart import CLASSES, GRID, INK, SERIES, TOP_TEN_GRID
from pipelines.forecast.record import Bin, Record
from pipelines.language import Language
from pipelines.messages import messages_in

WIDTH, HEIGHT = 320, 180  # the text width of a phone, as the charts of topics
LEAD_EDGES = (0, 10, 20, 30, 60, 120, 180)  # minutes; a right call is at most three hours ahead


def curves(record: Record, language: Language) -> tuple[tuple[Markup, str], ...]:
    """The drawings of a record, as (SVG, what it shows); those of which something is known."""
    words = messages_in(language)
    drawn = []
    if record.bins:
        caption = words.say("record.reliability")
        drawn.append((labelled(reliability(record.bins), caption, CLASSES), caption))
    if record.leads:
        caption = words.say("record.leads")
        drawn.append((labelled(leads(record.leads), caption, CLASSES), caption))
    return tuple(drawn)


def reliability(bins: Sequence[Bin]) -> str:
    """SVG: to the right the chance given, upward the share that came true; on the dashed line is perfect."""
    import altair as alt  # noqa: PLC0415 - heavy, and few commands draw

    points = [{"given": bin_.mean_chance, "came": bin_.reached_share} for bin_ in bins]
    perfect = [{"given": 0, "came": 0}, {"given": 1, "came": 1}]
    x = alt.X("given:Q").scale(domain=[0, 1], nice=False).axis(format="%", **_axis())
    y = alt.Y("came:Q").scale(domain=[0, 1], nice=False).axis(format="%", **_axis())
    even = alt.Chart(alt.InlineData(perfect)).mark_line(color=TOP_TEN_GRID, strokeDash=[4, 3])
    shown = alt.Chart(alt.InlineData(points))
    line = shown.mark_line(color=SERIES[0], strokeWidth=2)
    dots = shown.mark_point(color=SERIES[0], filled=True, size=44, opacity=1)
    return _svg(alt.layer(*(layer.encode(x=x, y=y) for layer in (even, line, dots))))


def leads(minutes: Sequence[float]) -> str:
    """SVG: how many right calls were so many minutes ahead."""
    import altair as alt  # noqa: PLC0415 - heavy, and few commands draw

    counts = lead_counts(minutes)
    labels = [f"{low}–{high}" for low, high in pairwise(LEAD_EDGES)]
    rows = [{"ahead": a, "calls": c} for a, c in zip(labels, counts, strict=True)]
    x = alt.X("ahead:N", sort=labels).axis(labelAngle=0, **_axis() | {"grid": False})
    y = alt.Y("calls:Q").axis(format="d", tickMinStep=1, tickCount=4, **_axis())
    bars = alt.Chart(alt.InlineData(rows)).mark_bar(color=SERIES[0])
    return _svg(bars.encode(x=x, y=y))


def lead_counts(minutes: Sequence[float]) -> list[int]:
    """How many fall between each two of LEAD_EDGES; beyond the last they count in the last."""
    counts = [0] * (len(LEAD_EDGES) - 1)
    for ahead in minutes:
        counts[min(max(bisect_right(LEAD_EDGES, ahead) - 1, 0), len(counts) - 1)] += 1
    return counts


def _axis() -> dict[str, Any]:
    return {"title": None, "domain": False, "ticks": False, "labelPadding": 5, "gridColor": GRID}


def _svg(drawing: Any) -> str:
    drawing = drawing.properties(width=WIDTH - 40, height=HEIGHT - 24, padding=4)
    drawing = drawing.configure(background="transparent").configure_view(stroke=None)
    drawing = drawing.configure_axis(labelColor=INK, labelFontSize=10, labelFont="sans-serif")
    vega = vl_convert.vegalite_to_vega(drawing.to_dict(validate=False))
    return str(vl_convert.vega_to_svg(vega))
