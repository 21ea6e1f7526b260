"""Why a forecast is what it is, in a sentence of its causes."""

from collections.abc import Sequence

from pipelines.forecast.explanation import Cause
from pipelines.messages import Messages

SHARES = frozenset({"growth", "gap", "rate"})
"""Figures that are told in hundredths."""


def cause_sentence(causes: Sequence[Cause], words: Messages) -> str:
    """One sentence of the causes, in their order; empty where there are none."""
    if not causes:
        return ""
    text = words.say("join.clause").join(_clause(cause, words) for cause in causes)
    return text[0].upper() + text[1:] + words.say("join.stop")


def _clause(cause: Cause, words: Messages) -> str:
    """A cause in words; one that a later version found by its code."""
    if not words.knows(f"cause.{cause.code}"):
        return cause.code
    figures = {
        name: f"{value:.0%}" if name in SHARES else round(value)
        for name, value in cause.figures.items()
    }
    return words.say(f"cause.{cause.code}", **figures)
