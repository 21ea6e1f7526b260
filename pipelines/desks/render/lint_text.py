"""What seems amiss with a desk's words, in words."""

from pipelines.desks.lint import Lint
from pipelines.messages import Messages


def lint_line(lint: Lint, words: Messages) -> str:
    """The rule, its term, what was seen in how many titles, and what to do."""
    told = words.say(
        f"lint.{lint.kind}",
        term=lint.term,
        by=lint.by,
        hits=str(lint.count),
        all=str(lint.of_count),
    )
    if lint.rule_id is None:
        return words.say("lint.of_desk", text=told)
    return words.say("lint.of_rule", rule=lint.rule_id, text=told)
