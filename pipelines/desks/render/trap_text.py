"""What a file of words that is imported means otherwise than it looks, in words."""

from pipelines.desks.frequency_words import Finding
from pipelines.messages import Messages


def trap_line(finding: Finding, words: Messages) -> str:
    """The line of the file, what it means to TrendRadar, what it is here, and what to do."""
    told = words.say(f"trap.{finding.trap}", words=finding.words)
    return words.say("import.line", line=str(finding.line), text=told)
