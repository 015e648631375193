"""The law of one normalised output: scipy's beta law, exact cases, and a batch drawn by hand."""

import math

import numpy as np
import pytest
from scipy import stats

from bn_core.sampling import SHAPES, standard_draw
from bn_core.theory import output_distribution
from tests.bn_core.standard_error import shares_agree


def law(n: int) -> stats.distributions.rv_frozen:
    """z / sqrt(n - 1) mirrored beta: the coordinate of a point on a sphere."""
    reach = math.sqrt(n - 1)
    return stats.beta((n - 2) / 2, (n - 2) / 2, loc=-reach, scale=2 * reach)


def normalised(batch: int, shape: str, n: int) -> np.ndarray:
    x = standard_draw(shape, (1, n * batch), 7).reshape(n, batch)
    with np.errstate(invalid="ignore"):
        return np.asarray((x - x.mean(axis=1)[:, None]) / x.std(axis=1)[:, None])


@pytest.mark.parametrize("n", [3, 4, 5, 8, 64, 512])
def test_density_is_a_beta_law(n: int) -> None:
    z = law(n).ppf(np.linspace(0.001, 0.999, 81))
    assert output_distribution.output_pdf(z, n) == pytest.approx(law(n).pdf(z), rel=1e-10)


@pytest.mark.parametrize("n", [3, 4, 8, 64])
def test_a_batch_drawn_by_hand_has_this_law(n: int) -> None:
    z = normalised(n, "normal", 40_000)[:, 0]
    edges = law(n).ppf(np.linspace(0, 1, 21))
    assert shares_agree(z, edges, np.full(20, 1 / 20))


def test_exact_cases() -> None:
    z = np.array([-0.7, 0.0, 1.1])
    assert output_distribution.output_pdf(z, 3) == pytest.approx(1 / (math.pi * np.sqrt(2 - z**2)))
    assert output_distribution.output_pdf(z, 4) == pytest.approx(1 / (2 * math.sqrt(3)))
    assert output_distribution.output_pdf(z, 5) == pytest.approx(np.sqrt(4 - z**2) / (2 * math.pi))
    parabola = 3 / (4 * math.sqrt(5)) * (1 - z**2 / 5)
    assert output_distribution.output_pdf(z, 6) == pytest.approx(parabola)


def test_ends_of_the_density() -> None:
    assert output_distribution.output_pdf([3.0, -3.0], 3).tolist() == [0, 0]
    assert output_distribution.output_pdf(2.0, 5) == 0
    with pytest.raises(ValueError, match="two spikes"):
        output_distribution.output_pdf(0.0, 2)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("batch", [2, 3, 8])
def test_the_bound_holds_for_any_input(shape: str, batch: int) -> None:
    z = normalised(batch, shape, 20_000)
    z = z[np.isfinite(z).all(axis=1)]
    assert np.abs(z).max() <= output_distribution.output_bound(batch) * (1 + 1e-6)
    outlier = np.array([1.0] + [0.0] * (batch - 1))
    reached = (outlier - outlier.mean()) / outlier.std()
    assert reached[0] == pytest.approx(float(output_distribution.output_bound(batch)))


def test_one_value_is_bound_to_zero() -> None:
    assert output_distribution.output_bound(1) == 0
