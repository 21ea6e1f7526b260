"""How well scores told what came: the field's measures, as scikit-learn defines them.

Its own functions are not asked at run time: where it is installed LightGBM imports it too, which costs every
build a second and 69 MiB (docs/decisions/0008-libraries.md). A test holds these against them.
"""

import numpy as np

from pipelines.forecast.rank_history import Flags, Floats

BINS = 15


def roc_auc(label: Flags, score: Floats) -> float:
    """Area under the ROC curve, ties counted half; both outcomes must occur."""
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    up = label.sum()
    return float((ranks[label].sum() - up * (up + 1) / 2) / (up * (len(label) - up)))


def average_precision(label: Flags, score: Floats) -> float:
    """Mean precision at each threshold, weighted by the recall gained there; something must have come."""
    order = np.argsort(-score, kind="stable")
    label, score = label[order], score[order]
    last = np.r_[np.flatnonzero(np.diff(score)), len(score) - 1]
    hits = np.cumsum(label)[last]
    return float(np.sum(np.diff(np.r_[0, hits]) * hits / (last + 1)) / label.sum())


def calibration_error(label: Flags, chance: Floats, bins: int = BINS) -> float:
    """Mean gap between stated and observed chance over bins of equal size."""
    parts = np.array_split(np.argsort(chance, kind="stable"), bins)
    gaps = (abs(label[b].mean() - chance[b].mean()) * len(b) for b in parts if len(b))
    return float(sum(gaps) / len(label))
