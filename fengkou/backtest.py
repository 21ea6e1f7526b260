"""``fengkou backtest`` and ``fengkou train``: forecasting replayed on archives, and learnt from them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import typer

from fengkou.cli.terminal import err, out
from pipelines.forecast import features, training
from pipelines.forecast.dataset import Past, Read, reached, read_board, read_past, read_titles
from pipelines.forecast.ensemble import Blend, Calibration, calibrate
from pipelines.forecast.features import (
    DAY,
    HOUR,
    MINUTE,
    TOP,
    Board,
    Floats,
    History,
    Ints,
)
from pipelines.forecast.forecasting_model import starting_model, to_bytes
from pipelines.forecast.training_set import HELD_BACK_DAYS, Examples, chance_examples, newest_days
from warehouse.readers.rank_history import BoardRows, read_archives

HOURS = 3
"""What is judged is the chance of the top ten within three hours."""

LEARNING_EVERY = 5
"""Minutes: between instants that are nearer, hardly anything differs."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """Chances as they would have been given: equally long columns."""

    title: list[str]
    at: Ints
    chance: Floats
    trained_count: int


def past_of(rows: dict[str, BoardRows]) -> Past:
    """Archives as boards."""
    return Past(
        {
            name: Board(History(name, one.captured_at, one.item, one.rank, one.heat))
            for name, one in rows.items()
        },
        {name: one.titles for name, one in rows.items()},
    )


def replay(  # noqa: PLR0913 - what, when, and how it learns
    past: Past,
    source: str,
    since: int,
    until: int,
    every: int,
    *,
    is_frozen: bool = False,
    on_day: Callable[[int], None] = lambda _: None,
) -> Replayed:
    """The chances of every entry below the top ten at the instants of [since, until).

    A model is trained when the replay begins and, unless frozen, at every midnight after it, from
    outcomes known by then; its calibration is read from forecasts made before, by models that did not
    know their outcomes.
    """
    told = read_titles(past, since if is_frozen else features.NEVER)
    first = min(int(board.times[0]) for board in past.boards.values())
    mine = read_board(past.boards[source], told, every, since, until)
    reads = {
        name: read_board(board, told, _learning_every(board, every, since), first, until)
        for name, board in past.boards.items()
    }
    wanted = (mine.lines.rank > TOP) & ~mine.lines.is_stale
    given = np.full(len(mine.lines.at), np.nan)
    seen = _Seen()
    trained = 0
    for begin, end in _days(since, until, is_frozen):
        on_day(begin)
        taught = training.lessons(reads, begin, (HOURS,), source)
        now = wanted & (mine.lines.at >= begin) & (mine.lines.at < end)
        if taught.chances[HOURS].label.sum() < training.FEWEST_TOPS:
            given[now] = starting_model().chances[HOURS].of(mine.lines.features[now])
            continue
        if not trained:
            seen.hold_back(taught, chance_examples({source: reads[source]}, HOURS, begin))
        trees = training.grow_blends(taught, (HOURS,))[HOURS]
        trained += 1
        calibration = seen.calibration(begin)
        given[now] = calibration.chance(trees.predict(mine.lines.features[now]))
        seen.add(mine, trees, begin, end)
    kept = ~np.isnan(given)
    names = past.titles[source]
    return Replayed(
        [names[i] for i in mine.lines.item[kept].tolist()],
        mine.lines.at[kept],
        given[kept],
        trained,
    )


def _learning_every(board: Board, every: int, since: int) -> int:
    """A board that is captured more often than it is asked teaches more often too."""
    known = int(np.searchsorted(board.times, since, side="right")) - 1
    is_quick = known >= 0 and board.usual_gap[known] <= LEARNING_EVERY * MINUTE
    return min(every, LEARNING_EVERY) if is_quick else every


def _days(since: int, until: int, is_frozen: bool) -> Iterator[tuple[int, int]]:
    begin = since
    while begin < until:
        end = until if is_frozen else min(until, (begin // DAY + 1) * DAY)
        yield begin, end
        begin = end


class _Seen:
    """Scores of lines that their trees had not learnt from, to be held against what came of them."""

    def __init__(self) -> None:
        self.parts: list[tuple[Ints, Floats, Floats]] = []

    def hold_back(self, taught: training.Lessons, own: Examples) -> None:
        """Score the board's newest weeks by trees that end before them."""
        found = training.held_back(taught, (HOURS,)).get(HOURS)
        late = own.only(own.at > taught.held_since)
        if found is not None and len(late.label):
            self.parts.append((late.at, found.predict(late.features), late.label))

    def add(self, read: Read, trees: Blend, begin: int, end: int) -> None:
        lines = read.lines
        made = lines.is_candidate & ~lines.is_stale & (lines.at >= begin) & (lines.at < end)
        label = reached(read, HOURS)[made]
        self.parts.append((lines.at[made], trees.predict(lines.features[made]), label))

    def calibration(self, now: int) -> Calibration:
        if not self.parts:
            return Calibration()
        ats, scores, labels = zip(*self.parts, strict=True)
        at, score, label = np.concatenate(ats), np.concatenate(scores), np.concatenate(labels)
        known = at + HOURS * HOUR <= now
        known &= at >= newest_days(at[known], HELD_BACK_DAYS)
        return calibrate(score[known], label[known])


