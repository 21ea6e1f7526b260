"""The record in words and drawings: what was called, how far ahead, what was missed."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.digest.contents import Digest, Period
from pipelines.digest.render.html import to_html
from pipelines.digest.render.json import to_json
from pipelines.digest.render.markdown import to_markdown
from pipelines.digest.render.record_charts import LEAD_EDGES, lead_counts, leads, reliability
from pipelines.digest.render.record_layout import CALLS_SHOWN, lay_out_record
from pipelines.forecast.record import Bin, Call, CallVerdict, Record
from pipelines.language import Language
from pipelines.messages import messages_in

MIDNIGHT = datetime(2025, 3, 12, 16, 0, tzinfo=UTC)  # in Shanghai: 13 March
AT = MIDNIGHT + timedelta(hours=32)
BOTH = pytest.mark.parametrize("language", Language)


def call(verdict: CallVerdict, title: str, lead: float | None = None, minute: int = 600) -> Call:
    at = MIDNIGHT + timedelta(minutes=minute)
    is_called = verdict not in {CallVerdict.MISSED, CallVerdict.UNSEEN}
    return Call(
        title,
        "weibo_hot",
        "微博热搜",
        "Weibo Hot",
        verdict,
        called_at=at if is_called else None,
        chance=0.72 if is_called else None,
        rank=23 if is_called else None,
        top_at=at if not is_called else at + timedelta(minutes=lead) if lead else None,
        lead_minutes=lead,
    )


RECORD = Record(
    since=MIDNIGHT,
    until=MIDNIGHT + timedelta(days=1),
    calls=(
        call(CallVerdict.RIGHT, "青川大桥通车", 47),
        call(CallVerdict.RIGHT, "灯塔点亮", 25),
        call(CallVerdict.WRONG, "石阶翻修"),
        call(CallVerdict.MISSED, "木尺丈量"),
        call(CallVerdict.UNSEEN, "纸船下水"),
    ),
    bins=(Bin(900, 0.03, 0.02), Bin(100, 0.55, 0.5)),
    leads=(47.0, 25.0, 170.0),
    bins_days=28,
)
DIGEST = Digest(AT, AT - timedelta(days=1), Period.DAY, (), (), record=RECORD)


def test_a_day_is_told_in_a_sentence() -> None:
    assert lay_out_record(RECORD, Language.ZH).summary == (
        "03-13 预报 3 条将在三小时内进前十：应验 2 条，晚到 0 条，落空 1 条；应验的一半提前了 36 分钟以上；"
        "漏报 1 条：进了前十，此前三小时内给的把握却不到 50%；另有 1 条在两次预报之间直接进了前十。"
    )
    assert lay_out_record(RECORD, Language.EN).summary == (
        "03-13: 3 calls of the top ten within three hours, 2 right, 0 late, 1 wrong; half of the right ones "
        "were 36 min ahead or more; 1 missed: it came to the top ten, and forecasts of the three hours "
        "before gave it less than 50%; 1 more came there between two forecasts."
    )


def test_a_day_without_calls_says_so() -> None:
    none = Record(MIDNIGHT, MIDNIGHT + timedelta(days=1), ())
    assert "没有一条的把握到 50%" in lay_out_record(none, Language.ZH).summary
    assert "nothing was missed" in lay_out_record(none, Language.EN).summary
    assert "还没有到期的预报" in to_html(Digest(AT, AT, Period.DAY, (), (), record=none))


@BOTH
def test_pages_list_what_was_right_wrong_and_missed(language: Language) -> None:
    page = to_html(DIGEST, language)
    for title in ("青川大桥通车", "石阶翻修", "木尺丈量"):
        assert title in page
    assert "纸船下水" not in page
    assert "72%" in page
    assert ("47 分钟后进前十" if language is Language.ZH else "47 min later") in to_html(
        DIGEST, language
    )


def test_english_pages_hold_no_chinese_words_of_ours() -> None:
    said = to_markdown(DIGEST, Language.EN)
    for each in RECORD.calls:
        said = said.replace(each.title, "")
    assert not re.search(r"[\u3400-\u9fff]", said)


def test_the_appendix_has_a_table_and_two_drawings() -> None:
    page = to_html(DIGEST)
    assert "附：近 28 天的预报准不准" in page
    assert "<td>55%</td><td>50%</td><td>100</td>" in page
    assert page.count('role="img"') == 2


def test_a_digest_without_a_record_says_nothing_of_it() -> None:
    page = to_html(Digest(AT, AT, Period.HOUR, (), ()))
    assert messages_in(Language.ZH).say("record.heading") not in page
    assert json.loads(to_json(Digest(AT, AT, Period.HOUR, (), ())))["record"] is None


def test_the_furthest_ahead_come_first_and_the_rest_are_counted() -> None:
    calls = tuple(call(CallVerdict.RIGHT, f"{n}号桥", n + 1) for n in range(CALLS_SHOWN + 3))
    (group,) = lay_out_record(Record(MIDNIGHT, AT, calls), Language.ZH).groups
    assert len(group.lines) == CALLS_SHOWN
    assert group.lines[0].title.startswith(f"{CALLS_SHOWN + 2}号桥")
    assert group.more == "另有 3 条"


def test_json_tells_the_record_in_numbers() -> None:
    record = json.loads(to_json(DIGEST))["record"]
    assert record["calls"][0]["lead_minutes"] == 47
    assert record["since"] == "2025-03-12T16:00:00+00:00"


def test_a_strange_title_stays_text() -> None:
    hostile = Record(MIDNIGHT, AT, (call(CallVerdict.RIGHT, "<b>桥</b> [a](b) | *c*", 5),))
    digest = Digest(AT, AT, Period.DAY, (), (), record=hostile)
    assert "<b>桥" not in to_html(digest)


def test_leads_are_counted_between_the_edges() -> None:
    assert lead_counts([0, 9.9, 10, 59, 60, 180, 500]) == [2, 1, 0, 1, 1, 2]
    assert len(lead_counts([])) == len(LEAD_EDGES) - 1


def test_drawings_are_the_same_each_time_and_stand_alone() -> None:
    for drawing in (reliability(RECORD.bins), leads(RECORD.leads)):
        assert drawing.startswith("<svg xmlns=")
    assert reliability(RECORD.bins) == reliability(RECORD.bins)
