"""How often the words of a title tell its category, where its board or the board's own mark tells it too.

Single titles by their words alone: neither the board nor what it prints has a vote here. Titles that no
board marks are not measured; they are harder.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb
from rich.table import Table

from pipelines.text.titles import clean_title
from pipelines.text.tokens import tokenise
from pipelines.topics.cards import Said, category_of, category_votes

KNOWN = """
SELECT DISTINCT title, split_part(filename, '/', -1) AS file, category
FROM (
    SELECT title, filename, CASE
        WHEN source LIKE 'wallstreetcn%' THEN 'finance'
        WHEN source LIKE 'hupu%' THEN 'sports'
        WHEN source LIKE 'ithome%' OR source LIKE 'juejin%' THEN 'technology'
        WHEN regexp_matches(extra, '剧集|综艺|电影|音乐|演出|盛典|晚会') THEN 'entertainment'
    END AS category
    FROM read_parquet($files, filename = true, union_by_name = true)
)
WHERE category IS NOT NULL AND title IS NOT NULL
ORDER BY ALL
"""


def told(title: str) -> str | None:
    """The category that the title's own words tell."""
    said = [Said(t.token, t.part_of_speech, t.is_keyword) for t in tokenise(clean_title(title))]
    return category_of([category_votes(said)])


def measure(files: Sequence[Path]) -> Table:
    table = Table(title="categories of single titles, by their words alone")
    for heading in ("archive", "category", "titles", "told", "right of those told"):
        table.add_column(heading, justify="left" if heading in {"archive", "category"} else "right")
    with duckdb.connect() as con:
        rows = con.execute(KNOWN, {"files": [str(file) for file in files]}).fetchall()
    for file, category in sorted({(file, category) for _, file, category in rows}):
        titles = [title for title, *of in rows if of == [file, category]]
        found = [guess for guess in map(told, titles) if guess]
        right = sum(guess == category for guess in found)
        table.add_row(
            file,
            category,
            f"{len(titles):,}",
            f"{len(found) / len(titles):.0%}",
            f"{right / max(1, len(found)):.0%}",
        )
    return table
