"""The figures in README and its translations: each is counted in the code or taken from what was measured.

A page writes ``<!--boards-->63<!--/-->``; what stands between is filled in. What was measured is
``docs/figures.json``, which ``python -m benchmarks.figures`` writes.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from crawlers import catalog
from warehouse import dictionary

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "README.zh-CN.md")
MEASURED = ROOT / "docs" / "figures.json"
MARKED = re.compile(r"<!--([a-z_]+)-->(.*?)<!--/-->", re.DOTALL)
QUESTION = re.compile(r"^## \d+\. ", re.MULTILINE)


class UnknownFigureError(LookupError):
    """A page asks for a figure that nobody counts."""


def figures() -> dict[str, str]:
    """Every figure by its name, as it is printed."""
    boards = [board for board in catalog.facts() if not board.is_custom]
    cookbook = (ROOT / "docs" / "sql-cookbook.md").read_text(encoding="utf-8")
    measured: Mapping[str, float] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return {
        "boards": str(len(boards)),
        "lists": str(len({board.list_board for board in boards})),
        "sources": str(len({board.source for board in boards})),
        "questions": str(len(QUESTION.findall(cookbook))),
        "tables": str(len(dictionary.tables())),
        **{name: _printed(value) for name, value in measured.items()},
    }


def filled(text: str, known: Mapping[str, str]) -> str:
    """A page with its figures as they are now. Raises UnknownFigureError for a name that nobody counts."""

    def figure(found: re.Match[str]) -> str:
        if found[1] not in known:
            raise UnknownFigureError(f"<!--{found[1]}-->: there are {', '.join(sorted(known))}.")
        return f"<!--{found[1]}-->{known[found[1]]}<!--/-->"

    return MARKED.sub(figure, text)


def pages() -> dict[Path, str]:
    """Each page and what it should say."""
    known = figures()
    return {ROOT / name: filled((ROOT / name).read_text(encoding="utf-8"), known) for name in PAGES}


def stale() -> list[str]:
    """A sentence for each page whose figures are not those of now."""
    return [
        f"{file.name}: a figure is stale. Run: make docs"
        for file, text in pages().items()
        if file.read_text(encoding="utf-8") != text
    ]


def write() -> list[Path]:
    """Fill in the figures of every page; the files are returned."""
    written = pages()
    for file, text in written.items():
        file.write_text(text, encoding="utf-8")
    return [*written]


def _printed(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.2g}"
