"""What a card says of its story, in a sentence of its claims."""

from collections.abc import Mapping, Sequence

from pipelines.digest.contents import Claim
from pipelines.digest.render.phrases import duration
from pipelines.messages import Messages


def claim_sentence(claims: Sequence[Claim], names: Mapping[str, str], words: Messages) -> str:
    """One sentence of the claims, in their order; ``names`` tells each list's name."""
    if not claims:
        return ""
    text = words.say("join.clause").join(_clause(claim, names, words) for claim in claims)
    named = names.get(claims[0].board, claims[0].board) if claims[0].board else None
    if not named or not text.startswith(named):  # a list without a name goes by its identifier
        text = text[0].upper() + text[1:]
    return text + words.say("join.stop")


def _clause(claim: Claim, names: Mapping[str, str], words: Messages) -> str:
    """A claim in words; one that a later version found by its code."""
    if not words.knows(f"claim.{claim.code}"):
        return claim.code
    figures: dict[str, str | int] = {name: round(value) for name, value in claim.figures.items()}
    if "growth" in claim.figures:
        figures["growth"] = f"{claim.figures['growth']:.0%}"
    if "minutes" in claim.figures:
        figures["span"] = duration(round(claim.figures["minutes"]), words)
    if claim.board is not None:
        figures["board"] = names.get(claim.board, claim.board)
    return words.say(f"claim.{claim.code}", **figures)
