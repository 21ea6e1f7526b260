"""What the words of a desk's file mean together: faults that no word has alone."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from fengkou.desks.faults import KEY, told
from fengkou.desks.term_problems import problem_of
from fengkou.desks.written_words import did_you_mean
from fengkou.desks.yaml_text import Steps
from pipelines.desks.desk import Near, Pattern, Term, Word

Found = Iterator[tuple[Steps, str]]

NEAR_AT_LEAST = 2
CONDITIONS = ("chance", "boards", "rank", "stage")


def senseless(desk: Any) -> Found:
    """Where, and what, of a file's plain values; what has the wrong type is not looked at."""
    yield from _terms(("not",), _table(desk).get("not"))
    yield from _both_ways((), _table(desk))
    seen: dict[str, int] = {}
    for number, rule in enumerate(_list(_table(desk).get("watch"))):
        steps: Steps = ("watch", number)
        yield from _rule(steps, _table(rule))
        name = _table(rule).get("id")
        if isinstance(name, str):
            if name in seen:
                yield (
                    (*steps, "id"),
                    f"found {told(name)}, which rule {seen[name] + 1} is called already. Rename one of them.",
                )
            seen.setdefault(name, number)
    yield from _channels(_table(desk))
    yield from _twice(_table(desk))


def term_of(written: Any) -> Term | None:
    """A term of the file; None for what is none."""
    table = _table(written)
    if "near" in table:
        words, within = _texts(table["near"]), table.get("within")
        if len(words) != len(_list(table["near"])) or len(words) < NEAR_AT_LEAST:
            return None
        return Near(tuple(map(Word, words)), within) if isinstance(within, int) else None
    if "re" in table:
        return Pattern(table["re"]) if isinstance(table["re"], str) else None
    texts = _texts([written])
    return Word(texts[0]) if texts else None


def _rule(steps: Steps, rule: dict[str, Any]) -> Found:
    for key in ("any", "all", "not"):
        yield from _terms((*steps, key), rule.get(key))
    if rule and not rule.get("any") and not rule.get("all"):
        only = "nothing but not" if rule.get("not") else "neither any nor all"
        yield (
            steps,
            f"found {only}, expected words to look for. Write any: [芯片]; what a whole desk does not want "
            "stands in not beside watch.",
        )
    yield from _aliases(steps, rule)
    yield from _both_ways((*steps, "where"), _table(rule.get("where")))
    yield from _when((*steps, "when"), rule.get("when"))
    send = _table(rule.get("send"))
    if send.get("wake") is True and send.get("as") != "breaking":
        yield (
            (*steps, "send", "wake"),
            "only a breaking story passes quiet hours. Write as: breaking, or remove wake.",
        )


def _terms(steps: Steps, terms: Any) -> Found:
    for number, written in enumerate(_list(terms)):
        if (term := term_of(written)) and (problem := problem_of(term)):
            yield (*steps, number), problem


def _aliases(steps: Steps, rule: dict[str, Any]) -> Found:
    if not all(isinstance(rule.get(key, []), list) for key in ("any", "all", "not")):
        return  # it is not known what the rule looks for
    said = {
        word.written
        for key in ("any", "all", "not")
        for term in map(term_of, _list(rule.get(key)))
        for word in (
            [term] if isinstance(term, Word) else term.words if isinstance(term, Near) else []
        )
    }
    for word, others in _table(rule.get("alias")).items():
        yield from _terms((*steps, "alias", word), others)
        if word not in said:
            near = get_close_matches(word, said, 1)
            hint = f"Did you mean {near[0]}?" if near else "Write it into any or all too."
            yield (
                (*steps, "alias", word),
                f"found other words for {told(word)}, which the rule does not look for. {hint}",
            )


def _both_ways(steps: Steps, where: dict[str, Any]) -> Found:
    wanted = set(_texts(where.get("boards")))
    for number, board in enumerate(_list(where.get("not_boards"))):
        if isinstance(board, str) and board in wanted:
            yield (
                (*steps, "not_boards", number),
                f"found {told(board)}, which boards names too. Remove one of them.",
            )


def _when(steps: Steps, when: Any) -> Found:
    if not isinstance(when, dict):
        return
    plain = [key for key in CONDITIONS if key in when]
    ways = [key for key in ("any_of", "all_of") if key in when]
    if len(ways) + bool(plain) > 1:
        found = " and ".join([*plain[:1], *ways])
        yield (
            steps,
            f"found {found}, expected conditions of one way. Write all of them in one any_of or all_of.",
        )
    elif not plain and not ways:
        yield (
            steps,
            "found no condition. Remove when for the top ten or two lists; any list at all is boards: 1.",
        )
    for way in ways:
        if isinstance(when[way], dict) and not when[way]:
            yield (*steps, way), f"found no condition. Write {way}: {{boards: 2, rank: 10}}."


def _channels(desk: dict[str, Any]) -> Found:
    defined = [name for name in _table(desk.get("channels")) if KEY.fullmatch(name)]
    asking: list[tuple[Steps, Any]] = [
        (("watch", number, "send", "channels"), _table(_table(rule).get("send")).get("channels"))
        for number, rule in enumerate(_list(desk.get("watch")))
    ]
    asking += [
        (("digests", number, "channels"), _table(digest).get("channels"))
        for number, digest in enumerate(_list(desk.get("digests")))
    ]
    for steps, names in asking:
        for number, name in enumerate(_list(names)):
            if isinstance(name, str) and name not in _table(desk.get("channels")):
                there_are = f"There are: {', '.join(defined)}." if defined else "It has none."
                hint = did_you_mean(name, defined, there_are)
                yield (
                    (*steps, number),
                    f"the desk has no channel {told(name)}. {hint} Channels stand in channels, beside watch.",
                )


def _twice(desk: dict[str, Any]) -> Found:
    seen: list[Any] = []
    for number, digest in enumerate(_list(desk.get("digests"))):
        if digest in seen:
            yield ("digests", number), "found the same digest a second time. Remove one of them."
        seen.append(digest)


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(values: Any) -> list[str]:
    return [
        str(value)
        for value in _list(values)
        if isinstance(value, str | int | float)
        and not isinstance(value, bool)
        and str(value).strip()
    ]
