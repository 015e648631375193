"""What the lab shows, held against the layers and the closed forms."""

import numpy as np
import pytest

from bn_core import BatchNorm1D, LayerNorm1D, theory
from bn_core.lab import STEPS, RunningPaths, gap_of, input_law, output_law, pass_batch, train
from bn_core.sampling import SHAPES, draw


@pytest.mark.parametrize("shape", SHAPES)
def test_running_mean_follows_its_closed_form(shape: str) -> None:
    batch, features, mean, std, momentum = 16, 256, 4.0, 2.0, 0.05
    paths = train(batch, features, mean, std, momentum, shape, seed=3)
    steps = np.arange(STEPS + 1)
    remembered = theory.memory(steps, momentum)
    expected = theory.expected_estimate(remembered, steps, mean, 0.0)
    sd = theory.estimate_sd(remembered, float(theory.batch_mean_sd(batch, std)))
    assert paths.mean.shape == (features, STEPS + 1)
    error = paths.mean.mean(axis=0) - expected
    assert np.all(np.abs(error) <= 5 * sd / np.sqrt(features))
    # The sd of a sample sd over n paths is about sd / sqrt(2 n).
    late = paths.mean[:, 50:].std(axis=0)
    assert np.all(np.abs(late / sd[50:] - 1) < 5 / np.sqrt(2 * features))


def test_moving_mean_and_std_transforms_the_same_batches() -> None:
    one = train(8, 4, 0.0, 1.0, 0.1, "normal", seed=1)
    two = train(8, 4, 3.0, 2.0, 0.1, "normal", seed=1)
    taken = 1 - 0.9 ** np.arange(STEPS + 1)
    np.testing.assert_allclose(two.mean, 2 * one.mean + 3 * taken, atol=1e-12)


def test_the_spread_is_that_of_the_paths() -> None:
    paths = train(16, 64, 2.0, 3.0, 0.1, "skewed", seed=2)
    low, high = np.quantile(paths.mean, [0.05, 0.95], axis=0)
    np.testing.assert_allclose(paths.low, low, atol=1e-12)
    np.testing.assert_allclose(paths.high, high, atol=1e-12)


def test_paths_are_those_of_a_layer_in_training() -> None:
    paths = train(8, 4, 3.0, 2.0, 0.1, "normal", seed=1)
    layer = BatchNorm1D(4)
    batches = draw("normal", (4, 8 * STEPS), 3.0, 2.0, seed=1, stream=1)
    for step, batch in enumerate(np.split(batches, STEPS, axis=1), 1):
        layer.forward(batch)
        np.testing.assert_allclose(paths.mean[:, step], layer.running_mean, atol=1e-12)
        np.testing.assert_allclose(paths.var[:, step], layer.running_var, atol=1e-12)


def test_a_batch_passes_as_through_the_layers() -> None:
    before = draw("skewed", (5, 12), 2.0, 3.0, seed=4)
    paths = train(12, 5, 2.0, 3.0, 0.1, "skewed", seed=4)
    passed = pass_batch(before, 1e-3, "batch", 1.5, -0.5, paths)
    layer = BatchNorm1D(5, 1e-3)
    layer.gamma[:], layer.beta[:] = 1.5, -0.5
    np.testing.assert_array_equal(passed.training, layer.forward(before, training=True))
    scale = 1.5 / np.sqrt(paths.var[:, -1:] + 1e-3)
    by_hand = (before - paths.mean[:, -1:]) * scale - 0.5
    np.testing.assert_allclose(passed.inference, by_hand, rtol=1e-12)


def test_layer_normalisation_has_no_gap() -> None:
    before = draw("normal", (6, 3), 2.0, 3.0, seed=0)
    paths = train(3, 6, 2.0, 3.0, 0.1, "normal", seed=0)
    passed = pass_batch(before, 0.0, "layer", 1.0, 0.0, paths)
    np.testing.assert_array_equal(passed.training, LayerNorm1D(6, 0.0).forward(before))
    assert gap_of(passed) == 0


@pytest.mark.parametrize(("batch", "eps"), [(2, 0.0), (4, 0.0), (8, 0.5), (32, 1e-5)])
def test_the_gap_is_the_closed_forms(batch: int, eps: float) -> None:
    features = 256
    before = draw("normal", (features, batch), 0.0, 1.0, seed=11)
    zero = np.zeros((features, 1))
    settled = RunningPaths(zero, zero + (batch - 1) / batch, zero[0], zero[0])
    passed = pass_batch(before, eps, "batch", 1.0, 0.0, settled)
    # The squared gap of each feature is one sample; its scatter gives the standard error.
    squares = ((passed.training - passed.inference) ** 2).mean(axis=1)
    error = squares.std() / np.sqrt(features)
    assert abs(gap_of(passed) ** 2 - theory.settled_gap(batch, eps) ** 2) < 5 * error


def test_large_batches_follow_fewer_features() -> None:
    assert len(train(512, 256, 0.0, 1.0, 0.1, "normal", seed=0).mean) == 9
    assert len(train(8, 256, 0.0, 1.0, 0.1, "normal", seed=0).mean) == 256


def test_the_laws_drawn_over_the_histograms_are_densities() -> None:
    x, density = input_law(5.0, 3.0)
    assert abs(float(np.trapezoid(density, x)) - 1) < 1e-3
    for group in (4, 8, 64):
        # A negative gamma mirrors the points, so that they come in falling order.
        z, density = output_law(group, -1.5, 0.5)
        assert abs(float(np.trapezoid(density[::-1], z[::-1])) - 1) < 1e-3
        assert abs(float(np.trapezoid((density * z)[::-1], z[::-1])) - 0.5) < 1e-3
