"""Training against inference with the true statistics: moments and gap.

Closed forms are held against scipy's distributions; one simulation holds the model itself.
"""

import math

import numpy as np
import pytest

from bn_core.theory.inference_gap import rms_gap, train_inference_corr, train_moments
from tests.bn_core.quadrature import over_batch_variance
from tests.bn_core.standard_error import mean_agrees

N = 40_000
EXACT = 1e-10


def training(x: np.ndarray, eps: float = 0.0) -> np.ndarray:
    return np.asarray((x[:, 0] - x.mean(axis=1)) / np.sqrt(x.var(axis=1) + eps))


@pytest.mark.parametrize("eps", [1e-3, 0.3, 10.0])
@pytest.mark.parametrize("batch", [2, 3, 8, 32])
def test_moments_are_those_of_the_chi_law(batch: int, eps: float) -> None:
    square, product = (float(moment) for moment in train_moments(batch, eps))
    # The integrand turns sharply at a chi of sqrt(B eps), which a fixed grid meets to 1e-6.
    near = EXACT if eps > 0.01 or batch > 3 else 1e-6
    expected = over_batch_variance(batch, lambda v: v / (v + eps))
    assert square == pytest.approx(expected, rel=near)
    expected = over_batch_variance(batch, lambda v: v / math.sqrt(v + eps))
    assert product == pytest.approx(expected, rel=near)
    inference = 1 / (1 + eps)
    gap = math.sqrt(square - 2 * product * math.sqrt(inference) + inference)
    assert rms_gap(batch, eps) == pytest.approx(gap, rel=EXACT)
    assert train_inference_corr(batch, eps) == pytest.approx(product / math.sqrt(square))


@pytest.mark.parametrize("eps", [0.0, 0.3])
@pytest.mark.parametrize("batch", [2, 3, 8, 32])
def test_batches_drawn_by_hand_have_this_gap(batch: int, eps: float) -> None:
    x = np.random.default_rng(batch).standard_normal((N, batch))
    z, y = training(x, eps), x[:, 0] / math.sqrt(1 + eps)
    assert mean_agrees((z - y) ** 2, float(rms_gap(batch, eps)) ** 2)
    square, product = train_moments(batch, eps)
    assert mean_agrees(z * x[:, 0], float(product))
    assert (z**2).mean() == pytest.approx(float(square), abs=5 * (z**2).std() / math.sqrt(N) + 1e-9)


def test_gap_without_eps_is_the_limit_of_a_small_one() -> None:
    sizes = np.array([1, 2, 3, 8, 512])
    assert rms_gap(sizes, 1e-12) == pytest.approx(rms_gap(sizes), abs=1e-4)


def test_limits() -> None:
    assert rms_gap(1) == 1
    assert math.isnan(train_inference_corr(1))
    assert [float(moment) for moment in train_moments(1, 0.1)] == [0, 0]
    assert rms_gap(512) == pytest.approx(math.sqrt(3 / 1024), rel=0.01)


# Noncentralities and degrees where scipy's own density does not overflow.
