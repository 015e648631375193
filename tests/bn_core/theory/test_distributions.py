"""The special functions and the integration points, against scipy."""

import numpy as np
import pytest
from scipy import special, stats

from bn_core.theory.distributions import chi_nodes, chi_pdf, legendre_between, log_gamma, normal_cdf

DEGREES = [1, 2, 3, 7, 31, 511]


def test_log_gamma_and_the_normal_law() -> None:
    x = np.linspace(0.5, 300, 101)
    assert log_gamma(x) == pytest.approx(special.gammaln(x), rel=1e-13)
    assert log_gamma(0.0) == np.inf
    z = np.linspace(-9, 9, 61)
    assert normal_cdf(z) == pytest.approx(stats.norm.cdf(z), rel=1e-12)


@pytest.mark.parametrize("degrees", DEGREES)
def test_chi(degrees: int) -> None:
    law = stats.chi(degrees)
    y = law.ppf(np.linspace(0.001, 0.999, 41))
    assert chi_pdf(y, degrees) == pytest.approx(law.pdf(y), rel=1e-11)
    nodes, weight = chi_nodes(degrees)
    for power in (0, 1, 2, 3):
        assert np.sum(weight * nodes**power) == pytest.approx(law.moment(power), rel=1e-11)


def test_points_of_several_laws_at_once_are_those_of_each() -> None:
    nodes, weight = chi_nodes(DEGREES)
    for i, degrees in enumerate(DEGREES):
        np.testing.assert_allclose(nodes[i], chi_nodes(degrees)[0], rtol=1e-14)
        np.testing.assert_allclose(weight[i], chi_nodes(degrees)[1], rtol=1e-12)


def test_integration_between_two_ends() -> None:
    low, high = np.array([[0.0], [1.0]]), np.array([[2.0], [4.0]])
    x, share = legendre_between(low, high, 20)
    found = np.sum(share * np.exp(x), axis=-1)
    assert found == pytest.approx(np.exp(high[:, 0]) - np.exp(low[:, 0]), rel=1e-13)
