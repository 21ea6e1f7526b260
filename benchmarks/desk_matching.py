"""``python -m benchmarks.desk_matching [--archives DIR]``: how fast a desk reads stories, beside TrendRadar.

Two hundred rules of eight words, which stand in the titles themselves, over ten thousand stories of three
lines. TrendRadar's way is written anew from what it does: each title in lower case, each group of words
asked whether they stand in it, with no care for where a word ends.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import duckdb
from rich.console import Console
from rich.table import Table

from benchmarks import made
from pipelines.desks.desk import Desk, Near, Pattern, Rule, Term, Word
from pipelines.desks.matching import Matcher
from pipelines.desks.stories import DeskStory, Line
from pipelines.language import Language
from pipelines.text.titles import clean_title
from pipelines.text.tokens import tokenise

RULES = 200
WORDS = 8
STORIES = 10_000
LINES = 3
NEW_STORIES = 200
"""That a tick brings."""

MOST_TITLES = 40_000
COMMON_WORDS = 6_000
"""The words of rules are drawn from so many of the most frequent: rarer ones would hit nothing."""

MOST_SHARE = 0.005
"""Of titles with one word: what stands in more of them nobody would watch for."""

PATTERN_EVERY = 10
"""A rule of so many has a pattern and words that are near, too."""

LONG_TITLE = 1_000_000
SEED = 7
AT = datetime(2026, 3, 1, tzinfo=UTC)


def titles_of(files: Sequence[Path]) -> list[str]:
    """Distinct clean titles of archives, as if shuffled, the same each time."""
    with duckdb.connect() as con:
        rows = con.execute(
            "SELECT DISTINCT title FROM read_parquet($files, union_by_name = true) "
            "WHERE title IS NOT NULL ORDER BY hash(title) LIMIT $most",
            {"files": [str(file) for file in files], "most": MOST_TITLES},
        ).fetchall()
    return [title for (printed,) in rows if (title := clean_title(printed))]


def rules_of(titles: Sequence[str], draw: random.Random) -> tuple[Rule, ...]:
    """Rules of words that stand in the titles."""
    counts = Counter(
        token.token for title in titles for token in tokenise(title) if token.is_keyword
    )
    common = [
        word
        for word, count in counts.most_common(COMMON_WORDS)
        if len(word) > 1 and count <= MOST_SHARE * len(titles)
    ]
    return tuple(_rule(number, draw.choices(common, k=WORDS), draw) for number in range(RULES))


def _rule(number: int, words: Sequence[str], draw: random.Random) -> Rule:
    terms: list[Term] = [Word(word) for word in dict.fromkeys(words)]
    *wanted, excluded = terms
    if number % PATTERN_EVERY == 0:
        first, second = draw.sample(sorted(set(words)), 2)
        wanted += [
            Pattern(f"{first}.{{0,4}}({second}|[0-9]+万)"),
            Near((Word(first), Word(second)), 30),
        ]
    return Rule(f"rule-{number}", any_of=tuple(wanted), none_of=(excluded,))


def _desk(rules: tuple[Rule, ...]) -> Desk:
    return Desk("bench", "Bench", ZoneInfo("Asia/Shanghai"), Language.ZH, rules, "0")


def _stories(titles: Sequence[str], count: int, begin: int = 0) -> list[DeskStory]:
    found = []
    for number in range(begin, begin + count):
        places = ((number * LINES + line) % len(titles) for line in range(LINES))
        lines = tuple(
            Line(titles[place], f"board_{line}", place, line + 1, AT)
            for line, place in enumerate(places)
        )
        found.append(
            DeskStory(number, frozenset({number}), lines[0].title, None, AT, "board_0", lines)
        )
    return found


def trendradar_hits(rules: Sequence[Rule], stories: Sequence[DeskStory]) -> int:
    """Groups that TrendRadar's way counts, a title each: what any group excludes, all groups exclude."""
    excluded = [
        term.written.lower() for rule in rules for term in rule.none_of if isinstance(term, Word)
    ]
    groups = [
        [term.written.lower() for term in rule.any_of if isinstance(term, Word)] for rule in rules
    ]
    hits = 0
    for title in dict.fromkeys(line.title for story in stories for line in story.lines):
        lower = title.lower()
        if any(word in lower for word in excluded):
            continue
        hits += sum(any(word in lower for word in group) for group in groups)
    return hits


def measure(files: Sequence[Path]) -> Table:
    """Processor seconds of compiling, a first tick, the same again, and a tick with new stories."""
    titles = titles_of(files)
    draw = random.Random(SEED)
    rules = rules_of(titles, draw)
    stories = _stories(titles, STORIES)
    newer = _stories(titles[::-1], NEW_STORIES) + stories[NEW_STORIES:]
    distinct = len({line.title for story in stories for line in story.lines})
    table = Table(
        "step", "processor seconds", "found",
        title=f"a desk of {RULES} rules, {STORIES:,} stories, {distinct:,} titles", title_justify="left",
    )  # fmt: skip
    began = time.process_time()
    matcher = Matcher(_desk(rules))
    table.add_row("the desk is compiled", f"{time.process_time() - began:.3f}", "")
    for name, told in (
        ("a first tick: every title is new", stories),
        ("the same stories again", stories),
        (f"a tick with {NEW_STORIES} new stories", newer),
    ):
        began = time.process_time()
        found = matcher.match(told)
        table.add_row(name, f"{time.process_time() - began:.3f}", f"{len(found):,} stories")
    began = time.process_time()
    hits = trendradar_hits(rules, stories)
    table.add_row(
        "TrendRadar's way, every tick", f"{time.process_time() - began:.3f}", f"{hits:,} groups"
    )
    for name, title in _long_titles():
        long = Matcher(_desk((Rule("long", any_of=(Pattern("(a+)+$"),)),)))
        began = time.process_time()
        count = len(list(long.titles([("title", title)])))
        table.add_row(f"(a+)+$ in {name}", f"{time.process_time() - began:.3f}", f"{count} titles")
    return table


def _long_titles() -> Iterator[tuple[str, str]]:
    yield "a million characters that it hits", "a" * LONG_TITLE
    yield "a million characters that it misses", "a" * LONG_TITLE + "b"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk_matching", description=__doc__)
    parser.add_argument("--archives", type=Path, help="folder of Parquet archives with titles")
    options = parser.parse_args()
    with TemporaryDirectory() as directory:
        files = (
            sorted(options.archives.glob("*.parquet"))
            if options.archives
            else [made.archive(Path(directory) / "made.parquet")]
        )
        Console(width=110).print(measure(files))


if __name__ == "__main__":
    main()
