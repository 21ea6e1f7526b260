"""Learning: the model that forecasts, learnt anew from the warehouse's own history while that is better."""

from datetime import datetime
from typing import Any

import dagster as dg

from dagster_project.defs.resources import HomeResource
from fengkou.learning import Learnt, learn
from pipelines.digest.render.decision_sentences import decision_sentence
from pipelines.language import Language


class LearnConfig(dg.Config):
    """Until when to learn; empty means the newest capture."""

    at: str = ""


@dg.asset(
    key=["ops", "models"],
    deps=[
        ["core", "entries"],
        ["core", "item_hours"],
        ["core", "items"],
        ["core", "servings"],
        ["core", "snapshots"],
        ["core", "titles"],
    ],
    group_name="learning",
    kinds={"duckdb", "lightgbm"},
    op_tags={"fengkou/writes": "warehouse"},
)
def models(config: LearnConfig, fengkou: HomeResource) -> dg.MaterializeResult[None]:
    """The forecasting model: a challenger is judged on the last days beside the model in use.

    It is taken into use only where it beats that and the simple baselines, on days that neither knows.
    """
    learnt = learn(fengkou.home(), datetime.fromisoformat(config.at) if config.at else None)
    return dg.MaterializeResult(metadata=metadata(learnt))


def metadata(learnt: Learnt) -> dict[str, Any]:
    """The decision and its figures, as Dagster shows them."""
    rows = [
        f"| {figures.forecaster} | {figures.auc:.4f} | {figures.average_precision:.4f} | "
        f"{_error(figures.calibration_error)} |"
        for figures in learnt.figures
    ]
    head = ["| by | AUC | average precision | calibration error |", "| --- | ---: | ---: | ---: |"]
    return {
        "is_accepted": learnt.is_accepted,
        "why": decision_sentence(
            learnt.decision, learnt.decision_figures, learnt.champion_id, Language.EN
        ),
        "why_zh": decision_sentence(
            learnt.decision, learnt.decision_figures, learnt.champion_id, Language.ZH
        ),
        "model_id": learnt.model_id or "none",
        "champion_id": learnt.champion_id,
        "known_since": learnt.known_since.isoformat(),
        "known_until": learnt.known_until.isoformat(),
        "boards": len(learnt.boards),
        "lines": learnt.line_count,
        "judged_lines": learnt.judged_line_count,
        "judged_tops": learnt.judged_top_count,
        "figures": dg.MetadataValue.md("\n".join([*head, *rows])),
    }


def _error(error: float | None) -> str:
    return "" if error is None else f"{error:.4f}"
