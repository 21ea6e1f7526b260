"""Cutting titles, beside jieba, which defines what a word is; and the new words found in them."""

import logging
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

import duckdb
import jieba
import jieba.posseg
from rich.table import Table

from pipelines.clock import start_of_hour
from pipelines.text import new_words
from pipelines.text.lexicon import read_words
from pipelines.text.titles import clean_title, comparable
from pipelines.text.tokens import Cutter, cut, tokenise

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


def _told(files: Sequence[Path]) -> list[tuple[datetime, str, str]]:
    """(first seen, board, folded title) of each distinct title, in time order."""
    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        rows = con.execute(
            "SELECT min(captured_at::TIMESTAMPTZ AT TIME ZONE 'UTC') AS seen_at, "
            "arg_min(source, captured_at), title FROM read_parquet($files, union_by_name = true) "
            "WHERE title IS NOT NULL GROUP BY title ORDER BY seen_at, title",
            {"files": [str(file) for file in files]},
        ).fetchall()
    return [(seen_at, board, comparable(clean_title(title))) for seen_at, board, title in rows]


def _confirmed(
    titles: Sequence[tuple[datetime, str, str]], found: Iterable[tuple[str, datetime]]
) -> tuple[int, int, int]:
    """Of words and when each was found: how many stood in later titles, by itself, on two boards.

    By itself is between two edges of the title, signs or spaces: in book marks, quotes and hashes too.
    """
    found_at = dict(found)
    heads = defaultdict(set)
    for word in found_at:
        heads[word[:2]].add(len(word))
    boards: defaultdict[str, set[str]] = defaultdict(set)
    alone = set()
    for seen_at, board, text in titles:
        for start in range(len(text) - 1):
            for length in heads.get(text[start : start + 2], ()):
                word = text[start : start + length]
                if word in found_at and seen_at >= found_at[word]:
                    boards[word].add(board)
                    before, after = text[:start][-1:], text[start + length :][:1]
                    if not before.isalnum() and not after.isalnum():
                        alone.add(word)
    return len(boards), len(alone), sum(len(tokens) > 1 for tokens in boards.values())


def measure_new_words(files: Sequence[Path]) -> Table:
    """New words a day and what later titles say of them, beside runs as frequent that were not taken."""
    titles = _told(files)
    cutter = Cutter()
    cutter.pieces("先把词典读进来")
    finder = new_words.Finder()
    found: list[new_words.NewWord] = []
    counts: Counter[str] = Counter()
    taken_at: dict[str, datetime] = {}
    began = time.process_time()
    for hour, group in groupby(titles, lambda told: start_of_hour(told[0])):
        texts = [text for _, _, text in group]
        shown = new_words.sights((text, cutter.pieces(text)) for text in texts)
        found += finder.find(hour, len(texts), shown)
        for sight in shown:
            if sight.parts:
                counts[sight.token] += sight.title_count
                if counts[sight.token] >= new_words.FEWEST_TITLES:
                    taken_at.setdefault(sight.token, hour + timedelta(hours=1))
    seconds = time.process_time() - began
    taken = [(word.token, word.found_at) for word in found]
    for word, _ in taken:
        taken_at.pop(word, None)
    days = len({told[0].date() for told in titles})
    table = Table(
        "runs of pieces", "how many", "a day", "seen again", "… by itself", "… on two boards",
        title=f"new words: {len(titles):,} distinct titles of {days} days, {seconds:.1f} CPU s",
        title_justify="left",
    )  # fmt: skip
    for name, runs in (("found", taken), ("as frequent, not taken", [*taken_at.items()])):
        again, alone, wide = _confirmed(titles, runs)
        table.add_row(
            name, f"{len(runs):,}", f"{len(runs) / max(1, days):.1f}", f"{again:,}",
            f"{alone / max(1, again):.0%}", f"{wide / max(1, again):.0%}",
        )  # fmt: skip
    return table
