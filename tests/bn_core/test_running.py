"""Running estimates: the vectorised paths against a step by step reckoning, and their corners."""

import numpy as np
import pytest

from bn_core import BatchNorm1D
from bn_core.normalize import statistics
from bn_core.running import bias_corrected, running_path, update
from bn_core.types import Array

PATHS, STEPS, FEATURES = 3, 40, 5


def values(dtype: type = np.float64) -> Array:
    draws = np.random.default_rng(0).normal(5, 3, (PATHS, STEPS, FEATURES))
    return draws.astype(dtype)


@pytest.mark.parametrize("momentum", [0.0, 0.01, 0.1, 0.5, 0.999, 1.0])
def test_exponential_against_the_sum(momentum: float) -> None:
    """r_t = q^t r_0 + sum_s m q^(t-s) x_s, written out."""
    x, start, q = values(), 2.0, 1 - momentum
    path = running_path(x, momentum, start)
    assert path.shape == (PATHS, STEPS + 1, FEATURES)
    for t in range(STEPS + 1):
        weights = momentum * q ** np.arange(t - 1, -1, -1)
        expected = q**t * start + np.einsum("s,psf->pf", weights, x[:, :t])
        np.testing.assert_allclose(path[:, t], expected, rtol=1e-12)


def test_cumulative_is_the_mean_so_far() -> None:
    x = values()
    path = running_path(x, None, start=7.0)
    np.testing.assert_array_equal(path[:, 0], 7)
    for t in range(1, STEPS + 1):
        np.testing.assert_allclose(path[:, t], x[:, :t].mean(axis=1), rtol=1e-12)


def test_momentum_of_nought_and_one_are_exact() -> None:
    x = values()
    start = np.random.default_rng(1).standard_normal((PATHS, FEATURES))
    np.testing.assert_array_equal(running_path(x, 0, start), start[:, None] + 0 * path_of(x))
    np.testing.assert_array_equal(running_path(x, 1, start)[:, 1:], x)


def path_of(x: Array) -> Array:
    return np.zeros((x.shape[0], x.shape[1] + 1, x.shape[2]))


@pytest.mark.parametrize("momentum", [0.03, 0.5, 1.0, None])
def test_correction_takes_out_the_start(momentum: float | None) -> None:
    x = values()
    near, far = (bias_corrected(running_path(x, momentum, r0), momentum) for r0 in (0.0, 1e4))
    np.testing.assert_allclose(near[:, 1:], far[:, 1:], rtol=1e-7)
    np.testing.assert_allclose(near[:, 1], x[:, 0], rtol=1e-12)  # one batch: that batch
    assert np.isnan(near[:, 0]).all()


def test_no_estimate_without_momentum() -> None:
    assert np.isnan(bias_corrected(running_path(values(), 0.0), 0.0)).all()


@pytest.mark.parametrize("momentum", [0.1, None])
def test_the_layer_takes_the_same_steps(momentum: float | None) -> None:
    layer = BatchNorm1D(FEATURES, momentum=momentum)
    batches = np.random.default_rng(2).normal(5, 3, (STEPS, FEATURES, 8))
    mean, var = statistics(batches, axis=-1)
    means = running_path(mean[None, :, :, 0], momentum, 0.0)[0]
    variances = running_path(var[None, :, :, 0], momentum, 1.0)[0]
    for t, Z in enumerate(batches, start=1):
        layer.forward(Z)
        np.testing.assert_allclose(layer.running_mean, means[t], rtol=1e-12)
        np.testing.assert_allclose(layer.running_var, variances[t], rtol=1e-12)


def test_one_step() -> None:
    np.testing.assert_array_equal(update(np.array([2.0]), np.array([4.0]), 0.25, 9), [2.5])
    np.testing.assert_array_equal(update(np.array([2.0]), np.array([4.0]), None, 3), [2.5])


def test_not_finite_passes_on_but_never_back() -> None:
    x = values()
    x[1, 10, 2] = np.nan
    x[2, 10, 3] = np.inf
    bad = ~np.isfinite(running_path(x, 0.1))
    assert bad[1, 11:, 2].all()
    assert bad[2, 11:, 3].all()
    assert bad.sum() == 2 * (STEPS - 10)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_weighs_nothing_does_not_count(bad: float) -> None:
    """Momentum 0 never looks at a batch, momentum 1 and the first of an average not at the past."""
    x = values()
    x[:, 10] = bad
    np.testing.assert_array_equal(running_path(x, 0.0, 2.0), 2.0)
    np.testing.assert_array_equal(running_path(x, 1.0)[:, 1:], x)
    assert np.isfinite(running_path(x, None, start=bad)[:, 1:11]).all()
    lost, fine = np.array([bad]), np.array([3.0])
    assert update(fine, lost, 0.0, 4) == 3
    assert update(lost, fine, 1.0, 4) == 3
    assert update(lost, fine, None, 0) == 3


def test_long_paths_neither_overflow_nor_underflow() -> None:
    x = np.full((1, 20_000, 1), 3.0)
    path = running_path(x, 0.5, start=1e3)
    assert path[0, -1, 0] == 3
    np.testing.assert_allclose(bias_corrected(path, 0.5)[0, 1:], 3, rtol=1e-9)


def test_float32_stays() -> None:
    assert running_path(values(np.float32), 0.1).dtype == np.float32
    assert bias_corrected(values(np.float32), 0.1).dtype == np.float32


def test_errors() -> None:
    with pytest.raises(ValueError, match=r"values must have 3 dimensions .*got 2.*values\[None\]"):
        running_path(np.zeros((4, 2)), 0.1)
    with pytest.raises(ValueError, match=r"path must have 3 dimensions \(paths, steps, features\)"):
        bias_corrected(np.zeros(4), 0.1)
    for momentum in (-0.1, 1.5):
        with pytest.raises(ValueError, match=rf"momentum must lie in 0\.\.1 .* got {momentum}"):
            running_path(values(), momentum)
