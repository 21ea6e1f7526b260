"""Numbers and their units in words."""

from itertools import pairwise

from pipelines.digest.render.safe_text import plain
from pipelines.messages import Messages

SHORT_NUMBER = 100  # from here on a number has enough figures without a decimal


def shortened(number: float, words: Messages) -> str:
    """12.3万 in Chinese, 123k in English: three or four figures and a magnitude."""
    sign, size = ("-" if number < 0 else ""), abs(number)
    magnitudes = _magnitudes(words)
    for (scale, suffix), (next_scale, _) in pairwise(magnitudes):
        # Rounded first, so that 99 999 999 is 1亿 and never 10000万.
        if _rounded(size / scale) < next_scale / scale:
            return f"{sign}{_rounded(size / scale):g}{suffix}"
    scale, suffix = magnitudes[-1]
    return f"{sign}{_rounded(size / scale):g}{suffix}"


def _magnitudes(words: Messages) -> list[tuple[float, str]]:
    """Each step with its mark, from 1, which has none."""
    told = words.say("number.magnitudes").split()
    return [
        (1.0, ""),
        *((float(step), mark) for step, mark in zip(told[::2], told[1::2], strict=True)),
    ]


def heat_unit(unit: str | None, words: Messages) -> str:
    """The unit in the reader's language where it is a known one, else as the board says it."""
    key = f"heat_unit.{unit}"
    return words.say(key) if words.knows(key) else plain(unit or "")


def _rounded(number: float) -> float:
    return round(number, 1) if number < SHORT_NUMBER else float(round(number))
