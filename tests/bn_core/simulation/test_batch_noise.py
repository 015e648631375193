"""The simulations that the pages draw: nested, seeded, and in agreement with the closed forms."""

import math

import numpy as np
import pytest

from bn_core.sampling import EXCESS_KURTOSIS, SHAPES
from bn_core.simulation import batch_noise, pool
from bn_core.theory import inference_gap
from bn_core.theory.batch_statistics import (
    batch_mean_sd,
    batch_var_mean,
    batch_var_relative_sd,
)
from tests.bn_core.standard_error import SIGMAS, mean_agrees, sd_agrees

SIZES = (1, 2, 3, 4, 8, 64, 512)


def close(measured: float, expected: float, count: int, relative: float = 1.0) -> bool:
    """Within 5 standard errors of an RMS of `count` values (relative: sd of a square / 2)."""
    return abs(measured / expected - 1) < SIGMAS * relative / math.sqrt(2 * count)


@pytest.mark.parametrize("shape", SHAPES)
def test_relative_errors_lie_on_their_lines(shape: str) -> None:
    errors = batch_noise.relative_errors(shape, SIZES, 1)
    n = pool.COLUMNS
    for i, batch in enumerate(SIZES):
        kurtosis = EXCESS_KURTOSIS[shape] / batch  # of a batch mean
        wide = math.sqrt(1 + kurtosis / 2)
        assert close(errors.mean[i], float(batch_mean_sd(batch)), n, wide)
    assert math.isnan(errors.var[0])
    stats = batch_noise.batch_statistics(shape, 8, 1)
    relative = stats.var / batch_var_mean(8)
    assert sd_agrees(relative, float(batch_var_relative_sd(8, EXCESS_KURTOSIS[shape])))


@pytest.mark.parametrize("eps", [0.0, 0.5])
def test_output_error_lies_on_its_line(eps: float) -> None:
    errors = batch_noise.relative_errors("normal", SIZES, 2, eps)
    for i, batch in enumerate(SIZES):
        # A square of the gap scatters no more than a chi2 of one degree, doubled for its tails.
        expected = float(inference_gap.rms_gap(batch, eps)) * math.sqrt(1 + eps)
        assert close(errors.output[i], expected, pool.COLUMNS, 2.0)


@pytest.mark.parametrize("shape", ["normal", "skewed"])
def test_fans_are_the_moments_of_the_same_growing_batches(shape: str) -> None:
    sizes = (1, 3, 8, 64)
    mean, var = batch_noise.statistics_by_size(shape, sizes, 4)
    for i, size in enumerate(sizes):
        x = pool.batches(shape, size, 4, pool.COLUMNS)[0]
        for fan, values in ((mean, x.mean(axis=0)), (var, x.var(axis=0))):
            assert fan.mean[i] == pytest.approx(np.mean(values), abs=1e-12)
            assert fan.sd[i] == pytest.approx(np.sqrt(np.mean((values - np.mean(values)) ** 2)))
            np.testing.assert_allclose(fan.some[i], values[:6], atol=1e-12)


@pytest.mark.parametrize("n", [3, 4, 16])
def test_outputs_follow_their_law(n: int) -> None:
    z = batch_noise.outputs("normal", n, 4)
    assert z.size > 60_000
    assert np.abs(z).max() <= math.sqrt(n - 1) + 1e-9
    one_each = z.reshape(-1, n, min(pool.COLUMNS, z.size // n))[:, 0].ravel()
    assert mean_agrees(one_each**4, 3 - 6 / (n + 1))  # the fourth moment of a beta law


def test_groups_without_spread_come_out_as_zero() -> None:
    assert (batch_noise.outputs("normal", 1, 0) == 0).all()
    pairs = batch_noise.outputs("rectified", 2, 0)
    assert np.isfinite(pairs).all()
    assert (pairs == 0).any()
