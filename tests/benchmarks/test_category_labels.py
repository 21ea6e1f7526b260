"""The labels that categories are measured by are whole, and hold no title."""

import re
from collections import Counter

from benchmarks.categories import HALVES, NONE
from benchmarks.category_labels import key_of, read_labels
from pipelines.topics.categories import CATEGORIES


def test_every_label_is_a_hash_and_categories() -> None:
    for key, label in read_labels().items():
        assert re.fullmatch(r"[0-9a-f]{16}", key)
        assert {*label.accepted, label.again or NONE} <= {*CATEGORIES, NONE}


def test_both_halves_are_measured_and_a_tenth_was_read_twice() -> None:
    halves = Counter(label.half for label in read_labels().values())
    assert set(halves) == {*HALVES, "learning"}
    assert sum(halves[half] for half in HALVES) == 500
    assert sum(bool(label.again) for label in read_labels().values()) == 50


def test_a_title_is_known_however_it_is_printed() -> None:
    assert key_of("青禾外卖员 跳河救人！") == key_of("青禾外卖员跳河救人")
