"""The sentences that say why a topic is in a digest, and what is expected of it."""

from pipelines.digest.contents import Outlook, Reason
from pipelines.digest.render.cause_sentences import sentence
from pipelines.digest.render.safe_text import plain
from pipelines.digest.render.wording import WORDING, Wording
from pipelines.language import Language

MINUTES_PER_HOUR = 60
HOURS_FROM_MINUTES = 120  # "118 分钟" still reads at a glance; "200 分钟" does not


def explain(reason: Reason, language: Language = Language.ZH) -> str:
    """The reason as a sentence; what is new is called so first."""
    words = WORDING[language]
    said = reason.said_zh if language is Language.ZH else reason.said_en
    told = sentence(reason.causes, language) if said is None else said
    text = plain(told) or words.no_reason + words.full_stop
    if reason.is_new:
        text = words.is_new + words.clause + text[0].lower() + text[1:]
    return text[0].upper() + text[1:]


def foresee(outlook: Outlook, language: Language = Language.ZH) -> str:
    """What is expected, in one line: stage, chances, peak, time left; the unknown is left out."""
    words = WORDING[language]
    clauses = [
        words.stages[outlook.stage],
        _chances(outlook, plain(outlook.name(language)), words),
        ""
        if outlook.spread_chance is None
        else words.spread.format(percent=percent(outlook.spread_chance)),
        _peak(outlook, words),
        _left(outlook, words),
        "" if outlook.is_honest else words.knew_later,
    ]
    return " · ".join(filter(None, clauses))


def percent(chance: float) -> str:
    """A chance in whole hundredths; what is neither nothing nor certain is not shown as such."""
    if 0 < chance < 0.01:  # noqa: PLR2004
        return "<1%"
    return f"{min(round(100 * chance), 99 if chance < 1 else 100)}%"


def duration(minutes: int, words: Wording) -> str:
    """Minutes up to two hours as minutes, beyond as hours and minutes."""
    if minutes < HOURS_FROM_MINUTES:
        return words.minutes.format(minutes=minutes)
    hours, rest = divmod(minutes, MINUTES_PER_HOUR)
    if rest == 0:
        return words.hours.format(hours=hours)
    return words.hours_minutes.format(hours=hours, minutes=rest)


def _chances(outlook: Outlook, name: str, words: Wording) -> str:
    if outlook.chances is None:
        return ""
    one, three, six = map(percent, outlook.chances)
    return words.chances.format(name=name, one=one, three=three, six=six)


def _peak(outlook: Outlook, words: Wording) -> str:
    low, middle, high = map(round, outlook.peak_rank)
    peak = words.peak.format(rank=middle, low=low, high=high)
    if outlook.peak_heat_share is None:
        return peak
    return peak + words.peak_heat.format(percent=percent(outlook.peak_heat_share))


def _left(outlook: Outlook, words: Wording) -> str:
    low, middle, high = (_span(minutes, words) for minutes in outlook.minutes_left)
    return words.left.format(span=middle, low=low, high=high)


def _span(minutes: float, words: Wording) -> str:
    """An expectation is no timetable: whole hours from two hours on."""
    if minutes >= HOURS_FROM_MINUTES:
        return duration(round(minutes / MINUTES_PER_HOUR) * MINUTES_PER_HOUR, words)
    return duration(round(minutes), words)
