import numpy as np
import pytest

from pipelines.forecast import features, training
from pipelines.forecast.calibration import LEAST_SLOPE, Calibration, calibrate
from pipelines.forecast.dataset import Dataset, LabelledLines, label_dataset, reached
from pipelines.forecast.ensemble import grow
from pipelines.forecast.forecasting_model import Model, from_bytes, to_bytes
from pipelines.forecast.rank_history import DAY, HOUR, NEVER, Board
from pipelines.forecast.training_set import Examples, chance_examples, held_since
from tests.made_past import START, made_past

DAYS = 12

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("learning"),
]  # one worker sets it up, not each


@pytest.fixture(scope="module")
def labelled() -> dict[str, LabelledLines]:
    rows, titles = made_past(DAYS, every=20)
    dataset = Dataset({"made": Board(rows)}, {"made": titles})
    return label_dataset(dataset, 20, START, NEVER)


@pytest.fixture(scope="module")
def model(labelled: dict[str, LabelledLines]) -> Model:
    made = training.fit(labelled, START + 9 * DAY)
    assert made is not None
    return made


def later(labelled: dict[str, LabelledLines]) -> tuple[features.Lines, np.ndarray]:
    """Candidates that the model did not learn from, and whether they came to the top in 3 hours."""
    read = labelled["made"]
    asked = read.lines.is_candidate & (read.lines.at > START + 9 * DAY)
    asked &= read.lines.at <= START + DAYS * DAY - 6 * HOUR
    return read.lines.only(asked), reached(read, 3)[asked]


def area(label: np.ndarray, score: np.ndarray) -> float:
    order = np.argsort(np.argsort(score)) + 1
    up = label.sum()
    return float((order[label > 0].sum() - up * (up + 1) / 2) / (up * (len(label) - up)))


def test_a_model_beats_the_present_rank_on_days_it_has_not_seen(
    labelled: dict[str, LabelledLines], model: Model
) -> None:
    lines, label = later(labelled)
    chance = model.forecast(lines).chance[:, 1]
    assert area(label, chance) > area(label, -lines.rank) + 0.05
    assert abs(chance.mean() - label.mean()) < 0.05


def test_chances_grow_with_the_hours(labelled: dict[str, LabelledLines], model: Model) -> None:
    lines, _ = later(labelled)
    chance = model.forecast(lines).chance
    assert (np.diff(chance, axis=1) >= 0).all()


def test_a_kept_model_forecasts_the_same_and_is_kept_the_same(
    labelled: dict[str, LabelledLines], model: Model
) -> None:
    lines, _ = later(labelled)
    kept = to_bytes(model)
    again = from_bytes(kept)
    np.testing.assert_array_equal(again.forecast(lines).chance, model.forecast(lines).chance)
    assert to_bytes(again) == kept


def test_training_twice_gives_the_same_trees(labelled: dict[str, LabelledLines]) -> None:
    examples = chance_examples(labelled, 3, START + 3 * DAY)
    assert grow(examples, "binary", 10).text == grow(examples, "binary", 10).text


def test_only_outcomes_that_were_known_are_learnt_from(labelled: dict[str, LabelledLines]) -> None:
    until = START + 5 * DAY
    examples = chance_examples(labelled, 3, until)
    assert examples.at.max() <= until - 3 * HOUR


def test_time_left_falls_into_its_interval_about_as_often_as_said(
    labelled: dict[str, LabelledLines], model: Model
) -> None:
    read = labelled["made"]
    settled = read.outcomes.is_over & (read.lines.at > START + 9 * DAY)
    settled &= read.lines.at <= START + (DAYS - 1.5) * DAY
    left = (read.outcomes.ends_at - read.lines.at)[settled] / 60e6
    made = model.forecast(read.lines.only(settled))
    low, middle, high = made.left_minutes.T
    assert (np.diff(made.lasting, axis=1) <= 0).all()
    assert 0.65 < ((low <= left) & (left <= high)).mean() < 0.95
    assert np.abs(left - middle).mean() < np.abs(left - np.median(left)).mean()