def _instant(text: str) -> int:
    """An instant without a zone is UTC, as in archives."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no instant; write 2025-05-20 or 2025-05-20T08:00"
        ) from None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    return int(at.timestamp()) * 1_000_000


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at / 1_000_000, UTC).strftime("%Y-%m-%d")


def backtest(  # noqa: PLR0913, PLR0917 - each is an option of the command
    archive: Annotated[Path, typer.Option("--archive", help="Parquet archive to replay.")],
    source: Annotated[str, typer.Option("--source", help="Which of its sources to forecast.")],
    since: Annotated[str, typer.Option("--from", help="First instant, UTC.")],
    until: Annotated[str, typer.Option("--to", help="First instant no more forecast, UTC.")],
    to_file: Annotated[Path, typer.Option("--out", help="Parquet file: title, at, p.")],
    history: Annotated[
        list[Path] | None, typer.Option("--history", help="Older archives to learn from.")
    ] = None,
    every: Annotated[int, typer.Option("--every", help="Minutes between instants.")] = 10,
    frozen: Annotated[bool, typer.Option("--frozen", help="Learn nothing after --from.")] = False,
) -> None:
    """Replay an archive: the chance of the top ten within three hours, from what was known then."""
    begin, end = _instant(since), _instant(until)
    rows = read_archives([*(history or []), archive])
    if source not in rows:
        raise typer.BadParameter(f"--source {source}: the archive holds {', '.join(rows)}")
    with err.status("reading the past") as spinner:
        replayed = replay(
            past_of(rows), source, begin, end, every, is_frozen=frozen,
            on_day=lambda at: spinner.update(f"learning until {_iso(at)}"),
        )  # fmt: skip
    write_chances(to_file, replayed)
    taught = f"trained {replayed.trained_count} times"
    if not replayed.trained_count:
        known = _iso(starting_model().trained_until)
        taught = f"the starting model, which knows archives until {known}: too little history"
    out.print(
        f"{to_file}: {len(replayed.title)} chances, {taught}", highlight=False, soft_wrap=True
    )


def write_chances(file: Path, replayed: Replayed) -> None:
    """``title, at, p`` as Parquet; ``at`` is a timestamp without a zone, UTC."""
    table = pa.table(
        {
            "title": pa.array(replayed.title, pa.string()),
            "at": pa.array(replayed.at, pa.timestamp("us")),
            "p": pa.array(replayed.chance, pa.float64()),
        }
    )
    pq.write_table(table, file)


def train(
    files: Annotated[list[Path], typer.Argument(help="Parquet archives to learn from.")],
    to_file: Annotated[Path, typer.Option("--out", help="Where the model is written.")],
    every: Annotated[int, typer.Option("--every", help="Minutes between instants.")] = 30,
) -> None:
    """Train a model on archives, each a world of its own: so the starting model was made."""
    reads: dict[str, Read] = {}
    newest = 0
    for file in files:
        with err.status(f"reading {file.name}"):
            past = past_of(read_archives([file]))
            first = min(int(b.times[0]) for b in past.boards.values())
            last = max(int(b.times[-1]) for b in past.boards.values())
            found = read_past(past, every, first, last)
            reads |= {f"{file.stem}/{name}": read for name, read in found.items()}
            newest = max(newest, last)
    with err.status("learning"):
        model = training.fit(reads, newest)
    if model is None:
        raise typer.BadParameter("these archives hold too little to learn from")
    to_file.write_bytes(to_bytes(model))
    lines = sum(len(read.lines.at) for read in reads.values())
    out.print(f"{to_file}: {len(reads)} boards, {lines} lines", highlight=False, soft_wrap=True)
