"""How well topics agree with labelled pairs and stories, beside simple baselines."""

import csv
import difflib
import math
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import jieba
import numpy as np
from rich.table import Table
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Title = tuple[str, str]
"""Source and title, as printed."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two titles that a person judged."""

    first: Title
    second: Title
    stratum: str
    same: bool


def measures(called: Sequence[bool], same: Sequence[bool]) -> tuple[float, float, float]:
    """Precision, recall and balanced accuracy."""
    told = Counter(zip(called, same, strict=True))
    right, false = told[True, True], told[True, False]
    missed, apart = told[False, True], told[False, False]
    recall = right / max(1, right + missed)
    return right / max(1, right + false), recall, (recall + apart / max(1, apart + false)) / 2


def _b_cubed(found: Sequence[object], stories: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the titles of stories; None in ``found`` is in no topic."""
    precision = recall = 0.0
    by_topic, by_story = Counter(found), Counter(stories)
    both = Counter(zip(found, stories, strict=True))
    for topic, story in zip(found, stories, strict=True):
        if topic is not None:
            precision += both[topic, story] / by_topic[topic]
            recall += both[topic, story] / by_story[story]
    precision, recall = precision / len(found), recall / len(found)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


@cache
def _bigrams(title: str) -> frozenset[str]:
    return frozenset(title[n : n + 2] for n in range(len(title) - 1))


def _jaccard(first: str, second: str) -> float:
    ours, theirs = _bigrams(first), _bigrams(second)
    return len(ours & theirs) / max(1, len(ours | theirs))


def _ratio(first: str, second: str) -> float:
    return difflib.SequenceMatcher(None, first, second).ratio()


def _tf_idf(titles: Sequence[str]) -> Callable[[str, str], float]:
    """Cosine of jieba's words, weighed by how rare they are in ``titles``."""
    documents = Counter(word for title in titles for word in {*jieba.lcut(title)})

    @cache
    def vector(title: str) -> Mapping[str, float]:
        weights = {
            word: times * (math.log((1 + len(titles)) / (1 + documents[word])) + 1)
            for word, times in Counter(jieba.lcut(title)).items()
        }
        norm = math.sqrt(sum(weight**2 for weight in weights.values()))
        return {word: weight / norm for word, weight in weights.items()}

    def cosine(first: str, second: str) -> float:
        theirs = vector(second)
        return sum(weight * theirs.get(word, 0.0) for word, weight in vector(first).items())

    return cosine


def _linked(titles: Sequence[str], alike: Callable[[str, str], float], least: float) -> list[int]:
    """A group for each title: those that a chain of alike titles joins."""
    links = [
        (n, m)
        for n, m in combinations(range(len(titles)), 2)
        if alike(titles[n], titles[m]) >= least
    ]
    rows, columns = np.array(links, dtype=np.int64).reshape(-1, 2).T
    shape = (len(titles), len(titles))
    graph = sparse.coo_array((np.ones(len(links)), (rows, columns)), shape=shape)
    groups: list[int] = connected_components(graph, directed=False)[1].tolist()
    return groups


def _read_csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def read_pairs(folder: Path) -> list[Pair]:
    """The labelled pairs of ``*_pairs.csv``, in file order."""
    return [
        Pair(
            (row["source_a"], row["title_a"]),
            (row["source_b"], row["title_b"]),
            row["stratum"],
            row["same"] == "1",
        )
        for file in sorted(folder.glob("*_pairs.csv"))
        for row in _read_csv(file)
    ]


def quality(labels: Path, topic_of: Mapping[Title, int], titles: Sequence[str]) -> Table:
    """How each calls the labelled pairs, over all, two random halves and the strata; and stories."""
    pairs = read_pairs(labels)
    stories = [row for file in sorted(labels.glob("*_stories.csv")) for row in _read_csv(file)]
    dice = random.Random(7)
    half = [dice.random() < 0.5 for _ in pairs]
    parts = {
        "all pairs": [True] * len(pairs),
        "one half": half,
        "other half": [not is_in for is_in in half],
        **{
            f"stratum {name}": [pair.stratum == name for pair in pairs]
            for name in sorted({pair.stratum for pair in pairs})
        },
    }
    table = Table(
        "precision / recall / balanced accuracy (stories: F1)", "pairs", "fengkou", "difflib >= .7",
        "bigrams >= .087", "TF-IDF >= .255",
        title=f"topics: {len(pairs)} labelled pairs, {len(stories)} titles of labelled stories",
        title_justify="left",
    )  # fmt: skip
    baselines = [(_ratio, 0.7), (_jaccard, 0.087), (_tf_idf(titles), 0.255)]
    calls = [
        [
            pair.first in topic_of and topic_of[pair.first] == topic_of.get(pair.second)
            for pair in pairs
        ],
        *(
            [alike(pair.first[1], pair.second[1]) >= least for pair in pairs]
            for alike, least in baselines
        ),
    ]
    for name, chosen in parts.items():
        same = [pair.same for pair, is_in in zip(pairs, chosen, strict=True) if is_in]
        figures = (
            measures([call for call, is_in in zip(each, chosen, strict=True) if is_in], same)
            for each in calls
        )
        table.add_row(name, str(len(same)), *(_printed(told) for told in figures))
    if stories:
        told = [row["title"] for row in stories]
        groupings: list[Sequence[object]] = [
            [topic_of.get((row["source"], row["title"])) for row in stories],
            *(_linked(told, alike, least) for alike, least in baselines),
        ]
        ids = [row["story_id"] for row in stories]
        table.add_row(
            "stories, B-cubed (baselines: chains)",
            "",
            *(_printed(_b_cubed(topics, ids)) for topics in groupings),
        )
    return table


def _printed(figures: Sequence[float]) -> str:
    return " / ".join(f"{figure:.3f}".removeprefix("0") for figure in figures)