def test_the_reasons_of_a_line_add_up_to_its_score(
    labelled: dict[str, LabelledLines], model: Model
) -> None:
    lines, _ = later(labelled)
    few = lines.only(np.arange(len(lines.at)) < 50)
    scores = model.chances[3].blend.predict(few.features)
    np.testing.assert_allclose(model.reasons(few).sum(axis=1), scores, atol=1e-6)


def test_calibration_mends_chances_that_are_too_bold() -> None:
    random = np.random.default_rng(1)
    score = random.normal(-2, 1.5, 20_000)
    label = (random.random(20_000) < 1 / (1 + np.exp(-(0.5 * score - 0.5)))).astype(float)
    found = calibrate(score, label)
    assert found.slope == pytest.approx(0.5, abs=0.05)
    assert found.shift == pytest.approx(-0.5, abs=0.1)
    assert calibrate(np.zeros(0), np.zeros(0)) == Calibration()


def test_little_evidence_moves_little_away_from_what_it_is_drawn_to() -> None:
    usual = Calibration(0.7, -0.4)
    few = calibrate(np.array([-1.0, 1.0]), np.array([1.0, 0.0]), towards=usual)
    assert few.slope == pytest.approx(usual.slope, abs=0.1)
    assert few.shift == pytest.approx(usual.shift, abs=0.3)
    assert calibrate(np.zeros(0), np.zeros(0), towards=usual) == usual


def test_a_higher_score_is_never_a_lower_chance() -> None:
    score = np.linspace(-4, 4, 5000)
    backwards = calibrate(score, (score < 0).astype(float))
    assert backwards.slope == LEAST_SLOPE


def test_a_chance_asks_trees_of_its_own_and_the_nearer_horizon(
    labelled: dict[str, LabelledLines],
) -> None:
    taught = training.lessons(labelled, START + 5 * DAY, (3,))
    blend = training.grow_blends(taught, (3,))[3]
    asked = taught.chances[3].features[:50]
    assert len(blend.parts) == 2
    trees = [part.predict(asked) for part in blend.parts]
    np.testing.assert_allclose(blend.predict(asked), np.mean(trees, axis=0))
    added = blend.contributions(asked)
    np.testing.assert_allclose(added.sum(axis=1), blend.predict(asked))


def test_what_is_held_back_is_not_learnt_from(labelled: dict[str, LabelledLines]) -> None:
    taught = training.lessons(labelled, START + 9 * DAY, (3,))
    assert taught.held_since == pytest.approx(START + 6 * DAY, abs=HOUR)  # a third of nine days
    early = taught.until(taught.held_since)
    assert early.chances[3].at.max() <= taught.held_since


def test_too_little_history_makes_no_model(labelled: dict[str, LabelledLines]) -> None:
    assert training.fit(labelled, START + 2 * HOUR) is None


def test_a_model_refuses_lines_of_other_features(
    labelled: dict[str, LabelledLines], model: Model
) -> None:
    lines, _ = later(labelled)
    other = features.Lines(
        lines.board, lines.at, lines.item, lines.rank, lines.row, lines.is_candidate,
        lines.is_stale, lines.features[:, 1:], lines.names[1:],
    )  # fmt: skip
    with pytest.raises(ValueError, match="other features"):
        model.forecast(other)


def test_the_learner_takes_any_features_and_label() -> None:
    random = np.random.default_rng(2)
    features = random.normal(size=(6000, 4)).astype(np.float32)
    label = (random.random(6000) < 1 / (1 + np.exp(2 - 2 * features[:, 0]))).astype(float)
    at = START + np.arange(6000) * (12 * DAY // 6000)
    examples = Examples(features, label, at.astype(np.int64), np.ones(6000))
    late = at > at[-1] - 2 * DAY
    trees = grow(examples.only(~late), "binary", 60)
    assert area(label[late], trees.predict(features[late])) > 0.75


def test_a_year_without_captures_does_not_shorten_what_is_held_back() -> None:
    days = np.array([*range(30), 400])
    at = np.repeat(days, 3) * DAY + np.tile([0, HOUR, 5 * HOUR], len(days))
    since = held_since(at, 401 * DAY)
    held = np.unique(at[at > since] // DAY)
    assert held.tolist() == [*range(21, 30), 400]  # a third of 31 days
    assert held_since(np.zeros(0, np.int64), 7) == 7
