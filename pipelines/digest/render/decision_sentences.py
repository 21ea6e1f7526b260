"""Why a learnt model was taken into use or not, in words."""

from collections.abc import Mapping

from pipelines.forecast.champion_challenger import NO_BETTER
from pipelines.forecast.forecasting_model import STARTING
from pipelines.language import Language
from pipelines.messages import Messages, messages_in

DECIMALS = {"days": 1, "lines": 0}
"""How figures are told; those that are needed like those that were found."""


def decision_sentence(
    code: str, figures: Mapping[str, float], champion_id: str, language: Language
) -> str:
    """What was decided of a model, and why; ``champion_id`` is the model in use then."""
    words = messages_in(language)
    other = _how_good(figures, "other_", words)
    blanks = {
        name: f"{figures[name]:.{places}f}" for name, places in DECIMALS.items() if name in figures
    }
    if "needed" in figures:
        blanks["needed"] = f"{figures['needed']:.{DECIMALS['days'] if 'days' in figures else 0}f}"
    key = f"decision.{code}"
    unbeaten = code.removeprefix(NO_BETTER)
    if words.knows(f"baseline.{unbeaten}"):
        key = "decision.no_better_than_baseline"
        blanks["baseline"] = words.say(f"baseline.{unbeaten}")
    elif key == "decision.chances_off" and other:
        key = "decision.chances_off_beside"
    return words.say(
        key,
        round(figures["tops"]) if "tops" in figures else None,
        new=_how_good(figures, "", words),
        other=other,
        used=words.say("model.starting")
        if champion_id == STARTING
        else words.say("model.learnt", id=champion_id),
        **blanks,
    )


def _how_good(figures: Mapping[str, float], prefix: str, words: Messages) -> str:
    """The figures of a model in words; empty where there are none."""
    known = {name: figures.get(f"{prefix}{name}") for name in ("auc", "ap", "error")}
    told = {name: f"{figure:.3f}" for name, figure in known.items() if figure is not None}
    if not told:
        return ""
    return words.say("model.figures_with_error" if "error" in told else "model.figures", **told)
