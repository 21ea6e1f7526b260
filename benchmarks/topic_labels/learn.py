"""The weights of ``pipelines/topics/pair_weights.py``, learnt from the labelled pairs."""

from collections.abc import Sequence

import numpy as np
from rich.table import Table
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, roc_auc_score
from sklearn.preprocessing import StandardScaler

from benchmarks.topic_labels.measured import Judged
from pipelines.topics.pair_weights import BY_HAND, WEIGHTS
from pipelines.topics.term_weights import Bools, Floats

STRENGTH = 0.1
"""Inverse strength of the penalty: a strong one, for many figures tell nearly the same."""


def learnt(found: Sequence[Judged]) -> Table:
    """Each weight beside the one that is used, and how both tell the pairs of the weeks to check with.

    A part of a larger affair is another story. Pairs with a figure whose weight is set by hand say nothing
    of the others. Both labels weigh alike, since hard pairs were drawn and their shares mean nothing.
    """
    told = [each for each in found if each.pair.label != "unsure"]
    names = [figure.name for figure in told[0].evidence.figures if figure.name not in BY_HAND]
    names.remove("intercept")
    values = np.array(
        [[f.value for f in each.evidence.figures if f.name in names] for each in told]
    )
    same = np.array([each.pair.label == "same" for each in told])
    by_hand = np.array(
        [any(f.value for f in each.evidence.figures if f.name in BY_HAND) for each in told]
    )
    learns = np.array([each.pair.split == "learn" for each in told]) & ~by_hand
    checks = np.array([each.pair.split == "check" for each in told])
    weights, intercept = _fitted(values[learns], same[learns])
    table = Table("figure", "learnt", "used", title=_title(told, checks, same, values @ weights))
    table.add_row("intercept", f"{intercept:.3f}", f"{WEIGHTS['intercept']:.3f}")
    for name, weight in zip(names, weights, strict=True):
        table.add_row(name, f"{weight:.3f}", f"{WEIGHTS[name]:.3f}")
    return table


def _fitted(values: Floats, same: Bools) -> tuple[Floats, float]:
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=STRENGTH, max_iter=3000, class_weight="balanced")
    model.fit(scaler.transform(values), same)
    weights = model.coef_[0] / scaler.scale_
    return weights, float(model.intercept_[0] - weights @ scaler.mean_)


def _title(told: Sequence[Judged], checks: Bools, same: Bools, learnt_odds: Floats) -> str:
    used = np.array([each.evidence.log_odds for each in told])
    area = roc_auc_score(same[checks], used[checks])
    accuracy = balanced_accuracy_score(same[checks], used[checks] > 0)
    without = roc_auc_score(same[checks], learnt_odds[checks])
    return (
        f"{checks.sum()} pairs to check with: area under the ROC curve {area:.3f} as used, balanced accuracy "
        f"{accuracy:.3f}; {without:.3f} without what is set by hand"
    )
