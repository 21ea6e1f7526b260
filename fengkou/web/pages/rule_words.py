"""The rules of a desk, as its page shows them."""

from collections.abc import Iterator, Sequence

from fengkou.web.asked import Asked
from fengkou.web.grid import Cell, Grid, text
from pipelines.desks.desk import Desk, Near, Pattern, Term, When
from pipelines.digest.render.phrases import percent
from pipelines.messages import Messages

URGENCIES = {
    "breaking": "web.urgency.breaking",
    "alert": "web.urgency.alert",
    "digest": "web.urgency.digest",
}


def rules(desk: Desk, asked: Asked) -> Grid:
    """A rule a row: its words, what it asks for, how it sends."""
    words = asked.words
    return Grid(
        "rules",
        words.say("web.rules"),
        ("web.rule", "web.any_of", "web.all_of", "web.none_of", "web.asks", "web.urgency"),
        tuple(
            {
                "rule": text(rule.id),
                "any_of": _terms(rule.any_of, words),
                "all_of": _terms(rule.all_of, words),
                "none_of": _terms((*rule.none_of, *desk.none_of), words),
                "asks": text(_asks(rule.when, words)),
                "urgency": Cell(words.say(URGENCIES[rule.send.urgency]), str(rule.send.urgency)),
            }
            for rule in desk.rules
        ),
    )


def _terms(terms: Sequence[Term], words: Messages) -> Cell:
    return text(words.say("join.names").join(map(_written, terms)))


def _written(term: Term) -> str:
    """A term as its file writes it."""
    if isinstance(term, Near):
        return f"{' … '.join(word.written for word in term.words)} (≤{term.within})"
    return f"/{term.written}/" if isinstance(term, Pattern) else term.written


def _asks(when: When, words: Messages) -> str:
    """How far a story has to have come."""
    key = "web.asks.all" if when.needs_all else "web.asks.any"
    return words.say(key).join(_conditions(when, words))


def _conditions(when: When, words: Messages) -> Iterator[str]:
    if when.boards is not None:
        yield words.say("web.asks.lists", when.boards)
    if when.rank is not None:
        yield words.say("web.asks.rank", rank=when.rank)
    if when.chance is not None:
        yield words.say("web.asks.chance", chance=percent(when.chance))
    yield from sorted(words.say(f"stage.{stage}") for stage in when.stages)
