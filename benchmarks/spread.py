"""The chance of three lists beside the base rate."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from rich.table import Table

from benchmarks.forecast import COARSEST, RANK_ONLY_DAYS, most_boards
from fengkou import operations
from fengkou.home import Home
from pipelines.forecast import spread
from pipelines.forecast.metrics import calibration_error
from pipelines.forecast.rank_history import Floats
from pipelines.rules import SPREAD_HOURS
from warehouse import query
from warehouse.connection import Connection
from warehouse.graph import upstream
from warehouse.instants import microseconds
from warehouse.models.ops import spread_models
from warehouse.readers.newest import newest_list
from warehouse.readers.spread import lines_at


def measure(files: Sequence[Path], work: Path) -> Table:
    """The chance of three lists beside the base rate in use, in a warehouse of the archive of most boards."""
    table = Table(
        "topics", "by", "lines", "came", "AUC", "AP", "Brier", "log loss", "cal. error",
        title=f"on three lists within {SPREAD_HOURS} hours: learnt before, and frozen",
        title_justify="left",
    )  # fmt: skip
    file = most_boards(files)
    home = Home(work / "spread")
    home.root.mkdir()
    operations.import_files(home, [file], {}, {})
    with operations.opened(home) as con:
        for step in upstream("core.servings", "core.spread_hours"):
            step.build(con)
        newest = newest_list(con)
        if newest is None:
            return table
        until = newest.replace(hour=0, minute=0, second=0, microsecond=0)
        since = until - timedelta(days=RANK_ONLY_DAYS)
        learnt = spread_models.learn_until(con, since)
        if learnt is None or learnt.chance is None:
            return table
        whole: list[datetime] = query.column(
            con, "models/ops/spread_models.instants", since=since, until=until, hours=1
        )
        instants = sorted({*whole, *(at + timedelta(minutes=COARSEST) for at in whole[:-1])})
        lines = lines_at(con, instants)
        came = spread_models.came(con, lines, instants)
        usual = np.concatenate([_base_rates(con, at, lines) for at in instants])
    chance = learnt.chance.of(lines)
    lists = lines.number("list_count")
    for name, kept in (
        ("all", lists > 0),
        ("on one list", lists == 1),
        ("on two lists", lists == 2),
    ):
        for by, score in (
            ("learnt", chance[kept]),
            ("base rate by lists, age and hour", usual[kept]),
        ):
            figures = spread.figures_of(came[kept].astype(float), score)
            table.add_row(
                name, by, f"{kept.sum()}", f"{came[kept].sum()}", f"{figures.auc:.3f}",
                f"{figures.average_precision:.3f}", f"{((score - came[kept]) ** 2).mean():.4f}",
                f"{figures.log_loss:.4f}", f"{calibration_error(came[kept], score):.4f}",
            )  # fmt: skip
    return table


def _base_rates(con: Connection, at: datetime, lines: spread.Lines) -> Floats:
    """The base rate as it was in use at an instant, for the lines of it; it learns as it goes."""
    rate = spread.base_rate(query.rows(con, spread.Counted, "readers/spread.rates", at=at))
    mine = np.flatnonzero(lines.at == microseconds(at))
    counts, ages = lines.number("list_count")[mine], lines.number("age_minutes")[mine]
    return np.array([rate(int(c), a) for c, a in zip(counts.tolist(), ages.tolist(), strict=True)])
