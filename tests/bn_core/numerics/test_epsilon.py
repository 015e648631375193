import numpy as np
import pytest

from bn_core import BatchNorm1D
from bn_core.numerics.epsilon import measured_output_std
from bn_core.theory.epsilon import knee, output_std

U = np.random.default_rng(0).standard_normal(32)
STDS = np.logspace(-7, 2, 19)


@pytest.mark.parametrize("eps", [0.0, 1e-8, 1e-5, 1e-3, 10.0])
def test_the_measured_spread_is_the_formulas(eps: float) -> None:
    np.testing.assert_allclose(measured_output_std(U, STDS, eps), output_std(STDS, eps), rtol=1e-12)


def test_the_layer_agrees() -> None:
    x = 0.003 * U[None]
    y = BatchNorm1D(1, eps=1e-5).forward(x)
    assert y.std() == pytest.approx(output_std(x.std(), 1e-5), rel=1e-12)


def test_the_knee_leaves_one_over_root_two() -> None:
    assert output_std(np.asarray(knee(1e-5)), 1e-5) == pytest.approx(0.5**0.5)
    assert (round(knee(1e-5), 4), round(knee(1e-3), 3)) == (0.0032, 0.032)


@pytest.mark.parametrize("value", [5.0, -9.7, 0.1])
@pytest.mark.parametrize("size", [1, 3, 6, 7])
def test_equal_examples_have_no_spread_to_bring_anywhere(value: float, size: int) -> None:
    assert np.isnan(measured_output_std(np.full(size, value), STDS, 1e-5)).all()


def test_no_spread_and_no_eps_is_not_a_number() -> None:
    assert np.isnan(output_std(np.zeros(1), 0.0)).all()
