"""A desk as the text of its file."""

import io
import re
from collections.abc import Mapping
from datetime import time
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

from pipelines.desks.desk import (
    MATERIAL,
    ChannelSettings,
    Desk,
    DigestTime,
    Near,
    Pattern,
    Rule,
    Send,
    Term,
    When,
    Where,
)

SCHEMA_FILE = "desk.schema.json"
SCHEMA_LINE = f"# yaml-language-server: $schema=./{SCHEMA_FILE}"
"""Where editors look for the schema of a YAML file."""
WIDEST = 110
PLAIN = re.compile(r"\w(?:[\w .·-]*\w)?")
"""Words that mean nothing to YAML, wherever they stand; all others are written in quotes."""
A_LINE_EACH = frozenset(("watch", "digests", "channels"))

Written = dict[str, Any]
"""A table as a desk's file has it; what says nothing may stand in it too, and is left out."""


def text_of(desk: Desk) -> str:
    """The text that describes a desk; its version is of that text, and not the desk's own."""
    return written(
        {
            "desk": desk.name,
            "title": desk.title if desk.title != desk.name else None,
            "tz": desk.zone.key,
            "language": str(desk.language),
            **_where(desk.where),
            "not": [*map(_term, desk.none_of)],
            "watch": [*map(_rule, desk.rules)],
            "quiet": [_span(each.begins, each.ends) for each in desk.quiet],
            "budget": {"per_hour": desk.budget.per_hour, "per_day": desk.budget.per_day},
            "digests": [*map(_digest, desk.digests)],
            "channels": {each.name: _channel(each) for each in desk.channels},
        }
    )


def written(document: Mapping[str, Any]) -> str:
    """The text of a desk's file with those values; what is None or empty is left out."""
    yaml = YAML()
    yaml.width = WIDEST
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO()
    yaml.dump(_table(document), text)
    return f"{SCHEMA_LINE}\n{text.getvalue()}"


def _table(document: Mapping[str, Any]) -> CommentedMap:
    table = CommentedMap()
    for key, value in document.items():
        if not _says_nothing(value):
            table[_word(key)] = _lines(key, value) if key in A_LINE_EACH else _flow(value)
    return table


def _lines(key: str, value: Any) -> Any:
    """A list or table of which each has a line; a rule has one for each of its keys."""
    if isinstance(value, Mapping):
        return CommentedMap((_word(name), _flow(each)) for name, each in value.items())
    return CommentedSeq(_table(each) if key == "watch" else _flow(each) for each in value)


def _flow(value: Any) -> Any:
    """A value that stands in one line."""
    if isinstance(value, str):
        return _word(value)
    if isinstance(value, Mapping):
        table = CommentedMap(
            # Between these quotes a backslash is one.
            (_word(key), SingleQuotedScalarString(each) if key == "re" else _flow(each))
            for key, each in value.items()
            if not _says_nothing(each)
        )
        table.fa.set_flow_style()
        return table
    if isinstance(value, list | tuple):
        listed = CommentedSeq(map(_flow, value))
        listed.fa.set_flow_style()
        return listed
    return value


def _word(text: str) -> str:
    return text if PLAIN.fullmatch(text) else DoubleQuotedScalarString(text)


def _says_nothing(value: Any) -> bool:
    """Of a table, that nothing in it says anything."""
    if isinstance(value, Mapping):
        return all(map(_says_nothing, value.values()))
    return value is None or value in ([], ())


def _rule(rule: Rule) -> Written:
    return {
        "id": rule.id,
        "any": [*map(_term, rule.any_of)],
        "all": [*map(_term, rule.all_of)],
        "not": [*map(_term, rule.none_of)],
        "alias": {word: [*others] for word, others in rule.aliases.items()},
        "where": _where(rule.where),
        "when": _when(rule.when) if rule.when != MATERIAL else None,
        "send": _send(rule.send),
    }


def _term(term: Term) -> Any:
    if isinstance(term, Near):
        return {"near": [word.written for word in term.words], "within": term.within}
    return {"re": term.written} if isinstance(term, Pattern) else term.written


def _where(where: Where) -> Written:
    return {
        "boards": sorted(where.boards),
        "not_boards": sorted(where.not_boards),
        "categories": sorted(where.categories),
    }


def _when(when: When) -> Written:
    conditions = {
        "chance": when.chance,
        "boards": when.boards,
        "rank": when.rank,
        "stage": sorted(map(str, when.stages)),
    }
    return {"all_of": conditions} if when.needs_all else conditions


def _send(send: Send) -> Written:
    return {
        "as": str(send.urgency) if send.urgency is not Send().urgency else None,
        "per_day": send.per_day,
        "wake": send.wakes or None,
        "channels": [*send.channels],
    }


def _digest(digest: DigestTime) -> Written:
    covered = digest.window
    return {
        "at": f"{digest.at:%H:%M}",
        "window": _span(covered.begins, covered.ends) if covered else None,
        "channels": [*digest.channels],
    }


def _channel(channel: ChannelSettings) -> Written:
    return {
        "kind": channel.kind,
        "secret": channel.secret or None,
        "sign": channel.sign,
        **channel.options,
    }


def _span(begins: time, ends: time) -> str:
    if begins == ends == time():
        return "yesterday 0-24"
    return f"{begins:%H:%M}-{ends:%H:%M}"
