"""What inference applies after training: its moments, and the variance of its output."""

import math

import numpy as np
import pytest
from scipy import stats

from bn_core.theory.inference_moments import (
    TrainedStatistics,
    inference_moments,
    inference_variance,
)
from tests.bn_core.quadrature import over_batch_variance
from tests.bn_core.standard_error import mean_agrees

GRID = 1e-7  # how far the integration over its grid is good


@pytest.mark.parametrize("unbiased", [False, True])
@pytest.mark.parametrize("batch", [4, 8, 32])
@pytest.mark.parametrize("eps", [0.0, 0.01, 1.0])
def test_at_momentum_one_the_running_variance_is_the_last_batchs(
    batch: int, eps: float, unbiased: bool
) -> None:
    law = inference_moments(
        [batch], TrainedStatistics(5, 1.0, eps_ratio=eps, unbiased=unbiased, start_var=7.0)
    )
    stored = batch / (batch - 1) if unbiased else 1.0
    first = over_batch_variance(batch, lambda v: 1 / math.sqrt(stored * v + eps))
    second = over_batch_variance(batch, lambda v: 1 / (stored * v + eps))
    assert law.first[0] == pytest.approx(first, rel=GRID)
    assert law.second[0] == pytest.approx(second, rel=GRID)


@pytest.mark.parametrize("steps", [1, 2, 7, 50])
@pytest.mark.parametrize("batch", [4, 8])
def test_the_average_of_all_batches_has_the_chi_law_of_all_their_degrees(
    batch: int, steps: int
) -> None:
    law = inference_moments([batch], TrainedStatistics(steps, None))
    inverse = stats.invgamma(steps * (batch - 1) / 2, scale=steps * batch / 2)  # 1 / R
    expected = inverse.expect(np.sqrt, epsrel=1e-11, epsabs=0.0, limit=500)
    assert law.first[0] == pytest.approx(expected, rel=GRID)
    assert law.second[0] == pytest.approx(inverse.mean(), rel=GRID)


@pytest.mark.parametrize("unbiased", [False, True])
@pytest.mark.parametrize(
    ("batch", "momentum"), [(2, 0.1), (2, 0.5), (3, 0.7), (8, 0.1), (8, 1.0), (4, 0.004)]
)
def test_inference_variance_once_settled(batch: int, momentum: float, unbiased: bool) -> None:
    n, rng = 20_000, np.random.default_rng(batch)
    steps = math.ceil(min(25 / momentum, 700 if momentum < 0.01 else 250))
    mean, var, taken = np.zeros(n), np.zeros(n), 1 - (1 - momentum) ** steps
    for _ in range(steps if momentum < 1 else 1):
        mean += momentum * (rng.standard_normal(n) / math.sqrt(batch) - mean)
        of_batch = rng.chisquare(batch - 1, n) / (batch - 1 if unbiased else batch)
        var += momentum * (of_batch - var)
    found = (1 + mean**2) * taken / var
    assert mean_agrees(found, inference_variance(batch, momentum, unbiased=unbiased))


def test_inference_variance_at_its_ends() -> None:
    assert inference_variance(2, 0.1) == pytest.approx(2.277, abs=5e-4)
    assert inference_variance(2, None) == 2
    assert inference_variance(2, 1.0) == inference_variance(3, 1.0) == math.inf
    assert inference_variance(4, 1.0) == pytest.approx(4 * (1 + 1 / 4))
    assert math.isnan(inference_variance(4, 0.0))
    for batch in (2, 8, 512):
        assert inference_variance(batch, 0.001) == pytest.approx(batch / (batch - 1), rel=3e-3)
