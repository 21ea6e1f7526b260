"""Causes in a sentence: told with their figures, in their order, in each language's way."""

import pytest

from pipelines.digest.render.cause_sentences import cause_sentence
from pipelines.forecast.explanation import Cause
from pipelines.language import Language
from pipelines.messages import messages_in

ZH, EN = messages_in(Language.ZH), messages_in(Language.EN)


@pytest.mark.parametrize(
    ("cause", "zh", "en"),
    [
        (Cause("climb", {"gain": 14, "minutes": 20}),
         "升得快：20 分钟升 14 位。", "Climbing fast: up 14 in 20 min."),
        (Cause("night", {"growth": 0.3498}),
         "夜间少见的热度：30 分钟涨 35%。", "Heat rare at night: up 35% in 30 min."),
        (Cause("gap", {"gap": 0.124}),
         "热度离第十位只差 12%。", "Heat only 12% short of the tenth's."),
        (Cause("near", {"rank": 18.0, "places": 8.0}),
         "已到第 18 位，离前十 8 位。", "At #18, 8 from the top ten."),
        (Cause("words", {"rate": 0.62}),
         "同类话题 62% 上过前十。", "62% of topics like it reached the top ten."),
        (Cause("story"),
         "同一件事的另一条已上过前十。", "Another entry of the same story reached the top ten."),
    ],
)  # fmt: skip
def test_a_cause_is_told_with_its_figures(cause: Cause, zh: str, en: str) -> None:
    assert cause_sentence([cause], ZH) == zh
    assert cause_sentence([cause], EN) == en


def test_causes_are_clauses_of_one_sentence() -> None:
    causes = [Cause("in_top", {"rank": 4}), Cause("elsewhere", {"boards": 3})]
    assert cause_sentence(causes, ZH) == "现居第 4 位；已在 3 个榜出现。"
    assert cause_sentence(causes, EN) == "At #4 now; on 3 lists already."


def test_without_causes_nothing_is_told() -> None:
    assert cause_sentence([], ZH) == ""


def test_a_cause_of_a_later_version_is_shown_by_its_code() -> None:
    assert cause_sentence([Cause("moon_phase", {"days": 3})], EN) == "Moon_phase."
