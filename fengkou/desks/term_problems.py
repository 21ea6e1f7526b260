"""Whether a term can be looked for at all."""

from pipelines.desks.desk import Term
from pipelines.desks.terms import compiled
from pipelines.desks.words import TermError


def problem_of(term: Term) -> str | None:
    """What is wrong with a term, and what to do; None where it can be looked for."""
    try:
        compiled(term)
    except TermError as error:
        return str(error)
    return None
