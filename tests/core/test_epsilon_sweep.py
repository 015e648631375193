import numpy as np
import pytest

from bn_core import BatchNorm1D
from bn_core.epsilon_sweep import measured_output_std
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


def test_one_example_has_no_spread_to_bring_anywhere() -> None:
    assert np.isnan(measured_output_std(U[:1], STDS, 1e-5)).all()


def test_no_spread_and_no_eps_is_not_a_number() -> None:
    assert np.isnan(output_std(np.zeros(1), 0.0)).all()
