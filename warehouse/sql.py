"""Reading the .sql files of the warehouse, with the numbers of ``pipelines.rules`` written in."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pipelines import rules

QUERY = re.compile(r"\$query_([a-z_]+)\b")
RULE = re.compile(r"\$rule_([a-z0-9_]+)\b")


class SqlError(ValueError):
    """A .sql file that asks for what is not there: what it asks for, where, what there is."""


@cache
def read_sql(name: str) -> str:
    """The text of ``warehouse/<name>.sql``, with rules and shared queries written in.

    ``$rule_<name>`` is a number that Python and SQL both need; it stands in ``pipelines.rules`` alone, and
    is written into the text, for a view keeps no parameters. ``$query_<name>`` is
    ``warehouse/queries/<name>.sql`` in brackets, with the parameters of the query that asks for it. Raises
    SqlError for a rule that there is not.
    """
    text = with_rules(files("warehouse").joinpath(f"{name}.sql").read_text(encoding="utf-8"), name)
    return with_queries(text)


def with_queries(text: str) -> str:
    """``text`` with the shared queries that it names written in."""
    return QUERY.sub(lambda found: f"({read_sql(f'queries/{found[1]}')})", text)


def with_rules(text: str, name: str) -> str:
    """``text`` with the rules' numbers written in; ``name`` says whose text it is in an error."""
    known = _numbers()

    def number(found: re.Match[str]) -> str:
        if found[1] not in known:
            raise SqlError(
                f"warehouse/{name}.sql asks for ${found[0][1:]}; pipelines/rules.py has no number "
                f"{found[1].upper()}. It has {', '.join(sorted(known))}."
            )
        return known[found[1]]

    return RULE.sub(number, text)


@cache
def _numbers() -> Mapping[str, str]:
    return {
        name.lower(): repr(list(value) if isinstance(value, tuple) else value)
        for name, value in vars(rules).items()
        if name.isupper() and isinstance(value, int | float | tuple)
    }


def quoted(text: object) -> str:
    """A text as SQL writes it, where DuckDB takes no parameter: COMMENT, and the file of COPY."""
    return "'" + str(text).replace("'", "''") + "'"
