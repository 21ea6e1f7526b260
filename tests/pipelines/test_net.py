import json

import numpy as np
import pytest

from pipelines import net
from pipelines.net import Net


def lines(count: int = 6000, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Four features, one of them often missing, and two outcomes of which the second comes sooner."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(count, 4)).astype(np.float32)
    features[random.random(count) < 0.3, 3] = np.nan
    odds = 2 * features[:, 0] * (features[:, 1] > 0) - 1.5 * np.isnan(features[:, 3]) - 1
    luck = random.random(count)
    chance = 1 / (1 + np.exp(-odds))
    return features, np.stack([luck < chance, luck < chance / 2], axis=1).astype(float)


@pytest.fixture(scope="module")
def grown() -> Net:
    features, labels = lines()
    return net.grow_net(features, labels, np.ones(len(labels)))


def area(label: np.ndarray, score: np.ndarray) -> float:
    order = np.argsort(np.argsort(score)) + 1
    up = label.sum()
    return float((order[label > 0].sum() - up * (up + 1) / 2) / (up * (len(label) - up)))


def test_a_net_learns_what_two_features_say_only_together_and_what_absence_says(grown: Net):
    features, labels = lines(seed=4)
    score = grown.predict(features)
    assert area(labels[:, 0], score[:, 0]) > 0.78
    assert area(labels[:, 0], score[:, 0]) > area(labels[:, 0], features[:, 0]) + 0.05
    stated = 1 / (1 + np.exp(-score))
    np.testing.assert_allclose(stated.mean(axis=0), labels.mean(axis=0), atol=0.04)


def test_the_same_lines_grow_the_same_net(grown: Net):
    features, labels = lines()
    again = net.grow_net(features, labels, np.ones(len(labels)))
    assert net.to_text(again) == net.to_text(grown)


def test_a_kept_net_says_the_same(grown: Net):
    features, _ = lines(seed=5)
    again = net.from_text(json.loads(json.dumps(net.to_text(grown))))
    np.testing.assert_array_equal(again.predict(features), grown.predict(features))


@pytest.mark.parametrize("count", [1, 7, 2047, 2049, 6000])
def test_a_lines_score_does_not_depend_on_how_many_are_asked(grown: Net, count: int):
    features, _ = lines(seed=6)
    np.testing.assert_array_equal(grown.predict(features[:count]), grown.predict(features)[:count])


def test_what_features_add_is_the_score(grown: Net):
    features, _ = lines(200, seed=7)
    wanted = np.array([0.5, 0.5], np.float32)
    added = grown.contributions(features, wanted)
    assert added.shape == (200, 5)
    np.testing.assert_allclose(added.sum(axis=1), grown.predict(features) @ wanted, atol=1e-4)
    # what was made to decide is what is said to have decided
    assert np.abs(added[:, 0]).mean() > 3 * np.abs(added[:, 2]).mean()


def test_values_never_seen_and_features_never_known_do_no_harm(grown: Net):
    features, _ = lines(10, seed=8)
    far = features.copy()
    far[:, 0] = 1e9
    assert np.isfinite(grown.predict(far)).all()
    assert np.isfinite(grown.predict(np.full((3, 4), np.nan, np.float32))).all()
    unknown, labels = lines()
    unknown[:, 2] = np.nan
    blind = net.grow_net(unknown, labels, np.ones(len(labels)))
    assert np.isfinite(blind.predict(features)).all()
