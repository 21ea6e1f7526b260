"""Whether a term can be looked for at all."""

import re2

from pipelines.desks.desk import Pattern, Term


def problem_of(term: Term) -> str | None:
    """What is wrong with a term, and what to do; None where it can be looked for."""
    if isinstance(term, Pattern):
        try:
            re2.compile(term.written)
        except re2.error as error:
            return f"{error}. Correct it: the syntax is that of RE2."
    return None
