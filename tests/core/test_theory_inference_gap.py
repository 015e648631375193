"""Training against inference: correlation, gap, the fixed sample, batches of one class."""

import math

import numpy as np
import pytest

from bn_core import theory
from tests.core.standard_error import mean_agrees, sd_agrees, shares_agree, trapezoid

N = 40_000


def training(x: np.ndarray, eps: float = 0.0) -> np.ndarray:
    return np.asarray((x[:, 0] - x.mean(axis=1)) / np.sqrt(x.var(axis=1) + eps))


@pytest.mark.parametrize("eps", [0.0, 0.3])
@pytest.mark.parametrize("batch", [2, 3, 4, 8, 32])
def test_gap_and_correlation(batch: int, eps: float) -> None:
    x = np.random.default_rng(batch).standard_normal((N, batch))
    z, y = training(x, eps), x[:, 0] / math.sqrt(1 + eps)
    assert mean_agrees((z - y) ** 2, float(theory.rms_gap(batch, eps)) ** 2)
    square, product = theory.train_moments(batch, eps)
    assert mean_agrees(z * x[:, 0], float(product))
    assert theory.train_inference_corr(batch, eps) == pytest.approx(product / np.sqrt(square))
    assert (z**2).mean() == pytest.approx(float(square), abs=5 * (z**2).std() / math.sqrt(N) + 1e-9)


def test_gap_without_eps_is_the_limit_of_a_small_one() -> None:
    sizes = np.array([1, 2, 3, 8, 512])
    assert theory.rms_gap(sizes, 1e-12) == pytest.approx(theory.rms_gap(sizes), abs=1e-4)


def test_known_values_and_limits() -> None:
    assert theory.rms_gap([2, 8, 32]) == pytest.approx([0.934, 0.441, 0.217], abs=6e-4)
    assert theory.rms_gap(1) == 1
    assert math.isnan(theory.train_inference_corr(1))
    assert theory.rms_gap(512) == pytest.approx(math.sqrt(3 / 1024), rel=0.01)


@pytest.mark.parametrize(("u", "batch"), [(0.5, 3), (1.0, 4), (-2.0, 8), (1.5, 64)])
def test_fixed_sample(u: float, batch: int) -> None:
    x = np.random.default_rng(batch).standard_normal((N, batch))
    x[:, 0] = u
    z = training(x)
    mean, sd = theory.fixed_sample_moments(u, batch)
    assert mean_agrees(z, float(mean))
    assert sd_agrees(z, float(sd))
    edges = np.quantile(z, np.linspace(0.03, 0.97, 21))
    points = np.linspace(edges[:-1], edges[1:], 65)
    shares = trapezoid(theory.fixed_sample_pdf(points, u, batch), points)
    assert shares_agree(z, edges, shares)


def test_fixed_sample_with_one_companion_and_alone() -> None:
    x = np.random.default_rng(0).standard_normal((N, 2))
    x[:, 0] = 0.8
    z = training(x)
    assert mean_agrees((z > 0).astype(float), float(theory.fixed_sample_high(0.8)))
    mean, sd = theory.fixed_sample_moments([0.8, -0.8], 2)
    assert mean == pytest.approx([math.erf(0.8 / math.sqrt(2)), -math.erf(0.8 / math.sqrt(2))])
    assert mean**2 + sd**2 == pytest.approx([1, 1])
    assert [float(m) for m in theory.fixed_sample_moments(3.0, 1)] == [0, 0]
    with pytest.raises(ValueError, match="one companion"):
        theory.fixed_sample_pdf(0.0, 1.0, 2)


def test_fixed_samples_average_to_the_whole() -> None:
    """E over u of E[z u] is the correlation of training and inference output."""
    u = np.linspace(-8, 8, 81)
    density = np.exp(-(u**2) / 2) / math.sqrt(2 * math.pi)
    for batch in (2, 3, 8):
        mean, _ = theory.fixed_sample_moments(u, batch)
        corr = np.trapezoid(mean * u * density, u)
        assert corr == pytest.approx(float(theory.train_inference_corr(batch)), abs=1e-4)


def test_noncentral_t_without_noncentrality_is_student() -> None:
    t = np.array([-2.0, 0.3, 5.0])
    cauchy = 1 / (math.pi * (1 + t**2))
    assert theory.noncentral_t_pdf(t, 1, 0.0) == pytest.approx(cauchy, rel=1e-4)
    student3 = 6 * math.sqrt(3) / (math.pi * (3 + t**2) ** 2)
    assert theory.noncentral_t_pdf(t, 3, 0.0) == pytest.approx(student3, rel=1e-4)


@pytest.mark.parametrize("unbiased", [False, True])
def test_one_class_batches(unbiased: bool) -> None:
    batch, within, between = 8, 1.0, 2.65
    rng = np.random.default_rng(3)
    side = math.sqrt(between) * rng.choice([-1.0, 1.0], N)
    x = side[:, None] + math.sqrt(within) * rng.standard_normal((N, batch))
    found = theory.one_class_statistics(batch, within, between, 1.0, unbiased=unbiased)
    assert mean_agrees(x.var(axis=1, ddof=int(unbiased)), found.running_var)
    assert sd_agrees(x.mean(axis=1), found.running_mean_sd)
    assert sd_agrees(x[:, 0], math.sqrt(found.true_var))
    inference = (x[:, 0]) / math.sqrt(found.running_var)
    assert sd_agrees(inference, math.sqrt(found.inference_var))
    z = training(x)
    for var in (found.true_var, found.running_var):
        corr, gap = theory.one_class_gap(batch, within, between, var)
        y = x[:, 0] / math.sqrt(var)
        assert mean_agrees(z * x[:, 0] / math.sqrt(found.true_var), corr)
        assert mean_agrees((z - y) ** 2, gap**2)


def test_one_class_limits() -> None:
    assert theory.one_class_statistics(1, 1.0, 1.0, 0.1).inference_var == math.inf
    unbiased = theory.one_class_statistics(1, 1.0, 1.0, 0.1, unbiased=True)
    assert math.isnan(unbiased.running_var)
    assert math.isnan(unbiased.inference_var)
    corr, gap = theory.one_class_gap(1, 1.0, 1.0, 2.0)
    assert math.isnan(corr)
    assert gap == 1
    assert theory.one_class_gap(4, 1.0, 1.0, 0.0)[1] == math.inf
    same = theory.one_class_gap(4, 1.0, 0.0, 1.0)
    assert same == pytest.approx((float(theory.train_inference_corr(4)), float(theory.rms_gap(4))))
