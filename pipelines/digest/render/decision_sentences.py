"""Why a learnt model was taken into use or not, in words."""

from collections.abc import Mapping

from pipelines.language import Language

BASELINES = {
    Language.ZH: {"rank": "现位次", "rank_gain": "一小时升幅", "heat_growth": "热度增速"},
    Language.EN: {"rank": "rank", "rank_gain": "rank_gain", "heat_growth": "heat_growth"},
}
SAID: Mapping[Language, Mapping[str, str]] = {
    Language.ZH: {
        "too_few_tops": "留出的几天里只有 {tops:.0f} 个条目进了前十，至少要 {needed:.0f} 个才能比较",
        "baseline": "新模型没有明显胜过简单基准：新模型 {new}；{name} {other}",
        "no_better_than_champion": "新模型没有明显胜过在用的：新模型 {new}；在用的 {other}",
        "chances_off": "新模型的把握不准：新模型 {new}{champion}",
        "better_than_champion": "新模型胜过在用的和各简单基准，已启用：新模型 {new}；在用的 {other}",
        "better_than_baselines": "新模型胜过各简单基准，已启用：新模型 {new}",
        "too_short": "历史太短：有 {days:.1f} 天，至少要 {needed:.1f} 天；继续用{used}",
        "too_young": "在用的模型 {used} 学到 {days:.1f} 天前，满 {needed:.1f} 天后才有它没见过的日子可比",
        "too_little_came": "最后几天只有 {tops:.0f} 个条目进了前十（至少要 {needed:.0f} 个），"
        "或之前不足 {lines:.0f} 行可学；继续用{used}",
        "champion": "；在用的 {other}",
        "figures": "AUC {auc:.3f}、AP {ap:.3f}",
        "error": "、校准误差 {error:.3f}",
        "starting": "初始模型",
        "model": "模型 {id}",
    },
    Language.EN: {
        "too_few_tops": "only {tops:.0f} stays came to the top ten in the judged days; {needed:.0f} are needed",
        "baseline": "does not clearly beat a baseline: challenger {new}; {name} {other}",
        "no_better_than_champion": "does not clearly beat the model in use: challenger {new}; champion {other}",
        "chances_off": "its chances are too far off: challenger {new}{champion}",
        "better_than_champion": "beats the model in use and every baseline, and is taken into use: "
        "challenger {new}; champion {other}",
        "better_than_baselines": "beats every baseline, and is taken into use: challenger {new}",
        "too_short": "too little history: found {days:.1f} days, {needed:.1f} are needed; {used} stays in use",
        "too_young": "the model in use, {used}, knows all but the last {days:.1f} days; to be judged by days "
        "that it does not know, {needed:.1f} are needed",
        "too_little_came": "too little came to the top ten: {tops:.0f} stays in the last days, {needed:.0f} are "
        "needed, and {lines:.0f} lines before them; {used} stays in use",
        "champion": "; champion {other}",
        "figures": "AUC {auc:.3f}, AP {ap:.3f}",
        "error": ", calibration error {error:.3f}",
        "starting": "the starting model",
        "model": "{id}",
    },
}

STARTING = "starting"
"""How the model that ships is called among the learnt ones."""


def decision_sentence(
    code: str, figures: Mapping[str, float], champion_id: str, language: Language
) -> str:
    """What was decided of a model, and why; ``champion_id`` is the model in use then."""
    said = SAID[language]
    used = said["starting"] if champion_id == STARTING else said["model"].format(id=champion_id)
    baseline = code.removeprefix("no_better_than_")
    names = BASELINES[language]
    template = said["baseline"] if baseline in names else said[code]
    other = _figures(figures, "other_", said)
    return template.format(
        **figures,
        new=_figures(figures, "", said),
        other=other,
        champion=said["champion"].format(other=other) if other else "",
        name=names.get(baseline, ""),
        used=used,
    )


def _figures(figures: Mapping[str, float], prefix: str, said: Mapping[str, str]) -> str:
    if f"{prefix}auc" not in figures:
        return ""
    text = said["figures"].format(auc=figures[f"{prefix}auc"], ap=figures[f"{prefix}ap"])
    error = figures.get(f"{prefix}error")
    return text if error is None else text + said["error"].format(error=error)
