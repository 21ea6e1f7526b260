"""The pages on desks say what is so, in each language alike."""

import re
from pathlib import Path

import pytest

from fengkou.desks.desk_file import read_desk
from fengkou.desks.desk_folder import known_now
from fengkou.desks.yaml_text import read_yaml

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = ("desks.md", "desks.zh-CN.md")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
TERM = re.compile(r"^\| (`[^|]+?(?:\\\|[^|]+?)*`) \|", re.MULTILINE)
INLINE = re.compile(r"`([^`]+)`")


def text(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_desk_on_the_page_is_one(page: str) -> None:
    written = [block for kind, block in BLOCK.findall(text(page)) if kind == "yaml"]
    assert written
    for block in written:
        read_desk(block, Path(page), known_now())


@pytest.mark.parametrize("page", PAGES)
def test_every_term_on_the_page_can_be_looked_for(page: str) -> None:
    terms = [
        term
        for cell in TERM.findall(text(page))
        for term in INLINE.findall(cell.replace("\\|", "|"))
    ]
    assert len(terms) > 5
    for term in terms:
        desk = f"desk: a\nwatch:\n  - id: r\n    any:\n      - {term}\n"
        read_desk(desk, Path(page), known_now())


def test_the_faults_on_the_page_are_told_so() -> None:
    told = [line for line in text(PAGES[0]).splitlines() if line.startswith("desks/tech.yaml:")]
    faulty = (
        "desk: tech\ntitle: 科技组\nlanguag: zh\nboards: [zhihu_dayly]\nwatch:\n  - id: chips\n"
        "    any: [芯片]\n    when: {chance: 5}\n"
    )
    assert read_yaml(faulty).is_whole
    with pytest.raises(Exception, match="languag") as refused:
        read_desk(faulty, Path("desks/tech.yaml"), known_now())
    assert str(refused.value).splitlines() == told


def test_both_languages_tell_the_same() -> None:
    def told(page: str) -> list[object]:
        found = text(page)
        links = {link.replace(".zh-CN", "") for link in re.findall(r"\]\(([^)]+)\)", found)}
        blocks = [(kind, len(block.splitlines())) for kind, block in BLOCK.findall(found)]
        rows = [line.count("|") for line in found.splitlines() if line.startswith("| ")]
        return [links, blocks, rows, found.count("\n## "), found.count("\n- ")]

    assert told(PAGES[0]) == told(PAGES[1])
