"""Boards as they were, line by line: what was known of each entry, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.forecast import title_features, title_memory
from pipelines.forecast.features import Lines, grid, lines_at
from pipelines.forecast.rank_history import HOUR, NEVER, STAY_ENDS_AFTER, Board, Flags, Floats, Ints


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of each line, as far as the rows at hand tell.

    ``stay`` numbers the board's stays, ``top_at`` says when it first came to the top ten (NEVER),
    ``peak`` the best rank of the whole stay, ``ends_at`` when it was last seen, ``is_over`` whether it
    is known to have ended.
    """

    stay: Ints
    top_at: Ints
    peak: Floats
    ends_at: Ints
    is_over: Flags


@dataclass(frozen=True, slots=True)
class Dataset:
    """Boards with the titles of their items: what a warehouse or an archive remembers."""

    boards: Mapping[str, Board]
    titles: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class LabelledLines:
    """Lines of one board with all features, and their outcomes."""

    lines: Lines
    outcomes: Outcomes


def stays_of(dataset: Dataset) -> tuple[title_features.StayTitles, dict[str, Ints]]:
    """All boards' stays in the order they began; and for each board the numbers of its own there."""
    parts = []
    for name, board in dataset.boards.items():
        first = board.rows_of(board.stays_item, np.searchsorted(board.times, board.stays_first))
        best = np.minimum(
            board.rank[first],
            board.best_until(first, board.stays_first + title_features.KNOWN_AFTER),
        )
        depth = 1 - (best - 1) / board.lengths[board.snapshot[first]]
        parts.append((name, board, depth))
    first_at = np.concatenate([b.stays_first for _, b, _ in parts])
    owner = np.repeat(np.arange(len(parts)), [len(b.stays_first) for _, b, _ in parts])
    item = np.concatenate([b.stays_item for _, b, _ in parts])
    order = np.lexsort((item, owner, first_at))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    bounds = np.cumsum([0, *(len(b.stays_first) for _, b, _ in parts)])
    titles = [dataset.titles[name][i] for name, b, _ in parts for i in b.stays_item.tolist()]
    names = [name for name, _, _ in parts]
    return (
        title_features.StayTitles(
            [titles[i] for i in order.tolist()],
            [names[owner[i]] for i in order.tolist()],
            first_at[order],
            np.concatenate([b.stays_top for _, b, _ in parts])[order],
            np.concatenate([d for _, _, d in parts])[order],
        ),
        {name: place[bounds[i] : bounds[i + 1]] for i, name in enumerate(names)},
    )


@dataclass(frozen=True, slots=True)
class DatasetTitles:
    """All boards' stays with what their titles tell; ``number`` says which of them are each board's."""

    stays: title_features.StayTitles
    number: Mapping[str, Ints]
    read: title_features.ReadTitles


def read_titles(dataset: Dataset, teach_until: int = NEVER) -> DatasetTitles:
    """What the titles of all boards tell, learnt from outcomes known by then and by ``teach_until``."""
    stays, number = stays_of(dataset)
    return DatasetTitles(stays, number, title_features.read_all(stays, teach_until))


def label_board(
    board: Board, titles: DatasetTitles, every: int, since: int, until: int
) -> LabelledLines:
    """Lines and outcomes of a board on the grid in [since, until)."""
    lines = lines_at(board, grid(board, every, since, until), every)
    stay = titles.number[board.name][board.stay[lines.row]]
    return LabelledLines(
        with_title_features(lines, titles.stays, titles.read, stay), outcomes(board, lines)
    )


def label_dataset(dataset: Dataset, every: int, since: int, until: int) -> dict[str, LabelledLines]:
    """Lines and outcomes of every board on one grid in [since, until)."""
    titles = read_titles(dataset)
    return {
        name: label_board(board, titles, every, since, until)
        for name, board in dataset.boards.items()
    }


def with_title_features(
    lines: Lines, stays: title_features.StayTitles, read: title_features.ReadTitles, stay: Ints
) -> Lines:
    """Lines with what their titles tell beside what their path tells; ``stay`` numbers each line's."""
    columns = [
        read.figures[stay],
        title_features.story_features(read, stays, stay, lines.at, same_board=True),
        title_features.story_features(read, stays, stay, lines.at, same_board=False),
    ]
    names = (
        *title_memory.NAMES,
        *title_features.STORY_NAMES,
        *(f"{name}_elsewhere" for name in title_features.STORY_NAMES),
    )
    features = np.hstack([lines.features, *(c.astype(np.float32) for c in columns)])
    return Lines(
        lines.board, lines.at, lines.item, lines.rank, lines.row, lines.is_candidate,
        lines.is_stale, features, lines.names + names,
    )  # fmt: skip


def outcomes(board: Board, lines: Lines) -> Outcomes:
    """What became of the lines' stays, from all rows of the board."""
    stay = board.stay[lines.row]
    newest = int(board.times[-1]) if len(board.times) else 0
    ends = board.stays_last[stay]
    return Outcomes(
        stay,
        board.stays_top[stay],
        board.stays_peak[stay].astype(float),
        ends,
        ends + STAY_ENDS_AFTER < newest,
    )


def reached(read: LabelledLines, hours: int) -> Floats:
    """1 where the stay came to the top ten within so many hours after the line."""
    after = read.outcomes.top_at > read.lines.at
    return (after & (read.outcomes.top_at <= read.lines.at + hours * HOUR)).astype(float)
