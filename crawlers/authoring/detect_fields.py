"""Which column of a list's rows is the title, the address, the heat, the identity or the printed rank."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log2
from statistics import mean
from typing import Any, TypeAlias

Description: TypeAlias = dict[str, Any]
"""A board in the words of boards.toml."""

LEAST_ROWS = 3  # two lines make no list
SAMPLED_ROWS = 200  # the rows that are looked at
DEPTH = 4  # of fields within a row, and of a list within a page
MOST_OF_ROWS = 0.75  # of the rows have what a field is
HALF_OF_ROWS = 0.5  # of the rows have a heat: editors' lines have none
LONGEST_TITLE = 160
LONGEST_HEAT = 64  # characters: a figure and its words; the longest seen has 17

TITLE_NAMES = (
    *("title", "word", "name", "topic", "topic_name", "query", "keyword", "hotword", "hot_word"),
    *("show_name", "sentence", "headline", "question", "subject", "note", "show_title"),
)

URL_NAMES = ("url", "link", "href", "share_url", "article_url", "web_url", "mobile_url", "raw_url")

HEAT_NAMES = (
    *("hot", "heat", "hot_value", "hot_score", "heat_score", "score", "num", "raw_hot", "hotness"),
    *("views", "view_count", "read_count", "play_count", "points", "popularity", "discuss_num"),
    *("count", "likes", "detail_text", "approx_traffic", "comments"),
)

ID_NAMES = ("id", "item_id", "article_id", "aid", "docid", "doc_id", "word_id", "key", "guid")
RANK_NAMES = ("rank", "position", "index", "no", "order", "ranking", "idx", "pos")

HEAT = re.compile(
    r"^[^\d]{0,8}\d[\d,.]*(?:\s*(?:[万萬亿億kKmMwW]))?(?:\s*\+)?"
    r"(?:\s*(?:热度|热|人|次|播放|阅读|讨论|评论|浏览|points?|views?|likes?|comments?|votes?|stars?))?\s*$"
)

DATE = re.compile(r"^\d{4}[-/年]\d{1,2}|^\d{1,2}:\d{2}|GMT$|[+-]\d{4}$|前$|\bago$")
ADDRESS = re.compile(r"^(?:https?:)?//|^/\w")
WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d]\W+[^\W\d]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a page; the higher the score, the likelier."""

    score: float
    description: Description


def fields_among(
    columns: Mapping[str, list[str]], count: int, faults: Mapping[str, float] | None = None
) -> tuple[dict[str, str], float]:
    """The path of each field among columns of values, and how good the whole is.

    ``faults`` say what speaks against a column as the title.
    """
    titles = {
        path: _title_score(path, values, count) - (faults or {}).get(path, 0)
        for path, values in columns.items()
    }
    title = max(titles, key=lambda path: titles[path], default="")
    if not title or titles[title] <= 0:
        return {}, 0
    fields = {"title": title}
    score = titles[title] + 2 * log2(count)
    left = {path: values for path, values in columns.items() if path != title}
    for field, judge, worth in (
        ("url", _url_score, 3),
        ("rank", _rank_score, 0),
        ("heat", _heat_score, 2),
        ("native_id", _id_score, 1),
    ):
        scores = {path: judge(path, values, count) for path, values in left.items()}
        best = max(scores, key=lambda path: scores[path], default="")
        if best and scores[best] > 0:
            fields[field] = best
            score += worth
            left.pop(best)
    return fields, score


def _named(path: str, names: Sequence[str]) -> float:
    """How well the last word of a path fits: its place among the names, or a part of it."""
    last = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", path.rpartition(".")[2]).lower().lstrip("@")
    if last in names:
        return 4 - 2 * names.index(last) / len(names)
    return (
        1.5
        if any(last.endswith(f"_{name}") or last.startswith(f"{name}_") for name in names)
        else 0
    )


def _title_score(path: str, values: Sequence[str], count: int) -> float:
    words = [v for v in values if not (_is_number(v) or ADDRESS.match(v) or DATE.search(v))]
    length = mean(len(v) for v in words) if words else 0
    if len(words) < MOST_OF_ROWS * count or not 2 <= length <= LONGEST_TITLE:  # noqa: PLR2004 - one sign is no title
        return 0
    differing = len(set(words)) / count
    if differing < MOST_OF_ROWS:
        return 0
    looks_coded = (
        mean(bool(re.fullmatch(r"[\w=-]{12,}", v, re.ASCII)) for v in words) > HALF_OF_ROWS
    )
    # Long texts are excerpts, short ones labels.
    shape = min(length, 12) / 4 - max(0.0, length - 60) / 20
    wordy = mean(bool(WORDS.search(v)) for v in words)
    is_id = _named(path, ID_NAMES) > HALF_OF_ROWS
    about = 1.5 * ("title" in path.lower() or "word" in path.lower())
    named = max(_named(path, TITLE_NAMES), about)
    return (
        named
        + shape
        + 2 * differing
        + 2 * wordy
        - 6 * (looks_coded or is_id)
        - 0.25 * path.count(".")
    )


def _url_score(path: str, values: Sequence[str], count: int) -> float:
    links = {v for v in values if ADDRESS.match(v)}
    pictures = sum(bool(re.search(r"\.(?:jpe?g|png|gif|webp|svg)\b", v)) for v in links)
    if len(links) < MOST_OF_ROWS * count or pictures > HALF_OF_ROWS * len(links):
        return 0
    return 1 + _named(path, URL_NAMES)


def _heat_score(path: str, values: Sequence[str], count: int) -> float:
    numbers = [v for v in values if len(v) <= LONGEST_HEAT and HEAT.match(v) and not DATE.search(v)]
    if len(numbers) < HALF_OF_ROWS * count or len(numbers) < MOST_OF_ROWS * len(values):
        return 0
    if len(set(numbers)) < HALF_OF_ROWS * len(numbers) or any(_is_instant(v) for v in numbers):
        return 0
    named = _named(path, HEAT_NAMES)
    if not named and (_named(path, ID_NAMES) or _named(path, RANK_NAMES)):
        return 0
    figures = [_figure(v) for v in numbers]
    falling = mean(a >= b for a, b in pairwise(figures)) if figures[1:] else 0
    # A number without a telling name is heat only where it falls with the rank.
    return named + 2 * falling if named else (1.0 if falling > MOST_OF_ROWS else 0)


def _id_score(path: str, values: Sequence[str], count: int) -> float:
    named = _named(path, ID_NAMES)
    if len(set(values)) < count or not named or any(" " in v for v in values):
        return 0
    return named


def _rank_score(path: str, values: Sequence[str], count: int) -> float:
    wanted = [str(number) for number in range(1, count + 1)]
    if (
        list(values) == wanted
        and not _named(path, HEAT_NAMES)
        and (count > LEAST_ROWS or _named(path, RANK_NAMES))
    ):
        return 1 + _named(path, RANK_NAMES)
    return 0


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,+%-]+\s*[万萬亿億kKmMwW]?\+?", text))


def _is_instant(text: str) -> bool:
    return bool(re.fullmatch(r"1[4-9]\d{8}(?:\d{3})?|20\d{12}", text))


def _figure(text: str) -> float:
    digits = re.sub(r"[^\d.]", "", text).strip(".")
    size = next((n for signs, n in (("亿億", 1e8), ("万萬w", 1e4)) if {*signs} & {*text}), 1.0)
    try:
        return float(digits) * size
    except ValueError:
        return 0.0


def titled(description: Description, title: str | None) -> Description:
    """The description with the page's own title, where it has one."""
    return description if not title else {**description, "title_zh": " ".join(title.split())[:60]}
