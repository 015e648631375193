"""Running statistics of the features, held against the layers and the closed forms."""

import numpy as np
import pytest

from bn_core import BatchNorm1D
from bn_core.comparison.one_batch import pass_batch
from bn_core.sampling import SHAPES, draw
from bn_core.simulation.feature_paths import STEPS, simulate_running_statistics
from bn_core.theory.batch_statistics import batch_mean_sd
from bn_core.theory.running import estimate_sd, expected_estimate, memory


@pytest.mark.parametrize("shape", SHAPES)
def test_running_mean_follows_its_closed_form(shape: str) -> None:
    batch, features, mean, std, momentum = 16, 256, 4.0, 2.0, 0.05
    paths = simulate_running_statistics(
        shape, batch, 3, features=features, mean=mean, std=std, momentum=momentum
    )
    steps = np.arange(STEPS + 1)
    remembered = memory(steps, momentum)
    expected = expected_estimate(remembered, steps, mean, 0.0)
    sd = estimate_sd(remembered, float(batch_mean_sd(batch, std)))
    assert paths.mean.shape == (features, STEPS + 1)
    error = paths.mean.mean(axis=0) - expected
    assert np.all(np.abs(error) <= 5 * sd / np.sqrt(features))
    # The sd of a sample sd over n paths is about sd / sqrt(2 n).
    late = paths.mean[:, 50:].std(axis=0)
    assert np.all(np.abs(late / sd[50:] - 1) < 5 / np.sqrt(2 * features))


def test_moving_mean_and_std_transforms_the_same_batches() -> None:
    one = simulate_running_statistics("normal", 8, 1, features=4, mean=0.0, std=1.0, momentum=0.1)
    two = simulate_running_statistics("normal", 8, 1, features=4, mean=3.0, std=2.0, momentum=0.1)
    taken = 1 - 0.9 ** np.arange(STEPS + 1)
    np.testing.assert_allclose(two.mean, 2 * one.mean + 3 * taken, atol=1e-12)


def test_the_spread_is_that_of_the_paths() -> None:
    paths = simulate_running_statistics(
        "skewed", 16, 2, features=64, mean=2.0, std=3.0, momentum=0.1
    )
    low, high = np.quantile(paths.mean, [0.05, 0.95], axis=0)
    np.testing.assert_allclose(paths.low, low, atol=1e-12)
    np.testing.assert_allclose(paths.high, high, atol=1e-12)


def test_paths_are_those_of_a_layer_in_training() -> None:
    paths = simulate_running_statistics("normal", 8, 1, features=4, mean=3.0, std=2.0, momentum=0.1)
    layer = BatchNorm1D(4)
    batches = draw("normal", (4, 8 * STEPS), 3.0, 2.0, seed=1, stream=1)
    for step, batch in enumerate(np.split(batches, STEPS, axis=1), 1):
        layer.forward(batch)
        np.testing.assert_allclose(paths.mean[:, step], layer.running_mean, atol=1e-12)
        np.testing.assert_allclose(paths.var[:, step], layer.running_var, atol=1e-12)


@pytest.mark.parametrize(("batch", "followed"), [(512, 9), (8, 256)])
def test_large_batches_follow_fewer_features(batch: int, followed: int) -> None:
    paths = simulate_running_statistics(
        "normal", batch, 0, features=256, mean=0.0, std=1.0, momentum=0.1
    )
    assert len(paths.mean) == followed


@pytest.mark.parametrize("batch", [8, 512])
def test_the_feature_asked_for_is_always_followed(batch: int) -> None:
    paths = simulate_running_statistics(
        "skewed", batch, 2, features=64, mean=3.0, std=2.0, momentum=0.1, feature=40
    )
    assert 40 in paths.followed
    row = int(np.flatnonzero(paths.followed == 40)[0])
    every = draw("skewed", (41, batch * STEPS), 3.0, 2.0, seed=2, stream=1)
    running = 0.0
    for values in np.split(every[40], STEPS):
        running = 0.9 * running + 0.1 * values.mean()
    assert paths.mean[row, -1] == pytest.approx(running)
    before = draw("skewed", (64, batch), 3.0, 2.0, seed=2)
    result = pass_batch(before, "batch", paths, eps=1e-5, gamma=1.0, beta=0.0)
    by_hand = (before[40] - running) / np.sqrt(paths.var[row, -1] + 1e-5)
    np.testing.assert_allclose(result.inference[row], by_hand, rtol=1e-9)
