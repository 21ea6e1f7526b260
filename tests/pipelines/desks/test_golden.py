"""The golden cases of golden.toml."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.desks.matching import Matcher
from tests.pipelines.desks.made_desks import desk, line, rule, story

GROUPS: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("golden.toml").read_text("utf-8")
)["group"]


def _cases() -> Iterator[Any]:
    for group in GROUPS:
        for title, *words in [*group["hits"], *([title] for title in group["misses"])]:
            yield pytest.param(group, title, words, id=f"{group['about']}: {title!a}")


CASES = list(_cases())


@pytest.mark.parametrize(("group", "title", "words"), CASES)
def test_a_rule_takes_a_title_by_these_words(
    group: dict[str, Any], title: str, words: list[str]
) -> None:
    rules = [rule(**written) for written in group.get("rules", [group])]
    matcher = Matcher(desk(*rules, none_of=group.get("desk_not", ())))
    found = [
        title[span.start : span.end]
        for matched in matcher.match([story(line(title))])
        for hit in matched.hits.values()
        for span in hit.spans
    ]
    assert found == words
    assert list(matcher.titles([("key", title)])) == ["key"] * bool(words)


def test_there_are_enough_of_them_and_one_for_each_trap() -> None:
    assert len(CASES) >= 120
    traps = [group["about"] for group in GROUPS if group["about"].startswith("trap")]
    assert len(traps) == 10
