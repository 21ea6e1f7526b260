"""README says what is: its figures, its queries, the files it names; in each of its languages alike."""

import re
from pathlib import Path

import pytest

from fengkou import readme_figures
from fengkou.cli.command_reference import installed
from warehouse.connection import open_published

ROOT = readme_figures.ROOT
SQL = re.compile(r"^```sql\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
COMMAND = re.compile(r"`fengkou ([a-z]+)")


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def test_its_figures_are_those_of_now() -> None:
    assert readme_figures.stale() == []


def test_a_figure_that_was_typed_is_stale() -> None:
    known = readme_figures.figures()
    typed = "<!--boards-->1<!--/--> boards"
    assert readme_figures.filled(typed, known) == f"<!--boards-->{known['boards']}<!--/--> boards"
    with pytest.raises(readme_figures.UnknownFigureError, match="there are boards"):
        readme_figures.filled("<!--stars-->9<!--/-->", {"boards": "1"})


@pytest.mark.parametrize("page", readme_figures.PAGES)
def test_its_queries_run(page: str, simulated_home: Path) -> None:
    queries = SQL.findall(text(page))
    assert queries
    with open_published(simulated_home / "published") as con:
        for query in queries:
            con.execute(query).fetchall()


@pytest.mark.parametrize("page", readme_figures.PAGES)
def test_its_links_lead_to_files_and_its_commands_exist(page: str) -> None:
    assert [link for link in LINK.findall(text(page)) if not (ROOT / link).exists()] == []
    assert set(COMMAND.findall(text(page))) <= set(installed().list_commands(None))


def test_every_language_tells_the_same() -> None:
    def told(page: str) -> dict[str, list[str]]:
        page_text = text(page)
        return {
            "figures": sorted(re.findall(r"<!--([a-z_]+)-->", page_text)),
            "commands": sorted(set(COMMAND.findall(page_text))),
            "queries": SQL.findall(page_text),
            # A page that is written in both languages is the same page.
            "links": sorted(
                {link.replace(".zh-CN", "") for link in LINK.findall(page_text)} - {"README.md"}
            ),
            "headings": [str(page_text.count("\n## "))],
        }

    first, *others = map(told, readme_figures.PAGES)
    assert others == [first] * len(others)
