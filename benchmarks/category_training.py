"""``python -m benchmarks.category_training --archives DIR``: learns the weights that tell categories.

Most titles teach by what costs nothing: their listed words, what a board printed as their category, and
boards that are mostly of one. Titles that were read and labelled for learning weigh more; those labelled to
choose by or to confirm with teach nothing, however often they stand in an archive.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from benchmarks.category_labels import Label, key_of, read_labels
from pipelines.text.grams import GRAM_BITS, gram_numbers
from pipelines.text.titles import clean_title, comparable
from pipelines.text.tokens import tokenise
from pipelines.topics.categories import (
    CATEGORIES,
    Floats,
    Said,
    category_votes,
    printed_category,
)

WEIGHTS = Path(__file__).parent.parent / "pipelines" / "topics" / "category_weights.npz"

FINANCE_BOARDS = ("wallstreetcn-hot", "wallstreetcn-news", "wallstreetcn-quick", "cls-hot", "jin10")
MOSTLY = {
    "juejin": ("technology", 3.0),
    "xueqiu": ("finance", 1.5),
    "gelonghui": ("finance", 1.5),
    **dict.fromkeys(FINANCE_BOARDS, ("finance", 0.5)),
}
"""Boards of archives that are mostly of one category, and how many words that is worth."""

PRINTED_TEACHES = 2.5
"""Words that a printed category is worth."""

PRINTED_SOCIETY_TEACHES = 1.0
"""Boards print 'society' where they know no better."""

LEAST_LEAD = 1.4
"""The first category must have so many times the votes of the second for a title to teach it."""

READ_TEACHES = 12.0
"""A title that was read and labelled weighs as much as so many that were not."""

SHARES = {1: (1.0,), 2: (0.65, 0.35), 3: (0.5, 0.3, 0.2)}
"""How a label is shared out where a reader would accept several categories."""

PENALTY = 3.0
MOST_ROUNDS = 80
STEP = 1 / 16
"""Weights are kept as whole numbers of this step."""

LEAST_WEIGHT = 0.2
"""Smaller weights are left out: most are, and nothing is lost."""

TITLES = """
SELECT
    title,
    list(DISTINCT source) AS boards,
    list(DISTINCT json_extract_string(extra, '$.category'))
        FILTER (json_extract_string(extra, '$.category') IS NOT NULL) AS printed
FROM read_parquet($files, union_by_name = true)
WHERE title IS NOT NULL
GROUP BY title
ORDER BY title
"""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A title's runs of signs, the category that it teaches (place in CATEGORIES), and how much."""

    grams: NDArray[np.int64]
    category: int
    weight: float


def _votes(title: str, boards: Sequence[str], printed: Sequence[str]) -> Floats:
    said = [Said(word.token, word.part_of_speech, word.is_keyword) for word in tokenise(title)]
    votes = np.zeros(len(CATEGORIES))
    for category, vote in category_votes(said).items():
        votes[CATEGORIES.index(category)] += vote
    for category in filter(None, map(printed_category, printed)):
        is_society = category == "society"
        votes[CATEGORIES.index(category)] += (
            PRINTED_SOCIETY_TEACHES if is_society else PRINTED_TEACHES
        )
    for category, worth in {MOSTLY[board] for board in boards if board in MOSTLY}:
        votes[CATEGORIES.index(category)] += worth
    return votes


def lessons(files: Sequence[Path], labels: Mapping[str, Label]) -> list[Lesson]:
    """What the distinct titles of archives teach."""
    with duckdb.connect() as con:
        rows = con.execute(TITLES, {"files": [str(file) for file in files]}).fetchall()
    found: list[Lesson] = []
    known: set[str] = set()
    for printed_title, boards, printed in rows:
        title = clean_title(printed_title)
        key = key_of(title)
        label = labels.get(key)
        if not title or key in known or (label and label.half != "learning"):
            continue
        known.add(key)
        grams = gram_numbers(comparable(title))
        if label:
            accepted = [category for category in label.accepted if category in CATEGORIES]
            shares = SHARES.get(len(accepted), ())
            found += (
                Lesson(grams, CATEGORIES.index(category), READ_TEACHES * share)
                for category, share in zip(accepted, shares, strict=True)
            )
            continue
        votes = _votes(title, boards, printed or ())
        second, first = np.sort(votes)[-2:]
        if first >= max(1.0, LEAST_LEAD * second):
            found.append(Lesson(grams, int(votes.argmax()), min(1.0, (first - second) / 2)))
    return found


def learn(taught: Sequence[Lesson]) -> tuple[NDArray[np.int8], Floats]:
    """Weights in steps (one line a run of signs, one column a category) and what is added at rest."""
    counts = [len(lesson.grams) for lesson in taught]
    rows = sparse.csr_matrix(
        (
            np.repeat(1 / np.sqrt(counts), counts),
            np.concatenate([lesson.grams for lesson in taught]),
            np.concatenate(([0], np.cumsum(counts))),
        ),
        shape=(len(taught), 1 << GRAM_BITS),
    )
    model = LogisticRegression(C=PENALTY, max_iter=MOST_ROUNDS, tol=1e-3)
    model.fit(
        rows,
        [lesson.category for lesson in taught],
        sample_weight=[lesson.weight for lesson in taught],
    )
    weights = model.coef_ - model.coef_.mean(axis=0)
    weights[np.abs(weights) < LEAST_WEIGHT] = 0
    steps = np.clip(np.round(weights / STEP), -127, 127).astype(np.int8).T
    return steps, np.asarray(model.intercept_ - model.intercept_.mean())


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.category_training", description=__doc__
    )
    parser.add_argument("--archives", type=Path, required=True, help="folder of Parquet archives")
    parser.add_argument("--without", default="", help="leave out the files whose names begin so")
    parser.add_argument("--to", type=Path, default=WEIGHTS, help="file to write")
    options = parser.parse_args()
    files = [
        file
        for file in sorted(options.archives.glob("*.parquet"))
        if not (options.without and file.name.startswith(options.without))
    ]
    taught = lessons(files, read_labels())
    steps, at_rest = learn(taught)
    np.savez_compressed(options.to, of_grams=steps, step=np.float32(STEP), at_rest=at_rest)
    print(
        f"{len(taught):,} lessons of {len(files)} files; {options.to.stat().st_size:,} bytes in {options.to}"
    )


if __name__ == "__main__":
    main()
