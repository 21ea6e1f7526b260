"""The starting model on what was captured after it was made: what a young warehouse may expect."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.table import Table

from benchmarks.forecast import COARSEST
from fengkou.backtest import dataset_of
from pipelines.forecast.dataset import LabelledLines, label_dataset, reached
from pipelines.forecast.forecasting_model import Model, starting_model
from pipelines.forecast.metrics import average_precision, calibration_error, roc_auc
from pipelines.forecast.rank_history import DAY, MINUTE
from pipelines.rules import CALL_HORIZON_HOURS, HORIZONS_HOURS
from warehouse.readers.rank_history import read_archives

SETTLES = 3 * DAY
"""What was captured so shortly before an archive ends may not be over."""


def measure(files: Sequence[Path]) -> Table:
    """A line for each list with captures after the starting model's, as it forecasts them uncalibrated."""
    table = Table(
        "list", "lines", "AUC", "AP", "cal. error", "left: missed by, told, came", "held", "from above 5 min",
        title="the starting model on lists that it does not know yet; minutes are medians",
        title_justify="left",
    )  # fmt: skip
    model = starting_model()
    for file in files:
        dataset = dataset_of(read_archives([file]))
        until = max(int(board.times[-1]) for board in dataset.boards.values()) - SETTLES
        if until > model.trained_until:
            labelled = label_dataset(dataset, COARSEST, model.trained_until + 1, until)
            for name, read in labelled.items():
                table.add_row(f"{file.stem} {name}", *_figures(model, read))
    return table


def _figures(model: Model, read: LabelledLines) -> tuple[str, ...]:
    kept = ~read.lines.is_stale
    if not kept.any():
        return ("0",)
    made = model.forecast(read.lines.only(kept))
    counts = read.lines.is_candidate[kept]
    label = reached(read, CALL_HORIZON_HOURS)[kept][counts] > 0
    chance = made.chance[counts, HORIZONS_HOURS.index(CALL_HORIZON_HOURS)]
    told = ["", "", ""]
    if label.any() and not label.all():
        asked = (roc_auc, average_precision, calibration_error)
        told = [f"{measured(label, chance):.3f}" for measured in asked]
    left = np.maximum((read.outcomes.ends_at - read.lines.at)[kept] / MINUTE, 0)
    low, middle, high = made.left_minutes.T
    miss = np.median(np.abs(left - middle))
    return (
        f"{len(left)}",
        *told,
        f"{miss:.0f}, {np.median(middle):.0f}, {np.median(left):.0f}",
        f"{((low <= left) & (left <= high)).mean():.2f}",
        f"{(low > 5).mean():.2f}",
    )
