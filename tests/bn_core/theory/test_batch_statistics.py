"""Batch statistics: closed forms against scipy's laws, the model itself against a simulation."""

import math

import numpy as np
import pytest
from scipy import stats

from bn_core.sampling import EXCESS_KURTOSIS, SHAPES, standard_draw
from bn_core.theory.batch_statistics import (
    batch_mean_pdf,
    batch_mean_sd,
    batch_var_mean,
    batch_var_pdf,
    batch_var_relative_sd,
    batch_var_sd,
    inverse_std_mean,
    inverse_std_pdf,
    std_ratio,
)
from tests.bn_core.standard_error import mean_agrees, sd_agrees

SIZES = (2, 3, 4, 8, 32, 512)
SIGMA = 3.0
EXACT = 1e-10
WITHIN = np.linspace(0.001, 0.999, 61)  # probabilities at which densities are compared

of_each_size = pytest.mark.parametrize("batch", SIZES)


@of_each_size
def test_mean_and_variance_of_a_gaussian_batch(batch: int) -> None:
    mean_law = stats.norm(0, SIGMA / math.sqrt(batch))
    assert batch_mean_sd(batch, SIGMA) == pytest.approx(mean_law.std(), rel=EXACT)
    value = mean_law.ppf(WITHIN)
    density = batch_mean_pdf(value, batch, SIGMA)
    assert density == pytest.approx(mean_law.pdf(value), rel=EXACT)
    for unbiased in (False, True):
        law = stats.chi2(batch - 1, scale=SIGMA**2 / (batch - 1 if unbiased else batch))
        mean = batch_var_mean(batch, SIGMA, unbiased=unbiased)
        assert mean == pytest.approx(law.mean(), rel=EXACT)
        sd = batch_var_sd(batch, SIGMA, unbiased=unbiased)
        assert sd == pytest.approx(law.std(), rel=EXACT)
        assert batch_var_relative_sd(batch) == pytest.approx(sd / mean, rel=EXACT)
    biased = stats.chi2(batch - 1, scale=SIGMA**2 / batch)
    value = biased.ppf(WITHIN)
    density = batch_var_pdf(value, batch, SIGMA)
    assert density == pytest.approx(biased.pdf(value), rel=EXACT)


@of_each_size
def test_std_of_a_gaussian_batch_and_its_inverse(batch: int) -> None:
    law = stats.chi(batch - 1, scale=1 / math.sqrt(batch))
    assert std_ratio(batch) == pytest.approx(law.mean(), rel=EXACT)
    std = law.ppf(WITHIN)
    # The density of w = 1 / std, by the change of variable.
    density = inverse_std_pdf(1 / std, batch)
    assert density == pytest.approx(law.pdf(std) * std**2, rel=EXACT)
    if batch > 2:
        inverse = stats.invgamma((batch - 1) / 2, scale=batch / 2)  # 1 / variance
        expected = inverse.expect(np.sqrt, epsrel=1e-12, epsabs=0.0, limit=500)
        assert inverse_std_mean(batch) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("batch", [2, 5, 32])
def test_a_batch_drawn_by_hand_has_these_statistics(shape: str, batch: int) -> None:
    """That the laws above are those of a batch; the spread needs the input's kurtosis alone."""
    x = SIGMA * standard_draw(shape, (1, 40_000 * batch), 1).reshape(-1, batch)
    kurtosis = EXCESS_KURTOSIS[shape]
    assert sd_agrees(x.mean(axis=1), float(batch_mean_sd(batch, SIGMA)))
    for unbiased in (False, True):
        var = x.var(axis=1, ddof=int(unbiased))
        assert mean_agrees(var, float(batch_var_mean(batch, SIGMA, unbiased=unbiased)))
        sd = batch_var_sd(batch, SIGMA, kurtosis, unbiased=unbiased)
        assert sd_agrees(var, float(sd))
    if shape == "normal":
        assert mean_agrees(x.std(axis=1) / SIGMA, float(std_ratio(batch)))
        if batch > 3:  # at 3 the inverse's variance is infinite
            assert mean_agrees(SIGMA / x.std(axis=1), float(inverse_std_mean(batch)))


def test_sizes_may_come_as_an_array() -> None:
    sizes = np.array(SIZES)
    for of_sizes in (
        batch_mean_sd,
        batch_var_mean,
        batch_var_sd,
        batch_var_relative_sd,
        std_ratio,
        inverse_std_mean,
    ):
        one_by_one = [float(of_sizes(size)) for size in SIZES]
        np.testing.assert_array_equal(of_sizes(sizes), one_by_one)


def test_exact_cases() -> None:
    assert std_ratio(2) == pytest.approx(1 / math.sqrt(math.pi))
    assert std_ratio(4) == pytest.approx(math.sqrt(2 / math.pi))
    assert inverse_std_mean(3) == pytest.approx(math.sqrt(3 * math.pi / 2))
    assert inverse_std_mean(4) == pytest.approx(2 * math.sqrt(2 / math.pi))
    assert batch_var_relative_sd(3) == pytest.approx(1)


def test_limits() -> None:
    assert inverse_std_mean([1, 2]).tolist() == [math.inf, math.inf]
    assert std_ratio(1) == 0
    assert batch_var_mean(1) == 0
    assert batch_var_sd(1) == 0
    assert math.isnan(batch_var_mean(1, unbiased=True))
    assert math.isnan(batch_var_sd(1, unbiased=True))
    assert math.isnan(batch_var_relative_sd(1))
    assert batch_var_pdf(0.0, 2) == math.inf
    large = std_ratio([10_000, 1_000_000])
    assert large == pytest.approx([1 - 0.75e-4, 1 - 0.75e-6], abs=1e-8)


@pytest.mark.parametrize("bad", [0, -3, 2.5])
def test_a_batch_size_that_is_none_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="whole numbers of at least 1"):
        batch_mean_sd(bad)


def test_one_sample_has_no_density() -> None:
    with pytest.raises(ValueError, match=">= 2"):
        inverse_std_pdf(1.0, 1)
