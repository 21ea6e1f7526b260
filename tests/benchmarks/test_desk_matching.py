"""What desks are measured beside does what it is said to do."""

import random
from pathlib import Path

from benchmarks import desk_matching, made
from benchmarks.desk_matching import trendradar_hits
from tests.pipelines.desks.made_desks import line, rule, story


def test_the_other_way_counts_substrings_and_lets_exclusions_leak() -> None:
    rules = [rule("a", any=["mac"], none=["水果"]), rule("b", any=["荔枝"])]
    told = [story(line("machine"), line("荔枝水果"), line("荔枝Mac"), line("machine"))]
    assert trendradar_hits(rules, told) == 3


def test_rules_are_drawn_from_words_of_the_titles_the_same_each_time(tmp_path: Path) -> None:
    titles = desk_matching.titles_of([made.archive(tmp_path / "made.parquet")])
    rules = desk_matching.rules_of(titles, random.Random(1))
    assert len(rules) == desk_matching.RULES
    assert rules == desk_matching.rules_of(titles, random.Random(1))
    assert {term for rule in rules for term in rule.none_of}
