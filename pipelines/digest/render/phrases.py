"""What is expected of a topic, and quantities, in words."""

from pipelines.digest.contents import Outlook
from pipelines.digest.render.safe_text import plain
from pipelines.language import Language
from pipelines.messages import Messages, messages_in

MINUTES_PER_HOUR = 60
HOURS_PER_DAY = 24
DAYS_FROM_HOURS = 48
HOURS_FROM_MINUTES = 120  # "118 分钟" still reads at a glance; "200 分钟" does not


def foresee(outlook: Outlook, language: Language = Language.ZH) -> str:
    """What is expected, in one line: stage, chances, peak, time left; the unknown is left out."""
    words = messages_in(language)
    clauses = [
        words.say(f"stage.{outlook.stage}"),
        _chances(outlook, plain(outlook.name(language)), words),
        ""
        if outlook.spread_chance is None
        else words.say("outlook.spread", chance=percent(outlook.spread_chance)),
        _peak(outlook, words) if outlook.chances else "",
        _stays(outlook, words),
        _left(outlook, words),
        "" if outlook.is_honest else words.say("outlook.knew_later"),
    ]
    return " · ".join(filter(None, clauses))


def foresee_briefly(outlook: Outlook, language: Language = Language.ZH) -> str:
    """Stage, chance and time left alone, for who reads in passing."""
    words, name = messages_in(language), plain(outlook.name(language))
    clauses = [
        words.say(f"stage.{outlook.stage}"),
        words.say("outlook.chance", name=name, chance=percent(outlook.chance))
        if outlook.chances
        else "",
        words.say("outlook.left_about", span=about_span(outlook.minutes_left[1], words)),
        "" if outlook.is_honest else words.say("outlook.knew_later"),
    ]
    return " · ".join(filter(None, clauses))


def percent(chance: float) -> str:
    """A chance in whole hundredths; what is neither nothing nor certain is not shown as such."""
    if 0 < chance < 0.01:  # noqa: PLR2004
        return "<1%"
    return f"{min(round(100 * chance), 99 if chance < 1 else 100)}%"


def duration(minutes: int, words: Messages) -> str:
    """Minutes up to two hours as minutes, then hours and minutes, from two days on whole days."""
    if minutes < HOURS_FROM_MINUTES:
        return words.say("span.minutes", minutes=minutes)
    hours, rest = divmod(minutes, MINUTES_PER_HOUR)
    if hours >= DAYS_FROM_HOURS:
        return words.say("span.days", hours // HOURS_PER_DAY)
    if rest == 0:
        return words.say("span.hours", hours=hours)
    return words.say("span.hours_minutes", hours=hours, minutes=rest)


def _chances(outlook: Outlook, name: str, words: Messages) -> str:
    if outlook.chances is None:
        return ""
    in_1h, in_3h, in_6h = map(percent, outlook.chances)
    return words.say("outlook.chances", name=name, in_1h=in_1h, in_3h=in_3h, in_6h=in_6h)


def _peak(outlook: Outlook, words: Messages) -> str:
    low, middle, high = map(round, outlook.peak_rank)
    peak = words.say("outlook.peak", rank=middle, low=low, high=high)
    if outlook.peak_heat_share is None:
        return peak
    return peak + words.say("outlook.peak_heat", share=percent(outlook.peak_heat_share))


def _stays(outlook: Outlook, words: Messages) -> str:
    if outlook.stay_chances is None:
        return ""
    in_30m, in_1h, in_3h, in_6h = map(percent, outlook.stay_chances)
    return words.say("outlook.stays", in_30m=in_30m, in_1h=in_1h, in_3h=in_3h, in_6h=in_6h)


def _left(outlook: Outlook, words: Messages) -> str:
    low, middle, high = (about_span(minutes, words) for minutes in outlook.minutes_left)
    return words.say("outlook.left", span=middle, low=low, high=high)


def about_span(minutes: float, words: Messages) -> str:
    """Minutes that are expected: an expectation is no timetable: whole hours from two hours on."""
    if minutes >= HOURS_FROM_MINUTES:
        return duration(round(minutes / MINUTES_PER_HOUR) * MINUTES_PER_HOUR, words)
    return duration(round(minutes), words)
