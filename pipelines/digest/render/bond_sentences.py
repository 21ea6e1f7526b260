"""Why a card's titles are one story, in a sentence."""

import math

from pipelines.digest.contents import Bond, SharedWord
from pipelines.digest.render.phrases import duration, percent
from pipelines.messages import Messages


def bond_sentence(bond: Bond | None, words: Messages) -> str:
    """One sentence, what is seen at once first; empty where there is nothing to say."""
    clauses = [*_clauses(bond, words)] if bond else []
    if not clauses:
        return ""
    told = words.say("join.clause").join(clauses)
    return f"{words.say('bond.heading')}{words.say('join.colon')}{told}{words.say('join.stop')}"


def _clauses(bond: Bond, words: Messages) -> list[str]:
    told = []
    if bond.kind:
        named = words.say("join.names").join(_named(word, bond, words) for word in bond.words)
        told.append(words.say(f"bond.{bond.kind}", bond.title_count, words=named))
    if bond.span_minutes is not None:
        span = duration(max(1, math.ceil(bond.span_minutes)), words)
        told.append(words.say("bond.span", span=span))
    if bond.hand_count:
        told.append(words.say("bond.hand", bond.hand_count))
    if bond.least_chance is not None:
        told.append(words.say("bond.chance", chance=percent(bond.least_chance)))
    return told


def _named(word: SharedWord, bond: Bond, words: Messages) -> str:
    if word.title_count == bond.title_count:
        return words.say("bond.word", word=word.word)
    return words.say("bond.word_count", word=word.word, titles=word.title_count)
