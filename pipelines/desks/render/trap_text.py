"""What a file of words that is imported means otherwise than it looks, in words."""

from collections.abc import Iterable

from pipelines.desks.frequency_words import Finding, Trap
from pipelines.desks.render.story_text import listed
from pipelines.messages import Messages

MOST_WORDS = 5
"""Of the lines that one sentence tells; the others are counted."""


def trap_lines(findings: Iterable[Finding], words: Messages) -> list[str]:
    """Of each trap its lines, what they mean to TrendRadar, what they are here, and what to do."""
    by_trap: dict[Trap, list[Finding]] = {}
    for finding in findings:
        by_trap.setdefault(finding.trap, []).append(finding)
    return [_told(trap, found, words) for trap, found in by_trap.items()]


def _told(trap: Trap, found: list[Finding], words: Messages) -> str:
    numbers = list(dict.fromkeys(str(finding.line) for finding in found))
    said = list(dict.fromkeys(finding.words for finding in found))
    told = words.say(f"trap.{trap}", words=listed(said, MOST_WORDS, words))
    lines = words.say("join.names").join(numbers)
    return words.say("import.lines" if len(numbers) > 1 else "import.line", lines=lines, text=told)
