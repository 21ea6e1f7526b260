"""Why a learnt model was taken into use or not, in words."""

import pytest

from pipelines.digest.render.decision_sentences import decision_sentence
from pipelines.language import Language

NEW = {"auc": 0.7654, "ap": 0.31, "error": 0.0123}
OLD = {"other_auc": 0.71, "other_ap": 0.222, "other_error": 0.02}
BASELINE = {"other_auc": 0.71, "other_ap": 0.222}


@pytest.mark.parametrize(
    ("code", "figures", "zh", "en"),
    [
        ("too_few_tops", {"tops": 1, "needed": 50},
         "留出的几天里只有 1 个条目进了前十，至少要 50 个才能比较",
         "only 1 stay came to the top ten in the judged days; 50 are needed"),
        ("no_better_than_rank_gain", NEW | BASELINE,
         "新模型没有明显胜过简单基准：新模型 AUC 0.765、AP 0.310、校准误差 0.012；"
         "一小时升幅 AUC 0.710、AP 0.222",
         "does not clearly beat a baseline: challenger AUC 0.765, AP 0.310, calibration error 0.012; "
         "rank gain of an hour AUC 0.710, AP 0.222"),
        ("no_better_than_champion", NEW | OLD,
         "新模型没有明显胜过在用的：新模型 AUC 0.765、AP 0.310、校准误差 0.012；"
         "在用的 AUC 0.710、AP 0.222、校准误差 0.020",
         "does not clearly beat the model in use: challenger AUC 0.765, AP 0.310, calibration error 0.012; "
         "champion AUC 0.710, AP 0.222, calibration error 0.020"),
        ("chances_off", NEW,
         "新模型的把握不准：新模型 AUC 0.765、AP 0.310、校准误差 0.012",
         "its chances are too far off: challenger AUC 0.765, AP 0.310, calibration error 0.012"),
        ("chances_off", NEW | BASELINE,
         "新模型的把握不准：新模型 AUC 0.765、AP 0.310、校准误差 0.012；在用的 AUC 0.710、AP 0.222",
         "its chances are too far off: challenger AUC 0.765, AP 0.310, calibration error 0.012; "
         "champion AUC 0.710, AP 0.222"),
        ("better_than_baselines", NEW,
         "新模型胜过各简单基准，已启用：新模型 AUC 0.765、AP 0.310、校准误差 0.012",
         "beats every baseline, and is taken into use: challenger AUC 0.765, AP 0.310, "
         "calibration error 0.012"),
        ("too_young", {"days": 2.16, "needed": 3.0},
         "在用的初始模型，学到 2.2 天前，满 3.0 天后才有它没见过的日子可比",
         "the model in use, the starting model, knows all but the last 2.2 days; to be judged by days that "
         "it does not know, 3.0 are needed"),
    ],
)  # fmt: skip
def test_a_decision_is_told_with_its_figures(
    code: str, figures: dict[str, float], zh: str, en: str
) -> None:
    assert decision_sentence(code, figures, "starting", Language.ZH) == zh
    assert decision_sentence(code, figures, "starting", Language.EN) == en


def test_the_model_that_stays_in_use_is_named() -> None:
    figures = {"days": 1.25, "needed": 14.0}
    starting = decision_sentence("too_short", figures, "starting", Language.EN)
    assert starting.endswith("found 1.2 days, 14.0 are needed; the starting model stays in use")
    learnt = decision_sentence("too_short", figures, "20250520T0000", Language.ZH)
    assert learnt.endswith("继续用模型 20250520T0000")
