"""The one sentence that says why a topic is in a digest."""

from pipelines.digest import Language, Reason
from pipelines.render.plain import plain
from pipelines.render.wording import WORDING, Wording

MINUTES_PER_HOUR = 60
HOURS_FROM_MINUTES = 120  # "118 分钟" still reads at a glance; "200 分钟" does not
WORTH_MULTIPLYING = 1.1  # below this, "1.0 times the usual" says less than the usual itself


def explain(reason: Reason, language: Language = Language.ZH) -> str:
    """The reason as a sentence: newness, movement, reach, forecast; the unknown is left out."""
    words = WORDING[language]
    name = plain(reason.name(language))
    clauses = [clause for clause in _clauses(reason, name, words) if clause]
    sentence = words.clause.join(clauses or [words.no_reason]) + words.full_stop
    # A board's own name keeps its own capitals.
    starts_with_name = bool(name) and sentence.startswith(name)
    return sentence if starts_with_name else sentence[0].upper() + sentence[1:]


def duration(minutes: int, words: Wording) -> str:
    """Minutes up to two hours as minutes, beyond as hours and minutes."""
    if minutes < HOURS_FROM_MINUTES:
        return words.minutes.format(minutes=minutes)
    hours, rest = divmod(minutes, MINUTES_PER_HOUR)
    if rest == 0:
        return words.hours.format(hours=hours)
    return words.hours_minutes.format(hours=hours, minutes=rest)


def _clauses(reason: Reason, name: str, words: Wording) -> list[str]:
    return [
        words.is_new if reason.is_new else "",
        _movement(reason, name, words),
        _reach(reason.board_count, words),
        ""
        if reason.top_ten_chance is None
        else words.chance.format(percent=round(reason.top_ten_chance * 100)),
        "" if reason.expected_peak is None else words.peak.format(rank=reason.expected_peak),
        ""
        if reason.minutes_left is None
        else words.left.format(span=duration(reason.minutes_left, words)),
    ]


def _movement(reason: Reason, name: str, words: Wording) -> str:
    gain, minutes = reason.rank_gain, reason.over_minutes
    if not name:
        return ""
    if gain is None or minutes is None:
        return words.new_on.format(name=name) if reason.is_new else ""
    moves = {-1: words.loss, 0: words.no_move, 1: words.gain}
    template = moves[(gain > 0) - (gain < 0)]
    moved = template.format(name=name, span=duration(minutes, words), count=abs(gain))
    return moved + _against_the_clock(gain, reason.usual_gain, words)


def _against_the_clock(gain: int, usual: float | None, words: Wording) -> str:
    """How the gain compares with this hour of day; a fall is not compared."""
    if gain <= 0 or usual is None:
        return ""
    if usual < 0.05:  # noqa: PLR2004 - prints as 0.0, and nothing is divided by it
        return words.usual_none
    if gain / usual >= WORTH_MULTIPLYING:
        return words.usual_times.format(times=f"{gain / usual:.1f}")
    return words.usual_ranks.format(ranks=f"{usual:.1f}")


def _reach(board_count: int, words: Wording) -> str:
    if board_count <= 0:
        return ""
    if board_count == 1:
        return words.on_one_board
    return words.on_boards.format(count=board_count)
