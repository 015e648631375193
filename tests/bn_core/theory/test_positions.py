"""Batches of maps with correlated positions: against matrices written out, and drawn batches."""

import math
from typing import Any

import numpy as np
import pytest

from bn_core.fields import standard_fields
from bn_core.theory.batch_statistics import batch_mean_sd, batch_var_mean, batch_var_sd
from bn_core.theory.positions import (
    axis_tau,
    effective_batch,
    mean_sd,
    tau,
    var_mean,
    var_sd,
)
from tests.bn_core.standard_error import mean_agrees, sd_agrees

CASES = [(1, 3, 4, 0.6), (2, 8, 8, 0.8), (5, 1, 6, 0.3), (3, 2, 2, 0.95), (2, 3, 3, 0.0)]
by_case = pytest.mark.parametrize(("batch", "height", "width", "rho"), CASES)


def covariance(batch: int, height: int, width: int, rho: float) -> np.ndarray:
    """Of all values of a batch, entry by entry."""
    at = list(np.ndindex(batch, height, width))
    return np.array(
        [[rho ** (abs(i - k) + abs(j - m)) if a == b else 0.0 for b, k, m in at] for a, i, j in at]
    )


@by_case
def test_the_same_from_the_whole_covariance(
    batch: int, height: int, width: int, rho: float
) -> None:
    S = covariance(batch, height, width, rho)
    n = len(S)
    sigma = 3.0
    assert mean_sd(batch, height, width, rho, sigma) == pytest.approx(
        sigma * math.sqrt(S.sum()) / n
    )
    assert effective_batch(batch, height, width, rho) == pytest.approx(n * n / S.sum())
    M = np.eye(n) - 1 / n
    assert var_mean(batch, height, width, rho, sigma) == pytest.approx(9 * np.trace(M @ S) / n)
    expected = 9 * math.sqrt(2 * np.trace(M @ S @ M @ S)) / n
    assert var_sd(batch, height, width, rho, sigma) == pytest.approx(expected)


@pytest.mark.parametrize("length", [1, 2, 7, 32])
@pytest.mark.parametrize("rho", [0.0, 0.2, 0.8, 0.99])
def test_tau_is_the_sum_over_distances(length: int, rho: float) -> None:
    expected = 1 + 2 * sum((1 - k / length) * rho**k for k in range(1, length))
    assert axis_tau(length, rho) == pytest.approx(expected)
    assert tau(length, 3, rho) == pytest.approx(expected * axis_tau(3, rho))


@by_case
@pytest.mark.parametrize("shape", ["normal", "rectified"])
def test_drawn_batches(shape: str, batch: int, height: int, width: int, rho: float) -> None:
    """Mean and expected variance for any shape; how far the variance scatters, for the normal."""
    maps = standard_fields(shape, (10_000 * batch, height, width), rho, seed=1)
    x = 3 * maps.reshape(10_000, -1)
    assert sd_agrees(x.mean(axis=1), float(mean_sd(batch, height, width, rho, 3.0)))
    assert mean_agrees(x.var(axis=1), float(var_mean(batch, height, width, rho, 3.0)))
    if shape == "normal":
        assert sd_agrees(x.var(axis=1), float(var_sd(batch, height, width, rho, 3.0)))


def test_128_positions_that_count_as_five_and_a_half() -> None:
    assert effective_batch(2, 8, 8, 0.8) == pytest.approx(5.47, abs=0.01)
    assert mean_sd(2, 8, 8, 0.8) == pytest.approx(0.428, abs=1e-3)


def test_ends() -> None:
    sizes = np.array([1, 2, 7])
    # Independent positions are so many samples; equal ones are one.
    for rho, samples in ((0.0, 12 * sizes), (1.0, sizes)):
        np.testing.assert_allclose(effective_batch(sizes, 3, 4, rho), samples)
        np.testing.assert_allclose(mean_sd(sizes, 3, 4, rho), batch_mean_sd(samples))
        np.testing.assert_allclose(var_mean(sizes, 3, 4, rho), batch_var_mean(samples), atol=1e-12)
        np.testing.assert_allclose(var_sd(sizes, 3, 4, rho), batch_var_sd(samples), atol=1e-7)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((0, 3, 3, 0.5), "batch must hold whole numbers of at least 1"),
        ((2, 0, 3, 0.5), "length must be a whole number of at least 1, got 0"),
        ((2, 3, 2.5, 0.5), "length must be a whole number"),
        ((2, 3, 3, 1.5), r"correlation must lie in 0\.\.1, got 1.5"),
    ],
)
def test_errors(given: Any, message: str) -> None:
    for form in (effective_batch, mean_sd, var_mean, var_sd):
        with pytest.raises(ValueError, match=message):
            form(*given)
