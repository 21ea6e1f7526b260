"""Cutting titles: the Rust backend that we use beside jieba, which defines what a word is."""

import logging
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import jieba
import jieba.posseg
from rich.table import Table

from pipelines.tokens import cut, tokenise
from pipelines.words import read_words

POSSEG_SAMPLE = 4_000
"""Titles that jieba tags in some seconds; all of them would take minutes."""

HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")


def _titles(files: Sequence[Path]) -> list[str]:
    with duckdb.connect() as con:
        rows = con.execute(
            "SELECT DISTINCT title FROM read_parquet($files) WHERE title IS NOT NULL ORDER BY title",
            {"files": [str(file) for file in files]},
        ).fetchall()
    return [row[0] for row in rows]


def _seconds(function: Callable[[str], object], titles: Sequence[str]) -> float:
    """CPU seconds, which a busy neighbour on the machine does not lengthen."""
    began = time.process_time()
    for title in titles:
        function(title)
    return time.process_time() - began


def _han_words(words: Sequence[str]) -> set[tuple[int, str]]:
    """The multi-character Han words with where they stand."""
    found, place = set(), 0
    for word in words:
        if HAN_WORD.fullmatch(word):
            found.add((place, word))
        place += len(word)
    return found


def measure(files: Sequence[Path]) -> Table:
    """Titles a CPU second of each, and how many of jieba's words the other finds at the same place."""
    titles = _titles(files)
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    for word in read_words("user"):
        jieba.add_word(word)
    cut("先把词典读进来")
    reference = _seconds(jieba.lcut, titles)
    ours = _seconds(cut, titles)
    tagged = _seconds(tokenise, titles)
    sample = titles[:: max(1, len(titles) // POSSEG_SAMPLE)]
    posseg = _seconds(jieba.posseg.lcut, sample) * len(titles) / len(sample)
    same = wanted = 0
    for title in titles:
        expected = _han_words(jieba.lcut(title))
        wanted += len(expected)
        same += len(expected & _han_words(cut(title)))
    table = Table(
        "cutting titles", "titles a CPU second", "times jieba", "Han words identical",
        title=f"tokens: {len(titles):,} distinct titles, {wanted:,} Han words of two or more",
        title_justify="left",
    )  # fmt: skip
    rate = len(titles) / reference
    table.add_row("jieba (reference)", f"{rate:,.0f}", "1.0", "")
    share = f"{same / max(1, wanted):.4%}"
    table.add_row(
        "fengkou cut (rjieba)", f"{len(titles) / ours:,.0f}", f"{reference / ours:.1f}", share
    )
    table.add_row("jieba.posseg (cut and tagged)", f"{len(titles) / posseg:,.0f}", "", "")
    against = f"{posseg / tagged:.1f} of posseg"
    table.add_row(
        "fengkou tokenise (cut, tagged, folded)", f"{len(titles) / tagged:,.0f}", against, ""
    )
    return table
