"""The law of one normalised output: bounds, exact cases, and densities against simulation."""

import math

import numpy as np
import pytest

from bn_core import theory
from bn_core.sampling import SHAPES, standard_draw
from tests.core.standard_error import mean_agrees, shares_agree


def normalised(batch: int, shape: str = "normal", n: int = 40_000) -> np.ndarray:
    x = standard_draw(shape, (1, n * batch), 7).reshape(n, batch)
    with np.errstate(invalid="ignore"):
        return np.asarray((x - x.mean(axis=1)[:, None]) / x.std(axis=1)[:, None])


@pytest.mark.parametrize("n", [3, 4, 5, 6, 8, 64])
def test_cdf_and_pdf_against_simulation(n: int) -> None:
    z = normalised(n)[:, 0]
    edges = np.linspace(-1, 1, 21) * min(math.sqrt(n - 1), 2.5)
    cdf = theory.output_cdf(edges, n)
    assert shares_agree(z, edges, np.diff(cdf))
    inner = np.linspace(edges[1], edges[-2], 4001)
    area = np.trapezoid(theory.output_pdf(inner, n), inner)
    assert area == pytest.approx(cdf[-2] - cdf[1], abs=1e-5)


def test_exact_cases() -> None:
    z = np.array([-0.7, 0.0, 1.1])
    assert theory.output_pdf(z, 3) == pytest.approx(1 / (math.pi * np.sqrt(2 - z**2)))
    assert theory.output_pdf(z, 4) == pytest.approx(1 / (2 * math.sqrt(3)))
    assert theory.output_pdf(z, 5) == pytest.approx(np.sqrt(4 - z**2) / (2 * math.pi))
    parabola = 3 / (4 * math.sqrt(5)) * (1 - z**2 / 5)
    assert theory.output_pdf(z, 6) == pytest.approx(parabola)
    bell = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    assert theory.output_pdf(z, 100_000) == pytest.approx(bell, rel=1e-4)
    assert theory.output_cdf([-1.5, 0.0, 1.5], 2).tolist() == [0, 0.5, 1]
    assert theory.output_cdf([-0.1, 0.1], 1).tolist() == [0, 1]
    assert theory.output_cdf(z, 4) == pytest.approx(0.5 + z / (2 * math.sqrt(3)), abs=1e-6)
    arcsine = 0.5 + np.arcsin(z / math.sqrt(2)) / math.pi
    assert theory.output_cdf(z, 3) == pytest.approx(arcsine, abs=1e-6)


def test_ends_of_the_density() -> None:
    assert theory.output_pdf([3.0, -3.0], 3).tolist() == [0, 0]
    assert theory.output_pdf(2.0, 5) == 0
    with pytest.raises(ValueError, match="two spikes"):
        theory.output_pdf(0.0, 2)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("batch", [2, 3, 8])
def test_bound_and_correlation_hold_for_any_input(shape: str, batch: int) -> None:
    z = normalised(batch, shape, n=20_000)
    z = z[np.isfinite(z).all(axis=1)]
    assert np.abs(z).max() <= theory.output_bound(batch) * (1 + 1e-6)
    products = z[:, 0] * z[:, 1]
    assert (
        products.std() < 1e-6
        if batch == 2
        else mean_agrees(products, float(theory.output_correlation(batch)))
    )
    if batch == 2:
        assert products.mean() == pytest.approx(float(theory.output_correlation(2)))


@pytest.mark.parametrize("n", [3, 5, 16])
def test_kurtosis(n: int) -> None:
    fourth = normalised(n)[:, 0] ** 4
    assert mean_agrees(fourth, 3 + float(theory.output_excess_kurtosis(n)))


def test_two_values_and_one() -> None:
    assert theory.output_excess_kurtosis(2) == -2
    assert math.isnan(theory.output_excess_kurtosis(1))
    assert math.isnan(theory.output_correlation(1))
    assert theory.output_bound(1) == 0
