"""Every table is made after what it reads."""

import re

import pytest

from warehouse.code_versions import ROOT, rule_of
from warehouse.declaration import REFERENCE, Table
from warehouse.graph import Step, declared, steps, upstream

PYTHON_STEPS = [step for step in steps() if isinstance(step.declared, Table)]

SHARED = {
    ("core.word_sights", "core.new_words"),
    ("core.word_sights", "core.word_hands"),
    ("core.topic_cards", "core.topic_members"),
}
"""(table, what it does not read): other functions of a reader that its rule imports ask for that."""


def read_by(step: Step) -> set[str]:
    """The tables that the queries of its rule name."""
    named: set[str] = set()
    for path in rule_of(step.file):
        if path.endswith(".sql"):
            query = re.sub(r"--.*", "", (ROOT / path).read_text(encoding="utf-8"))
            named.update(REFERENCE.findall(query))
    return {table for table in named if (step.table, table) not in SHARED} - {step.table}


@pytest.mark.parametrize("step", PYTHON_STEPS, ids=lambda step: step.table)
def test_a_table_says_what_its_queries_read(step: Step) -> None:
    read = read_by(step)
    before = {known.table for known in upstream(step.table)}
    late = {table for table in read if table in declared()} - before
    assert not late, (
        f"{step.file} reads {sorted(late)}: name it in reads, or it may be made before."
    )
    idle = set(step.reads) - read
    assert not idle, f"{step.file} names {sorted(idle)} in reads, and no query of its rule does."


def test_every_table_stands_after_what_it_reads() -> None:
    made: set[str] = set()
    for step in steps():
        assert made >= set(step.reads) & declared().keys(), step.table
        made.add(step.table)
