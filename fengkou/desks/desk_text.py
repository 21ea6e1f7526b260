"""A desk as the text of its file."""

import io
import re
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


def text_of(desk: Desk) -> str:
    """The text that describes a desk; its version is of that text, and not the desk's own."""
    document = _table(
        {
            "desk": desk.name,
            "title": _word(desk.title) if desk.title != desk.name else None,
            "tz": desk.zone.key,
            "language": str(desk.language),
            **_where(desk.where),
            "not": _flow(map(_term, desk.none_of)),
            "watch": CommentedSeq(map(_rule, desk.rules)),
            "quiet": _flow(_span(each.begins, each.ends) for each in desk.quiet),
            "budget": _inline({"per_hour": desk.budget.per_hour, "per_day": desk.budget.per_day}),
            "digests": CommentedSeq(map(_digest, desk.digests)),
            "channels": CommentedMap((_word(each.name), _channel(each)) for each in desk.channels),
        }
    )
    yaml = YAML()
    yaml.width = WIDEST
    yaml.indent(mapping=2, sequence=4, offset=2)
    written = io.StringIO()
    yaml.dump(document, written)
    return f"{SCHEMA_LINE}\n{written.getvalue()}"


def _rule(rule: Rule) -> CommentedMap:
    return _table(
        {
            "id": _word(rule.id),
            "any": _flow(map(_term, rule.any_of)),
            "all": _flow(map(_term, rule.all_of)),
            "not": _flow(map(_term, rule.none_of)),
            "alias": _inline(
                {_word(word): _flow(map(_word, others)) for word, others in rule.aliases.items()}
            ),
            "where": _inline(_where(rule.where)),
            "when": _when(rule.when) if rule.when != MATERIAL else None,
            "send": _send(rule.send),
        }
    )


def _term(term: Term) -> Any:
    if isinstance(term, Near):
        words = _flow(_word(word.written) for word in term.words)
        return _inline({"near": words, "within": term.within})
    if isinstance(term, Pattern):
        # Between these quotes a backslash is one.
        return _inline({"re": SingleQuotedScalarString(term.written)})
    return _word(term.written)


def _word(written: str) -> str:
    return written if PLAIN.fullmatch(written) else DoubleQuotedScalarString(written)


def _where(where: Where) -> dict[str, Any]:
    return {
        "boards": _flow(sorted(where.boards)),
        "not_boards": _flow(sorted(where.not_boards)),
        "categories": _flow(sorted(where.categories)),
    }


def _when(when: When) -> CommentedMap:
    conditions = _inline(
        {
            "chance": when.chance,
            "boards": when.boards,
            "rank": when.rank,
            "stage": _flow(sorted(map(str, when.stages))),
        }
    )
    return _inline({"all_of": conditions}) if when.needs_all else conditions


def _send(send: Send) -> CommentedMap:
    usual = Send()
    return _inline(
        {
            "as": str(send.urgency) if send.urgency is not usual.urgency else None,
            "per_day": send.per_day,
            "wake": send.wakes or None,
            "channels": _flow(map(_word, send.channels)),
        }
    )


def _digest(digest: DigestTime) -> CommentedMap:
    covered = digest.window
    return _inline(
        {
            "at": f"{digest.at:%H:%M}",
            "window": _span(covered.begins, covered.ends) if covered else None,
            "channels": _flow(map(_word, digest.channels)),
        }
    )


def _channel(channel: ChannelSettings) -> CommentedMap:
    return _inline(
        {
            "kind": channel.kind,
            "secret": channel.secret or None,
            "sign": channel.sign,
            **{name: _word(value) for name, value in channel.options.items()},
        }
    )


def _span(begins: time, ends: time) -> str:
    if begins == ends == time():
        return "yesterday 0-24"
    return f"{begins:%H:%M}-{ends:%H:%M}"


def _table(said: dict[str, Any]) -> CommentedMap:
    """What is said of it; what says nothing is left out."""
    return CommentedMap((key, value) for key, value in said.items() if value not in (None, [], {}))


def _inline(said: dict[str, Any]) -> CommentedMap:
    table = _table(said)
    table.fa.set_flow_style()
    return table


def _flow(values: Any) -> CommentedSeq:
    listed = CommentedSeq(values)
    listed.fa.set_flow_style()
    return listed
