"""Batch statistics: closed forms against simulation, and the exact cases."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from bn_core import theory
from bn_core.sampling import EXCESS_KURTOSIS, SHAPES, standard_draw
from tests.core.standard_error import mean_agrees, sd_agrees, shares_agree, trapezoid

SIZES = (2, 3, 4, 8, 32)
SIGMA = 3.0


def gaussian(batch: int, n: int = 40_000) -> np.ndarray:
    return SIGMA * np.random.default_rng(batch).standard_normal((n, batch))


@pytest.mark.parametrize("batch", SIZES)
def test_gaussian_batches(batch: int) -> None:
    x = gaussian(batch)
    var = x.var(axis=1)
    assert sd_agrees(x.mean(axis=1), float(theory.batch_mean_sd(batch, SIGMA)))
    assert mean_agrees(var, float(theory.batch_var_mean(batch, SIGMA)))
    assert sd_agrees(var, float(theory.batch_var_sd(batch, SIGMA)))
    unbiased = x.var(axis=1, ddof=1)
    assert mean_agrees(unbiased, float(theory.batch_var_mean(batch, SIGMA, unbiased=True)))
    assert sd_agrees(unbiased, float(theory.batch_var_sd(batch, SIGMA, unbiased=True)))
    assert mean_agrees(np.sqrt(var) / SIGMA, float(theory.std_ratio(batch)))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("batch", [2, 5, 32])
def test_relative_spread_of_the_variance_needs_the_kurtosis_alone(shape: str, batch: int) -> None:
    var = standard_draw(shape, (1, 40_000 * batch), 1).reshape(-1, batch).var(axis=1)
    expected = theory.batch_var_relative_sd(batch, EXCESS_KURTOSIS[shape])
    assert sd_agrees(var / theory.batch_var_mean(batch), float(expected))


@pytest.mark.parametrize("batch", [5, 8, 32])
def test_mean_of_the_inverse_std(batch: int) -> None:
    ratio = SIGMA / gaussian(batch).std(axis=1)
    assert mean_agrees(ratio, float(theory.inverse_std_mean(batch)))


@pytest.mark.parametrize("batch", SIZES)
def test_densities(batch: int) -> None:
    x = gaussian(batch)
    # Edges where every bin holds some hundred values, on a grid fine enough to integrate over.
    cases: list[tuple[np.ndarray, Callable[[np.ndarray], np.ndarray]]] = [
        (x.mean(axis=1), lambda m: theory.batch_mean_pdf(m, batch, SIGMA)),
        (x.var(axis=1), lambda v: theory.batch_var_pdf(v, batch, SIGMA)),
        (x.var(axis=1, ddof=1), lambda v: theory.batch_var_pdf(v, batch, SIGMA, unbiased=True)),
        (SIGMA / x.std(axis=1), lambda w: theory.inverse_std_pdf(w, batch)),
    ]
    for values, density in cases:
        edges = np.quantile(values, np.linspace(0.02, 0.98, 25))
        points = np.linspace(edges[:-1], edges[1:], 201)
        assert shares_agree(values, edges, trapezoid(density(points), points))


def test_exact_cases() -> None:
    assert theory.std_ratio(2) == pytest.approx(1 / math.sqrt(math.pi))
    assert theory.std_ratio(3) == pytest.approx(math.sqrt(math.pi / 6))
    assert theory.std_ratio(4) == pytest.approx(math.sqrt(2 / math.pi))
    assert theory.inverse_std_mean(3) == pytest.approx(math.sqrt(3 * math.pi / 2))
    assert theory.inverse_std_mean(4) == pytest.approx(2 * math.sqrt(2 / math.pi))
    assert theory.batch_var_relative_sd(3) == pytest.approx(1)


def test_limits() -> None:
    assert theory.inverse_std_mean([1, 2]).tolist() == [math.inf, math.inf]
    assert theory.std_ratio(1) == 0
    assert theory.batch_var_mean(1) == 0
    assert theory.batch_var_sd(1) == 0
    assert math.isnan(theory.batch_var_mean(1, unbiased=True))
    assert math.isnan(theory.batch_var_sd(1, unbiased=True))
    assert math.isnan(theory.batch_var_relative_sd(1))
    assert theory.batch_var_pdf(0.0, 2) == math.inf
    large = theory.std_ratio([10_000, 1_000_000])
    assert large == pytest.approx([1 - 0.75e-4, 1 - 0.75e-6], abs=1e-8)


@pytest.mark.parametrize("bad", [0, -3, 2.5])
def test_a_batch_size_that_is_none_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="whole numbers of at least 1"):
        theory.batch_mean_sd(bad)


def test_one_sample_has_no_density() -> None:
    with pytest.raises(ValueError, match=">= 2"):
        theory.inverse_std_pdf(1.0, 1)
